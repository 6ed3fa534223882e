"""SQL of a whole journal of one trader: every cell as text, whatever another program stored there, and back.

A column's affinity makes the number again of what looks like one, and leaves other text as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pyarrow as pa

from mentor.storage import trades
from mentor.storage.connection import Connection

Cell = str | int | float | None

_OF_SESSIONS: Final = "t.session_id IN (SELECT id FROM trading_sessions WHERE user_id = ?)"
#: Which rows of a table are a trader's.
_OWN: Final[Mapping[str, str]] = {
    "trading_sessions": "t.user_id = ?",
    "daily_trading_data": _OF_SESSIONS,
    "mood_checkins": _OF_SESSIONS,
    "ai_mentor_reports": _OF_SESSIONS,
    "imports": "t.user_id = ?",
    "fills": "t.user_id = ?",
    "deleted_trades": "t.user_id = ?",
    "column_mappings": "t.user_id = ?",
    "bots": "t.id <> 0 AND t.id IN (SELECT d.bot_id FROM daily_trading_data AS d "
    "JOIN trading_sessions AS s ON s.id = d.session_id WHERE s.user_id = ?)",
}
_WITH_USER: Final = frozenset(name for name, own in _OWN.items() if own == "t.user_id = ?")
#: What the triggers remember, and what follows from the zone and the start of the day.
_DERIVED: Final = "key LIKE 'replaced\\_%' ESCAPE '\\' OR key LIKE 'day\\_shift %' ESCAPE '\\'"


def _text(column: str) -> str:
    """A cell as text that reads back as the same value; more than any number as SQLite writes it in dumps."""
    cell = f't."{column}"'
    return (
        f"CASE WHEN typeof({cell}) <> 'real' THEN CAST({cell} AS TEXT) "
        f"WHEN abs({cell}) <= 1.7976931348623157e308 THEN printf('%!.17g', {cell}) "
        f"ELSE iif({cell} > 0, '9e999', '-9e999') END"
    )


def rows(connection: Connection, user_id: int, table: str, columns: Sequence[str]) -> pa.Table:
    """The trader's rows in the order they were made, every cell as text."""
    cells = ", ".join(f'{_text(column)} AS "{column}"' for column in columns)
    found = connection.table(f'SELECT {cells} FROM "{table}" AS t WHERE {_OWN[table]} ORDER BY t.rowid', (user_id,))
    return found.cast(pa.schema([(column, pa.string()) for column in columns]))


def settings(connection: Connection, user_id: int) -> dict[str, str]:
    """What the trader decided, by key."""
    found = connection.rows(
        "SELECT key, CAST(value AS TEXT) AS value FROM settings "
        f"WHERE user_id = ? AND value IS NOT NULL AND NOT ({_DERIVED}) ORDER BY key",
        (user_id,),
    )
    return {row["key"]: row["value"] for row in found}


def last_ids(connection: Connection) -> dict[str, int]:
    """The highest id each table ever gave out."""
    return {row["name"]: row["seq"] for row in connection.rows("SELECT name, seq FROM sqlite_sequence")}


def never_below(connection: Connection, table: str, last: int) -> None:
    """Give no id up to `last` out any more: something may still speak of what had it."""
    connection.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0 "
        "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
        (table,),
    )
    connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1", (table, last))


def add(connection: Connection, user_id: int, table: str, added: pa.Table) -> None:
    """Insert rows with all their columns, ids included."""
    names, marks = [*added.column_names], ["?"] * added.num_columns
    if table in _WITH_USER:
        names, marks = [*names, "user_id"], [*marks, str(int(user_id))]
    quoted = ", ".join(f'"{name}"' for name in names)
    connection.execute_many(f'INSERT INTO "{table}" ({quoted}) VALUES ({", ".join(marks)})', added)


def add_trades(connection: Connection, user_id: int, added: pa.Table) -> None:
    """The same of trades, whose triggers would take most of the time; the totals of their sessions follow."""
    with trades.without_triggers(connection):
        add(connection, user_id, "daily_trading_data", added)
    trades.renew(connection, user_id, added["session_id"].unique().to_pylist())


def add_bots(connection: Connection, added: pa.Table) -> None:
    """Those that nobody here knows yet, under the number other programs know them by."""
    connection.execute_many(
        "INSERT INTO bots (id, name, created_at) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM bots WHERE id = ?1)",
        added.select(["id", "name", "created_at"]),
    )


def remove(connection: Connection, user_id: int, table: str, first: int, last: int) -> None:
    """Delete the trader's rows with these ids."""
    connection.execute(
        f'DELETE FROM "{table}" AS t WHERE {_OWN[table]} AND t.id BETWEEN ? AND ?', (user_id, first, last)
    )


def remove_trades(connection: Connection, user_id: int, first: int, last: int) -> None:
    """The same of trades, without a note that somebody deleted them by hand; the totals of their sessions follow."""
    touched = sessions_of(connection, user_id, "daily_trading_data", first, last)
    with trades.without_triggers(connection):
        remove(connection, user_id, "daily_trading_data", first, last)
    trades.renew(connection, user_id, touched)


def sessions_of(connection: Connection, user_id: int, table: str, first: int, last: int) -> list[int]:
    """The sessions of the rows with these ids."""
    found = connection.rows(
        f'SELECT DISTINCT t.session_id FROM "{table}" AS t WHERE {_OWN[table]} AND t.id BETWEEN ? AND ?',
        (user_id, first, last),
    )
    return [row["session_id"] for row in found]


def remove_mappings(connection: Connection, user_id: int, headers: Sequence[str]) -> None:
    for header in headers:
        connection.execute("DELETE FROM column_mappings WHERE user_id = ? AND header = ?", (user_id, header))


def set_cells(connection: Connection, user_id: int, table: str, row_id: int, cells: Mapping[str, Cell]) -> None:
    """Overwrite cells of one row."""
    named = ", ".join(f'"{name}" = ?' for name in cells)
    connection.execute(
        f'UPDATE "{table}" AS t SET {named} WHERE {_OWN[table]} AND t.id = ?', (*cells.values(), user_id, row_id)
    )


def put_back(
    connection: Connection, user_id: int, table: str, row_id: int, changes: Mapping[str, Sequence[str | None]]
) -> None:
    """Give cells the text they had (column → before, after), but for those somebody changed since."""
    cells = ", ".join(f'"{name}" = CASE WHEN {_text(name)} IS ? THEN ? ELSE "{name}" END' for name in changes)
    values = [value for before, after in changes.values() for value in (after, before)]
    connection.execute(
        f'UPDATE "{table}" AS t SET {cells} WHERE {_OWN[table]} AND t.id = ?', (*values, user_id, row_id)
    )
