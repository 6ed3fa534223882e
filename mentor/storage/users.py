"""SQL of `users`: the traders of a file; alone on one machine it is user 1."""

from __future__ import annotations

from typing import Final

from mentor.models import Trader
from mentor.storage.connection import Connection
from mentor.storage.timestamps import from_text

#: Whose a row is that another program writes without naming a user.
FIRST: Final = 1


def every(connection: Connection) -> list[Trader]:
    """In the order they were added."""
    rows = connection.rows(
        "SELECT id, CAST(name AS TEXT) AS name, CAST(created_at AS TEXT) AS created_at FROM users ORDER BY id"
    )
    return [Trader(**row | {"created_at": from_text(row["created_at"])}) for row in rows]


def exists(connection: Connection, user_id: int) -> bool:
    return bool(connection.value("SELECT EXISTS (SELECT 1 FROM users WHERE id = ?)", (user_id,)))


def add(connection: Connection, name: str) -> int:
    return int(connection.value("INSERT INTO users (name) VALUES (?) RETURNING id", (name,)))
