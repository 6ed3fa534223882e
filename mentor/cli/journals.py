"""Which journal a command is about, and opening it: made when missing, never by mistake."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mentor.cli.output import complain
from mentor.errors import NotFound
from mentor.i18n.language import _, ngettext
from mentor.journal import Journal
from mentor.messages import message
from mentor.settings import database_path


def database(given: argparse.Namespace) -> Path:
    return database_path() if given.database is None else Path(given.database)


def existing(given: argparse.Namespace) -> Path:
    """Where the journal is, for a command that speaks of what is there: a mistyped name makes none."""
    path = database(given)
    if not path.is_dir() and not holds_something(path):
        raise NotFound(
            message("There is no journal at {path}", path=path),
            todo=message("Name another with --database FILE, or make one with `init`."),
        )
    return path


def holds_something(path: Path) -> bool:
    """Whether there is a file with something in it; SQLite makes a journal of an empty one."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


@contextmanager
def opened(path: Path, *, timezone: str | None = None, user_id: int = 1) -> Iterator[Journal]:
    journal = Journal.open(path, timezone=timezone, user_id=user_id)
    try:
        yield journal
    finally:
        journal.close()


@contextmanager
def made_if_missing(given: argparse.Namespace) -> Iterator[Journal]:
    """The journal, created when missing; a mistyped name should not pass unseen."""
    path = database(given)
    existed = holds_something(path)
    with opened(path, user_id=given.user) as journal:
        if not existed:
            complain(created(path, journal))
        yield journal


@contextmanager
def for_planning(given: argparse.Namespace) -> Iterator[Journal]:
    """A journal to plan against: the real one, or a throw-away one where a dry run must not create it."""
    if holds_something(database(given)):
        with made_if_missing(given) as journal:
            yield journal
    else:
        with TemporaryDirectory() as folder, opened(Path(folder) / "empty.db") as journal:
            yield journal


def created(path: Path, journal: Journal) -> str:
    return _("Created the journal {path}; its days are those of {zone}.", path=path, zone=journal.zone.key)


def content(sessions: int, trades: int) -> str:
    """How much a journal holds, as a phrase."""
    return f"{ngettext('{n} session', '{n} sessions', sessions)}, {ngettext('{n} trade', '{n} trades', trades)}"
