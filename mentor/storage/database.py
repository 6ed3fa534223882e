"""The journal file as a pool of connections: snapshots to read, transactions to write, a watcher for change."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mentor import errors
from mentor.storage.connection import Connection

Identity = tuple[int, int]


class Database:
    """One SQLite file. Threads borrow connections; a connection never serves two threads at once.

    A pool, not one connection a thread: Streamlit runs every session in short-lived threads. One connection,
    the watcher, never writes and stays open, so that no close is the last one (which would checkpoint).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._watcher = Connection(path)
        self._identity = self._identify()
        self.generation = 0

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection whose reads all see the journal at one moment."""
        with self._bracketed("BEGIN DEFERRED") as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose writes all happen or none does; waits for other writers first."""
        with self._bracketed("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def plain(self) -> Iterator[Connection]:
        """A connection outside any transaction, for what SQLite refuses inside one."""
        with self._borrowed() as connection:
            yield connection

    def version(self) -> tuple[int, int]:
        """(generation of the file, `PRAGMA data_version`): differs when anyone changed anything."""
        with self._lock:
            self._follow_the_file()
            return self.generation, int(self._watcher.value("PRAGMA data_version"))

    def close(self) -> None:
        with self._lock:
            for connection in [*self._idle, self._watcher]:
                connection.close()
            self._idle.clear()

    @contextmanager
    def _bracketed(self, begin: str) -> Iterator[Connection]:
        with self._borrowed() as connection:
            connection.execute(begin)
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _borrowed(self) -> Iterator[Connection]:
        """Lend a connection; after an exception it is closed, which rolls back whatever was begun."""
        with self._lock:
            self._follow_the_file()
            generation = self.generation
            idle = self._idle.pop() if self._idle else None
        connection = idle or Connection(self.path)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._lock:
            if generation == self.generation:
                self._idle.append(connection)
            else:
                connection.close()

    def _follow_the_file(self) -> None:
        """Reopen when another file took the journal's place: the old connections would write into the void."""
        identity = self._identify()
        if identity == self._identity:
            return
        for connection in [*self._idle, self._watcher]:
            connection.close()
        self._idle.clear()
        self._watcher = Connection(self.path)
        self._identity = identity
        self.generation += 1

    def _identify(self) -> Identity:
        try:
            status = os.stat(self.path)  # noqa: PTH116 - a path's stat is what the kernel says, no file is opened
        except FileNotFoundError as missing:
            raise errors.JournalError(
                "The journal file is gone", where=str(self.path), todo="Put it back or restore a backup."
            ) from missing
        return status.st_dev, status.st_ino
