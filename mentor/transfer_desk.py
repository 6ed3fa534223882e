"""Takes a whole journal out of the file, and holds one that was taken out against this one: inside a transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa

from mentor import mood_book
from mentor.errors import InvalidArgument
from mentor.importing import ImportPlan, Reading
from mentor.importing.whole_journal import FORMAT
from mentor.messages import message
from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET, DEFAULT_SCORE, ImportOptions, ImportRecord
from mentor.storage import fills, imports, moods, preferences, sessions, trades, transfer
from mentor.storage.connection import Connection
from mentor.transfer import TABLES, Form, Here, Merge, as_frame, merge, pack, trades_of, unpack
from mentor.transfer.days import SAID
from mentor.transfer.fills import CHANGED
from mentor.transfer.settings import CURRENCY, DAY_RULE

SESSIONS: Final = "trading_sessions"
#: What a session says that nobody told anything: those an import made are that again before they are removed.
_UNTOLD: Final[Mapping[str, str | None]] = {
    **dict.fromkeys(SAID, None),
    **{"emotions": DEFAULT_EMOTION, "market_conditions": DEFAULT_MARKET},
    **{"risk_score": DEFAULT_SCORE, "risk_score_said": "0"},
    **{"total_trades": "0", "total_profit_loss": "0.0"},
}
#: Rows that speak of others come after them.
_ORDER: Final = ("bots", "imports", "sessions", "trades", "moods", "reports", "fills", "deleted", "mappings")

Cells = dict[str, str | None]
Changes = dict[str, list[str | None]]


def export(connection: Connection, user_id: int, form: Form) -> bytes:
    """Everything the trader has, of one moment, as a zip."""
    return pack(_tables(connection, user_id), transfer.settings(connection, user_id), form)


def read(source: Path | tuple[str, bytes]) -> Reading | None:
    """A journal that was exported; `None` for any other file. Raises `ImportRefused`."""
    whole = unpack(source)
    if whole is None:
        return None
    found = trades_of(whole)
    named = found["currency"].unique()
    return Reading(
        file_name=source[0] if isinstance(source, tuple) else source.name,
        format=FORMAT,
        account=None,
        currency=str(named[0]) if len(named) == 1 and pd.notna(named[0]) else None,
        source_timezone="UTC",
        trades=found,
        whole=whole,
    )


def plan(connection: Connection, user_id: int, reading: Reading, options: ImportOptions) -> ImportPlan:
    """What of it this journal does not have."""
    found = _held_against(connection, user_id, reading, options)
    return ImportPlan(
        reading=replace(reading, notices=found.notices),
        status=found.status,
        twins=found.twins,
        options=options,
        words=found.words,
        beside=found.beside,
    )


def store(connection: Connection, user_id: int, plan: ImportPlan, now: datetime) -> ImportRecord:
    """Write what is missing, and what must be known to take it back."""
    found = _held_against(connection, user_id, plan.reading, plan.options)
    said, decided = _said(connection, user_id), transfer.settings(connection, user_id)
    _put_settings(connection, user_id, found.settings, now)
    for session_id, cells in found.days.items():
        transfer.set_cells(connection, user_id, SESSIONS, session_id, cells)
    for name in (name for name in _ORDER if len(found.added[name])):
        _add(connection, user_id, name, found.added[name])
    transfer.never_below(connection, TABLES["trades"].stored, found.last_trade)
    positions = _change_fills(connection, user_id, found.positions)
    joined = sorted(set(found.added["moods"]["session_id"]) & said.keys())
    for session_id in joined:
        _join_moods(connection, user_id, session_id, now)
    import_id = _record(connection, user_id, plan, now)
    left = {
        "created": found.added["sessions"]["id"].tolist(),
        "rows": _spans(found),
        "said": _what_changed(said, _said(connection, user_id), found, joined),
        "positions": positions,
        "headers": found.added["mappings"]["header"].tolist(),
        "settings": {key: [decided.get(key), value] for key, value in found.settings.items()},
    }
    imports.set_traces(connection, user_id, import_id, left)
    record = imports.by_id(connection, user_id, import_id)
    assert record is not None, "stored a moment ago in this transaction"
    return record


def take_back(
    connection: Connection, user_id: int, import_id: int, left: Mapping[str, Any], today: date, now: datetime
) -> None:
    """Undo what `store` did, but for what somebody changed since. Raises `InvalidArgument` while something needs it."""
    rows: Mapping[str, Sequence[int]] = left["rows"]
    brought = _brought(connection, user_id, rows)
    _refuse_while_needed(connection, user_id, import_id, brought)
    for fill, changes in left["positions"].items():
        transfer.put_back(connection, user_id, "fills", int(fill), changes)
    for brought_id in brought:
        fills.remove_imported(connection, user_id, brought_id)
    touched = transfer.sessions_of(connection, user_id, "mood_checkins", *rows["moods"]) if "moods" in rows else []
    if "trades" in rows:
        transfer.remove_trades(connection, user_id, *rows["trades"])
    for name in ("fills", "moods", "reports", "deleted"):
        if name in rows:
            transfer.remove(connection, user_id, TABLES[name].stored, *rows[name])
    transfer.remove_mappings(connection, user_id, left["headers"])
    _put_settings_back(connection, user_id, left["settings"])
    for brought_id in brought:
        trades.remove_imported(connection, user_id, brought_id)
    for session_id, changes in left["said"].items():
        transfer.put_back(connection, user_id, SESSIONS, int(session_id), changes)
    for session_id in touched:
        if moods.of_session(connection, user_id, session_id):
            mood_book.show_last(connection, user_id, session_id)
    if "imports" in rows:
        transfer.remove(connection, user_id, "imports", *rows["imports"])
    sessions.remove_empty(connection, user_id, today, left["created"])
    _put_day_rule_back(connection, user_id, left["settings"], now)


# Inside ---------------------------------------------------------------------------------------------------------


def _tables(connection: Connection, user_id: int) -> dict[str, pa.Table]:
    return {name: transfer.rows(connection, user_id, table.stored, table.columns) for name, table in TABLES.items()}


def _held_against(connection: Connection, user_id: int, reading: Reading, options: ImportOptions) -> Merge:
    assert reading.whole is not None, "asked for whole journals only"
    tables = _tables(connection, user_id)
    here = Here(
        tables={name: as_frame(TABLES[name], table) for name, table in tables.items()},
        settings=transfer.settings(connection, user_id),
        last_ids=transfer.last_ids(connection),
    )
    return merge(reading.whole, here, options)


def _add(connection: Connection, user_id: int, name: str, rows: pd.DataFrame) -> None:
    added = pa.Table.from_pandas(rows[list(TABLES[name].columns)], preserve_index=False)
    if name == "bots":
        transfer.add_bots(connection, added)
    elif name == "trades":
        transfer.add_trades(connection, user_id, added)
    else:
        transfer.add(connection, user_id, TABLES[name].stored, added)


def _join_moods(connection: Connection, user_id: int, session_id: int, now: datetime) -> None:
    """The day's last check-in, from wherever it came, is the word of the session."""
    session = sessions.by_id(connection, user_id, session_id)
    assert session is not None, "held against a moment ago in this transaction"
    mood_book.keep_foreign_word(connection, user_id, session, now)
    mood_book.show_last(connection, user_id, session_id)


