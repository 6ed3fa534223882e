"""The file as other programs know it: columns, defaults, triggers and settings, read by another program."""

from __future__ import annotations

import pytest

from mentor import Journal
from mentor.storage.connection import Connection
from tests.foreign import ForeignClient

#: (name, type, default) of the documented columns, in order, then the names of ours behind them.
DOCUMENTED = {
    "trading_sessions": (
        [
            ("id", "INTEGER", None),
            ("session_date", "DATE", None),
            ("user_id", "INTEGER", "1"),
            ("total_trades", "INTEGER", "0"),
            ("total_profit_loss", "REAL", "0.0"),
            ("emotions", "TEXT", "'netral'"),
            ("market_conditions", "TEXT", "'normal'"),
            ("personal_notes", "TEXT", None),
            ("risk_score", "INTEGER", "5"),
            ("created_at", "DATETIME", "CURRENT_TIMESTAMP"),
        ],
        ["revision", "stated_trades", "stated_profit_loss", "risk_score_said"],
    ),
    "daily_trading_data": (
        [
            ("id", "INTEGER", None),
            ("session_id", "INTEGER", None),
            ("bot_id", "INTEGER", None),
            ("symbol", "TEXT", None),
            ("entry_time", "DATETIME", None),
            ("exit_time", "DATETIME", None),
            ("profit_loss", "REAL", None),
            ("lot_size", "REAL", None),
            ("stop_loss_used", "BOOLEAN", "0"),
            ("take_profit_used", "BOOLEAN", "0"),
            ("risk_percent", "REAL", None),
            ("strategy_used", "TEXT", None),
            ("created_at", "DATETIME", "CURRENT_TIMESTAMP"),
        ],
        [
            "side",
            "entry_price",
            "exit_price",
            "stop_price",
            "target_price",
            "fees",
            "account",
            "currency",
            "external_id",
            "fingerprint",
            "import_id",
            "notes",
        ],
    ),
    "ai_mentor_reports": (
        [
            ("id", "INTEGER", None),
            ("session_id", "INTEGER", None),
            ("trading_patterns_analysis", "TEXT", None),
            ("emotional_analysis", "TEXT", None),
            ("risk_management_score", "INTEGER", None),
            ("recommendations", "TEXT", None),
            ("motivation_message", "TEXT", None),
            ("language", "TEXT", "'bahasa_indonesia'"),
            ("created_at", "DATETIME", "CURRENT_TIMESTAMP"),
        ],
        ["evidence_hash", "engine_version"],
    ),
}
CHECK_IN = [
    "id",
    "session_id",
    "recorded_at",
    "emotion",
    "intensity",
    "market_conditions",
    "note",
    "source",
    "timing",
    "import_id",
]


@pytest.fixture
def reader(journal: Journal, foreign: ForeignClient) -> ForeignClient:
    foreign.open(journal.path)
    return foreign


def names(reader: ForeignClient, kind: str) -> set[str]:
    return {name for (name,) in reader.run("SELECT name FROM sqlite_master WHERE type = ?", (kind,))}


@pytest.mark.parametrize("table", DOCUMENTED)
def test_documented_columns_stand_first_and_ours_are_nullable(reader: ForeignClient, table: str) -> None:
    documented, ours = DOCUMENTED[table]
    columns = reader.run('SELECT name, type, dflt_value, "notnull" FROM pragma_table_info(?)', (table,))
    assert [tuple(column[:3]) for column in columns[: len(documented)]] == documented
    assert [(name, required) for name, _, _, required in columns[len(documented) :]] == [(name, 0) for name in ours]


def test_a_trader_has_one_session_a_day(reader: ForeignClient) -> None:
    (index,) = [
        name
        for name, unique in reader.run("SELECT name, \"unique\" FROM pragma_index_list('trading_sessions')")
        if unique
    ]
    columns = {name for (name,) in reader.run("SELECT name FROM pragma_index_info(?)", (index,))}
    assert columns == {"user_id", "session_date"}


def test_our_own_tables_are_there(reader: ForeignClient) -> None:
    own = {"users", "bots", "mood_checkins", "fills", "imports", "column_mappings", "settings", "schema_migrations"}
    assert own | set(DOCUMENTED) <= names(reader, "table")
    assert "open_fills" in names(reader, "view")
    assert [name for (name,) in reader.run("SELECT name FROM pragma_table_info('mood_checkins')")] == CHECK_IN


@pytest.mark.parametrize(
    ("table", "targets"),
    [
        ("trading_sessions", {"user_id": "users"}),
        ("daily_trading_data", {"session_id": "trading_sessions", "bot_id": "bots", "import_id": "imports"}),
        ("ai_mentor_reports", {"session_id": "trading_sessions"}),
        ("mood_checkins", {"session_id": "trading_sessions", "import_id": "imports"}),
    ],
)
def test_keys_point_where_documented_and_nothing_cascades(
    reader: ForeignClient, table: str, targets: dict[str, str]
) -> None:
    keys = reader.run('SELECT "from", "table", on_update, on_delete FROM pragma_foreign_key_list(?)', (table,))
    assert {column: target for column, target, _, _ in keys} == targets
    assert {(update, delete) for _, _, update, delete in keys} == {("NO ACTION", "NO ACTION")}


def test_triggers_watch_trades_and_sessions(reader: ForeignClient) -> None:
    watched = reader.run("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    events = {
        (table, event) for table, sql in watched for event in ("INSERT", "UPDATE", "DELETE") if f"AFTER {event}" in sql
    }
    assert {("daily_trading_data", event) for event in ("INSERT", "UPDATE", "DELETE")} <= events
    assert {("trading_sessions", "INSERT"), ("trading_sessions", "UPDATE")} <= events
    assert not [sql for _, sql in watched if "OR IGNORE" in sql.split("BEGIN", 1)[1]]


def test_the_file_is_marked_and_lets_readers_read_while_one_writes(reader: ForeignClient) -> None:
    assert reader.run("PRAGMA journal_mode") == [["wal"]]
    assert reader.run("PRAGMA application_id") == [[0x4D4E5452]]
    assert reader.run("PRAGMA integrity_check") == [["ok"]]
    assert reader.run("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize(("setting", "value"), [("busy_timeout", 10_000), ("foreign_keys", 1), ("synchronous", 2)])
def test_our_connections_are_set_up(journal: Journal, setting: str, value: int) -> None:
    connection = Connection(journal.path)
    assert connection.value(f"PRAGMA {setting}") == value
    connection.close()
