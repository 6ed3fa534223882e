"""Holds what a file says against the journal, and stores what is new: inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pandas as pd

from mentor import mood_book
from mentor.importing import ImportPlan, Reading, mark
from mentor.importing.rows import to_rows
from mentor.importing.takeover import (
    OLD_TABLES,
    TakenMood,
    TakenReport,
    TakenSession,
    Takeover,
    is_old_journal,
    take_over,
)
from mentor.models import DEFAULT_MARKET, ImportOptions, ImportRecord
from mentor.storage import imports, moods, old_journal, preferences, reports, sessions, trades
from mentor.storage.connection import Connection

#: Where a taken-over mood comes from.
SOURCE = "old journal"
#: A file read in another zone may put the same trade on the next day.
_DAYS_AROUND = pd.Timedelta(days=2)


def read_old_journal(source: Path | tuple[str, bytes]) -> Reading | None:
    """The journal of the system this one replaces; `None` for any other file. Raises `ImportRefused`."""
    if not old_journal.is_database(source):
        return None
    columns, tables = old_journal.read(source, OLD_TABLES)
    if not is_old_journal(columns):
        return None
    takeover = take_over(*(tables[name] for name in OLD_TABLES))
    return Reading(
        file_name=source[0] if isinstance(source, tuple) else source.name,
        format="old_journal",
        account=None,
        currency=None,
        source_timezone="UTC",
        trades=takeover.trades,
        rejected=takeover.rejected,
        takeover=takeover,
    )


def plan(connection: Connection, user_id: int, reading: Reading, options: ImportOptions) -> ImportPlan:
    """Every trade of the file marked as new, duplicate, lookalike or deleted."""
    days = reading.trades["session_date"].dropna()
    first = (days.min() - _DAYS_AROUND).date() if len(days) else date.max
    last = (days.max() + _DAYS_AROUND).date() if len(days) else date.min
    known = _with_text(trades.known(connection, user_id, first, last).to_pandas())
    known["session_date"] = pd.to_datetime(known["session_date"].str[:10], errors="coerce").astype("datetime64[s]")
    gone = _with_text(trades.deleted(connection, user_id).to_pandas())
    return ImportPlan(
        reading=_with_currency_notice(connection, user_id, reading),
        status=mark(reading.trades, known, gone),
        options=options,
        words=words_to_add(connection, user_id, reading.takeover) if reading.takeover else 0,
    )


def store(connection: Connection, user_id: int, plan: ImportPlan, now: datetime) -> ImportRecord:
    """Write the import and its new trades."""
    reading, adding = plan.reading, plan.reading.trades[plan.adding]
    days = {moment.date() for moment in adding["session_date"].unique()}
    days |= {session.date for session in reading.takeover.sessions} if reading.takeover else set()
    session_ids, created = sessions.get_or_create_many(connection, user_id, sorted(days))
    import_id = imports.add(
        connection,
        user_id,
        file_name=reading.file_name,
        format=reading.format,
        account=reading.account,
        currency=reading.currency,
        source_timezone=reading.source_timezone,
        trades=len(adding),
        net_profit_loss=float(adding["profit_loss"].sum()),
        duplicates=plan.trades - len(adding),
        ignored_rows=reading.ignored_rows,
        rejected_rows=len(reading.rejected),
        imported_at=now,
    )
    currencies = adding["currency"].dropna()
    if len(currencies) and preferences.get(connection, "currency") is None:
        trades.set_base_currency(connection, str(currencies.iloc[0]))
    trades.add_imported(connection, import_id, to_rows(adding, session_ids, now))
    if reading.takeover is not None:
        _store_words(connection, user_id, import_id, reading.takeover, session_ids, now)
    digests = {session_id: _digest(connection, user_id, session_id) for session_id in created}
    imports.set_created_sessions(connection, import_id, digests)
    record = imports.by_id(connection, user_id, import_id)
    assert record is not None, "stored a moment ago in this transaction"
    return record


def take_back(connection: Connection, user_id: int, import_id: int, today: date) -> None:
    """Remove what an import added; words it wrote in a session it created go too, unless somebody changed them."""
    trades.remove_imported(connection, import_id)
    moods.remove_imported(connection, import_id)
    reports.remove_imported(connection, import_id)
    created = imports.created_sessions(connection, import_id)
    for session_id, digest in created.items():
        if digest and digest == _digest(connection, user_id, session_id):
            sessions.clear_words(connection, session_id)
    sessions.remove_empty(connection, today, created)


def words_to_add(connection: Connection, user_id: int, takeover: Takeover) -> int:
    """How many moods, reports and days of another journal this one does not have."""
    stored = {session.date: session for session in sessions.every(connection, user_id) if session.date}
    known = reports.fingerprints(connection, user_id)
    moods_missing = sum(
        len(_moods_missing(connection, stored[taken.date].id, taken)) if taken.date in stored else len(taken.moods) + 1
        for taken in takeover.sessions
    )
    return moods_missing + sum(report.fingerprint not in known for report in takeover.reports)


def _store_words(
    connection: Connection,
    user_id: int,
    import_id: int,
    takeover: Takeover,
    session_ids: Mapping[date, int],
    now: datetime,
) -> None:
    """Notes, moods, scores, stated totals and reports of another journal; what is there already is not added again."""
    for taken in takeover.sessions:
        session_id = session_ids[taken.date]
        sessions.take_over(connection, session_id, notes=taken.notes, market=taken.market, risk_score=taken.risk_score)
        if taken.stated_trades is not None and taken.stated_profit_loss is not None:
            sessions.set_stated(connection, session_id, taken.stated_trades, taken.stated_profit_loss)
        _store_moods(connection, user_id, import_id, session_id, taken, now)
    known = reports.fingerprints(connection, user_id)
    for report in takeover.reports:
        if report.fingerprint not in known:
            _store_report(connection, import_id, session_ids[report.session_date], report)


def _store_moods(
    connection: Connection, user_id: int, import_id: int, session_id: int, taken: TakenSession, now: datetime
) -> None:
    session, missing = sessions.by_id(connection, user_id, session_id), _moods_missing(connection, session_id, taken)
    assert session is not None, "created or found a moment ago in this transaction"
    if not missing:
        return
    mood_book.keep_foreign_word(connection, session, now)
    for mood in missing:
        moods.add(
            connection,
            session_id,
            recorded_at=mood.recorded_at or taken.created_at or now,
            emotion=mood.emotion,
            source=SOURCE,
            timing="unknown",
            import_id=import_id,
        )
    mood_book.show_last(connection, session_id)


def _moods_missing(connection: Connection, session_id: int, taken: TakenSession) -> list[TakenMood]:
    """Those of the taken moods that were not taken over before, one for one."""
    there = Counter(row["emotion"] for row in moods.of_session(connection, session_id) if row["source"] == SOURCE)
    missing = []
    for mood in taken.moods:
        if there[mood.emotion]:
            there[mood.emotion] -= 1
        else:
            missing.append(mood)
    return missing


def _store_report(connection: Connection, import_id: int, session_id: int, report: TakenReport) -> None:
    written: dict[str, str | int | None] = {name: getattr(report, name) for name in reports.COLUMNS}
    reports.add_imported(
        connection,
        session_id,
        import_id,
        written,
        language=report.language,
        created_at=report.created_at,
        fingerprint=report.fingerprint,
    )


def _digest(connection: Connection, user_id: int, session_id: int) -> str:
    """What tells whether a session's words are still those of a moment ago; empty when it says nothing of its own."""
    session = sessions.by_id(connection, user_id, session_id)
    assert session is not None, "created a moment ago in this transaction, or kept since"
    words = (session.personal_notes, session.market_conditions, session.risk_score)
    silent = words == ("", DEFAULT_MARKET, "5") and session.stated_trades is None and not session.stated
    return "" if silent else sha256(repr(words).encode()).hexdigest()


def _with_currency_notice(connection: Connection, user_id: int, reading: Reading) -> Reading:
    """Says what a first currency would mean for trades that name none, and what another one means."""
    base, named = preferences.get(connection, "currency"), reading.trades["currency"].dropna().unique()
    unnamed = trades.without_currency(connection, user_id) if base is None and len(named) else 0
    others = ", ".join(sorted(str(code) for code in named if code != base)) if base is not None else ""
    notices = {
        f"The journal's {unnamed:,} trades that name no currency will count as {next(iter(named), '')}.": unnamed,
        f"Amounts in {others} are kept apart and never added to those in {base}.": others,
    }
    told = tuple(words for words, holds in notices.items() if holds and words not in reading.notices)
    return replace(reading, notices=(*reading.notices, *told)) if told else reading


def _with_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Text columns as `str`, also those in which nothing is known."""
    names = ("session_date", "symbol", "account", "external_id", "fingerprint")
    return frame.astype({name: "str" for name in names if name in frame})