def _change_fills(connection: Connection, user_id: int, changed: pd.DataFrame) -> dict[str, Changes]:
    """Let positions go on; the cells before and after, by the fill's id."""
    if changed.empty:
        return {}
    before = _cells(connection, user_id, "fills", CHANGED)
    for row in pa.Table.from_pandas(changed, preserve_index=False).to_pylist():
        transfer.set_cells(connection, user_id, "fills", row.pop("id"), row)
    after = _cells(connection, user_id, "fills", CHANGED)
    return {str(fill): _differences(before[fill], after[fill]) for fill in changed["id"].tolist()}


def _said(connection: Connection, user_id: int) -> dict[int, Cells]:
    """What is said of every day, by the session's id."""
    return _cells(connection, user_id, SESSIONS, SAID)


def _cells(connection: Connection, user_id: int, table: str, columns: Sequence[str]) -> dict[int, Cells]:
    rows = transfer.rows(connection, user_id, table, ("id", *columns)).to_pylist()
    return {int(row.pop("id")): row for row in rows}


def _what_changed(
    before: Mapping[int, Cells], after: Mapping[int, Cells], found: Merge, joined: Collection[int]
) -> dict[str, Changes]:
    """Column → before, after, by session: of days that were made, all they say."""
    traded = set(found.added["trades"]["session_id"])
    changes = {}
    for session_id in {*found.added["sessions"]["id"], *found.days, *joined, *traded}:
        then, now = before.get(session_id, _UNTOLD), dict(after[session_id])
        if session_id in traded:  # once its trades are gone again, its totals are nothing
            now |= {"total_trades": "0", "total_profit_loss": "0.0"}
        changes[str(session_id)] = _differences(then, now)
    return {session_id: changed for session_id, changed in changes.items() if changed}


