"""How evenly the result came."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import linregress

from mentor.analytics.consistency import consistency
from mentor.analytics.daily import daily
from mentor.analytics.frames import empty_trades
from mentor.analytics.metrics import Measure, Reason, performance
from tests.analytics.frame_builders import trades
from tests.analytics.test_metrics import ORACLE


def of(*amounts: float) -> tuple[Measure, Measure, Measure]:
    frame = trades(*amounts)
    found = consistency(daily(frame), performance(frame))
    return found.winning_days, found.best_day_share, found.recovery_factor


def test_the_oracle_series() -> None:
    winning, best, recovery = of(*ORACLE)
    assert winning == Measure(0.4, None, 20)
    assert best == Measure(310 / 320, None, 20)
    # +1.4545 in the oracle; quantstats takes the sum of returns without its sign.
    assert recovery.value == pytest.approx(1.4545, abs=5e-5)


def test_a_losing_trader_has_a_negative_recovery_factor_and_no_best_day() -> None:
    _, best, recovery = of(10, -30)
    assert best == Measure(None, Reason.NO_PROFIT, 2)
    assert recovery.value == pytest.approx(-20 / 30)


def test_one_good_day_may_carry_more_than_everything() -> None:
    assert of(100, -50)[1].value == 2.0


def test_without_a_drawdown_there_is_nothing_to_recover_from() -> None:
    assert of(10, 20)[2] == Measure(None, Reason.NO_DRAWDOWN, 2)


def straightness(*amounts: float) -> Measure:
    frame = trades(*amounts)
    return consistency(daily(frame), performance(frame)).straightness


def test_straightness_as_scipy() -> None:
    line = linregress(np.arange(20), np.cumsum(ORACLE))
    assert straightness(*ORACLE) == Measure(pytest.approx(line.rvalue**2), None, 20)
    assert straightness(-5, -5, -5, -5).value == pytest.approx(1.0), "a steady loss is straight too"


def test_of_two_days_and_of_no_movement_there_is_no_straightness() -> None:
    assert straightness(1, 2) == Measure(None, Reason.TOO_FEW, 2)
    assert straightness(7, 0, 0, 0) == Measure(None, Reason.NO_SPREAD, 4)


def test_nothing_traded() -> None:
    found = consistency(daily(empty_trades()), performance(empty_trades()))
    assert {found.winning_days.reason, found.best_day_share.reason, found.recovery_factor.reason} == {Reason.NO_TRADES}
    assert found.straightness.reason == Reason.NO_TRADES
