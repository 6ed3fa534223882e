"""SQL of `imports`: which files went in, and which were taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from mentor.models import ImportRecord
from mentor.storage.connection import Connection
from mentor.storage.timestamps import from_text, to_text

_COLUMNS = tuple(column.name for column in fields(ImportRecord))


def add(connection: Connection, user_id: int, **record: Any) -> int:
    """Store that a file was imported; the keywords are its columns but for id and undone_at."""
    record["imported_at"] = to_text(record["imported_at"])
    names = ("user_id", *record)
    created = connection.value(
        f"INSERT INTO imports ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)}) RETURNING id",
        (user_id, *record.values()),
    )
    return int(created)


def every(connection: Connection, user_id: int) -> list[ImportRecord]:
    """Newest first."""
    rows = connection.rows(f"SELECT {', '.join(_COLUMNS)} FROM imports WHERE user_id = ? ORDER BY id DESC", (user_id,))
    return [_record(row) for row in rows]


def by_id(connection: Connection, user_id: int, import_id: int) -> ImportRecord | None:
    rows = connection.rows(
        f"SELECT {', '.join(_COLUMNS)} FROM imports WHERE user_id = ? AND id = ?", (user_id, import_id)
    )
    return _record(rows[0]) if rows else None


def traces(connection: Connection, user_id: int, import_id: int) -> dict[str, Any]:
    """What the import left beside its trades, as `set_traces` stored it."""
    stored: dict[str, Any] = json.loads(
        connection.value("SELECT traces FROM imports WHERE id = ? AND user_id = ?", (import_id, user_id)) or "{}"
    )
    return stored


def set_traces(connection: Connection, user_id: int, import_id: int, left: Mapping[str, Any]) -> None:
    connection.execute(
        "UPDATE imports SET traces = ? WHERE id = ? AND user_id = ?", (json.dumps(left), import_id, user_id)
    )


def traces_of(connection: Connection, user_id: int, file_format: str) -> list[dict[str, Any]]:
    """The traces of every import of a format that was not undone."""
    rows = connection.rows(
        "SELECT traces FROM imports WHERE user_id = ? AND format = ? AND undone_at IS NULL", (user_id, file_format)
    )
    return [json.loads(row["traces"]) for row in rows]


def days_created(connection: Connection, user_id: int, import_id: int) -> list[int]:
    """The sessions that an import created, and imports that were undone before it: these may be empty only now."""
    rows = connection.rows(
        "SELECT DISTINCT json_each.value FROM imports, json_each(traces, '$.created') "
        "WHERE user_id = ? AND (imports.id = ? OR undone_at IS NOT NULL)",
        (user_id, import_id),
    )
    return [row["value"] for row in rows]


def mark_undone(connection: Connection, user_id: int, import_id: int, at: datetime) -> None:
    connection.execute(
        "UPDATE imports SET undone_at = ? WHERE id = ? AND user_id = ?", (to_text(at), import_id, user_id)
    )


def _record(row: dict[str, Any]) -> ImportRecord:
    times = {name: from_text(row[name]) for name in ("imported_at", "undone_at")}
    return ImportRecord(**row | times)
