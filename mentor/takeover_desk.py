"""Holds what the old system's journal says beside its trades against this one, and stores what is new: once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mentor import mood_book
from mentor.importing import Reading
from mentor.importing.takeover import (
    OLD_TABLES,
    TakenMood,
    TakenReport,
    TakenSession,
    Takeover,
    is_old_journal,
    take_over,
)
from mentor.messages import message
from mentor.models import DEFAULT_MARKET, DEFAULT_SCORE, Session
from mentor.storage import imports, moods, old_journal, reports, sessions
from mentor.storage.connection import Connection

FORMAT = "old_journal"
#: Where a taken-over mood comes from.
SOURCE = "old journal"

Columns = dict[str, str | int | float | None]


def read(source: Path | tuple[str, bytes]) -> Reading | None:
    """The journal of the system this one replaces; `None` for any other file. Raises `ImportRefused`."""
    if not old_journal.is_database(source):
        return None
    columns, tables = old_journal.read(source, OLD_TABLES)
    if not is_old_journal(columns):
        return None
    takeover = take_over(*(tables[name] for name in OLD_TABLES))
    return Reading(
        file_name=source[0] if isinstance(source, tuple) else source.name,
        format=FORMAT,
        account=None,
        currency=None,
        source_timezone="UTC",
        trades=takeover.trades,
        rejected=takeover.rejected,
        notices=_notices(source),
        takeover=takeover,
    )


def words_to_add(connection: Connection, user_id: int, takeover: Takeover) -> int:
    """How many days, moods and reports of another journal this one does not have, or has otherwise."""
    stored = {session.date: session for session in sessions.every(connection, user_id) if session.date}
    known, told = reports.fingerprints(connection, user_id), _told_before(connection, user_id)
    days = sum(taken.date not in stored or bool(_changes(stored[taken.date], taken)) for taken in takeover.sessions)
    new_moods = sum(len(_missing(taken, told)) for taken in takeover.sessions)
    return days + new_moods + sum(report.fingerprint not in known for report in takeover.reports)


def store(
    connection: Connection,
    user_id: int,
    import_id: int,
    takeover: Takeover,
    session_ids: Mapping[date, int],
    now: datetime,
) -> dict[str, Any]:
    """Store notes, moods, scores, stated totals and reports, each once; the traces by which it can be undone."""
    told, days = _told_before(connection, user_id), {}
    for taken in takeover.sessions:
        session = _session(connection, user_id, session_ids[taken.date])
        changes = _changes(session, taken)
        if changes:
            sessions.set_columns(connection, user_id, session.id, changes)
            before: Columns = {name: getattr(session, name) for name in changes}
            days[str(session.id)] = {"before": before, "after": changes}
        _store_moods(connection, user_id, import_id, session, taken, _missing(taken, told), now)
    known = reports.fingerprints(connection, user_id)
    for report in takeover.reports:
        if report.fingerprint not in known:
            _store_report(connection, user_id, import_id, session_ids[report.session_date], report)
    words = {taken.date.isoformat(): [mood.emotion for mood in taken.moods] for taken in takeover.sessions}
    return {"days": days, "moods": words}


def put_back(connection: Connection, user_id: int, days: Mapping[str, Mapping[str, Columns]]) -> None:
    """Undo what `store` changed in sessions, but for what somebody changed since."""
    for session_id, change in days.items():
        session = sessions.by_id(connection, user_id, int(session_id))
        if session is not None:
            unchanged = [name for name, value in change["after"].items() if getattr(session, name) == value]
            sessions.set_columns(connection, user_id, session.id, {name: change["before"][name] for name in unchanged})


def _notices(source: Path | tuple[str, bytes]) -> tuple[str, ...]:
    if isinstance(source, tuple) and old_journal.has_a_log(source[1]):
        told = message(
            "The program that wrote it may keep its newest rows in a second file (-wal): stop it before the upload, "
            "or import the file from the command line."
        )
        return (told,)
    return ()


def _changes(session: Session, taken: TakenSession) -> Columns:
    """What the other journal says of the day and this one does not yet."""
    changes: Columns = {}
    lines = session.personal_notes.splitlines()
    new_lines = [line for line in taken.notes.splitlines() if line not in lines]
    if new_lines:
        changes["personal_notes"] = "\n".join([*lines, *new_lines])
    if session.market_conditions == DEFAULT_MARKET != taken.market:
        changes["market_conditions"] = taken.market
    if session.own_risk_score is None and taken.risk_score not in (None, DEFAULT_SCORE):
        changes["risk_score"] = taken.risk_score
    return changes | _stated(session, taken)


def _stated(session: Session, taken: TakenSession) -> Columns:
    """Totals the old program had counted: beside the trades, or as the session's own while there is no trade."""
    stated = taken.stated_trades, taken.stated_profit_loss
    before = session.stated_trades, session.stated_profit_loss
    if stated == before:
        return {}
    changes: Columns = {"stated_trades": stated[0], "stated_profit_loss": stated[1]}
    totals = session.total_trades, session.total_profit_loss
    ours = totals == (0, 0.0) or totals == before
    if ours and (session.stated or totals == (0, 0.0)):
        changes |= {"total_trades": stated[0] or 0, "total_profit_loss": stated[1] or 0.0}
    return changes


def _told_before(connection: Connection, user_id: int) -> dict[str, Counter[str]]:
    """By ISO date the moods earlier take-overs brought, corrected or removed since or not."""
    told: dict[str, Counter[str]] = {}
    for left in imports.traces_of(connection, user_id, FORMAT):
        for day, words in left.get("moods", {}).items():
            told[day] = told.get(day, Counter[str]()) | Counter[str](words)
    return told


def _missing(taken: TakenSession, told: Mapping[str, Counter[str]]) -> list[TakenMood]:
    """Those of the day's moods that no earlier take-over brought, one for one."""
    there = Counter(told.get(taken.date.isoformat(), Counter()))
    missing = []
    for mood in taken.moods:
        if there[mood.emotion]:
            there[mood.emotion] -= 1
        else:
            missing.append(mood)
    return missing


def _store_moods(
    connection: Connection,
    user_id: int,
    import_id: int,
    session: Session,
    taken: TakenSession,
    missing: list[TakenMood],
    now: datetime,
) -> None:
    if not missing:
        return
    mood_book.keep_foreign_word(connection, user_id, session, now)
    for mood in missing:
        moods.add(
            connection,
            user_id,
            session.id,
            recorded_at=mood.recorded_at or taken.created_at or now,
            emotion=mood.emotion,
            source=SOURCE,
            timing="unknown",
            import_id=import_id,
        )
    mood_book.show_last(connection, user_id, session.id)


def _store_report(connection: Connection, user_id: int, import_id: int, session_id: int, report: TakenReport) -> None:
    written: dict[str, str | int | None] = {name: getattr(report, name) for name in reports.COLUMNS}
    reports.add_imported(
        connection,
        user_id,
        session_id,
        import_id,
        written,
        language=report.language,
        created_at=report.created_at,
        fingerprint=report.fingerprint,
    )


def _session(connection: Connection, user_id: int, session_id: int) -> Session:
    session = sessions.by_id(connection, user_id, session_id)
    assert session is not None, "found or created a moment ago in this transaction"
    return session
