"""Comparisons by rank: what a few extreme days cannot drive."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

from mentor.analytics.inference.arrays import Floats

#: Sums of the same amounts in another order or unit differ by this much, relatively; they are still equal.
_EQUAL: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Hodges–Lehmann: the median of all differences treated − baseline.

    `low` and `high` are `None` where the groups are too small for an interval of this level.
    """

    value: float
    low: float | None
    high: float | None
    level: float
    n_treated: int
    n_baseline: int


def shared_ranks(values: npt.ArrayLike) -> Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    given = np.asarray(values, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    placed = given[order]
    sizes = np.abs(placed)
    steps = np.diff(placed) > _EQUAL * np.maximum(sizes[1:], sizes[:-1])
    group = np.concatenate(([0], np.cumsum(steps)))[: given.size]
    shared = np.bincount(group, weights=np.arange(1.0, given.size + 1)) / np.maximum(np.bincount(group), 1)
    found = np.empty_like(given)
    found[order] = shared[group]
    return found


def normal_scores(values: npt.ArrayLike) -> Floats:
    """Φ⁻¹(rank / (n + 1)), van der Waerden's scores."""
    from scipy.special import ndtri

    places = shared_ranks(values)
    scores: Floats = ndtri(places / (places.size + 1))
    return scores


def cliffs_delta(treated: npt.ArrayLike, baseline: npt.ArrayLike) -> float | None:
    """P(treated > baseline) − P(treated < baseline) of a pair drawn at random; `None` when a group is empty."""
    first, second = np.asarray(treated, dtype=np.float64), np.asarray(baseline, dtype=np.float64)
    if not first.size or not second.size:
        return None
    above = float(shared_ranks(np.concatenate([first, second]))[: first.size].sum()) - first.size * (first.size + 1) / 2
    return 2 * above / (first.size * second.size) - 1


def hodges_lehmann(treated: npt.ArrayLike, baseline: npt.ArrayLike, *, level: float = 0.95) -> Shift | None:
    """The shift between two groups; its interval inverts the rank-sum test (Hollander & Wolfe 1999, 4.2–4.3).

    With D the mn sorted differences it runs from D[k] to D[mn + 1 − k], k = ⌊mn/2 + 1 − z·√(mn(m + n + 1)/12)⌋.
    """
    first, second = np.asarray(treated, dtype=np.float64), np.asarray(baseline, dtype=np.float64)
    if not first.size or not second.size:
        return None
    differences = np.subtract.outer(first, second).ravel()
    differences.sort()
    pairs = differences.size
    z = NormalDist().inv_cdf((1 + level) / 2)
    place = math.floor(pairs / 2 + 1 - z * math.sqrt(pairs * (first.size + second.size + 1) / 12))
    return Shift(
        value=float(np.median(differences)),
        low=float(differences[place - 1]) if place >= 1 else None,
        high=float(differences[pairs - place]) if place >= 1 else None,
        level=level,
        n_treated=first.size,
        n_baseline=second.size,
    )
