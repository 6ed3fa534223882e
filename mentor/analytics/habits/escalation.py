"""Whether the risk of a trade grows from month to month: rank correlation of session medians with time.

Days resemble the days around them, so sessions are permuted in blocks of √n consecutive ones.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mentor.analytics.habits.between_sessions import FEWEST
from mentor.analytics.habits.habit import Finding, Missing, lacking, same_in_halves, steady
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.within import Floats, half_width, share_at_least
from mentor.analytics.inference import seed_of, shared_ranks
from mentor.analytics.risk import said_risk


def risk_escalation(record: Record) -> Finding:
    """Spearman's correlation of the session's median risk percent with its place in time."""
    risk = said_risk(record.rows)
    medians = risk.groupby(record.session).median().dropna()
    if not len(medians):
        return lacking(Missing.RISK, "correlation")
    if len(medians) < FEWEST:
        return lacking(Missing.SESSIONS, "correlation", opportunities=len(medians), sessions=len(medians))
    ranks = _standardised(shared_ranks(medians.to_numpy()))
    if not ranks.any():
        return lacking(Missing.SPREAD, "correlation", opportunities=len(medians), sessions=len(medians))
    time = _standardised(np.arange(ranks.size, dtype=np.float64))
    value = float(time @ ranks)
    drawn = _in_blocks(time, ranks, record.permutations)
    width = half_width(drawn)
    parts = time * ranks
    third = medians.index[-(len(medians) // 3) :]
    return Finding(
        opportunities=ranks.size,
        sessions=ranks.size,
        effect=value,
        low=max(-1.0, value - width),
        high=min(1.0, value + width),
        p_value=share_at_least(value, drawn),
        unit="correlation",
        steady=steady(parts, time**2),
        halves=same_in_halves(parts),
        trades=tuple(record.ids[np.isin(record.session, third) & (risk > medians.median()).to_numpy()].tolist()),
        chart=pd.DataFrame(
            {
                "session_date": record.sessions["session_date"].to_numpy()[medians.index],
                "value": medians.to_numpy(),
            }
        ),
    )


def _standardised(values: Floats) -> Floats:
    centred = values - values.mean()
    length = float(np.linalg.norm(centred))
    return np.asarray(centred / length if length > 0 else centred, dtype=np.float64)


def _in_blocks(time: Floats, ranks: Floats, permutations: int) -> Floats:
    """The correlation when blocks of consecutive sessions, cut at a random place of the circle, change places."""
    random = np.random.default_rng(seed_of("habit", "risk_escalation"))
    size, length = ranks.size, round(ranks.size**0.5)
    whole = np.arange(size).reshape(1, -1)
    blocks, rest = whole[:, : size // length * length].reshape(-1, length), whole[0, size // length * length :]
    drawn = np.empty(permutations)
    for number in range(permutations):
        order = np.concatenate((random.permutation(blocks).ravel(), rest)) + random.integers(size)
        drawn[number] = time @ ranks[order % size]
    return drawn
