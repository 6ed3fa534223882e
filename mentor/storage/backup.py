"""Copies of the journal: made while others write, and put back without taking the file from under them.

A copy is SQLite's own (`VACUUM INTO`): one file, one moment, whoever writes meanwhile. A copy is put back *inside* the
live file, in one transaction, because bots and the app keep it open: a file put in its place would leave them
writing into one that nobody reads.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pyarrow as pa

from mentor import errors
from mentor.messages import message
from mentor.storage import checkup, preferences, users
from mentor.storage.connection import Connection
from mentor.storage.database import Database
from mentor.storage.migrations import check_origin, migrate

#: What belongs to a journal while it is open.
_SIDE_FILES = ("-wal", "-shm")
#: Seconds to wait for a moment in which no bot writes: SQLite does not queue, and a restore is rare.
_PATIENCE = 60.0
#: Ours and the user's objects, in the order in which they can be dropped; made again in the opposite one.
_KINDS = ("view", "trigger", "index", "table")
#: The trigger `session_totals` does the rest; sessions without trades keep what another program stated.
_RENEW_TOTALS = """
UPDATE trading_sessions SET revision = random() & 9223372036854775807
WHERE EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = trading_sessions.id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of a journal and what it holds."""

    path: Path
    sessions: int
    trades: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restored journal holds, and where what it replaced is kept (`None`: there was nothing).

    `damaged` says that the replaced file could not be read any more and was moved aside as it was. Days are those of
    `timezone`; `timezone_before` is that of the replaced content (`None`: not known).
    """

    sessions: int
    trades: int
    kept: Path | None
    damaged: bool
    timezone: str
    timezone_before: str | None


def write(journal: Path, target: Path) -> Copy:
    """Copy the journal to the new file `target` as it is at this moment, and read the copy to be sure of it.

    Raises `InvalidArgument` when there is a file already; nothing is left behind when it fails.
    """
    if not _holds_something(journal):
        raise errors.NotFound(message("There is no journal to copy"), where=str(journal))
    _refuse_existing(target)
    with _opened(journal) as connection:
        check_origin(connection, journal)
        _tidy_up(connection, journal)
        copy, unfinished = _written(connection, target)
    _refuse_existing(target)
    unfinished.rename(target)
    return copy


def restore(journal: Path, source: Path, *, now: datetime | None = None) -> Restored:
    """Make the journal what the copy `source` holds, all or nothing; what it held is kept beside it.

    Other programs may have the journal open: they see the change with their next query. A journal that is missing
    is made anew, a damaged one moved aside. Triggers the copy lacks are made anew too, and totals follow from its
    trades. `source` is only read. Raises `NotAJournal`, `DamagedJournal` or
    `NewerJournal` for a copy that cannot be used.
    """
    if not source.is_file():
        raise errors.NotFound(message("There is no such backup"), where=str(source))
    if journal.exists() and source.samefile(journal):
        raise errors.InvalidArgument(message("The backup is the journal itself"), where=str(source))
    journal = journal.resolve() if journal.is_symlink() else journal  # what SQLite opens, its log is beside that
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    with TemporaryDirectory() as folder:
        ready = _prepared(source, Path(folder) / "backup.db")
        damaged = _holds_something(journal) and not _is_sound(journal)
        if _holds_something(journal) and not damaged:
            kept: Path | None = _replace_content(journal, ready, _kept_path(journal, stamp))
        else:
            kept = _put_in_place(journal, ready, _kept_path(journal, stamp))
        with _opened(ready) as connection:
            return Restored(
                sessions=_count(connection, "trading_sessions"),
                trades=_count(connection, "daily_trading_data"),
                kept=kept,
                damaged=damaged,
                timezone=preferences.get(connection, users.FIRST, "timezone") or "UTC",
                timezone_before=None if kept is None or damaged else _timezone(kept),
            )


# A copy ---------------------------------------------------------------------------------------------------------


def _written(connection: Connection, target: Path) -> tuple[Copy, Path]:
    """A whole and verified copy under a passing name: whatever has the target's own name is complete."""
    if not target.absolute().parent.is_dir():
        raise errors.NotFound(
            message("There is no such folder"), where=str(target.parent), todo=message("Make it, or name another one.")
        )
    unfinished = target.with_name(f".{target.name}.unfinished")
    _remove(unfinished)
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished.absolute()),))
        return _verified(unfinished, target), unfinished
    except errors.JournalError as refused:
        _remove(unfinished)
        if isinstance(refused, errors.DamagedJournal):
            raise
        what = message("The copy could not be written")
        if unfinished.name not in refused.what:  # a name nobody gave explains nothing
            what = message("The copy could not be written: {why}", why=refused.what)
        raise errors.JournalError(
            what,
            where=str(target),
            todo=message("Choose a folder that can be written and has room."),
        ) from refused


