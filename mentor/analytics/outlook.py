"""What days like these could have brought in another order: drawdowns, and the chance of losing half the account."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.inference.arrays import Floats
from mentor.analytics.inference.seeds import seed_of
from mentor.analytics.inference.stakes import ruin_bound
from mentor.analytics.metrics import Measure, Reason, undefined

#: Days traded from which a simulation is shown.
FEWEST_DAYS: Final = 30
#: Share of the account whose loss is called ruin, and the days it is looked for.
RUIN: Final = 0.5
HORIZON: Final = 250
_PATHS: Final = 1000
#: Numbers held at once.
_BLOCK: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Drawdowns in money of as many days: in another order ("luck"), or drawn anew in blocks (the edge unsure too).

    `ruin` is the share of simulated accounts that fall by half within `HORIZON` days, `ruin_bound` what the chance of
    ever losing half in money is at most, if days are independent and the edge is as seen.
    """

    shuffled_drawdown: Measure
    shuffled_drawdown_95: Measure
    bootstrap_drawdown: Measure
    bootstrap_drawdown_95: Measure
    ruin: Measure
    ruin_bound: Measure


def outlook(days: pd.DataFrame, account: float | Reason) -> Outlook:
    """Of a daily frame and the balance before its first day, or the reason why there is none."""
    results = days["profit_loss"].to_numpy()
    if results.size < FEWEST_DAYS:
        none = undefined(Reason.TOO_FEW if results.size else Reason.NO_TRADES, results.size)
        return Outlook(
            shuffled_drawdown=none,
            shuffled_drawdown_95=none,
            bootstrap_drawdown=none,
            bootstrap_drawdown_95=none,
            ruin=none,
            ruin_bound=none,
        )
    shuffled, drawn = shuffled_drawdowns(results), bootstrap_drawdowns(results)
    return Outlook(
        shuffled_drawdown=_quantile(shuffled, 0.5, results.size),
        shuffled_drawdown_95=_quantile(shuffled, 0.95, results.size),
        bootstrap_drawdown=_quantile(drawn, 0.5, results.size),
        bootstrap_drawdown_95=_quantile(drawn, 0.95, results.size),
        ruin=_ruin(results, account),
        ruin_bound=_bound(results, account),
    )


def shuffled_drawdowns(results: Floats) -> Floats:
    """Deepest drawdown of the same results in each of 1000 random orders."""
    random = np.random.default_rng(seed_of("drawdown", "shuffled"))
    return np.concatenate(
        [_deepest(random.permuted(np.tile(results, (paths, 1)), axis=1)) for paths in _batches(results.size)]
    )


def bootstrap_drawdowns(results: Floats) -> Floats:
    """Deepest drawdown of as many results drawn in blocks, 1000 times."""
    random = np.random.default_rng(seed_of("drawdown", "bootstrap"))
    return np.concatenate(
        [
            _deepest(results[stationary_blocks(results.size, results.size, paths, random)])
            for paths in _batches(results.size)
        ]
    )


def ruin_chance(returns: Floats) -> float:
    """Share of accounts that fall to `1 - RUIN` of their money within `HORIZON` days of returns drawn in blocks."""
    random = np.random.default_rng(seed_of("ruin"))
    # Growth as logarithms: a product of many factors would overflow. Nothing grows back from a lost account.
    growth = np.log(np.maximum(1 + returns, np.finfo(np.float64).tiny))
    drawn = growth[stationary_blocks(returns.size, HORIZON, _PATHS, random)]
    lowest = np.cumsum(drawn, axis=1).min(axis=1)
    return float((lowest <= math.log(1 - RUIN) + 1e-12).mean())


def stationary_blocks(n: int, length: int, paths: int, random: np.random.Generator) -> npt.NDArray[np.intp]:
    """Row numbers below `n` in runs of random length, ∛n on average, round the circle (Politis & Romano 1994)."""
    begins = random.random((paths, length)) < n ** (-1 / 3)
    begins[:, 0] = True
    place = np.arange(length)
    begun = np.maximum.accumulate(np.where(begins, place, 0), axis=1)
    starts = random.integers(n, size=(paths, length))
    return (np.take_along_axis(starts, begun, axis=1) + place - begun) % n


def _batches(days: int) -> list[int]:
    most = max(1, min(_PATHS, _BLOCK // days))
    return [min(most, _PATHS - done) for done in range(0, _PATHS, most)]


def _deepest(results: Floats) -> Floats:
    path = np.cumsum(results, axis=1)
    peaks = np.maximum(np.maximum.accumulate(path, axis=1), 0)
    deepest: Floats = (peaks - path).max(axis=1)
    return deepest


def _quantile(drawdowns: Floats, share: float, n: int) -> Measure:
    return Measure(float(np.quantile(drawdowns, share, method="inverted_cdf")), None, n)


def _ruin(results: Floats, account: float | Reason) -> Measure:
    if isinstance(account, Reason):
        return undefined(account, results.size)
    before = account + np.concatenate(([0.0], np.cumsum(results)[:-1]))
    if before.min() <= 0:
        return undefined(Reason.BALANCE_GONE, results.size)
    return Measure(ruin_chance(results / before), None, results.size)


def _bound(results: Floats, account: float | Reason) -> Measure:
    if isinstance(account, Reason):
        return undefined(account, results.size)
    if account <= 0:
        return undefined(Reason.BALANCE_GONE, results.size)
    bound = ruin_bound(results, RUIN * account)
    return undefined(Reason.NO_LOSSES, results.size) if bound is None else Measure(bound, None, results.size)
