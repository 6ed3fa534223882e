"""SQL of `trading_sessions`: one row a trader's day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from mentor.models import Session
from mentor.storage.connection import Connection
from mentor.storage.timestamps import day_from_text, from_text

#: What another journal may say of a day.
SAYING = (
    "personal_notes",
    "market_conditions",
    "risk_score",
    "stated_trades",
    "stated_profit_loss",
    "total_trades",
    "total_profit_loss",
)

# CAST: other programs may have stored another type in any column.
_SELECT = """
SELECT s.id, CAST(s.session_date AS TEXT) AS date_text, CAST(s.total_trades AS INTEGER) AS total_trades,
       CAST(s.total_profit_loss AS REAL) AS total_profit_loss, CAST(s.emotions AS TEXT) AS emotions,
       CAST(s.market_conditions AS TEXT) AS market_conditions,
       coalesce(CAST(s.personal_notes AS TEXT), '') AS personal_notes, CAST(s.risk_score AS TEXT) AS risk_score,
       CAST(s.risk_score_said AS INTEGER) AS risk_score_said, CAST(s.created_at AS TEXT) AS created_at,
       CAST(s.stated_trades AS INTEGER) AS stated_trades, CAST(s.stated_profit_loss AS REAL) AS stated_profit_loss,
       EXISTS (SELECT 1 FROM daily_trading_data AS t WHERE t.session_id = s.id) AS has_trades,
       EXISTS (SELECT 1 FROM mood_checkins AS m WHERE m.session_id = s.id AND m.market_conditions = s.market_conditions)
       AS market_told
FROM trading_sessions AS s
"""


def on_day(connection: Connection, user_id: int, day: date) -> list[Session]:
    """The day's session; several where another program wrote its date with a time behind it."""
    rows = connection.rows(
        _SELECT + "WHERE s.user_id = ? AND substr(s.session_date, 1, 10) = ? ORDER BY length(s.session_date), s.id",
        (user_id, day.isoformat()),
    )
    return [_session(row) for row in rows]


def by_date(connection: Connection, user_id: int, day: date) -> Session | None:
    return next(iter(on_day(connection, user_id, day)), None)


def by_id(connection: Connection, user_id: int, session_id: int) -> Session | None:
    rows = connection.rows(_SELECT + "WHERE s.user_id = ? AND s.id = ?", (user_id, session_id))
    return _session(rows[0]) if rows else None


def every(connection: Connection, user_id: int) -> list[Session]:
    """All sessions, newest day first; days nobody can read last."""
    rows = connection.rows(_SELECT + "WHERE s.user_id = ? ORDER BY s.session_date DESC, s.id DESC", (user_id,))
    return sorted(map(_session, rows), key=lambda session: session.date or date.min, reverse=True)


def revisions(connection: Connection, user_id: int) -> list[dict[str, Any]]:
    """id, date_text, revision of every session: what the cache of trades compares."""
    return connection.rows(
        "SELECT id, CAST(session_date AS TEXT) AS date_text, coalesce(CAST(revision AS INTEGER), 0) AS revision "
        "FROM trading_sessions WHERE user_id = ?",
        (user_id,),
    )


def get_or_create(connection: Connection, user_id: int, day: date) -> int:
    """The id of the day's session; inside the caller's transaction nobody can create a twin."""
    known = by_date(connection, user_id, day)
    if known is not None:
        return known.id
    created = connection.value(
        "INSERT INTO trading_sessions (session_date, user_id) VALUES (?, ?) RETURNING id",
        (day.isoformat(), user_id),
    )
    return int(created)


def get_or_create_many(connection: Connection, user_id: int, days: Iterable[date]) -> tuple[dict[date, int], list[int]]:
    """The sessions of the days, and the ids of those that had to be created."""
    stored = every(connection, user_id)
    known = {session.date: session.id for session in reversed(stored) if session.date is not None}
    missing = [day for day in days if day not in known]
    if missing:
        connection.execute_many(
            f"INSERT INTO trading_sessions (session_date, user_id) VALUES (?, {int(user_id)})",
            pa.table({"session_date": [day.isoformat() for day in missing]}),
        )
        before = {session.id for session in stored}
        created = {row.date: row.id for row in every(connection, user_id) if row.date and row.id not in before}
        return known | created, list(created.values())
    return known, []


