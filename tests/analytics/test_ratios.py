"""Sharpe and Sortino against empyrical-reloaded on the series worked out outside this project."""

from __future__ import annotations

import math

import empyrical
import numpy as np
import pandas as pd
import pytest

from mentor.analytics.account import account_figures
from mentor.analytics.daily import daily
from mentor.analytics.frames import empty_trades
from mentor.analytics.metrics import Measure, Reason
from mentor.analytics.ratios import days_a_year, ratios, sharpe, sharpe_error, sortino
from tests.analytics.frame_builders import trade_rows, trades
from tests.analytics.test_metrics import ORACLE

MONEY = np.array(ORACLE, dtype=np.float64)
RETURNS = MONEY / (10_000 + np.concatenate(([0.0], np.cumsum(MONEY)[:-1])))
AS_SERIES = pd.Series(RETURNS, index=pd.bdate_range("2026-01-05", periods=20))


def test_as_empyrical() -> None:
    """Oracle 20, `research/stats.md` 1.1: 2.18724, 3.92245 and -2.12355 %."""
    assert sharpe(RETURNS, 252) == pytest.approx(2.18724, abs=5e-6)
    assert sharpe(RETURNS, 252) == pytest.approx(empyrical.sharpe_ratio(AS_SERIES), rel=1e-12)
    assert sortino(RETURNS, 252) == pytest.approx(3.92245, abs=5e-6)
    assert sortino(RETURNS, 252) == pytest.approx(empyrical.sortino_ratio(AS_SERIES), rel=1e-12)
    drawdown = account_figures(trades(*ORACLE), 10_000).max_drawdown.value
    assert drawdown == pytest.approx(-empyrical.max_drawdown(AS_SERIES), rel=1e-12)


def test_where_empyrical_is_infinite_there_is_none() -> None:
    winners = pd.Series([0.01, 0.02, 0.005], index=pd.bdate_range("2026-01-05", periods=3))
    assert empyrical.sortino_ratio(winners) == math.inf
    assert sortino(winners.to_numpy(), 252) is None


def test_the_error_of_normal_days_is_lo_s() -> None:
    """Lo 2002: √((1 + S²/2) / n), which Mertens' becomes without skewness and with a kurtosis of 3."""
    results = np.random.default_rng(2).normal(0.3, 1, 200_000)
    ratio = sharpe(results, 1)
    assert sharpe_error(results, 1) == pytest.approx(math.sqrt((1 + ratio**2 / 2) / 200_000), rel=0.01)


def test_the_error_is_the_scatter_of_ratios_of_skewed_days() -> None:
    random = np.random.default_rng(3)
    drawn = 1.3 - random.exponential(1, (3000, 250))
    scatter = np.std([sharpe(results, 252) for results in drawn])
    errors = np.mean([sharpe_error(results, 252) for results in drawn])
    assert errors == pytest.approx(scatter, rel=0.06)


def weekly(*amounts: float) -> pd.DataFrame:
    return daily(
        trade_rows(
            {"profit_loss": amount, "session_date": str(np.datetime64("2024-01-01") + 7 * week)}
            for week, amount in enumerate(amounts)
        )
    )


def test_a_year_has_as_many_days_as_are_traded() -> None:
    days = weekly(*[2.0, -1.0] * 20)
    assert days_a_year(days["session_date"]) == pytest.approx(365.25 / 7)
    found = ratios(days)
    assert found.days_a_year == Measure(pytest.approx(52.18, abs=0.01), None, 40)
    assert found.sharpe.value == pytest.approx(0.5 / np.std([2, -1] * 20, ddof=1) * math.sqrt(365.25 / 7))
    assert found.sharpe.low is not None
    assert found.sharpe_error.value is not None
    assert found.sharpe.low == pytest.approx(found.sharpe.value - 1.96 * found.sharpe_error.value, abs=1e-3)


def test_when_there_is_no_ratio() -> None:
    assert ratios(daily(empty_trades())).sharpe == Measure(None, Reason.NO_TRADES, 0)
    assert ratios(weekly(*[1.0, -1.0] * 14)).sortino == Measure(None, Reason.TOO_FEW, 28)
    assert ratios(weekly(*[0.1] * 40)).sharpe == Measure(None, Reason.NO_SPREAD, 40)
    assert ratios(weekly(*[1.0, 2.0] * 20)).sortino == Measure(None, Reason.NO_LOSSES, 40)
    assert ratios(weekly(1.0)).days_a_year == Measure(None, Reason.TOO_FEW, 1)
