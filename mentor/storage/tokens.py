"""SQL of `api_tokens` and `api_requests`: who may come through the HTTP door, and what was answered to whom."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from mentor.models import ApiToken
from mentor.storage.connection import Connection
from mentor.storage.timestamps import from_text, to_text

#: A token's id if it is the user's, else NULL; `?`: the token, the user.
_OWN = "(SELECT id FROM api_tokens WHERE id = ? AND user_id = ?)"
_COLUMNS = ", ".join(column.name for column in fields(ApiToken))


def add(connection: Connection, user_id: int, *, name: str, prefix: str, digest: str, at: datetime) -> int:
    created = connection.value(
        "INSERT INTO api_tokens (user_id, name, prefix, digest, created_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        (user_id, name, prefix, digest, to_text(at)),
    )
    return int(created)


def every(connection: Connection, user_id: int) -> list[ApiToken]:
    """The user's tokens, newest first, revoked ones included."""
    rows = connection.rows(f"SELECT {_COLUMNS} FROM api_tokens WHERE user_id = ? ORDER BY id DESC", (user_id,))
    return [_token(row) for row in rows]


def by_id(connection: Connection, user_id: int, token_id: int) -> ApiToken | None:
    rows = connection.rows(f"SELECT {_COLUMNS} FROM api_tokens WHERE user_id = ? AND id = ?", (user_id, token_id))
    return _token(rows[0]) if rows else None


def with_prefix(connection: Connection, prefix: str) -> list[tuple[str, ApiToken]]:
    """(digest, token) of those that are not revoked, whoever they belong to: the caller compares the digests."""
    rows = connection.rows(
        f"SELECT {_COLUMNS}, digest FROM api_tokens WHERE prefix = ? AND revoked_at IS NULL", (prefix,)
    )
    return [(row.pop("digest"), _token(row)) for row in rows]


def mark_used(connection: Connection, user_id: int, token_id: int, at: datetime) -> None:
    connection.execute(
        "UPDATE api_tokens SET last_used_at = ? WHERE user_id = ? AND id = ?", (to_text(at), user_id, token_id)
    )


def revoke(connection: Connection, user_id: int, token_id: int, at: datetime) -> None:
    """From now on it opens nothing; what was answered under its keys is no longer needed."""
    connection.execute(
        "UPDATE api_tokens SET revoked_at = coalesce(revoked_at, ?) WHERE user_id = ? AND id = ?",
        (to_text(at), user_id, token_id),
    )
    connection.execute(f"DELETE FROM api_requests WHERE token_id = {_OWN}", (token_id, user_id))


def answered(connection: Connection, user_id: int, token_id: int, key: str) -> tuple[str, str] | None:
    """(digest of the request, answer as JSON) that this key stands for."""
    rows = connection.rows(
        f"SELECT digest, answer FROM api_requests WHERE token_id = {_OWN} AND key = ?", (token_id, user_id, key)
    )
    return (rows[0]["digest"], rows[0]["answer"]) if rows else None


def keep_answer(
    connection: Connection, user_id: int, token_id: int, key: str, *, digest: str, answer: str, at: datetime
) -> None:
    connection.execute(
        f"INSERT INTO api_requests (token_id, key, digest, answer, answered_at) VALUES ({_OWN}, ?, ?, ?, ?)",
        (token_id, user_id, key, digest, answer, to_text(at)),
    )


def forget_answers(connection: Connection, before: datetime) -> None:
    connection.execute("DELETE FROM api_requests WHERE answered_at < ?", (to_text(before),))


def _token(row: dict[str, Any]) -> ApiToken:
    times = {name: from_text(row[name]) for name in ("created_at", "last_used_at", "revoked_at")}
    return ApiToken(**row | times)
