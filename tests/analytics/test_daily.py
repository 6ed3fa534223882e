"""Each session date's result."""

from __future__ import annotations

import math

from mentor.analytics.daily import daily
from mentor.analytics.frames import DAILY_DTYPES, empty_trades
from tests.analytics.frame_builders import trade_rows


def test_trades_of_a_day_are_added_up() -> None:
    frame = daily(
        trade_rows(
            [
                {"session_date": "2025-01-15", "profit_loss": 10.0},
                {"session_date": "2025-01-15", "profit_loss": -4.0},
                {"session_date": "2025-01-15", "profit_loss": 0.0},
                {"session_date": "2025-01-16", "profit_loss": math.nan},
                {"session_date": "2025-01-17", "profit_loss": -1.0},
                {"session_date": "2025-01-17", "profit_loss": 50.0, "currency": "JPY"},
                {"session_date": None, "closed_at": "2025-01-18", "profit_loss": 7.0},
            ]
        )
    )
    assert frame["session_date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-01-15", "2025-01-17"]
    assert frame["profit_loss"].tolist() == [6.0, -1.0]
    assert frame["trades"].tolist() == [3, 1]
    assert frame["wins"].tolist() == [1, 0]


def test_no_trades_give_an_empty_frame_of_the_same_kind() -> None:
    assert daily(empty_trades()).dtypes.astype(str).to_dict() == DAILY_DTYPES
