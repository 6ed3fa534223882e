"""Is the journal in order? One `Check` a question, the file only read; works also where no `Journal` can be opened."""

from __future__ import annotations

import os
import shutil
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mentor import errors
from mentor.messages import Message, message, messages
from mentor.models import Check
from mentor.storage import preferences, users
from mentor.storage.connection import Connection
from mentor.storage.migrations import check_origin, scripts, statements
from mentor.storage.timestamps import from_text

#: Where the kernel says what is mounted (Linux).
_MOUNTS: Final = Path("/proc/mounts")
#: Types of file system whose files live on another machine, or behind a layer without shared memory.
_REMOTE: Final = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "gfs2", "glusterfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"),
        *("fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"),
    }
)
#: The oldest SQLite that understands the journal's queries (`unixepoch(…, 'auto')`).
_OLDEST_SQLITE: Final = (3, 38, 0)
#: A backup needs the room once, a restore twice.
_COPIES: Final = 2
_LEAST_FREE: Final = 100 * 2**20
_YEARS_AHEAD: Final = 5
#: Machines that write to one journal need not agree to the minute.
_CLOCK_MAY_DIFFER: Final = timedelta(hours=1)
#: How many findings a line names.
_NAMED: Final = 3

# The same rule as the trigger `session_totals`; a cent less or more is a matter of the order of adding.
_WRONG_TOTALS = """
SELECT CAST(s.session_date AS TEXT) AS named
FROM trading_sessions AS s JOIN (
    SELECT session_id, count(*) AS trades,
           coalesce(sum(CASE WHEN typeof(profit_loss) IN ('real', 'integer')
                              AND coalesce(nullif(currency, ''), base.value, '') = coalesce(base.value, '')
                             THEN profit_loss END), 0.0) AS net
    FROM daily_trading_data JOIN trading_sessions AS own ON own.id = session_id
    LEFT JOIN settings AS base ON base.key = 'currency' AND base.user_id = own.user_id
    GROUP BY session_id
) AS t ON t.session_id = s.id
WHERE s.total_trades IS NOT t.trades OR abs(s.total_profit_loss - t.net) IS NULL
   OR abs(s.total_profit_loss - t.net) > 0.005 + 1e-9 * abs(t.net)
ORDER BY s.session_date
"""


def examine(journal: Path, *, now: datetime | None = None) -> list[Check]:
    """Every check that can be made of the file; those of its content only when it can be opened as a journal."""
    if not journal.is_file():
        return [Check(name=message("file"), ok=False, words=message("there is no journal at {path}", path=journal))]
    checks = [_writable(journal), _local(journal), _room(journal)]
    try:
        connection = Connection(journal)
        try:
            return [*checks, *_content(connection, journal, now or datetime.now(UTC))]
        finally:
            connection.close()
    except errors.MentorError as refused:
        return [*checks, Check(name=message("journal"), ok=False, words=refused.sentence)]


# Where it lies --------------------------------------------------------------------------------------------------


def _writable(journal: Path) -> Check:
    sealed = [str(path) for path in (journal, journal.absolute().parent) if not os.access(path, os.W_OK)]
    words = message("the file and its folder can be written")
    if sealed:
        words = message("cannot be written: {paths}", paths=", ".join(sealed))
    return Check(name=message("file"), ok=not sealed, words=words)


def _local(journal: Path) -> Check:
    """The write-ahead log needs memory shared between programs, which network drives do not give."""
    name = message("disk")
    if not _MOUNTS.exists():
        words = message("not known here whether it is local; the write-ahead log needs a local disk")
        return Check(name=name, ok=True, words=words)
    kind = _file_system(journal, _MOUNTS.read_text(encoding="utf-8", errors="replace"))
    if kind in _REMOTE:
        words = message(
            "a network or shared drive ({kind}); the write-ahead log needs a local disk: move the journal", kind=kind
        )
        return Check(name=name, ok=False, words=words)
    words = message("local ({kind}); the write-ahead log needs a local disk", kind=kind or message("type not known"))
    return Check(name=name, ok=True, words=words)


def _file_system(path: Path, mounts: str) -> str | None:
    """The type of the file system a path lies on: that of the deepest mount point above it, the last one made."""
    resolved = path.resolve()
    found: tuple[int, str] | None = None
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        mounted = Path(point.encode().decode("unicode_escape"))
        depth = len(mounted.parts)
        if resolved.is_relative_to(mounted) and (found is None or depth >= found[0]):
            found = depth, kind
    return found[1] if found else None


