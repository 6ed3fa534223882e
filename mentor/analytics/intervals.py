"""95 % intervals of means and shares over trades, where the trades of a session count together."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.inference.arrays import Floats
from mentor.analytics.inference.proportions import wilson

#: Fewer sessions say too little of how sessions differ.
FEWEST_SESSIONS: Final = 10
_RESAMPLES: Final = 999
_TAIL: Final = 0.025

Interval = tuple[float, float]


def mean_interval(values: pd.Series[float], trades: pd.DataFrame, seed: int) -> Interval | None:
    """Of the mean of `values`, by bootstrap-t over the sessions of these rows of `trades`.

    `None` below ten sessions, or where these do not differ.
    """
    sums, counts = _sessions(values, trades)
    if sums.size < FEWEST_SESSIONS:
        return None
    unit = float(np.abs(sums).max()) or 1.0
    mean = float(sums.sum() / unit / counts.sum())
    apart = sums / unit - mean * counts
    error = float(_means(apart, counts)[1])
    if error < 1e-12:
        return None
    drawn = np.random.default_rng(seed).integers(sums.size, size=(_RESAMPLES, sums.size), dtype=np.int32)
    moved, errors = _means(apart[drawn], counts[drawn])
    # A resample of one session only tells nothing of its own error: it counts as extreme.
    statistics = np.sort(
        np.divide(moved, errors, out=np.copysign(np.full_like(moved, np.inf), moved), where=errors > 0)
    )
    place = round(_TAIL * (_RESAMPLES + 1))
    low, high = mean - float(statistics[-place]) * error, mean - float(statistics[place - 1]) * error
    return (low * unit, high * unit) if math.isfinite(low) and math.isfinite(high) else None


def large_mean_interval(values: pd.Series[float], trades: pd.DataFrame) -> Interval | None:
    """The same by Student's t with the error that sessions leave: quick, and of many sessions as good."""
    sums, counts = _sessions(values, trades)
    if sums.size < FEWEST_SESSIONS:
        return None
    unit = float(np.abs(sums).max()) or 1.0
    mean = float(sums.sum() / unit / counts.sum())
    width = _student(sums.size - 1) * float(_means(sums / unit - mean * counts, counts)[1])
    return None if width < 1e-12 else ((mean - width) * unit, (mean + width) * unit)


def share_interval(chosen: pd.Series[bool], trades: pd.DataFrame) -> Interval | None:
    """Of the share of `chosen` rows: on the scale of log odds, with the error that sessions leave.

    Never narrower than if the trades were independent. Of all or none, Wilson's for as many sessions.
    """
    sums, counts = _sessions(chosen.astype("float64"), trades)
    if sums.size < FEWEST_SESSIONS:
        return None
    trades_in_all, share = counts.sum(), float(sums.sum() / counts.sum())
    if share in (0, 1):
        bounds = wilson(round(share) * sums.size, sums.size)
        return None if bounds is None else (bounds.low, bounds.high)
    clustered = float(_means(sums - share * counts, counts)[1])
    error = max(clustered, math.sqrt(share * (1 - share) / trades_in_all)) / (share * (1 - share))
    odds, width = math.log(share / (1 - share)), _student(sums.size - 1) * error
    return _share(odds - width), _share(odds + width)


def _sessions(values: pd.Series[float], trades: pd.DataFrame) -> tuple[Floats, Floats]:
    """Sum and number of the values of each session, in order of (date, id)."""
    rows = trades.loc[values.index, ["session_date", "session_id"]].assign(value=values)
    by_session = rows.groupby(["session_date", "session_id"], sort=True, dropna=False)["value"]
    return by_session.sum().to_numpy(), by_session.count().to_numpy().astype(np.float64)


def _means(apart: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Mean a trade, and its error, of sessions along the last axis."""
    sessions, trades = apart.shape[-1], counts.sum(axis=-1)
    means = apart.sum(axis=-1) / trades
    left = apart - means[..., np.newaxis] * counts
    return means, np.sqrt((left**2).sum(axis=-1) * sessions / (sessions - 1)) / trades


def _student(degrees_of_freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, 1 - _TAIL))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > 0 else math.exp(odds) / (1 + math.exp(odds))
