"""SQL of `mood_checkins`: how the trader felt, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from mentor.storage.connection import Connection
from mentor.storage.owner import OWN_SESSION, OWN_SESSIONS
from mentor.storage.timestamps import to_text

_SELECT = """
SELECT m.id, m.session_id, CAST(m.recorded_at AS TEXT) AS recorded_at, CAST(m.emotion AS TEXT) AS emotion,
       CAST(m.intensity AS INTEGER) AS intensity, CAST(m.market_conditions AS TEXT) AS market_conditions,
       coalesce(CAST(m.note AS TEXT), '') AS note, CAST(m.source AS TEXT) AS source,
       CAST(m.timing AS TEXT) AS stated_timing
FROM mood_checkins AS m JOIN trading_sessions AS s ON s.id = m.session_id
"""


def of_session(connection: Connection, user_id: int, session_id: int) -> list[dict[str, Any]]:
    """Check-ins of a session in the order they were made."""
    return of_sessions(connection, user_id, [session_id])


def of_sessions(connection: Connection, user_id: int, session_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Check-ins of some sessions together in the order they were made."""
    wanted = ", ".join(str(int(session_id)) for session_id in session_ids)
    return connection.rows(
        _SELECT + f"WHERE s.user_id = ? AND m.session_id IN ({wanted}) ORDER BY m.recorded_at, m.id", (user_id,)
    )


def of_user(connection: Connection, user_id: int) -> pa.Table:
    """Every check-in: session_id, recorded_at (epoch seconds), emotion, stated_timing."""
    return connection.table(
        "SELECT m.session_id, unixepoch(m.recorded_at) AS recorded_at, CAST(m.emotion AS TEXT) AS emotion, "
        "CAST(m.timing AS TEXT) AS stated_timing "
        "FROM mood_checkins AS m JOIN trading_sessions AS s ON s.id = m.session_id WHERE s.user_id = ? "
        "ORDER BY m.recorded_at, m.id",
        (user_id,),
    )


def by_id(connection: Connection, user_id: int, checkin_id: int) -> dict[str, Any] | None:
    rows = connection.rows(_SELECT + "WHERE s.user_id = ? AND m.id = ?", (user_id, checkin_id))
    return rows[0] if rows else None


def add(
    connection: Connection,
    user_id: int,
    session_id: int,
    *,
    recorded_at: datetime,
    emotion: str,
    intensity: int | None = None,
    market_conditions: str | None = None,
    note: str = "",
    source: str,
    timing: str | None = None,
    import_id: int | None = None,
) -> int:
    created = connection.value(
        "INSERT INTO mood_checkins "
        "(session_id, recorded_at, emotion, intensity, market_conditions, note, source, timing, import_id) "
        f"VALUES ({OWN_SESSION}, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            *(session_id, user_id, to_text(recorded_at), emotion, intensity),
            *(market_conditions, note, source, timing, import_id),
        ),
    )
    return int(created)


def change(
    connection: Connection,
    user_id: int,
    checkin_id: int,
    *,
    emotion: str | None,
    intensity: int | None,
    market_conditions: str | None,
    note: str,
) -> None:
    """Replace what was told (an emotion of `None` stays); the time stays: it says when the trader felt it."""
    connection.execute(
        "UPDATE mood_checkins SET emotion = coalesce(?, emotion), intensity = ?, market_conditions = ?, note = ? "
        f"WHERE id = ? AND session_id IN {OWN_SESSIONS}",
        (emotion, intensity, market_conditions, note, checkin_id, user_id),
    )


def remove(connection: Connection, user_id: int, checkin_id: int) -> None:
    connection.execute(
        f"DELETE FROM mood_checkins WHERE id = ? AND session_id IN {OWN_SESSIONS}", (checkin_id, user_id)
    )


def remove_imported(connection: Connection, user_id: int, import_id: int) -> list[int]:
    """Delete an import's check-ins; the sessions concerned."""
    chosen = f"import_id = ? AND session_id IN {OWN_SESSIONS}"
    rows = connection.rows(f"SELECT DISTINCT session_id FROM mood_checkins WHERE {chosen}", (import_id, user_id))
    connection.execute(f"DELETE FROM mood_checkins WHERE {chosen}", (import_id, user_id))
    return [row["session_id"] for row in rows]