def set_word(connection: Connection, user_id: int, session_id: int, emotion: str) -> None:
    """The word the documented queries show."""
    connection.execute(
        "UPDATE trading_sessions SET emotions = ? WHERE id = ? AND user_id = ?", (emotion, session_id, user_id)
    )


def set_market(connection: Connection, user_id: int, session_id: int, market_conditions: str) -> None:
    connection.execute(
        "UPDATE trading_sessions SET market_conditions = ? WHERE id = ? AND user_id = ?",
        (market_conditions, session_id, user_id),
    )


def set_notes(connection: Connection, user_id: int, session_id: int, notes: str) -> None:
    connection.execute(
        "UPDATE trading_sessions SET personal_notes = ? WHERE id = ? AND user_id = ?", (notes, session_id, user_id)
    )


def set_risk_score(connection: Connection, user_id: int, session_id: int, score: int | None) -> None:
    """What the trader says of the day; `None` takes it back."""
    connection.execute(
        "UPDATE trading_sessions SET risk_score = coalesce(?1, 5), risk_score_said = ?1 IS NOT NULL "
        "WHERE id = ?2 AND user_id = ?3",
        (score, session_id, user_id),
    )


def add_notes(connection: Connection, user_id: int, session_id: int, notes: str) -> None:
    """Put notes behind those that are there, once."""
    connection.execute(
        "UPDATE trading_sessions "
        "SET personal_notes = CASE WHEN coalesce(personal_notes, '') = '' THEN ?1 "
        "WHEN instr(personal_notes, ?1) > 0 THEN personal_notes "
        "ELSE personal_notes || char(10) || ?1 END WHERE id = ?2 AND user_id = ?3",
        (notes, session_id, user_id),
    )


def set_columns(
    connection: Connection, user_id: int, session_id: int, values: Mapping[str, str | int | float | None]
) -> None:
    """Overwrite columns that say something of the day."""
    names = [name for name in SAYING if name in values]
    if names:
        connection.execute(
            f"UPDATE trading_sessions SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ? AND user_id = ?",
            (*(values[name] for name in names), session_id, user_id),
        )


def remove_empty(connection: Connection, user_id: int, before: date, session_ids: Iterable[int]) -> None:
    """Remove those of the days that hold no trade, mood, word, note, score or report.

    Only days before `before`, and what is no day: a bot may hold today's id and is about to log into it.
    """
    ids = list(session_ids)
    if ids:
        connection.execute_many(
            f"DELETE FROM trading_sessions AS s WHERE s.id = ? AND s.user_id = {int(user_id)} "
            f"AND (s.session_date < '{before.isoformat()}' OR unixepoch(s.session_date) IS NULL) "
            "AND s.emotions = 'netral' AND s.market_conditions = 'normal' AND coalesce(s.personal_notes, '') = '' "
            "AND s.risk_score IS 5 AND s.risk_score_said IS NOT 1 "
            "AND NOT EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = s.id) "
            "AND NOT EXISTS (SELECT 1 FROM mood_checkins WHERE session_id = s.id) "
            "AND NOT EXISTS (SELECT 1 FROM ai_mentor_reports WHERE session_id = s.id)",
            pa.table({"id": ids}),
        )


def _session(row: dict[str, Any]) -> Session:
    trades, amount = row["total_trades"] or 0, row["total_profit_loss"] or 0.0
    return Session(
        id=row["id"],
        date=day_from_text(row["date_text"]),
        date_text=row["date_text"],
        total_trades=trades,
        total_profit_loss=amount,
        emotions=row["emotions"],
        market_conditions=row["market_conditions"],
        personal_notes=row["personal_notes"],
        risk_score=row["risk_score"],
        risk_score_said=bool(row["risk_score_said"]),
        market_told=bool(row["market_told"]),
        created_at=from_text(row["created_at"]),
        stated=not row["has_trades"] and (trades != 0 or amount != 0.0),
        stated_trades=row["stated_trades"],
        stated_profit_loss=row["stated_profit_loss"],
    )
