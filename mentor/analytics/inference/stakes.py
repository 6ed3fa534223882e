"""What an edge allows to be staked: Kelly's fraction, and a bound on the chance of ruin."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from mentor.analytics.inference.arrays import Floats


def kelly_fraction(wins: int, losses: int, payoff: float) -> float | None:
    """p − (1 − p) / payoff, p the share of wins among decided trades (Kelly 1956); below 0 there is no edge.

    `None` without a win or without a loss.
    """
    if not wins or not losses:
        return None
    share = wins / (wins + losses)
    return share - (1 - share) / payoff


def ruin_bound(results: npt.ArrayLike, cushion: float) -> float | None:
    """Chance of ever losing `cushion` > 0 when results like these repeat independently is at most this (Lundberg 1903).

    exp(−θ·cushion), θ > 0 the root of mean(exp(−θx)) = 1; equal to the chance where every result is ±1. 1 without an
    edge; `None` when nothing was lost, as the size of a loss is then unknown.
    """
    given = np.asarray(results, dtype=np.float64)
    worst = -float(given.min(initial=0.0))
    if worst <= 0:
        return None
    scaled = given / worst
    return math.exp(-_exponent(scaled) * cushion / worst) if scaled.mean() > 0 else 1.0


def _exponent(scaled: Floats) -> float:
    """By bisection, for results whose worst is −1: there mean(exp(−θx)) reaches 1 before θ = ln n."""
    low, high = 0.0, math.log(scaled.size)
    for _ in range(80):
        middle = (low + high) / 2
        if float(np.exp(-middle * scaled).mean()) < 1:
            low = middle
        else:
            high = middle
    return (low + high) / 2
