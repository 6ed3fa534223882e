"""Holds what a file says against the journal, and stores what is new: inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from mentor import fill_desk, mood_book, takeover_desk, transfer_desk
from mentor.errors import InvalidArgument
from mentor.importing import ImportPlan, Reading, emotions, mark
from mentor.importing.duplicates import STATES, twins
from mentor.importing.rows import to_rows
from mentor.messages import message, messages
from mentor.models import ImportOptions, ImportRecord
from mentor.storage import fills, imports, moods, preferences, reports, sessions, trades
from mentor.storage.connection import Connection

#: A file read in another zone may put the same trade on the next day.
_DAYS_AROUND = pd.Timedelta(days=2)


def plan(connection: Connection, user_id: int, reading: Reading, options: ImportOptions) -> ImportPlan:
    """Every trade of the file marked as new, duplicate, lookalike or deleted."""
    if reading.whole is not None:
        return transfer_desk.plan(connection, user_id, reading, options)
    alike = None
    if reading.pairing is None:
        status = mark(reading.trades, *_known(connection, user_id, reading.trades))
    else:
        reading, repeated = fill_desk.continued(connection, user_id, reading, options)
        status, alike = _marked_trips(connection, user_id, reading.trades, repeated)
        reading = _with_late_notice(connection, user_id, reading, status.iloc[len(repeated) :])
    return ImportPlan(
        reading=_with_currency_notice(connection, user_id, reading),
        status=status,
        twins=alike,
        options=options,
        words=takeover_desk.words_to_add(connection, user_id, reading.takeover) if reading.takeover else 0,
    )


def _known(connection: Connection, user_id: int, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The journal's trades of the days of those found, and all that were deleted by hand."""
    days = found["session_date"].dropna()
    first = (days.min() - _DAYS_AROUND).date() if len(days) else date.max
    last = (days.max() + _DAYS_AROUND).date() if len(days) else date.min
    known = _with_text(trades.known(connection, user_id, first, last).to_pandas())
    known["session_date"] = pd.to_datetime(known["session_date"].str[:10], errors="coerce").astype("datetime64[s]")
    gone = _with_text(trades.deleted(connection, user_id).to_pandas())
    return known, gone


def _marked_trips(
    connection: Connection, user_id: int, trips: pd.DataFrame, repeated: Sequence[tuple[int, str]]
) -> tuple[pd.Series, pd.Series]:
    """The status of round trips and the trades that lookalikes probably are.

    Those whose fills are known stand first, and are `repeated`. The others are none the journal has, however alike
    their fills are; one from another source may be.
    """
    fresh = trips.iloc[len(repeated) :]
    known, _ = _known(connection, user_id, fresh)
    known = known[~known["id"].isin([trade_id for trade_id, _ in repeated])]
    found = twins(fresh, known)
    status = [status for _, status in repeated] + ["new" if twin < 0 else "lookalike" for twin in found.tolist()]
    none_yet = pd.Series(pd.NA, index=range(len(repeated)), dtype="Int64")
    ids = known["id"].reset_index(drop=True).reindex(found).astype("Int64")
    return pd.Series(pd.Categorical(status, categories=list(STATES))), pd.concat([none_yet, ids], ignore_index=True)


def _with_late_notice(connection: Connection, user_id: int, reading: Reading, status: pd.Series) -> Reading:
    assert reading.pairing is not None, "asked for lists of fills only"
    told = fill_desk.come_late(connection, user_id, reading.pairing, status == "lookalike")
    return replace(reading, notices=(*reading.notices, *told))


def store(connection: Connection, user_id: int, plan: ImportPlan, now: datetime) -> ImportRecord:
    """Write the import and its new trades."""
    if plan.reading.whole is not None:
        return transfer_desk.store(connection, user_id, plan, now)
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
    if len(currencies) and preferences.get(connection, user_id, "currency") is None:
        trades.set_base_currency(connection, user_id, str(currencies.iloc[0]))
    trades.add_imported(connection, user_id, import_id, to_rows(adding, session_ids, now))
    fill_desk.store(connection, user_id, import_id, plan)
    _store_moods(connection, user_id, import_id, adding, now)
    left: dict[str, Any] = {"created": created}
    if reading.takeover is not None:
        left |= takeover_desk.store(connection, user_id, import_id, reading.takeover, session_ids, now)
    imports.set_traces(connection, user_id, import_id, left)
    record = imports.by_id(connection, user_id, import_id)
    assert record is not None, "stored a moment ago in this transaction"
    return record


def _store_moods(connection: Connection, user_id: int, import_id: int, added: pd.DataFrame, now: datetime) -> None:
    """Feelings written beside trades: nobody knows when they were felt."""
    for felt in emotions.felt(added):
        session = sessions.by_date(connection, user_id, felt.day)
        assert session is not None, "the trade's session was made a moment ago"
        mood_book.keep_foreign_word(connection, user_id, session, now)
        told = moods.of_session(connection, user_id, session.id)
        moods.add(
            connection,
            user_id,
            session.id,
            recorded_at=felt.at or now,
            emotion=felt.emotion,
            source="import",
            timing="unknown",
            import_id=import_id,
        )
        if not any(row["stated_timing"] is None for row in told):
            mood_book.show_last(connection, user_id, session.id)


def take_back(connection: Connection, user_id: int, import_id: int, today: date, now: datetime) -> None:
    """Remove what an import added, and put back what it changed unless somebody changed it since.

    Raises `InvalidArgument` while a later import goes on with a position this one opened.
    """
    later = fills.needed_by(connection, user_id, import_id)
    if later is not None:
        what = message(
            "Import {later} goes on with a position that import {earlier} opened", later=later, earlier=import_id
        )
        raise InvalidArgument(what, todo=message("Undo import {later} first.", later=later))
    left = imports.traces(connection, user_id, import_id)
    if "rows" in left:
        transfer_desk.take_back(connection, user_id, import_id, left, today, now)
    fills.remove_imported(connection, user_id, import_id)
    trades.remove_imported(connection, user_id, import_id)
    reports.remove_imported(connection, user_id, import_id)
    for session_id in moods.remove_imported(connection, user_id, import_id):
        mood_book.show_last(connection, user_id, session_id)
    takeover_desk.put_back(connection, user_id, left.get("days", {}))
    sessions.remove_empty(connection, user_id, today, imports.days_created(connection, user_id, import_id))


def _with_currency_notice(connection: Connection, user_id: int, reading: Reading) -> Reading:
    """Says what a first currency would mean for trades that name none, and what another one means."""
    base, named = preferences.get(connection, user_id, "currency"), reading.trades["currency"].dropna().unique()
    unnamed = trades.without_currency(connection, user_id) if base is None and len(named) else 0
    others = ", ".join(sorted(str(code) for code in named if code != base)) if base is not None else ""
    counted = messages(
        "The journal's {n} trade that names no currency will count as {currency}.",
        "The journal's {n} trades that name no currency will count as {currency}.",
        n=unnamed,
        currency=next(iter(named), ""),
    )
    apart = message("Amounts in {others} are kept apart and never added to those in {base}.", others=others, base=base)
    notices = {counted: unnamed, apart: others}
    told = tuple(words for words, holds in notices.items() if holds and words not in reading.notices)
    return replace(reading, notices=(*reading.notices, *told)) if told else reading


def _with_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Text columns as `str`, also those in which nothing is known."""
    names = ("session_date", "symbol", "account", "external_id", "fingerprint")
    return frame.astype({name: "str" for name in names if name in frame})
