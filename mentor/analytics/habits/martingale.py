"""Doubling after losses: two losses in a row, each answered with almost twice the lots."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.habits.habit import FEWEST_SESSIONS, Finding, Missing, lacking, same_in_halves, steady
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.within import Floats, half_width, how_many, permute_within, sums
from mentor.analytics.inference import seed_of

#: Lots over the lots before, from which on they count as doubled.
_DOUBLED: Final = np.log(1.8)


def martingale(record: Record) -> Finding:
    """Times two doublings in a row each followed a loss, less as often as the session's results by chance give.

    The lots stay where they were, the losses are shuffled inside the session; the test is one-sided.
    """
    chain = record.chain
    if not chain.id.size:
        return lacking(Missing.TIMES, "count")
    if not np.isfinite(chain.size).any():
        return lacking(Missing.LOTS, "count")
    stepped = ~chain.first & (np.diff(chain.size, prepend=np.nan) >= _DOUBLED - 1e-9)
    twice = stepped & chain.before(stepped)
    lost = chain.lost.astype(np.float64)
    taken = np.isin(chain.session, chain.session[twice])
    possible = how_many(chain.session[~chain.first & chain.before(~chain.first)])
    if not taken.any():
        return _none(possible)
    number = np.cumsum(np.diff(chain.session[taken], prepend=chain.session[taken][0]) != 0)
    doubled = twice[taken].astype(np.float64)
    found = permute_within(
        lost[taken],
        number,
        lambda permuted, rows: _answered(permuted, doubled[rows]),
        seed=seed_of("habit", "martingale"),
        permutations=record.permutations,
    )
    answered = twice & chain.before(chain.lost & chain.before(chain.lost))
    drawn = found.drawn[:, 0]
    expected, width = float(drawn.mean()), half_width(drawn - drawn.mean())
    parts = sums(number, answered[taken])
    value = float(found.seen[0]) - expected
    return Finding(
        opportunities=int(twice.sum()),
        sessions=possible,
        effect=value,
        low=value - width,
        high=value + width,
        p_value=(1 + int((drawn >= found.seen[0] - 1e-9).sum())) / (drawn.size + 1),
        unit="count",
        steady=steady(parts, np.ones(parts.size)),
        halves=same_in_halves(parts),
        trades=tuple(chain.id[answered].tolist()),
        chart=pd.DataFrame({"kind": ["seen", "expected"], "value": [float(found.seen[0]), expected]}),
    )


def _answered(lost: Floats, doubled: Floats) -> Floats:
    """Second doublings that follow two losses, along the trades of each session (m × k × n and m × n)."""
    if lost.shape[-1] < 3:
        return np.zeros((*lost.shape[:2], 1))
    both = lost[:, :, :-2] * lost[:, :, 1:-1]
    counts: Floats = np.matmul(both, doubled[:, 2:, np.newaxis])
    return counts


def _none(possible: int) -> Finding:
    """Nobody doubled twice: where there was the chance in enough sessions, that is an answer."""
    if possible < FEWEST_SESSIONS:
        return lacking(Missing.SESSIONS, "count", sessions=possible)
    return Finding(
        opportunities=0,
        sessions=possible,
        effect=0.0,
        low=0.0,
        high=0.0,
        p_value=1.0,
        unit="count",
        chart=pd.DataFrame({"kind": ["seen", "expected"], "value": [0.0, 0.0]}),
    )
