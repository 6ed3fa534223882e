"""SQL of `ai_mentor_reports`: what a mentor wrote, ours or another program's."""

from __future__ import annotations

from typing import Any

from mentor.models import StoredReport
from mentor.storage.connection import Connection
from mentor.storage.timestamps import from_text

_COLUMNS = (
    "trading_patterns_analysis",
    "emotional_analysis",
    "risk_management_score",
    "recommendations",
    "motivation_message",
)


def add(connection: Connection, session_id: int, report: dict[str, str | int | None]) -> int:
    """Store a report; `report` has the documented columns `_COLUMNS`."""
    created = connection.value(
        f"INSERT INTO ai_mentor_reports (session_id, {', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (session_id, *(report[column] for column in _COLUMNS)),
    )
    return int(created)


def of_session(connection: Connection, session_id: int) -> list[StoredReport]:
    """Newest first."""
    casts = ", ".join(f"CAST(r.{column} AS TEXT) AS {column}" for column in _COLUMNS)
    rows = connection.rows(
        f"SELECT r.id, r.session_id, CAST(s.session_date AS TEXT) AS session_date, {casts}, "
        "coalesce(CAST(r.language AS TEXT), '') AS language, CAST(r.created_at AS TEXT) AS created_at "
        "FROM ai_mentor_reports AS r JOIN trading_sessions AS s ON s.id = r.session_id "
        "WHERE r.session_id = ? ORDER BY r.created_at DESC, r.id DESC",
        (session_id,),
    )
    return [StoredReport(**row | {"created_at": from_text(row["created_at"])}) for row in rows]


def recent(connection: Connection, user_id: int, limit: int) -> list[dict[str, Any]]:
    """The last `limit` sessions, newest first, each with its newest report if it has one."""
    return connection.rows(
        """
        SELECT CAST(s.session_date AS TEXT) AS session_date, CAST(s.total_profit_loss AS REAL) AS profit_loss,
               CAST(s.total_trades AS INTEGER) AS total_trades, CAST(s.emotions AS TEXT) AS emotions,
               CAST(r.motivation_message AS TEXT) AS motivation, CAST(r.created_at AS TEXT) AS created_at
        FROM trading_sessions AS s
        LEFT JOIN ai_mentor_reports AS r ON r.id = (
            SELECT id FROM ai_mentor_reports WHERE session_id = s.id ORDER BY created_at DESC, id DESC LIMIT 1)
        WHERE s.user_id = ? ORDER BY s.session_date DESC, s.id DESC LIMIT ?
        """,
        (user_id, limit),
    )
