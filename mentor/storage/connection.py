"""One SQLite connection through ADBC: statements in, Arrow tables out, SQLite's refusals as our errors."""

from __future__ import annotations

import time as timer
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import adbc_driver_manager.dbapi as adbc
import adbc_driver_sqlite.dbapi as adbc_sqlite
import pyarrow as pa

from mentor import errors
from mentor.messages import message

#: A result column gets its type from the first batch; one batch as large as any result makes that all rows.
_ROWS_PER_BATCH = str(2**30)

#: Milliseconds SQLite waits by itself where we do not ask again.
_BUSY_TIMEOUT = 10_000
#: The same while we do: it then looks six times in that while, later on only ten times a second, and who looks rarely
#: among many writers may never find the journal free.
_LOOK = 50

_SETUP = (
    f"PRAGMA busy_timeout = {_BUSY_TIMEOUT}",
    "PRAGMA foreign_keys = ON",
    # FULL: an acknowledged trade survives a power cut, not only a killed process.
    "PRAGMA synchronous = FULL",
)

#: What SQLite says → our error and the advice that goes with it.
_REFUSALS: tuple[tuple[str, type[errors.JournalError], str, str], ...] = (
    (
        "database is locked",
        errors.JournalBusy,
        message("Another program keeps the journal locked"),
        message("Close it or try again."),
    ),
    (
        "database table is locked",
        errors.JournalBusy,
        message("Another program keeps the journal locked"),
        message("Close it or try again."),
    ),
    (
        "readonly database",
        errors.ReadOnlyJournal,
        message("The journal cannot be written"),
        message("Allow writing to the file and its folder."),
    ),
    (
        "failed to open",
        errors.ReadOnlyJournal,
        message("The journal cannot be opened or created here"),
        message("Check that the folder exists and can be written."),
    ),
    (
        "unable to open database file",
        errors.ReadOnlyJournal,
        message("The journal cannot be opened or created here"),
        message("Check that the folder exists and can be written."),
    ),
    (
        "file is not a database",
        errors.NotAJournal,
        message("This file is not a Mentor journal; it was left as it is"),
        message("Choose another file."),
    ),
    (
        "malformed",
        errors.DamagedJournal,
        message("The journal file is damaged; it was left as it is"),
        message("Restore a backup."),
    ),
    (
        "disk is full",
        errors.JournalError,
        message("The disk is full; nothing was stored"),
        message("Free some space and try again."),
    ),
    (
        "disk I/O error",
        errors.JournalError,
        message("The disk refused to read or write; nothing was stored"),
        message("Check the disk."),
    ),
)

Parameters = Sequence[str | int | float | None]


class Connection:
    """A private connection in autocommit mode; used by one thread at a time.

    `generation` tells which of the files that stood at the path it belongs to.
    """

    def __init__(self, path: Path, generation: int = 0) -> None:
        self.generation = generation
        self._where = str(path.absolute())  # else SQLite takes names such as `:memory:` for something else
        with self._translated():
            self._adbc = adbc_sqlite.connect(self._where, autocommit=True)
        try:
            for statement in _SETUP:
                self.execute(statement)
        except errors.MentorError:
            self.close()
            raise

    def execute(self, sql: str, parameters: Parameters = ()) -> None:
        """Run one statement (`?` placeholders) whose result does not matter."""
        with self._translated(), self._adbc.cursor() as cursor:
            cursor.execute(sql, tuple(parameters) or None)

    def begin_writing(self, patience: float) -> None:
        """Begin a transaction that may write; waits up to `patience` seconds for other writers."""
        deadline = timer.monotonic() + patience
        self.execute(f"PRAGMA busy_timeout = {_LOOK}")
        while True:
            try:
                self.execute("BEGIN IMMEDIATE")
                break
            except errors.JournalBusy:
                if timer.monotonic() >= deadline:
                    raise
        self.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT}")

    def table(self, sql: str, parameters: Parameters = ()) -> pa.Table:
        """The result as one Arrow table. CAST what other programs may have filled with another type."""
        with self._translated(), self._adbc.cursor() as cursor:
            cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": _ROWS_PER_BATCH})
            cursor.execute(sql, tuple(parameters) or None)
            return _readable(cursor.fetch_arrow_table())

    def rows(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """The result as dictionaries, for small results."""
        rows: list[dict[str, Any]] = self.table(sql, parameters).to_pylist()
        return rows

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, `None` without one."""
        rows = self.rows(sql, parameters)
        return next(iter(rows[0].values())) if rows else None

    def execute_many(self, sql: str, table: pa.Table) -> None:
        """Run one statement for every row of `table`, its columns bound to the `?` in order."""
        with self._translated(), self._adbc.cursor() as cursor:
            cursor.executemany(sql, table)

    def close(self) -> None:
        self._adbc.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except adbc.Error as refusal:
            raise _translate(refusal, self._where) from refusal


def _readable(table: pa.Table) -> pa.Table:
    """Other programs store bytes of other encodings in text columns: such letters become U+FFFD, nothing fails."""
    for position, column in enumerate(table.columns):
        if not pa.types.is_string(column.type):
            continue
        try:
            column.validate(full=True)
        except pa.ArrowInvalid:
            mended = [
                None if value is None else value.decode(errors="replace")
                for value in column.cast(pa.binary()).to_pylist()
            ]
            table = table.set_column(
                position, table.field(position).name, pa.chunked_array([pa.array(mended, pa.string())])
            )
    return table


def _translate(refusal: adbc.Error, where: str) -> errors.MentorError:
    said = str(refusal)
    for words, error, what, todo in _REFUSALS:
        if words in said:
            return error(what, where=where, todo=todo)
    return errors.JournalError(message("SQLite refused the request: {said}", said=said), where=where)
