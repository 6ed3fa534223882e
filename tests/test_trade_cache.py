"""The frame in memory after any change equals the frame loaded anew."""

from __future__ import annotations

import contextlib
import random

import pandas as pd
import pytest

from mentor import Journal
from mentor.analytics.frames import TRADE_DTYPES
from mentor.trade_cache import TradeCache
from tests.foreign import ForeignClient, Refused

INSERT = (
    "INSERT INTO daily_trading_data "
    "(session_id, bot_id, symbol, profit_loss, lot_size, entry_time, exit_time, strategy_used) "
    "VALUES (?, 1, ?, ?, 1, ?, ?, ?)"
)


@pytest.fixture
def filled(journal: Journal, foreign: ForeignClient) -> ForeignClient:
    """Thirty days of a few trades, some without times."""
    foreign.open(journal.path)
    dice = random.Random(5)
    for day in range(1, 31):
        session = journal.create_trading_session(f"2024-12-{day:02d}")
        for _ in range(dice.randrange(4)):
            minute = dice.randrange(60)
            times = (f"2024-12-{day:02d} 08:{minute:02d}:00", f"2024-12-{day:02d} 09:{minute:02d}:00")
            entry, exit_ = times if dice.random() < 0.8 else (None, None)
            foreign.run(INSERT, (session, dice.choice("ABC"), dice.randrange(-50, 50), entry, exit_, ""))
    return foreign


def test_an_empty_journal_gives_the_typed_empty_frame(journal: Journal) -> None:
    assert {name: str(dtype) for name, dtype in journal.trades().dtypes.items()} == TRADE_DTYPES


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE daily_trading_data SET profit_loss = 1000 WHERE session_id IN (3, 4, 20)",
        "DELETE FROM daily_trading_data WHERE session_id = (SELECT min(session_id) FROM daily_trading_data)",
        "UPDATE daily_trading_data SET session_id = 15 WHERE session_id = 2",
        "UPDATE daily_trading_data SET symbol = 'NEW', strategy_used = 'fresh' WHERE session_id = 30",
        "UPDATE trading_sessions SET session_date = '2025-03-01' WHERE id = 5",
        "UPDATE trading_sessions SET session_date = 'someday ' || id WHERE id IN (5, 6)",
        "UPDATE daily_trading_data SET currency = 'IDR' WHERE session_id = 8",
        "INSERT OR REPLACE INTO trading_sessions (session_date) VALUES ('2024-12-09')",
        "DELETE FROM daily_trading_data",
        "UPDATE daily_trading_data SET profit_loss = profit_loss + 1",
    ],
)
def test_after_any_change_it_equals_a_fresh_load(journal: Journal, filled: ForeignClient, change: str) -> None:
    before = journal.trades()
    assert len(before) > 20
    filled.run(change)
    filled.run(INSERT, (30, "LAST", 7, None, None, "s"))
    pd.testing.assert_frame_equal(
        journal.trades(), TradeCache(journal._database, 1).refresh(), check_categorical=False, check_dtype=False
    )
    assert {name: str(dtype) for name, dtype in journal.trades().dtypes.items()} == TRADE_DTYPES


@pytest.mark.parametrize(
    "changes",
    [
        # A day emptied and written anew with its id, in one transaction.
        [
            "BEGIN",
            "DELETE FROM daily_trading_data WHERE session_id = 30",
            "REPLACE INTO trading_sessions (id, session_date) VALUES (30, '2024-12-30')",
            "COMMIT",
        ],
        # A row copied from another journal brings that journal's revision.
        [
            "INSERT INTO trading_sessions (id, session_date, revision) VALUES (900, '2024-01-10', 9223372036854775807)",
            "UPDATE daily_trading_data SET profit_loss = profit_loss + 1 WHERE session_id = 4",
        ],
        ["UPDATE trading_sessions SET user_id = 2 WHERE id = 4"],
    ],
)
def test_whatever_happened_to_the_days_it_equals_a_fresh_load(
    journal: Journal, filled: ForeignClient, changes: list[str]
) -> None:
    journal.trades()
    filled.run("INSERT INTO users (id, name) VALUES (2, 'other')")
    for change in changes:
        filled.run(change)
        journal.trades()
    pd.testing.assert_frame_equal(
        journal.trades(), TradeCache(journal._database, 1).refresh(), check_categorical=False, check_dtype=False
    )


def test_only_the_sessions_concerned_are_loaded_again(journal: Journal, filled: ForeignClient) -> None:
    before = journal.trades()
    kept = before[before["session_id"] != 30]
    filled.run(INSERT, (30, "LAST", 7, None, None, "s"))
    after = journal.trades()
    assert len(after) == len(before) + 1
    pd.testing.assert_frame_equal(
        after[after["session_id"] != 30].reset_index(drop=True), kept.reset_index(drop=True), check_categorical=False
    )
    assert journal.trades() is after


@pytest.mark.usefixtures("filled")
def test_rows_are_ordered_by_day_close_and_id(journal: Journal) -> None:
    frame = journal.trades()
    expected = frame.sort_values(["session_date", "closed_at", "id"], na_position="last", kind="stable")
    assert frame["id"].tolist() == expected["id"].tolist()


#: One change each; `{session}`, `{other}` and `{trade}` are any of them.
RANDOM_CHANGES = (
    *(INSERT.replace("?, 1, ?, ?, 1, ?, ?, ?", "{session}, 1, 'X' || {trade}, -3, 1, NULL, '2024-12-05 10:00:00', ''"),)
    * 3,
    "UPDATE daily_trading_data SET profit_loss = profit_loss + 1, currency = 'USD' WHERE id = {trade}",
    "UPDATE daily_trading_data SET entry_time = 'soon', exit_time = 1733390000 WHERE id = {trade}",
    "UPDATE daily_trading_data SET session_id = {other} WHERE id = {trade}",
    "UPDATE daily_trading_data SET session_id = {other} WHERE session_id = {session}",
    "DELETE FROM daily_trading_data WHERE id = {trade}",
    "DELETE FROM daily_trading_data WHERE session_id = {session}",
    "DELETE FROM trading_sessions WHERE id = {session} AND total_trades = 0",
    "INSERT INTO trading_sessions (session_date) VALUES ('2024-12-{session:02d} 10:00')",
    "REPLACE INTO trading_sessions (id, session_date) VALUES ({session}, '2024-12-{other:02d}')",
    "UPDATE trading_sessions SET session_date = 'someday' WHERE id = {session}",
    "UPDATE trading_sessions SET user_id = 3 - user_id WHERE id = {session}",
    "INSERT OR REPLACE INTO settings (key, value, user_id) VALUES ('currency', 'USD', 1)",
    "INSERT OR REPLACE INTO settings (key, value, user_id) VALUES ('currency', 'IDR', 1)",
)


def test_after_any_mixture_of_changes_it_equals_a_fresh_load(journal: Journal, filled: ForeignClient) -> None:
    dice = random.Random(11)
    done = []
    for _ in range(20):
        for _ in range(dice.choice((1, 2, 3))):
            session, other, trade = dice.randrange(1, 31), dice.randrange(1, 31), dice.randrange(1, 80)
            change = dice.choice(RANDOM_CHANGES).format(session=session, other=other, trade=trade)
            with contextlib.suppress(Refused):
                filled.run(change)
                done.append(change)
        fresh = TradeCache(journal._database, 1).refresh()
        pd.testing.assert_frame_equal(journal.trades(), fresh, check_categorical=False)
    assert len(done) > 20
