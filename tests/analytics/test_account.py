"""Return and drawdown as shares of the account, against a series worked out outside this project."""

from __future__ import annotations

from datetime import date

import pytest

from mentor.analytics.account import account_figures, opening_balance
from mentor.analytics.frames import empty_trades
from mentor.analytics.metrics import Measure, Reason
from tests.analytics.frame_builders import trade_rows, trades
from tests.analytics.test_metrics import ORACLE


def test_the_oracle_series_on_ten_thousand() -> None:
    # Maximum drawdown -2.12355 % as quantstats 0.0.86 and empyrical-reloaded 0.7.1 give it, ulcer index 0.0092905.
    figures = account_figures(trades(*ORACLE), 10_000)
    assert figures.max_drawdown.value == pytest.approx(0.0212355, abs=5e-8)
    assert figures.ulcer.value == pytest.approx(0.0092905, abs=5e-8)
    assert figures.return_share == Measure(pytest.approx(0.032), None, 20)


def test_a_first_loss_is_a_drawdown_of_the_balance() -> None:
    assert account_figures(trades(-500, 100), 10_000).max_drawdown.value == pytest.approx(0.05)


def test_the_deepest_share_need_not_be_the_deepest_amount() -> None:
    # 100 of 1,000 is a tenth; 150 of 3,000 later is more money and half the share.
    figures = account_figures(trades(-100, 2_100, -150), 1_000)
    assert figures.max_drawdown.value == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("frame", "balance", "reason"),
    [
        (trades(1, 2), None, Reason.NO_BALANCE),
        (trades(1, 2), 0.0, Reason.BALANCE_GONE),
        (trades(1, 2), -5.0, Reason.BALANCE_GONE),
        (empty_trades(), 100.0, Reason.NO_TRADES),
    ],
)
def test_why_nothing_is_said(frame: object, balance: float | None, reason: Reason) -> None:
    figures = account_figures(frame, balance)  # type: ignore[arg-type]
    assert {figures.return_share.reason, figures.max_drawdown.reason, figures.ulcer.reason} == {reason}
    assert figures.max_drawdown.value is None


def test_the_balance_before_a_period_holds_every_earlier_result() -> None:
    frame = trade_rows(
        [
            {"profit_loss": 50.0, "session_date": "2025-01-01"},
            {"profit_loss": 9.0, "session_date": "2025-01-01", "currency": "JPY"},
            {"profit_loss": -20.0, "session_date": "2025-01-02"},
            {"profit_loss": 7.0, "session_date": None},
        ]
    )
    assert opening_balance(frame, 100.0, date(2025, 1, 2)) == 150.0
    assert opening_balance(frame, 100.0, None) == 100.0
    assert opening_balance(frame, None, date(2025, 1, 2)) is None
