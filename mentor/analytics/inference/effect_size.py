"""How large a difference is, apart from how sure: in deviations, and against what would not matter."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

#: A difference within this many standard deviations of the sessions is too small to matter.
NEGLIGIBLE: Final = 0.35


def hedges_g(treated: npt.ArrayLike, baseline: npt.ArrayLike) -> float | None:
    """Difference of means in pooled standard deviations, times 1 − 3 / (4(m + n) − 9) (Hedges 1981).

    `None` with fewer than two in a group, or without scatter.
    """
    first, second = np.asarray(treated, dtype=np.float64), np.asarray(baseline, dtype=np.float64)
    if first.size < 2 or second.size < 2:
        return None
    unit = max(float(np.abs(first).max()), float(np.abs(second).max())) or 1.0
    first, second = first / unit, second / unit
    free = first.size + second.size - 2
    pooled = math.sqrt(((first.size - 1) * first.var(ddof=1) + (second.size - 1) * second.var(ddof=1)) / free)
    if pooled <= 1e-12:
        return None
    return float(first.mean() - second.mean()) / pooled * (1 - 3 / (4 * free - 1))


def robustness_value(statistic: float, degrees_of_freedom: int) -> float:
    """The share of both mood and result that a hidden cause would have to explain to undo the effect wholly.

    ½(√(f⁴ + 4f²) − f²), f = |t| / √df (Cinelli & Hazlett 2020, J. R. Stat. Soc. B 82:39–67).
    """
    square = statistic**2 / degrees_of_freedom
    # The same as the formula above, without the difference of large numbers.
    return 2 / (1 + math.sqrt(1 + 4 / square)) if square > 0 else 0.0


def negligible(low: float, high: float, deviation: float) -> bool:
    """Two one-sided tests (Schuirmann 1987): the whole 90 % interval lies within ±0.35 deviations of the sessions."""
    bar = NEGLIGIBLE * deviation
    return -bar < low and high < bar


def sessions_to_tell(
    n_treated: int, n_baseline: int, *, difference: float = 0.5, z: float = 1.959964 + 0.841621
) -> int:
    """Sessions of both kinds, in the present mix, that show such a difference (in deviations) 4 times in 5.

    (z / difference)² / (a(1 − a)), a the treated share: 5 % two-sided, power 80 %.
    """
    share = n_treated / (n_treated + n_baseline)
    return math.ceil((z / difference) ** 2 / (share * (1 - share)))
