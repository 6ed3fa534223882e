"""A day as it ran, and the moods at the money made by then."""

from __future__ import annotations

from datetime import UTC, datetime

from mentor.analytics.frames import DAY_MOOD_DTYPES, DAY_RUN_DTYPES, empty_trades
from mentor.analytics.intraday import day_run, moods_on_run
from mentor.models import MoodCheckin
from tests.analytics.frame_builders import trade_rows


def trades_of_a_day() -> list[dict[str, object]]:
    return [
        {
            "profit_loss": 20.0,
            "session_date": "2025-01-01",
            "entry_time": "2025-01-01 09:00",
            "closed_at": "2025-01-01 10:00",
        },
        {"profit_loss": -50.0, "session_date": "2025-01-01", "symbol": "XAUUSD", "closed_at": "2025-01-01 12:00"},
        {"profit_loss": 9.0, "session_date": "2025-01-01", "currency": "JPY", "closed_at": "2025-01-01 13:00"},
    ]


def told(hour: int | None, emotion: str) -> MoodCheckin:
    return MoodCheckin(
        id=1,
        session_id=1,
        recorded_at=None if hour is None else datetime(2025, 1, 1, hour, tzinfo=UTC),
        emotion=emotion,
        intensity=None,
        market_conditions=None,
        note="",
        source="app",
        timing="unknown",
    )


def test_the_run_begins_with_nothing_at_the_first_entry() -> None:
    run = day_run(trade_rows(trades_of_a_day()))
    assert run["equity"].tolist() == [0.0, 20.0, -30.0]
    assert run["when"].dt.hour.tolist() == [9, 10, 12]
    assert run["symbol"].tolist() == ["", "EURUSD", "XAUUSD"]
    assert run.dtypes.astype(str).to_dict() == DAY_RUN_DTYPES


def test_a_mood_stands_at_the_money_made_by_then() -> None:
    run = day_run(trade_rows(trades_of_a_day()))
    moods = moods_on_run([told(11, "serakah"), told(8, "tenang"), told(None, "takut"), told(15, "marah")], run)
    assert moods["emotion"].tolist() == ["tenang", "serakah", "marah"], "a mood of unknown time has no place"
    assert moods["equity"].tolist() == [0.0, 20.0, -30.0]
    assert moods.dtypes.astype(str).to_dict() == DAY_MOOD_DTYPES


def test_a_day_without_trades_or_moods() -> None:
    run = day_run(empty_trades())
    assert run.empty
    assert run.dtypes.astype(str).to_dict() == DAY_RUN_DTYPES
    assert moods_on_run([told(8, "tenang")], run)["equity"].tolist() == [0.0]
    assert moods_on_run([], run).empty
