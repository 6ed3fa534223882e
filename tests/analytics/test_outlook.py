"""Simulated drawdowns and ruin against games with known answers."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from mentor.analytics.daily import daily
from mentor.analytics.frames import empty_trades
from mentor.analytics.metrics import Reason, performance
from mentor.analytics.outlook import (
    HORIZON,
    bootstrap_drawdowns,
    outlook,
    ruin_chance,
    shuffled_drawdowns,
    stationary_blocks,
)
from tests.analytics.frame_builders import trades


def days(*amounts: float) -> pd.DataFrame:
    return daily(trades(*amounts))


def test_blocks_run_on_round_the_circle_and_are_as_long_as_they_should_be() -> None:
    rows = stationary_blocks(64, 2000, 50, np.random.default_rng(1))
    assert (rows.min(), rows.max()) == (0, 63)
    followed = (np.diff(rows, axis=1) % 64 == 1).mean()
    # ∛64 = 4 days a block: three of four go on, and one in 64 of the others by chance.
    assert followed == pytest.approx(0.75 + 0.25 / 64, abs=0.01)
    assert np.bincount(rows.ravel(), minlength=64).min() > 0.8 * rows.size / 64


def test_a_shuffle_keeps_the_total_and_a_bootstrap_does_not() -> None:
    only_losses = np.full(40, -1.0)
    assert set(shuffled_drawdowns(only_losses)) == set(bootstrap_drawdowns(only_losses)) == {40.0}
    mixed = np.array([30.0, -1.0] * 20)
    assert shuffled_drawdowns(mixed).max() <= 20
    assert np.quantile(bootstrap_drawdowns(mixed), 0.95) >= np.quantile(shuffled_drawdowns(mixed), 0.5)


def test_every_order_of_three_days() -> None:
    # +2, -1, -1 in its six orders: the drawdown is 2, 1 or 2 with equal chances.
    found = shuffled_drawdowns(np.array([2.0, -1.0, -1.0]))
    assert (found == 2).mean() == pytest.approx(2 / 3, abs=0.05)
    assert set(found) == {1.0, 2.0}


def test_ruin_of_a_game_of_ones() -> None:
    """Oracle 16's game as growth: ±r in logarithms, half the account U = 10 steps away; ((1 − p)/p)^10 = .13443063."""
    random = np.random.default_rng(4)
    step = math.log(2) / 10
    won = random.permutation(np.repeat([True, False], [5500, 4500]))
    returns = np.expm1(np.where(won, step, -step))
    # Within 250 days a little less than ever: simulated here with independent days.
    steps = np.where(random.random((40_000, HORIZON)) < 0.55, 1, -1)
    truth = float((np.cumsum(steps, axis=1).min(axis=1) <= -10).mean())
    assert truth == pytest.approx(0.13443, abs=0.02)
    assert ruin_chance(returns) == pytest.approx(truth, abs=0.035)


def test_certain_and_impossible_ruin() -> None:
    assert ruin_chance(np.full(40, -0.01)) == 1.0
    assert ruin_chance(np.full(40, 0.01)) == 0.0
    assert ruin_chance(np.array([-1.5, *[10.0] * 39])) > 0.99, "a lost account stays lost"


def test_the_outlook_of_a_journal() -> None:
    amounts = [60.0, -50.0, 20.0, -45.0, 30.0] * 10
    found = outlook(days(*amounts), 1_000.0)
    usual, rare = found.bootstrap_drawdown.value, found.bootstrap_drawdown_95.value
    assert usual is not None
    assert rare is not None
    assert 0 < usual < rare
    assert outlook(days(*amounts), 1_000.0) == found, "the seed is fixed"
    assert found.ruin.value is not None
    assert (found.shuffled_drawdown.value or 0) >= (performance(trades(*amounts)).max_drawdown.value or 0) / 2


def test_when_there_is_no_outlook() -> None:
    assert outlook(days(*[1.0, -1.0] * 14), 100.0).ruin.reason == Reason.TOO_FEW
    assert outlook(daily(empty_trades()), 100.0).bootstrap_drawdown.reason == Reason.NO_TRADES
    forty = days(*[1.0, -2.0] * 20)
    assert outlook(forty, Reason.NO_BALANCE).ruin.reason == Reason.NO_BALANCE
    assert outlook(forty, Reason.NO_BALANCE).bootstrap_drawdown.value is not None
    assert outlook(forty, 10.0).ruin.reason == Reason.BALANCE_GONE
    assert outlook(forty, 0.0).ruin_bound.reason == Reason.BALANCE_GONE
    assert outlook(days(*[1.0, 2.0] * 20), 10.0).ruin_bound.reason == Reason.NO_LOSSES
    assert outlook(forty, 1_000.0).ruin_bound.value == 1.0
