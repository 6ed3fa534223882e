"""SQL of `column_mappings`: which columns a person named for files with a header row of theirs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from mentor.models import ChosenColumns
from mentor.storage.connection import Connection
from mentor.storage.timestamps import from_text, to_text


def every(connection: Connection, user_id: int) -> dict[str, ChosenColumns]:
    """By the fingerprint of the header row."""
    rows = connection.rows("SELECT header, columns, chosen_at FROM column_mappings WHERE user_id = ?", (user_id,))
    return {row["header"]: _chosen(row) for row in rows}


def save(connection: Connection, user_id: int, chosen: ChosenColumns, at: datetime) -> None:
    """Keep what was chosen in place of what was before."""
    connection.execute(
        "INSERT INTO column_mappings (user_id, header, columns, chosen_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (user_id, header) DO UPDATE SET columns = excluded.columns, chosen_at = excluded.chosen_at",
        (user_id, chosen.header, json.dumps(dict(chosen.columns), ensure_ascii=False), to_text(at)),
    )


def forget(connection: Connection, user_id: int, header: str) -> None:
    connection.execute("DELETE FROM column_mappings WHERE user_id = ? AND header = ?", (user_id, header))


def _chosen(row: dict[str, Any]) -> ChosenColumns:
    return ChosenColumns(
        header=row["header"], columns=json.loads(row["columns"]), chosen_at=from_text(row["chosen_at"])
    )
