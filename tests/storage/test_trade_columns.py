"""What other programs store in a trade reads the same whether its column is taken as it is or by careful SQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mentor import Journal
from mentor.storage import trades
from mentor.storage.trade_columns import LATEST, columns
from tests.foreign import ForeignClient, Refused

DAY = "2025-01-15"

#: Values as SQL, of every type.
VALUES = (
    *("NULL", "7", "0", "-1", "9007199254740993", "1234567890123456789", "1704103200", "0.1234567890123", "9e999"),
    *("''", "'abc'", "'12'", "'12abc'", "' 7 '", "'long'", "'LONG'", "'IDR'", "'usd'", "'true'", "-9e999"),
    *("x''", "x'616263'", "x'6c6f6e67'", "CAST(x'ff61' AS TEXT)", "CAST(x'610062' AS TEXT)"),
)
#: Forms of times, most of them almost right.
FORMS = (
    *("2024-01-01", "2024-01-01 10", "2024-01-01T10", "2024-01-01 10:00", "2024-01-01 10:00:00", "2024-01-01T10:00:00"),
    *("2024-01-01 10:00:00Z", "2024-01-01 10:00:00.5", "2024-01-01 10:00:00+07:00", "2024-01-01 10:00+07"),
    *("2024-02-30 10:00:00", "2024-01-01 24:00:00", "2024-01-01 10:00:60", "2024-13-01 10:00:00"),
    *(" 2024-01-01 10:00:0", "2024-01-01 10:00:00 ", "0000-01-01 00:00:00", "1969-12-31 23:59:59"),
    *("1970-01-01 00:00:00", "2099-12-31 23:59:59", "2100-01-01 00:00:00", "2460310.5"),
)
TIMES = ("entry_time", "exit_time", "created_at")
OTHERS = (
    *("symbol", "side", "strategy_used", "account", "currency", "profit_loss", "fees", "lot_size", "risk_percent"),
    *("stop_price", "stop_loss_used", "take_profit_used", "bot_id", "import_id"),
)


def _number(column: str) -> str:
    return f"CASE WHEN typeof(t.{column}) IN ('real', 'integer') THEN CAST(t.{column} AS REAL) END AS {column}"


def _moment(moment: str, name: str) -> str:
    seconds = f"unixepoch({moment}, 'auto')"
    no_day = f"{moment} LIKE '%02-30%'"
    return f"CASE WHEN {seconds} BETWEEN 0 AND {LATEST} AND NOT {no_day} THEN {seconds} END AS {name}"


#: Every value by an expression that does not care how its neighbours are stored.
REFERENCE = f"""
SELECT t.id, t.session_id, CAST(t.symbol AS TEXT) AS symbol, iif(t.side IN ('long', 'short'), t.side, NULL) AS side,
       nullif(CAST(t.strategy_used AS TEXT), '') AS strategy, CAST(t.account AS TEXT) AS account,
       nullif(nullif(CAST(t.currency AS TEXT), ''), 'IDR') AS currency,
       CASE WHEN t.bot_id <> 0 THEN 'bot' WHEN t.import_id IS NOT NULL THEN 'import' ELSE 'hand' END AS origin,
       {_moment("t.entry_time", "entry_time")}, {_moment("t.exit_time", "exit_time")},
       {_moment("CASE WHEN t.import_id IS NULL OR t.bot_id <> 0 THEN t.created_at END", "logged_at")},
       {_number("profit_loss")}, {_number("fees")}, {_number("lot_size")}, {_number("risk_percent")},
       {_number("stop_price")}, coalesce(t.stop_loss_used + 0, 0) <> 0 AS stop_loss_used,
       coalesce(t.take_profit_used + 0, 0) <> 0 AS take_profit_used
FROM daily_trading_data AS t ORDER BY t.id
"""
TRADE = (
    "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, entry_time, exit_time, "
    "created_at, stop_loss_used, side, strategy_used, account, currency, fees, risk_percent, stop_price) VALUES "
    "(?, ?, 'EURUSD', 1.5, 0.1, '2025-01-15 01:00:00', '2025-01-15 02:00:00', '2025-01-15 03:00:00', 1, 'long', "
    "'breakout', 'main', 'USD', 0.25, 0.5, 1.0625)"
)


@pytest.fixture
def three(journal: Journal, foreign: ForeignClient) -> ForeignClient:
    """Three plain trades, one of them a bot's, in a journal in IDR, where nobody checks what is written."""
    session = journal.create_trading_session(DAY)
    foreign.open(journal.path)
    for bot in (0, 7, 0):
        foreign.run(TRADE, (session, bot))
    foreign.run("PRAGMA synchronous = OFF")
    foreign.run("INSERT OR REPLACE INTO settings (key, value, user_id) VALUES ('currency', 'IDR', 1)")
    for [name] in foreign.run("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'trade_%'"):
        foreign.run(f"DROP TRIGGER {name}")
    return foreign


def _read(journal: Journal) -> list[dict[str, Any]]:
    with journal._database.snapshot() as connection:
        rows = trades.frame(connection, 1).to_pylist()
    return [row | {name: _epoch(row[name]) for name in ("entry_time", "exit_time", "logged_at")} for row in rows]


def _epoch(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize("column", [*TIMES, *OTHERS])
def test_whatever_is_stored_beside_plain_values_nothing_changes_silently(
    journal: Journal, three: ForeignClient, column: str
) -> None:
    tried = 0
    for value in [*VALUES, *(f"'{form}'" for form in FORMS if column in TIMES)]:
        try:
            three.run(f"UPDATE daily_trading_data SET {column} = {value} WHERE id = 2")
        except Refused:
            continue
        with journal._database.snapshot() as connection:
            expected = connection.rows(REFERENCE)
        assert _read(journal) == expected, value
        tried += 1
    assert tried > 20


@pytest.mark.parametrize("written", ["10:00", "10:00:00", "now", "NOW", "subsec", "2024-02-30 10:00:00"])
def test_what_has_no_day_of_the_calendar_is_no_time(journal: Journal, three: ForeignClient, written: str) -> None:
    """SQLite alone would say it was in the year 2000, this very moment, or another day."""
    three.run("UPDATE daily_trading_data SET entry_time = ?, created_at = ? WHERE id = 2", (written, written))
    assert [row["entry_time"] is None for row in _read(journal)] == [False, True, False]
    assert _read(journal)[1]["logged_at"] is None
    assert journal.trades_by_id([2])[0].entry_time is None


def test_plain_columns_are_taken_as_they_are_stored(journal: Journal, three: ForeignClient) -> None:
    assert three
    with journal._database.snapshot() as connection:
        for column in columns("IDR"):
            stored = connection.table(f"SELECT {column.stored} FROM daily_trading_data AS t").column(0).chunk(0)
            assert column.read(stored) is not None, column.name
