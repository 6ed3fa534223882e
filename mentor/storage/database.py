"""The journal file as a pool of connections: snapshots to read, transactions to write, a watcher for change."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mentor import errors
from mentor.messages import message
from mentor.storage.connection import Connection

Identity = tuple[int, int]
#: Refuses what is no journal of ours, before anything is written to it.
Check = Callable[[Connection, Path], None]

#: Seconds to wait for other writers: with many at once SQLite gives turns by chance.
_PATIENCE = 20.0

#: Never the same twice in a process: equal versions mean the same state of the same file.
_generations = itertools.count(1)


class Database:
    """One SQLite file. Threads borrow connections; a connection never serves two threads at once.

    A pool, not one connection a thread: Streamlit runs every session in short-lived threads. One connection,
    the watcher, never writes and stays open, so that no close is the last one (which would checkpoint).
    """

    def __init__(self, path: Path, check: Check) -> None:
        self.path = path
        self._check = check
        self._lock = threading.Lock()
        self._closed = False
        self._idle: list[Connection] = []
        self._watcher = self._watch()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection whose reads all see the journal at one moment."""
        with self._borrowed() as connection:
            connection.execute("BEGIN DEFERRED")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def transaction(self, patience: float | None = None) -> Iterator[Connection]:
        """A connection whose writes all happen or none does; waits for other writers first, by default long."""
        with self._borrowed() as connection:
            connection.begin_writing(_PATIENCE if patience is None else patience)
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def plain(self) -> Iterator[Connection]:
        """A connection outside any transaction, for what SQLite refuses inside one."""
        with self._borrowed() as connection:
            yield connection

    def version(self) -> tuple[int, int]:
        """(generation of the file, `PRAGMA data_version`): differs when anyone changed anything."""
        with self._lock:
            self._follow_the_file()
            return self._watcher.generation, int(self._watcher.value("PRAGMA data_version"))

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._release()

    @contextmanager
    def _borrowed(self) -> Iterator[Connection]:
        """Lend a connection; after an exception it is closed, which rolls back whatever was begun."""
        with self._lock:
            self._follow_the_file()
            idle = self._idle.pop() if self._idle else None
            generation = self._watcher.generation
        connection = idle or Connection(self.path, generation)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._lock:
            if connection.generation == self._watcher.generation and not self._closed:
                self._idle.append(connection)
            else:
                connection.close()

    def _follow_the_file(self) -> None:
        """Reopen when another file took the journal's place: the old connections would write into the void."""
        if self._closed:
            raise errors.JournalError(
                message("This journal is closed"), where=str(self.path), todo=message("Open it again.")
            )
        if _identify(self.path) != self._identity:
            self._release()
            self._watcher = self._watch()

    def _watch(self) -> Connection:
        """A new watcher on the file that stands at the path now."""
        watcher = Connection(self.path, next(_generations))
        try:
            self._check(watcher, self.path)
            self._identity = _identify(self.path)
        except errors.MentorError:
            watcher.close()
            raise
        return watcher

    def _release(self) -> None:
        for connection in [*self._idle, self._watcher]:
            connection.close()
        self._idle.clear()


def _identify(path: Path) -> Identity:
    """What the kernel calls the file; nothing is opened."""
    try:
        status = path.stat()
    except OSError as missing:
        raise errors.JournalError(
            message("The journal file is gone"), where=str(path), todo=message("Put it back or restore a backup.")
        ) from missing
    return status.st_dev, status.st_ino
