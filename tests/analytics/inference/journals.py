"""Seeded invented journals for the inference, with and without what an honest test must not fall for.

As the simulation of the method: skewed trades, sessions that share a day's luck, and in the confounded scenario
moods that last, follow yesterday's result, and come with the market that also moves the result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
CALM, NEUTRAL, GREEDY, FEARFUL, FRUSTRATED = range(5)
MOODS = np.array([0.30, 0.30, 0.15, 0.15, 0.10])
MARKETS = 3


@dataclass(frozen=True)
class Journals:
    """`results` (journals × sessions) and what goes with them; `trades` (journals × sessions × most) is NaN-filled."""

    results: Floats
    moods: npt.NDArray[np.int64]
    markets: npt.NDArray[np.int64]
    trades: Floats


def invented(journals: int, sessions: int, *, seed: int, confounded: bool) -> Journals:
    """No mood has any effect in any of them."""
    random = np.random.default_rng(seed)
    shape = (journals, sessions)
    markets = random.integers(0, MARKETS, shape)
    trades = _trades(random, shape)
    luck = _day(random, shape, confounded)
    if confounded:
        luck = luck + np.array([0.35, 0.0, -0.35])[markets]
    trades = trades + luck[:, :, np.newaxis]
    results = np.nansum(trades, axis=2)
    moods = _moods(random, results, markets) if confounded else _drawn(random, np.broadcast_to(MOODS, (*shape, 5)))
    return Journals(results, moods, markets, trades)


def _trades(random: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """41 % wins of a gamma distribution, losses of 1 with 3 % triple ones; 1 + a negative binomial number of them."""
    number = 1 + random.negative_binomial(2.0, 2.0 / 5.5, shape)
    each = (*shape, int(number.max()))
    losses = np.where(random.random(each) < 0.03, -3.0, -1.0)
    trades = np.where(random.random(each) < 0.41, random.gamma(1.5, 1.0, each), losses)
    trades[np.arange(each[2]) >= number[:, :, np.newaxis]] = np.nan
    return trades


def _day(random: np.random.Generator, shape: tuple[int, int], confounded: bool) -> Floats:
    """What all trades of a day share: a fifth of their variance."""
    shocks = 0.45 * random.standard_t(3, shape) / np.sqrt(3)
    if confounded:
        for day in range(1, shape[1]):
            shocks[:, day] = 0.3 * shocks[:, day - 1] + np.sqrt(1 - 0.09) * shocks[:, day]
    return shocks


def _moods(random: np.random.Generator, results: Floats, markets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    moods = np.empty(results.shape, dtype=np.int64)
    moods[:, 0] = _drawn(random, np.broadcast_to(MOODS, (len(results), 5)))
    for day in range(1, results.shape[1]):
        odds = np.tile(MOODS, (len(results), 1))
        yesterday = results[:, day - 1]
        odds[:, GREEDY] *= np.where(yesterday > 0, 2.5, 1.0) * np.array([0.5, 1.0, 3.0])[markets[:, day]]
        odds[:, FRUSTRATED] *= np.where(yesterday < 0, 3.5, 1.0)
        drawn = _drawn(random, odds / odds.sum(axis=1, keepdims=True))
        moods[:, day] = np.where(random.random(len(results)) < 0.35, moods[:, day - 1], drawn)
    return moods


def _drawn(random: np.random.Generator, shares: Floats) -> npt.NDArray[np.int64]:
    return (random.random(shares.shape[:-1])[..., np.newaxis] > shares.cumsum(axis=-1)[..., :-1]).sum(axis=-1)
