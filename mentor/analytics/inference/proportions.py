"""Shares of counts: their interval, and Odean's two shares of the disposition effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of `n` with its interval."""

    value: float
    low: float
    high: float
    n: int
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """Gains and losses realised, of those that could have been; `difference` is losses minus gains."""

    gains: float
    losses: float
    difference: float
    statistic: float


def wilson(successes: int, n: int, *, level: float = 0.95) -> Share | None:
    """Wilson's interval (1927); `None` when there is nothing to take a share of."""
    if not n:
        return None
    share, z = successes / n, NormalDist().inv_cdf((1 + level) / 2)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # At the ends the bound is the end itself, which rounding would miss.
    low, high = (0.0 if not successes else middle - half), (1.0 if successes == n else middle + half)
    return Share(value=share, low=low, high=high, n=n, method="wilson")


def disposition(realised_gains: int, paper_gains: int, realised_losses: int, paper_losses: int) -> Disposition | None:
    """PGR, PLR and the t of their difference (Odean 1998, J. Finance 53:1775–1798).

    `None` when there was no gain or no loss to realise, or nothing that differs from all or none.
    """
    chances = realised_gains + paper_gains, realised_losses + paper_losses
    if not all(chances):
        return None
    gains, losses = realised_gains / chances[0], realised_losses / chances[1]
    variance = gains * (1 - gains) / chances[0] + losses * (1 - losses) / chances[1]
    if not variance:
        return None
    difference = losses - gains
    return Disposition(gains=gains, losses=losses, difference=difference, statistic=difference / math.sqrt(variance))
