"""The headline figures against hand-computed cases and a series worked out outside this project."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor.analytics.frames import empty_trades
from mentor.analytics.metrics import Measure, Performance, Reason, performance
from tests.analytics.frame_builders import trade_rows, trades

#: Twenty sessions whose profit factor 1.44755 and payoff 1.62850 were computed with other tools.
ORACLE = (120, -80, 0, 60, -150, -40, 200, 0, -30, -90, 310, 45, -60, 0, 75, -220, 130, -10, 95, -35)


def of(*amounts: float) -> Performance:
    return performance(trades(*amounts))


def test_the_oracle_series() -> None:
    figures = of(*ORACLE)
    assert figures.net == Measure(320.0, None, 20)
    assert figures.win_rate == Measure(0.40, None, 20)
    assert figures.expectancy == Measure(16.0, None, 20)
    assert figures.profit_factor.value == pytest.approx(1.44755, abs=5e-6)
    assert figures.payoff.value == pytest.approx(1.62850, abs=5e-6)
    assert figures.average_win == Measure(1035 / 8, None, 8)
    assert figures.average_loss == Measure(-715 / 9, None, 9)
    assert (figures.wins, figures.losses, figures.break_evens) == (8, 9, 3)


def test_the_oracle_drawdown_and_streak() -> None:
    # Recovery factor +1.4545 in the oracle is net 320 over the drawdown, so the drawdown is 220:
    # from 360 after the 15th session to 140 after the 16th.
    figures = of(*ORACLE)
    assert figures.max_drawdown == Measure(220.0, None, 20)
    # -150, -40, then a win; -30, -90 after a break-even: two in a row at most.
    assert figures.longest_losing_streak == Measure(2.0, None, 20)


def test_no_trades_give_reasons_and_a_true_zero_net() -> None:
    figures = performance(empty_trades())
    assert figures.net == Measure(0.0, None, 0)
    for name in ("win_rate", "expectancy", "profit_factor", "payoff", "average_win", "max_drawdown"):
        assert getattr(figures, name) == Measure(None, Reason.NO_TRADES, 0), name


def test_no_losing_trade_yet() -> None:
    figures = of(10, 20)
    assert figures.profit_factor == Measure(None, Reason.NO_LOSSES, 2)
    assert figures.payoff == Measure(None, Reason.NO_LOSSES, 2)
    assert figures.average_loss == Measure(None, Reason.NO_LOSSES, 0)
    assert figures.max_drawdown == Measure(0.0, None, 2)
    assert figures.win_rate.value == 1.0


def test_no_winning_trade_yet() -> None:
    figures = of(-10, -20)
    assert figures.profit_factor == Measure(0.0, None, 2)
    assert figures.payoff == Measure(None, Reason.NO_WINS, 2)
    assert figures.max_drawdown == Measure(30.0, None, 2), "the path starts at zero, before the first loss"


def test_only_break_even_trades() -> None:
    figures = of(0, 0)
    assert figures.win_rate == Measure(0.0, None, 2)
    assert figures.profit_factor == Measure(None, Reason.ONLY_BREAK_EVEN, 2)
    assert figures.payoff == Measure(None, Reason.ONLY_BREAK_EVEN, 2)
    assert figures.longest_losing_streak == Measure(0.0, None, 2)


def test_a_break_even_trade_neither_ends_nor_lengthens_a_losing_streak() -> None:
    assert of(-1, 0, -1, 5, -1).longest_losing_streak.value == 2.0


def test_what_cannot_be_summed_is_left_out_and_counted() -> None:
    figures = performance(
        trade_rows(
            [
                {"profit_loss": 10.0},
                {"profit_loss": math.nan},
                {"profit_loss": math.inf},
                {"profit_loss": 1e300},
                {"profit_loss": 99.0, "currency": "JPY"},
                {"profit_loss": math.nan, "currency": "JPY"},
                {"profit_loss": 5.0, "session_date": None},
            ]
        )
    )
    assert figures.net == Measure(15.0, None, 2)
    assert figures.trades == 2
    assert figures.excluded_unreadable == 3
    assert figures.excluded_currency == 2
    assert figures.undated == 1


def test_sums_are_exact() -> None:
    assert of(*[0.1] * 10).net.value == 1.0


money = st.decimals(-100_000, 100_000, places=2).map(float)


@given(st.lists(money, min_size=1, max_size=60))
def test_expectancy_is_the_weighted_mean_of_wins_and_losses(amounts: list[float]) -> None:
    figures = of(*amounts)
    wins = figures.wins / figures.trades * (figures.average_win.value or 0.0)
    losses = figures.losses / figures.trades * (figures.average_loss.value or 0.0)
    assert figures.expectancy.value == pytest.approx(wins + losses, abs=1e-6)


@given(st.lists(money, max_size=60), money.filter(lambda amount: amount > 0))
def test_no_figure_is_ever_infinite_or_nan(amounts: list[float], scale: float) -> None:
    figures = of(*[amount * scale for amount in amounts])
    for name in Performance.__slots__:
        measure = getattr(figures, name)
        if isinstance(measure, Measure):
            assert (measure.value is None) == (measure.reason is not None), name
            assert measure.value is None or math.isfinite(measure.value), name


@given(st.lists(money, min_size=1, max_size=60))
def test_the_drawdown_is_the_deepest_fall_between_any_two_moments(amounts: list[float]) -> None:
    path = [0.0]
    for amount in amounts:
        path.append(path[-1] + amount)
    deepest = max(path[i] - path[j] for i in range(len(path)) for j in range(i, len(path)))
    assert of(*amounts).max_drawdown.value == pytest.approx(deepest, abs=1e-6)
