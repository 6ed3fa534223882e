"""What is usual for a trader: the middle and the spread of own earlier days, and runs and stretches of days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from mentor.analytics.inference.arrays import Floats

#: Earlier days from which a day is held against the usual ones.
USUAL_DAYS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """The middle of earlier values and the range in which eight of ten of them lie."""

    n: int
    median: float
    low: float
    high: float


def series(values: Iterable[float | None]) -> Floats:
    """One number a day; the unknown are NaN."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def usual(values: Floats) -> Usual | None:
    """Median, 10 % and 90 % quantile of the known values; `None` of fewer than ten.

    The quantiles are values that were there, so that in truth at least eight of ten lie between them.
    """
    known = values[np.isfinite(values)]
    if known.size < USUAL_DAYS:
        return None
    low, high = np.quantile(known, [0.1, 0.9], method="inverted_cdf")
    return Usual(n=known.size, median=float(np.median(known)), low=float(low), high=float(high))


def usual_limit(counts: Floats) -> float:
    """The highest usual number of trades: median and two median deviations, half as many again, and two more.

    So a day must also stand out from days that are all the same.
    """
    median = np.median(counts)
    return float(max(median + 2 * np.median(np.abs(counts - median)), 1.5 * median, median + 2))


def below(one: float, other: float) -> bool:
    """Whether it is less by more than rounding, in whatever unit."""
    return bool(one < other - 1e-9 * max(abs(one), abs(other)))


def runs(results: Floats) -> list[tuple[int, int]]:
    """Lengths and signs of the runs of gains and losses, in order; a zero neither ends nor lengthens one."""
    signs = np.sign(results[results != 0])
    ends = np.flatnonzero(np.append(np.diff(signs) != 0, True)) if signs.size else np.zeros(0, dtype=np.int64)
    return [(int(n), int(signs[end])) for n, end in zip(np.diff(ends, prepend=-1), ends, strict=True)]


def last_and_before(values: Floats, window: int) -> tuple[float, float] | None:
    """Medians of the last `window` values and of all before; `None` unless half of each are known, and five."""
    parts = values[-window:], values[:-window]
    known = [part[np.isfinite(part)] for part in parts]
    if any(some.size < max(5, part.size / 2) for some, part in zip(known, parts, strict=True)):
        return None
    last, before = (float(np.median(some)) for some in known)
    return last, before
