"""Whether the trades beyond the usual number of a day are worse than the others.

A trade is beyond the usual when its place in the session exceeds the median of the last twenty sessions plus twice
their median absolute deviation. That is known before its result, so somebody who stops after a win or after three
losses is not mistaken for one who overtrades.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.habits.habit import FEWEST_SESSIONS, Finding, Missing, lacking, same_in_halves, steady
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.within import Floats, half_width, how_many, share_at_least, sums
from mentor.analytics.inference import seed_of

#: Sessions the usual number is taken from, and the fewest it can be taken from.
_WINDOW: Final = 20
_FEWEST: Final = 10


def overtrading(record: Record) -> Finding:
    """Mean result of trades beyond the usual number less that of the others, one sign flip a session."""
    place = np.arange(record.session.size) - record.starts[record.session] + 1
    limit = _usual(record.sessions["trades"])[record.session]
    known = np.isfinite(limit) & np.isfinite(record.result)
    beyond = place > limit
    extra = known & beyond
    sessions = how_many(record.session[extra])
    if sessions < FEWEST_SESSIONS:
        return lacking(Missing.SESSIONS, record.unit, opportunities=int(extra.sum()), sessions=sessions)
    result = record.result[known]
    value, se, drawn, p_value, parts = _flipped(result, beyond[known], record.session[known], record.permutations)
    width = half_width(drawn) * se
    return Finding(
        opportunities=int(extra.sum()),
        sessions=sessions,
        effect=value,
        low=value - width,
        high=value + width,
        p_value=p_value,
        unit=record.unit,
        steady=steady(parts, np.full(parts.size, 1 / parts.size)),
        halves=same_in_halves(parts),
        trades=tuple(record.ids[extra].tolist()),
        chart=_chart(record, limit),
    )


def _usual(trades: pd.Series[int]) -> Floats:
    """Median + 2 × median absolute deviation of earlier sessions, NaN before there are ten."""
    windows = trades.to_numpy(dtype=np.float64)
    limits = np.full(windows.size, np.nan)
    padded = np.concatenate((np.full(_WINDOW, np.nan), windows))
    if windows.size > _FEWEST:
        earlier = np.lib.stride_tricks.sliding_window_view(padded[:-1], _WINDOW)[_FEWEST:]
        median = np.nanmedian(earlier, axis=1)
        limits[_FEWEST:] = median + 2 * np.nanmedian(np.abs(earlier - median[:, np.newaxis]), axis=1)
    return limits


def _flipped(
    result: Floats, beyond: np.ndarray, session: np.ndarray, flips: int
) -> tuple[float, float, Floats, float, Floats]:
    """Difference of means, its clustered error, t of flipped sessions, p, and each session's part of the difference."""
    sides = np.where(beyond, 1 / beyond.sum(), -1 / (~beyond).sum())
    value = float(sides @ result)
    parts = sums(session, sides * (result - result.mean()))
    means = np.where(beyond, result[beyond].mean(), result[~beyond].mean())
    left = sums(session, sides * (result - means))
    scale = np.abs(parts).max(initial=0.0) or 1.0
    signs = np.random.default_rng(seed_of("habit", "overtrading")).choice((-1.0, 1.0), (flips, parts.size))
    drawn = signs @ (parts / scale) * scale
    se = float(np.sqrt(left @ left))
    return value, se, signs @ left / (se or 1.0), share_at_least(value, drawn), parts


def _chart(record: Record, limit: Floats) -> pd.DataFrame:
    """Mean result by place in the session: `place`, `value`, `trades`, `beyond` the share of them beyond the usual."""
    place = np.arange(record.session.size) - record.starts[record.session] + 1
    frame = pd.DataFrame({"place": np.minimum(place, 15), "value": record.result, "beyond": place > limit})
    grouped = frame[frame["value"].notna()].groupby("place")
    return grouped.agg(value=("value", "mean"), trades=("value", "size"), beyond=("beyond", "mean")).reset_index()
