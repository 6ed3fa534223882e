"""Several tests at once: p-values adjusted so that a family keeps its rate of false alarms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the given order, for the chance of any false alarm (Holm 1979, Scand. J. Stat. 6:65–70)."""
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    steps = np.maximum.accumulate(given[order] * np.arange(given.size, 0, -1))
    return _in_order(np.minimum(steps, 1.0), order)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the given order, for the share of false alarms (1995, J. R. Stat. Soc. B 57:289–300)."""
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given, kind="stable")[::-1]
    steps = np.minimum.accumulate(given[order] * given.size / np.arange(given.size, 0, -1))
    return _in_order(np.minimum(steps, 1.0), order)


def _in_order(sorted_values: np.ndarray, order: np.ndarray) -> tuple[float, ...]:
    values = np.empty_like(sorted_values)
    values[order] = sorted_values
    return tuple(values.tolist())
