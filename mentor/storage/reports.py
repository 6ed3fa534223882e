"""SQL of `ai_mentor_reports`: what a mentor wrote, ours or another program's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mentor.models import StoredReport
from mentor.storage.connection import Connection
from mentor.storage.owner import OWN_SESSION, OWN_SESSIONS
from mentor.storage.timestamps import from_text, to_text

COLUMNS = (
    "trading_patterns_analysis",
    "emotional_analysis",
    "risk_management_score",
    "recommendations",
    "motivation_message",
)
#: What else is stored of a report the mentor made.
SIGNATURE = ("language", "evidence_hash", "engine_version")


def add(connection: Connection, user_id: int, session_id: int, report: Mapping[str, str | int | None]) -> int:
    """Store a report; `report` has the documented columns `COLUMNS`, and ours `SIGNATURE` too."""
    columns = [*COLUMNS, *(name for name in SIGNATURE if name in report)]
    created = connection.value(
        f"INSERT INTO ai_mentor_reports (session_id, {', '.join(columns)}) "
        f"VALUES ({OWN_SESSION}{', ?' * len(columns)}) RETURNING id",
        (session_id, user_id, *(report[column] for column in columns)),
    )
    return int(created)


def unchanged(
    connection: Connection, user_id: int, session_id: int, report: Mapping[str, str | int | None]
) -> int | None:
    """The session's newest report made by the mentor, if it is from the same evidence and engine."""
    found = connection.rows(
        "SELECT id, evidence_hash, engine_version FROM ai_mentor_reports "
        f"WHERE session_id = {OWN_SESSION} AND engine_version LIKE 'mentor %' ORDER BY id DESC LIMIT 1",
        (session_id, user_id),
    )
    same = [row for row in found if all(row[name] == report[name] for name in ("evidence_hash", "engine_version"))]
    return int(same[0]["id"]) if same else None


def of_session(connection: Connection, user_id: int, session_id: int) -> list[StoredReport]:
    """Newest first."""
    casts = ", ".join(f"CAST(r.{column} AS TEXT) AS {column}" for column in COLUMNS)
    rows = connection.rows(
        f"SELECT r.id, r.session_id, CAST(s.session_date AS TEXT) AS session_date, {casts}, "
        "coalesce(CAST(r.language AS TEXT), '') AS language, CAST(r.created_at AS TEXT) AS created_at "
        "FROM ai_mentor_reports AS r JOIN trading_sessions AS s ON s.id = r.session_id "
        "WHERE s.user_id = ? AND s.id = ? ORDER BY r.created_at DESC, r.id DESC",
        (user_id, session_id),
    )
    return [StoredReport(**row | {"created_at": from_text(row["created_at"])}) for row in rows]


def sessions_with_one(connection: Connection, user_id: int) -> frozenset[int]:
    """Ids of the sessions with a report, whoever wrote it."""
    rows = connection.rows(
        "SELECT DISTINCT r.session_id FROM ai_mentor_reports AS r JOIN trading_sessions AS s ON s.id = r.session_id "
        "WHERE s.user_id = ?",
        (user_id,),
    )
    return frozenset(int(row["session_id"]) for row in rows)


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


def fingerprints(connection: Connection, user_id: int) -> set[str]:
    """`evidence_hash` of every report that has one."""
    rows = connection.rows(
        "SELECT DISTINCT r.evidence_hash FROM ai_mentor_reports AS r JOIN trading_sessions AS s ON s.id = r.session_id "
        "WHERE s.user_id = ? AND r.evidence_hash IS NOT NULL",
        (user_id,),
    )
    return {str(row["evidence_hash"]) for row in rows}


def add_imported(
    connection: Connection,
    user_id: int,
    session_id: int,
    import_id: int,
    report: dict[str, str | int | None],
    *,
    language: str | None,
    created_at: datetime | None,
    fingerprint: str,
) -> None:
    """Store another journal's report as it was written there."""
    report_id = add(connection, user_id, session_id, report)
    connection.execute(
        "UPDATE ai_mentor_reports SET language = coalesce(?, language), created_at = coalesce(?, created_at), "
        "evidence_hash = ?, engine_version = ? WHERE id = ?",
        (language, to_text(created_at), fingerprint, _engine(import_id), report_id),
    )


def remove_imported(connection: Connection, user_id: int, import_id: int) -> None:
    connection.execute(
        f"DELETE FROM ai_mentor_reports WHERE engine_version = ? AND session_id IN {OWN_SESSIONS}",
        (_engine(import_id), user_id),
    )


def _engine(import_id: int) -> str:
    return f"import {import_id}"