def _room(journal: Path) -> Check:
    size, free = journal.stat().st_size, shutil.disk_usage(journal.absolute().parent).free
    needed = max(_LEAST_FREE, _COPIES * size)
    values = {"free": _megabytes(free), "size": _megabytes(size)}
    words = message("{free} free, the journal has {size}", **values)
    if free < needed:
        words = message(
            "{free} free, the journal has {size}; a restore needs {needed}", **values, needed=_megabytes(needed)
        )
    return Check(name=message("space"), ok=free >= needed, words=words)


def _megabytes(size: int) -> Message:
    return messages("{n} MB", "{n} MB", n=-(-size // 2**20))


# What it holds --------------------------------------------------------------------------------------------------


def _content(connection: Connection, journal: Path, now: datetime) -> Iterator[Check]:
    """From what everything else rests on to the details; what cannot be read fails its own check only."""
    yield _sqlite(connection)
    names = connection.rows("SELECT name FROM sqlite_master")
    if not names:
        yield Check(
            name=message("journal"), ok=False, words=message("the file holds nothing yet; `init` makes it a journal")
        )
        return
    check_origin(connection, journal)
    questions: dict[str, Callable[[], tuple[bool, str]]] = {
        message("integrity"): lambda: _integrity(connection),
        message("references"): lambda: _references(connection),
        message("schema"): lambda: _version(connection),
        message("tables"): lambda: _objects(connection),
        message("totals"): lambda: _totals(connection),
        message("log"): lambda: _log(connection),
        message("days"): lambda: _days(connection, now),
        message("clock"): lambda: _clock(connection, now),
    }
    for name, ask in questions.items():
        try:
            ok, words = ask()
        except errors.MentorError as refused:
            ok, words = False, refused.sentence
        yield Check(name=name, ok=ok, words=words)


def _sqlite(connection: Connection) -> Check:
    version = str(connection.value("SELECT sqlite_version()"))
    new_enough = tuple(map(int, version.split("."))) >= _OLDEST_SQLITE
    words = message("version {version}", version=version)
    if not new_enough:
        least = ".".join(map(str, _OLDEST_SQLITE))
        words = message("version {version}; at least {least} is needed", version=version, least=least)
    return Check(name=message("sqlite"), ok=new_enough, words=words)


def _integrity(connection: Connection) -> tuple[bool, str]:
    found = [str(row["integrity_check"]) for row in connection.rows("PRAGMA integrity_check")]
    if found == ["ok"]:
        return True, message("SQLite finds the file whole")
    return False, message("the file is damaged, restore a backup: {found}", found=_some(found))


def _references(connection: Connection) -> tuple[bool, str]:
    lost = [f"{row['table']} row {row['rowid']}" for row in connection.rows("PRAGMA foreign_key_check")]
    if not lost:
        return True, message("every row belongs to one that is there")
    return False, messages(
        "{n} row that belongs to none that is there: {lost}",
        "{n} rows that belong to none that is there: {lost}",
        n=len(lost),
        lost=_some(lost),
    )


def _version(connection: Connection) -> tuple[bool, str]:
    applied = {row["version"] for row in connection.rows("SELECT version FROM schema_migrations")}
    missing = [name for version, name, _ in scripts() if version not in applied]
    if missing:
        words = message(
            "not brought to today's form yet ({missing}); any command but this one does it", missing=_some(missing)
        )
        return False, words
    return True, message("version {version}, today's", version=max(applied))


def _objects(connection: Connection) -> tuple[bool, str]:
    """Tables, indexes, views and triggers against those a new journal has."""
    expected, found = new_schema(), schema(connection)
    missing = [name for name in expected if name not in found]
    changed = [name for name in expected if name in found and found[name] != expected[name]]
    if missing and changed:
        words = message("missing: {missing}; changed: {changed}", missing=_some(missing), changed=_some(changed))
    elif missing:
        words = message("missing: {missing}", missing=_some(missing))
    elif changed:
        words = message("changed: {changed}", changed=_some(changed))
    else:
        return True, _as_made(expected, found)
    return False, words


def _as_made(expected: dict[str, str], found: dict[str, str]) -> Message:
    tables, triggers = (sum(name.startswith(kind) for name in expected) for kind in ("table", "trigger"))
    words = message("all {tables} tables and {triggers} triggers are there, as made", tables=tables, triggers=triggers)
    others = [name for name in found if name not in expected]
    return message("{all}; not of ours: {others}", all=words, others=_some(others)) if others else words


def new_schema() -> dict[str, str]:
    """What a new journal is made of, as `schema` gives it, in the order of making."""
    with TemporaryDirectory() as folder:
        connection = Connection(Path(folder) / "expected.db")
        try:
            for _, _, script in scripts():
                for statement in statements(script):
                    connection.execute(statement)
            return schema(connection)
        finally:
            connection.close()


def schema(connection: Connection) -> dict[str, str]:
    """`kind name` → how it was made; without the record of migrations, which every journal has."""
    rows = connection.rows(
        "SELECT type || ' ' || name AS named, sql FROM sqlite_master "
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> 'schema_migrations' ORDER BY rowid"
    )
    return {row["named"]: row["sql"] for row in rows}


def _totals(connection: Connection) -> tuple[bool, str]:
    wrong = [str(row["named"]) for row in connection.rows(_WRONG_TOTALS)]
    if not wrong:
        return True, message("every session's totals equal its trades")
    return False, messages(
        "{n} session with totals that differ from the trades: {days}",
        "{n} sessions with totals that differ from the trades: {days}",
        n=len(wrong),
        days=_some(wrong),
    )


def _log(connection: Connection) -> tuple[bool, str]:
    mode = connection.value("PRAGMA journal_mode")
    if mode == "wal":
        return True, message("write-ahead log: programs read while one writes")
    return False, message(
        "journal mode {mode} instead of the write-ahead log; any command but this one switches it on", mode=mode
    )


def _days(connection: Connection, now: datetime) -> tuple[bool, str]:
    """Whether the triggers, which know no time zones, will file trades under the trader's day."""
    zone, start = _zone(connection), _day_start(connection)
    late = timedelta(hours=start.hour, minutes=start.minute)
    shifts = _shifts(connection)
    moments = [now + timedelta(days=day) for day in range(366 * _YEARS_AHEAD)]
    wrong = [moment for moment in moments if _shift_at(shifts, moment) != _offset(zone, moment) - late]
    if wrong:
        return False, message(
            "bots' trades will be filed under a wrong day from {day} on ({zone})",
            day=wrong[0].date().isoformat(),
            zone=zone.key,
        )
    return True, message(
        "days are those of {zone} and start at {start}, written down for the next {years} years",
        zone=zone.key,
        start=f"{start:%H:%M}",
        years=_YEARS_AHEAD,
    )


def _clock(connection: Connection, now: datetime) -> tuple[bool, str]:
    """What was written down at some moment cannot lie ahead of it: then the clock was wrong, or is."""
    latest = connection.value(
        "SELECT max(at) FROM (SELECT max(created_at) AS at FROM users UNION ALL SELECT max(imported_at) FROM imports "
        "UNION ALL SELECT max(applied_at) FROM schema_migrations)"
    )
    moment = from_text(latest)
    if moment is not None and moment > now + _CLOCK_MAY_DIFFER:
        return False, message(
            "this machine's clock says {now} UTC, but the journal was written to at {moment}: set the clock right",
            now=f"{now:%Y-%m-%d %H:%M}",
            moment=f"{moment:%Y-%m-%d %H:%M}",
        )
    return True, message("no entry is later than this machine's clock")


def _zone(connection: Connection) -> ZoneInfo:
    name = preferences.get(connection, users.FIRST, "timezone") or ""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:  # OSError: the name of a folder, or too long
        raise errors.JournalError(
            message("The time zone {name!r} in the settings is not known", name=name)
        ) from unknown


def _day_start(connection: Connection) -> time:
    text = preferences.get(connection, users.FIRST, "day_start") or "00:00"
    try:
        return time.fromisoformat(text)
    except ValueError as unreadable:
        raise errors.JournalError(
            message("The start of the day {text!r} in the settings is no time of day", text=text)
        ) from unreadable


def _shifts(connection: Connection) -> list[tuple[datetime, timedelta]]:
    rows = connection.rows(
        "SELECT substr(key, 11) AS moment, CAST(value AS TEXT) AS seconds FROM settings "
        "WHERE key LIKE 'day\\_shift %' ESCAPE '\\' AND user_id = ?",
        (users.FIRST,),
    )
    read = [(from_text(row["moment"]), _shift(row)) for row in rows]
    return sorted((moment, shift) for moment, shift in read if moment is not None)


def _shift(row: dict[str, Any]) -> timedelta:
    try:
        return timedelta(seconds=int(row["seconds"] or ""))
    except (ValueError, OverflowError) as unreadable:
        what = message(
            "The shift of the days from {moment} on, {seconds!r}, is no number of seconds",
            moment=row["moment"],
            seconds=row["seconds"],
        )
        raise errors.JournalError(what) from unreadable


def _shift_at(shifts: list[tuple[datetime, timedelta]], moment: datetime) -> timedelta:
    """The view `trader_today` does the same."""
    position = bisect_right(shifts, moment, key=lambda shift: shift[0])
    return shifts[position - 1][1] if position else timedelta()


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _some(findings: list[str]) -> str:
    named = ", ".join(findings[:_NAMED])
    more = len(findings) - _NAMED
    return messages("{names} and {n} more", "{names} and {n} more", n=more, names=named) if more > 0 else named
