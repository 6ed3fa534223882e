"""Weeks begin on Monday, months on the first; the newest comes first."""

from __future__ import annotations

from mentor.analytics.daily import daily
from mentor.analytics.frames import PERIOD_DTYPES, empty_trades
from mentor.analytics.periods import by_period
from tests.analytics.frame_builders import trade_rows

DAYS = daily(
    trade_rows(
        [
            {"session_date": "2025-01-05", "profit_loss": 5.0},  # a Sunday
            {"session_date": "2025-01-06", "profit_loss": 7.0},
            {"session_date": "2025-01-06", "profit_loss": -9.0},
            {"session_date": "2025-02-03", "profit_loss": 1.0},
        ]
    )
)


def test_by_week() -> None:
    weeks = by_period(DAYS, "week")
    assert weeks["start"].dt.strftime("%Y-%m-%d").tolist() == ["2025-02-03", "2025-01-06", "2024-12-30"]
    assert weeks["profit_loss"].tolist() == [1.0, -2.0, 5.0]
    assert weeks["trades"].tolist() == [1, 2, 1]
    assert weeks["winning_days"].tolist() == [1, 0, 1]


def test_by_month() -> None:
    months = by_period(DAYS, "month")
    assert months["start"].dt.strftime("%Y-%m-%d").tolist() == ["2025-02-01", "2025-01-01"]
    assert months[["profit_loss", "trades", "wins", "days", "winning_days"]].to_numpy().tolist() == [
        [1, 1, 1, 1, 1],
        [3, 3, 2, 2, 1],
    ]


def test_no_day_no_period() -> None:
    assert by_period(daily(empty_trades()), "week").dtypes.astype(str).to_dict() == PERIOD_DTYPES
