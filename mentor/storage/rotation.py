"""Daily copies of a journal in `backups/` beside it: seven days and four weeks are kept, older ones go.

Which copies were made here stands in a small database beside them; its write lock lets one process at a time do it,
and goes with a process that is killed. A file that is not listed there, or was changed since, is never removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from mentor import errors
from mentor.messages import message
from mentor.models import Check
from mentor.storage import backup
from mentor.storage.backup import Copy
from mentor.storage.connection import Connection
from mentor.storage.timestamps import from_text, to_text

DAYS: Final = 7
WEEKS: Final = 4
#: Older than this, the newest copy is said to be missing.
_STALE: Final = timedelta(days=3)
_MADE: Final = "CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, at TEXT, size INTEGER, changed INTEGER)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What was done: the copy made (`None`: today has one, or another process is making it) and those removed."""

    made: Copy | None
    removed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Made:
    """A copy as it was when it was made; equal size and time of change, the same file."""

    path: Path
    at: datetime
    size: int
    changed: int

    @property
    def untouched(self) -> bool:
        try:
            status = self.path.stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size, self.changed)


def folder(journal: Path) -> Path:
    return journal.resolve().parent / "backups"


def rotate(journal: Path, *, now: datetime | None = None) -> Rotation:
    """Make the day's copy unless it is there, then remove those made here that are no longer kept.

    Raises `MentorError` when no copy can be made; then nothing is removed.
    """
    if not journal.is_file() or not journal.stat().st_size:
        raise errors.NotFound(message("There is no journal to copy"), where=str(journal))
    at = now or datetime.now(UTC)
    _make_folder(folder(journal))
    with _ledger(journal) as ledger:
        if ledger is None:
            return Rotation(made=None)
        listed = _listed(ledger, journal)
        made = None
        if not any(copy.at.date() == at.date() for copy in listed):
            made = _copy(ledger, journal, at)
        removed = _remove_old(_listed(ledger, journal))
    return Rotation(made=made, removed=removed)


def check(journal: Path, *, now: datetime | None = None) -> Check:
    """How old the newest copy is; none is needed in a journal's first days."""
    name, now = message("backups"), now or datetime.now(UTC)
    try:
        newest = max((copy.at for copy in _copies(journal)), default=None)
        born = _born(journal)
    except errors.MentorError as refused:
        return Check(name=name, ok=False, words=refused.sentence)
    if newest is not None and newest >= now - _STALE:
        words = message("the last automatic copy is of {day}, in {folder}", day=newest.date(), folder=folder(journal))
        return Check(name=name, ok=True, words=words)
    if newest is None and (born is None or born >= now - _STALE):
        words = message("no automatic copy yet; the running app makes one a day")
        return Check(name=name, ok=True, words=words)
    todo = message("run `backup --rotate`, daily where the app does not run all day")
    if newest is None:
        return Check(name=name, ok=False, words=message("there is no automatic copy; {todo}", todo=todo))
    words = message("the last automatic copy is of {day}; {todo}", day=newest.date(), todo=todo)
    return Check(name=name, ok=False, words=words)


def _born(journal: Path) -> datetime | None:
    connection = Connection(journal)
    try:
        return from_text(connection.value("SELECT CAST(min(created_at) AS TEXT) FROM users"))
    finally:
        connection.close()


def _copies(journal: Path) -> list[_Made]:
    """Those made here, without making anything where there are none."""
    if not _ledger_path(journal).is_file():
        return []
    connection = Connection(_ledger_path(journal))
    try:
        return _listed(connection, journal)
    finally:
        connection.close()


def _copy(ledger: Connection, journal: Path, at: datetime) -> Copy:
    _remove_unfinished(journal)
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = backup.write(journal, folder(journal) / f"{journal.stem}-{stamp}.db")
    status = copy.path.stat()
    ledger.execute(
        "INSERT OR REPLACE INTO made (name, at, size, changed) VALUES (?, ?, ?, ?)",
        (copy.path.name, to_text(at), status.st_size, status.st_mtime_ns),
    )
    return copy


def _remove_old(listed: list[_Made]) -> tuple[Path, ...]:
    kept = _kept(listed)
    old = [copy.path for copy in listed if copy not in kept]
    for path in old:
        path.unlink()
    return tuple(old)


def _kept(listed: list[_Made]) -> set[_Made]:
    """The newest of each of the last days that have one, and of each of the last weeks."""
    newest_first = sorted(listed, key=lambda copy: copy.at, reverse=True)
    days: dict[object, _Made] = {}
    weeks: dict[object, _Made] = {}
    for copy in newest_first:
        days.setdefault(copy.at.date(), copy)
        weeks.setdefault(copy.at.isocalendar()[:2], copy)
    return {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}


def _listed(ledger: Connection, journal: Path) -> list[_Made]:
    """The copies made of this journal that are there as they were made."""
    if not ledger.value("SELECT count(*) FROM sqlite_master WHERE name = 'made'"):
        return []
    rows = ledger.rows("SELECT name, at, size, changed FROM made ORDER BY name")
    made = [
        _Made(folder(journal) / row["name"], at, row["size"], row["changed"])
        for row in rows
        if (at := from_text(row["at"])) is not None
    ]
    return [copy for copy in made if copy.untouched]


@contextmanager
def _ledger(journal: Path) -> Iterator[Connection | None]:
    """What was made, held alone until the end; `None` while another process holds it."""
    connection = Connection(_ledger_path(journal))
    try:
        try:
            connection.begin_writing(0)
        except errors.JournalBusy:
            yield None
            return
        connection.execute(_MADE)
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def _ledger_path(journal: Path) -> Path:
    return folder(journal) / f"{journal.stem}.rotation.db"


def _remove_unfinished(journal: Path) -> None:
    """What a killed rotation of this journal left; nobody else is at it while the ledger is held."""
    name = re.compile(rf"\.{re.escape(journal.stem)}-\d{{8}}T\d{{6}}Z\.db\.unfinished(-journal|-wal|-shm)?")
    for path in folder(journal).iterdir():
        if name.fullmatch(path.name):
            path.unlink()


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as refused:
        raise errors.ReadOnlyJournal(
            message("The folder for backups cannot be made: {why}", why=refused.strerror or refused),
            where=str(path),
            todo=message("Allow writing to the journal's folder."),
        ) from refused
