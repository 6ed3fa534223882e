"""How check-ins and the one word of a session, which other programs read and write, are kept in step."""

from __future__ import annotations

from datetime import datetime

from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET, Session
from mentor.storage import moods, sessions
from mentor.storage.connection import Connection


def keep_foreign_word(connection: Connection, user_id: int, session: Session, now: datetime) -> None:
    """Before our word replaces the session's, keep what another program wrote there."""
    told = {row["emotion"] for row in moods.of_session(connection, user_id, session.id)}
    if session.emotions not in {DEFAULT_EMOTION, *told}:
        moods.add(
            connection,
            user_id,
            session.id,
            recorded_at=session.created_at or now,
            emotion=session.emotions,
            source="trading_sessions",
            timing="unknown",
        )


def show_last(connection: Connection, user_id: int, session_id: int) -> None:
    """Let the documented queries show the day's last check-in."""
    told = moods.of_session(connection, user_id, session_id)
    sessions.set_word(connection, user_id, session_id, told[-1]["emotion"] if told else DEFAULT_EMOTION)
    markets = [row["market_conditions"] for row in told if row["market_conditions"]]
    if markets:
        sessions.set_market(connection, user_id, session_id, markets[-1])


def forget_market(connection: Connection, user_id: int, session: Session, checkin_id: int) -> None:
    """Before a check-in is removed: the market only it named is no longer the session's."""
    told = moods.of_session(connection, user_id, session.id)
    named = {row["market_conditions"] for row in told if row["id"] == checkin_id}
    if session.market_conditions in named:
        sessions.set_market(connection, user_id, session.id, DEFAULT_MARKET)
