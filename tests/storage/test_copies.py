"""Copies of the documented tables: only the trader's rows, typed, whatever other programs stored."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from mentor import Journal
from mentor.storage.copies import TABLES
from tests.foreign import ForeignClient


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_all_its_columns(journal: Journal, name: str) -> None:
    assert "id" in journal.stored_table(name)
    assert journal.stored_table(name).empty


def test_what_is_no_number_or_day_is_null(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    for statement in (
        "INSERT INTO trading_sessions (id, session_date) VALUES (1, '2025-01-15'), (2, '2025-02-30'), (3, 'kemarin')",
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, entry_time) "
        "VALUES (1, 7, 'EURUSD', 'a lot', 0.1, '2025-01-15 08:00:00'), (1, 7, 'EURUSD', 3, 0.1, 'soon')",
    ):
        foreign.run(statement)
    days = journal.stored_table("trading_sessions")["session_date"]
    assert days.tolist()[0] == date(2025, 1, 15)
    assert days.isna().tolist() == [False, True, True]
    trades = journal.stored_table("daily_trading_data")
    assert trades["profit_loss"].isna().tolist() == [True, False]
    assert trades["entry_time"].tolist()[0] == datetime(2025, 1, 15, 8)
    assert trades["entry_time"].isna().tolist() == [False, True]


def test_another_traders_rows_stay_theirs(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run("INSERT INTO users (id, name) VALUES (2, 'other')")
    foreign.run("INSERT INTO settings (key, value, user_id) VALUES ('timezone', 'Asia/Jakarta', 2)")
    foreign.run("INSERT INTO trading_sessions (id, session_date, user_id) VALUES (9, '2025-01-15', 2)")
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) "
        "VALUES (9, 0, 'THEIRS', 1, 0.1)"
    )
    journal.check_in("tenang")
    assert len(journal.stored_table("mood_checkins")) == 1
    assert journal.stored_table("daily_trading_data").empty
    assert journal.for_user(2).stored_table("daily_trading_data")["symbol"].tolist() == ["THEIRS"]
