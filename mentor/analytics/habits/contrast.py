"""One thing against another inside sessions: the slope of y on x, tested by permuting x within each session.

For x that is 0 or 1 the slope is Σw(mean of y where 1 − mean where 0) / Σw over sessions, w = n₁n₀ / n.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentor.analytics.habits.habit import same_in_halves, steady
from mentor.analytics.habits.within import (
    Bools,
    Floats,
    Ints,
    centred,
    half_width,
    permute_within,
    share_at_least,
    sums,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A slope, half the width of its 95 % interval, and its test; `used` marks the rows of informative sessions.

    `width` and `draws` come from permuting what the slope leaves of y: `distance_p` asks of them how often chance
    moves as far as a given distance.
    """

    value: float
    width: float
    p_value: float
    draws: Floats
    sessions: int
    steady: bool
    halves: bool
    used: Bools

    def distance_p(self, distance: float) -> float:
        """How often chance alone lands at least this far away."""
        return share_at_least(distance, self.draws) if distance else 1.0


def contrast(y: Floats, x: Floats, sessions: Ints, *, seed: int, permutations: int) -> Contrast | None:
    """The slope over the rows that know both; `None` when x varies inside no session."""
    used = _informative(np.isfinite(y) & np.isfinite(x), x, sessions)
    if not used.any():
        return None
    number = _renumbered(sessions[used])
    answer, cause = centred(y[used], number), centred(x[used], number)
    weights = sums(number, cause**2)
    found = permute_within(
        cause,
        number,
        lambda permuted, rows: np.stack(
            [_dot(permuted, answer[rows]), _dot(permuted, cause[rows])],
            axis=-1,
        ),
        seed=seed,
        permutations=permutations,
    )
    whole = weights.sum()
    value = float(found.seen[0] / whole)
    left = (found.drawn[:, 0] - value * found.drawn[:, 1]) / whole
    parts = sums(number, cause * answer)
    return Contrast(
        value=value,
        width=half_width(left),
        p_value=share_at_least(value, found.drawn[:, 0] / whole),
        draws=left,
        sessions=weights.size,
        steady=steady(parts, weights),
        halves=same_in_halves(parts),
        used=used,
    )


def _dot(permuted: Floats, fixed: Floats) -> Floats:
    """Sums of products over the trades of a session: m × k × n with m × n."""
    products: Floats = np.matmul(permuted, fixed[:, :, np.newaxis])
    return products[:, :, 0]


def _informative(known: Bools, x: Floats, sessions: Ints) -> Bools:
    """Rows of sessions in which the known x differ."""
    count = int(sessions[-1]) + 1 if sessions.size else 0
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, sessions[known], x[known])
    np.maximum.at(high, sessions[known], x[known])
    return known & (high > low)[sessions]


def _renumbered(sessions: Ints) -> Ints:
    return np.cumsum(np.diff(sessions, prepend=sessions[0]) != 0)