def _differences(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> Changes:
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _spans(found: Merge) -> dict[str, list[int]]:
    """The first and the last id of the rows added to each table: all between are theirs."""
    ids = {name: rows["id"] for name, rows in found.added.items() if name != "bots" and "id" in rows and len(rows)}
    return {name: [int(column.min()), int(column.max())] for name, column in ids.items()}


def _record(connection: Connection, user_id: int, plan: ImportPlan, now: datetime) -> int:
    adding = plan.reading.trades[plan.adding.to_numpy()]
    return imports.add(
        connection,
        user_id,
        file_name=plan.reading.file_name,
        format=plan.reading.format,
        account=plan.reading.account,
        currency=plan.reading.currency,
        source_timezone=plan.reading.source_timezone,
        trades=len(adding),
        net_profit_loss=float(adding["profit_loss"].sum()),
        duplicates=plan.trades - len(adding),
        ignored_rows=0,
        rejected_rows=0,
        imported_at=now,
    )


def _brought(connection: Connection, user_id: int, rows: Mapping[str, Sequence[int]]) -> list[int]:
    """The imports that came along, the newest first."""
    first, last = rows.get("imports", (1, 0))
    return [record.id for record in imports.every(connection, user_id) if first <= record.id <= last]


def _refuse_while_needed(connection: Connection, user_id: int, import_id: int, brought: Sequence[int]) -> None:
    later = max((fills.needed_by(connection, user_id, brought_id) or 0 for brought_id in brought), default=0)
    if later > import_id:
        what = message(
            "Import {later} goes on with a position that import {earlier} opened", later=later, earlier=import_id
        )
        raise InvalidArgument(what, todo=message("Undo import {later} first.", later=later))


# Settings -------------------------------------------------------------------------------------------------------


def _put_settings(connection: Connection, user_id: int, wanted: Mapping[str, str], now: datetime) -> None:
    if set(DAY_RULE) & wanted.keys():
        _put_day_rule(connection, user_id, wanted, now)
    if CURRENCY in wanted:
        trades.set_base_currency(connection, user_id, wanted[CURRENCY])
    for key in wanted.keys() - {*DAY_RULE, CURRENCY}:
        preferences.put(connection, user_id, key, wanted[key])


def _put_day_rule(connection: Connection, user_id: int, wanted: Mapping[str, str | None], now: datetime) -> None:
    zone, start = (wanted.get(key) or preferences.get(connection, user_id, key) for key in DAY_RULE)
    preferences.put_day_rule(connection, user_id, ZoneInfo(zone or "UTC"), time.fromisoformat(start or "00:00"), now)


def _put_settings_back(connection: Connection, user_id: int, changed: Mapping[str, Sequence[str | None]]) -> None:
    """But for the currency, which stays while a trade names one, and what decides the days."""
    for key in changed.keys() - {*DAY_RULE, CURRENCY}:
        before, after = changed[key]
        if preferences.get(connection, user_id, key) != after:
            continue
        if before is None:
            preferences.remove(connection, user_id, key)
        else:
            preferences.put(connection, user_id, key, before)


def _put_day_rule_back(
    connection: Connection, user_id: int, changed: Mapping[str, Sequence[str | None]], now: datetime
) -> None:
    """The zone it had, once it is empty again: days that are there stay those of the zone they were made in."""
    if set(DAY_RULE) & changed.keys() and not sessions.every(connection, user_id):
        _put_day_rule(connection, user_id, {key: changed[key][0] for key in DAY_RULE if key in changed}, now)
