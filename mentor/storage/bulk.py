"""Rows made elsewhere put into the tables as they are, many at once; the triggers do the totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pyarrow as pa

from mentor.storage.connection import Connection
from mentor.storage.timestamps import storable

Table = Literal["trading_sessions", "daily_trading_data", "mood_checkins"]


def add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns; aware datetimes are stored as UTC text."""
    names = list(rows[0])
    columns = {name: [storable(row[name]) for row in rows] for name in names}
    marks = ", ".join("?" for _ in names)
    connection.execute_many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", pa.table(columns))


def sessions(connection: Connection) -> int:
    """How many sessions the file holds, of any user."""
    return int(connection.value("SELECT count(*) FROM trading_sessions"))