def _verified(unfinished: Path, target: Path) -> Copy:
    """Reads the copy from end to end, and has the disk confirm it."""
    with _opened(unfinished) as connection:
        found = connection.value("PRAGMA integrity_check(1)")
        if found != "ok":
            raise errors.DamagedJournal(
                message("The copy is damaged: {found}", found=found), where=str(target), todo=message("Run `doctor`.")
            )
        # VACUUM INTO does not wait for the disk; a commit that writes a page does, for the whole file.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {int(connection.value('PRAGMA user_version'))}")
        connection.execute("COMMIT")
        sessions, trades = (_count(connection, table) for table in ("trading_sessions", "daily_trading_data"))
    return Copy(path=target, sessions=sessions, trades=trades)


def _refuse_existing(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise errors.InvalidArgument(
            message("There is a file of this name already"), where=str(target), todo=message("Name a new file.")
        )


# Putting it back ------------------------------------------------------------------------------------------------


def _prepared(source: Path, ready: Path) -> Path:
    """A copy of the backup, checked and brought to today's schema; the backup itself is not written to."""
    try:
        with _opened(source) as connection:
            if not connection.rows("SELECT name FROM sqlite_master"):
                raise errors.NotAJournal(message("This file is empty, not a Mentor journal"), where=str(source))
            check_origin(connection, source)
            if connection.value("PRAGMA integrity_check(1)") != "ok":
                raise errors.DamagedJournal("malformed")
            connection.execute("VACUUM INTO ?", (str(ready),))
    except errors.DamagedJournal as damaged:
        raise errors.DamagedJournal(
            message("This backup is damaged; nothing was changed"),
            where=str(source),
            todo=message("Choose another one."),
        ) from damaged
    database = Database(ready, check_origin)
    migrate(database, ZoneInfo("UTC"), datetime.now(UTC))
    database.close()
    with _opened(ready) as connection:
        connection.execute("BEGIN")
        _make_whole(connection)
        connection.execute("COMMIT")
    return ready


def _make_whole(connection: Connection) -> None:
    """What the backup lacks of our schema or has otherwise is made as in a new journal; totals follow from the trades.

    Tables that are there keep their form, other programs' objects stay, and their triggers take no notice of it.
    """
    ours, found = checkup.new_schema(), checkup.schema(connection)
    others = [row for row in _objects(connection, "main", "trigger") if f"trigger {row['name']}" not in ours]
    for row in others:
        connection.execute(f"DROP TRIGGER {_quoted(row['name'])}")
    for named, sql in ours.items():
        kind, name = named.split(" ", 1)
        if named in found and (kind == "table" or found[named] == sql):
            continue
        connection.execute(f"DROP {kind} IF EXISTS {_quoted(name)}")
        connection.execute(sql)
    connection.execute(_RENEW_TOTALS)
    for row in others:
        connection.execute(row["sql"])


def _is_sound(journal: Path) -> bool:
    """Whether the journal can be read whole. Another program's database and a newer journal are refused instead."""
    try:
        with _opened(journal) as connection:
            connection.rows("SELECT name FROM sqlite_master")
    except (errors.NotAJournal, errors.DamagedJournal):
        return False  # no database, or no longer one
    try:
        with _opened(journal) as connection:
            check_origin(connection, journal)
            return bool(connection.value("PRAGMA integrity_check(1)") == "ok")
    except errors.DamagedJournal:
        return False


def _replace_content(journal: Path, ready: Path, kept: Path) -> Path:
    """Inside the live file, in one transaction: whoever has it open keeps it open."""
    with _opened(journal) as connection, _opened(journal) as reader:
        _tidy_up(connection, journal)
        # The backup may hold what a program with foreign keys off wrote; it comes back as it was.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS backup", (str(ready),))
        connection.begin_writing(_PATIENCE)
        # Now that nobody else can write, keep what is there: nothing can slip in between.
        _, unfinished = _written(reader, kept)
        unfinished.rename(kept)
        try:
            _exchange(connection)
            connection.execute("COMMIT")
        except errors.MentorError:
            kept.unlink()
            raise
    return kept


def _exchange(connection: Connection) -> None:
    """Everything of `main` goes, everything of `backup` comes."""
    numbers = connection.table("SELECT name, seq FROM main.sqlite_sequence")
    revoked = _revoked(connection)
    for kind in _KINDS:
        for row in _objects(connection, "main", kind):
            connection.execute(f"DROP {kind} main.{_quoted(row['name'])}")
    for row in _objects(connection, "backup", "table"):
        connection.execute(row["sql"])
        connection.execute(f"INSERT INTO main.{_quoted(row['name'])} SELECT * FROM backup.{_quoted(row['name'])}")
    # Caches compare revisions: none may look like one of before. Without triggers, stated totals stay.
    connection.execute("UPDATE main.trading_sessions SET revision = random() & 9223372036854775807")
    _count_on(connection, numbers)
    for token in revoked:
        connection.execute(
            "UPDATE main.api_tokens SET revoked_at = coalesce(revoked_at, ?) WHERE digest = ?",
            (token["revoked_at"], token["digest"]),
        )
    for kind in reversed(_KINDS[:-1]):
        for row in _objects(connection, "backup", kind):
            connection.execute(row["sql"])


def _revoked(connection: Connection) -> list[dict[str, str]]:
    """Tokens that open nothing any more: a backup from before must not let their programs in again."""
    if not any(table["name"] == "api_tokens" for table in _objects(connection, "main", "table")):
        return []
    return connection.rows(
        "SELECT CAST(digest AS TEXT) AS digest, CAST(revoked_at AS TEXT) AS revoked_at FROM main.api_tokens "
        "WHERE revoked_at IS NOT NULL"
    )


def _count_on(connection: Connection, numbers: pa.Table) -> None:
    """Ids go on from the higher count: a session's id that a bot still holds must never come to mean another day."""
    connection.execute("DELETE FROM main.sqlite_sequence")
    connection.execute("INSERT INTO main.sqlite_sequence (name, seq) SELECT name, seq FROM backup.sqlite_sequence")
    if numbers.num_rows:
        connection.execute_many(
            "UPDATE main.sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1", numbers.select(["name", "seq"])
        )


def _put_in_place(journal: Path, ready: Path, kept: Path) -> Path | None:
    """A new file where there is none, or only one that nobody can read, which is moved to `kept`."""
    with _opened(ready) as connection:
        _, unfinished = _written(connection, journal)
    with _opened(unfinished) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    kept_something = _holds_something(journal)
    if kept_something:
        _keep(journal, kept)
    for suffix in _SIDE_FILES:
        part = Path(f"{journal}{suffix}")
        if part.exists():  # an old log beside a new file would be taken for its own
            part.rename(f"{kept}{suffix}")
    unfinished.replace(journal)
    return kept if kept_something else None


def _keep(journal: Path, kept: Path) -> None:
    """A second name, not a move: without a file in its place the next program would make an empty journal.

    Not a copy either: to close a file that SQLite has open drops its locks.
    """
    try:
        os.link(journal, kept)
    except OSError:  # a file system without hard links: for a moment nothing is in its place
        journal.rename(kept)


def _kept_path(journal: Path, stamp: str) -> Path:
    """A name beside the journal that is still free."""
    tries = (stamp, *(f"{stamp}-{number}" for number in range(2, 100)))
    paths = [journal.with_name(f"{journal.stem}.before-restore-{word}.db") for word in tries]
    return next(path for path in paths if not path.exists())


def _tidy_up(connection: Connection, journal: Path) -> None:
    """Removes what a killed restore left unfinished.

    A restore writes such files while it holds the journal's write lock: what is there when we hold it is abandoned.
    What cannot be removed now stays until the next time.
    """
    may_remove = os.access(journal.absolute().parent, os.W_OK)
    if not may_remove or not _abandoned(journal) or not _lock(connection):
        return
    try:
        for path in _abandoned(journal):
            path.unlink()
    finally:
        connection.execute("ROLLBACK")


def _lock(connection: Connection) -> bool:
    """Takes the write lock, if it can be had."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except (errors.JournalBusy, errors.ReadOnlyJournal):
        return False
    return True


def _abandoned(journal: Path) -> list[Path]:
    kept = rf"{re.escape(journal.stem)}\.before-restore-\d{{8}}T\d{{6}}Z(-\d+)?\.db"
    name = re.compile(rf"\.({kept}|{re.escape(journal.name)})\.unfinished(-journal|-wal|-shm)?")
    return [path for path in journal.absolute().parent.iterdir() if name.fullmatch(path.name)]


# Small things ---------------------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    connection = Connection(path)
    try:
        yield connection
    finally:
        connection.close()


def _holds_something(path: Path) -> bool:
    """SQLite takes an empty file for a new one."""
    return path.exists() and path.stat().st_size > 0


def _remove(path: Path) -> None:
    if path.exists():
        path.unlink()


def _objects(connection: Connection, schema: str, kind: str) -> list[dict[str, str]]:
    return connection.rows(
        f"SELECT name, sql FROM {schema}.sqlite_master WHERE type = ? AND sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
        (kind,),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _timezone(journal: Path) -> str | None:
    with _opened(journal) as connection:
        return preferences.get(connection, users.FIRST, "timezone")


def _count(connection: Connection, table: str) -> int:
    return int(connection.value(f"SELECT count(*) FROM {table}"))
