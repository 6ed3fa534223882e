"""The day's copy of the journal, made by the running server in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mentor.errors import MentorError
from mentor.journal import Journal

#: Seconds after the start until the first look, so that nobody waits for it, and between two of them.
_FIRST: Final = 60.0
_BETWEEN: Final = 3600.0
_log: Final = logging.getLogger("mentor.daily")
_problems: dict[Path, MentorError] = {}


@contextmanager
def copies(path: Path, *, first: float = _FIRST, between: float = _BETWEEN) -> Iterator[None]:
    """Look every hour whether the day's copy of the journal at `path` is there, and make it."""
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(path, stop, first, between), name="daily copies", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()


def problem(path: Path) -> MentorError | None:
    """Why the last attempt failed; `None` after one that did not."""
    return _problems.get(path)


def look(path: Path) -> None:
    """Make the day's copy if it is due; a failure is logged and kept to be shown."""
    if not path.is_file():
        return  # the first visitor makes the journal
    try:
        done = Journal.rotate(path)
    except MentorError as refused:
        _problems[path] = refused
        _log.error("no automatic copy: %s", refused)
        return
    _problems.pop(path, None)
    if done.made is not None:
        _log.info("automatic copy made: %s", done.made.path.name)


def _run(path: Path, stop: threading.Event, first: float, between: float) -> None:
    pause = first
    while not stop.wait(pause):
        look(path)
        pause = between
