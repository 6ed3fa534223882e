"""Intervals, SQN, Kelly and the losing streak."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from mentor.analytics.edge import Edge, edge, system_quality, usual_longest_streak
from mentor.analytics.frames import empty_trades
from mentor.analytics.inference import run_probability
from mentor.analytics.metrics import Measure, Reason, performance
from mentor.analytics.risk import r_multiples
from tests.analytics.frame_builders import trade_rows, trades
from tests.analytics.test_metrics import ORACLE

BALANCE = 1e6


def of(frame: pd.DataFrame, balance: float | None = BALANCE) -> Edge:
    return edge(frame, performance(frame), r_multiples(frame, balance), balance)


def risked(amounts: list[float]) -> pd.DataFrame:
    return trade_rows({"profit_loss": amount, "risk_percent": 0.5 + n % 2} for n, amount in enumerate(amounts))


def test_sqn_is_the_t_statistic_up_to_a_hundred_trades() -> None:
    from scipy.stats import ttest_1samp

    multiples = np.random.default_rng(5).normal(0.2, 1, 100)
    assert system_quality(multiples) == pytest.approx(ttest_1samp(multiples, 0).statistic)
    assert system_quality(np.tile(multiples, 4)) == pytest.approx(
        ttest_1samp(np.tile(multiples, 4), 0).statistic / 2
    ), "the cap: no better for being four times as long"


def test_sqn_waits_for_thirty_trades() -> None:
    assert of(risked([100.0, -50.0] * 14)).sqn == Measure(None, Reason.TOO_FEW, 28)
    assert of(risked([100.0, -50.0] * 15)).sqn.value is not None
    assert of(trades(*[1.0, -1.0] * 20)).sqn == Measure(None, Reason.NO_RISK, 0)
    assert of(risked([1.0, -1.0] * 20), None).sqn == Measure(None, Reason.NO_BALANCE, 0)


def test_kelly_of_a_clear_edge() -> None:
    """Payoff 1 and 6 wins of 10: f* = 0.2 (oracle 15); half of it is a tenth."""
    found = of(risked(([100.0] * 6 + [-100.0] * 4) * 30))
    assert found.kelly == Measure(pytest.approx(0.2), None, 300)
    assert found.half_kelly == Measure(pytest.approx(0.1), None, 300)


def test_kelly_is_not_shown_for_few_trades_or_what_may_be_chance() -> None:
    assert of(risked(([100.0] * 6 + [-100.0] * 4) * 9)).kelly == Measure(None, Reason.TOO_FEW, 90)
    assert of(risked(([100.0] * 52 + [-100.0] * 48) * 2)).kelly.reason == Reason.NO_EDGE
    assert of(risked(([100.0] * 4 + [-100.0] * 6) * 30)).half_kelly.reason == Reason.NO_EDGE


def test_how_many_trades_know_their_risk() -> None:
    frame = trade_rows([{"profit_loss": 1.0, "risk_percent": 2.0}, *[{"profit_loss": 1.0}] * 3])
    assert of(frame).risk_coverage == Measure(0.25, None, 4)
    assert of(frame, None).risk_coverage.reason == Reason.NO_BALANCE
    assert of(empty_trades()).risk_coverage.reason == Reason.NO_TRADES


def test_the_usual_streak_is_the_longest_that_one_in_two_records_reaches() -> None:
    """Oracle 17: of 100 even trades .54609 reach 6 losses in a row and .31752 reach 7."""
    assert usual_longest_streak(100, 0.5) == 6
    for n, rate in ((1, 0.4), (7, 0.9), (250, 0.35), (50, 1.0), (50, 0.0)):
        usual = usual_longest_streak(n, rate)
        assert usual == 0 or run_probability(n, usual, rate) >= 0.5
        assert usual == n or run_probability(n, usual + 1, rate) < 0.5


def test_the_streak_of_the_record_beside_chance() -> None:
    found = of(trades(*[1.0, -1.0] * 45, *[1.0] * 5, *[-1.0] * 5, 0.0, 0.0))
    assert found.usual_losing_streak == Measure(6.0, None, 100), "break-even trades are passed over"
    # Six in a row: the last of the pairs lost, but a win came between.
    assert found.losing_streak_chance == Measure(pytest.approx(0.81011, abs=5e-6), None, 100)
    assert of(trades(1.0, 2.0)).losing_streak_chance.value == 1.0
    assert of(trades(0.0)).usual_losing_streak.reason == Reason.ONLY_BREAK_EVEN


def test_the_figures_keep_their_value_beside_their_interval() -> None:
    found, figures = of(trades(*ORACLE)), performance(trades(*ORACLE))
    assert (found.win_rate.value, found.expectancy.value) == (figures.win_rate.value, figures.expectancy.value)
    assert found.expectancy.low is not None
    assert found.expectancy.high is not None
    assert found.expectancy.low < 16 < found.expectancy.high
    assert of(trades(*ORACLE[:9])).expectancy.low is None, "nine sessions"
    assert math.isclose(found.win_rate.low or 0, 0.2001, abs_tol=1e-4)
