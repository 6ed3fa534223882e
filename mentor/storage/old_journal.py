"""SQL that reads the journal of the system this one replaces, from a copy: the file is neither locked nor changed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from mentor import errors
from mentor.messages import message
from mentor.storage.connection import Connection

#: How a SQLite file begins.
MAGIC = b"SQLite format 3\x00"
#: What belongs to a database beside its file: changes not yet in it, or about to be taken back.
_COMPANIONS = ("-wal", "-journal")
#: How often to copy anew while another program writes.
_ATTEMPTS = 5


def is_database(source: Path | tuple[str, bytes]) -> bool:
    """Whether the source begins as SQLite files do."""
    if isinstance(source, tuple):
        return source[1].startswith(MAGIC)
    try:
        with source.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False  # whoever reads it says what is wrong


def has_a_log(content: bytes) -> bool:
    """Whether a database keeps its newest rows in a second file (byte 18 of the header: 2 is write-ahead logging)."""
    return content[18:19] == b"\x02"


def read(
    source: Path | tuple[str, bytes], tables: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[str]], dict[str, pd.DataFrame]]:
    """The columns of every table, and the rows of those of `tables` that are there: cells as text, NULL missing."""
    name = source[0] if isinstance(source, tuple) else source.name
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        _copy(source, copy, name)
        try:
            with closing(Connection(copy)) as connection:
                columns = _columns(connection)
                found = {name.lower(): name for name in columns}
                rows = {
                    table: _rows(connection, found[table], wanted) for table, wanted in tables.items() if table in found
                }
        except errors.JournalError as refusal:
            raise errors.ImportRefused(message("It is a database that cannot be read"), where=name) from refusal
    return columns, rows


def _copy(source: Path | tuple[str, bytes], copy: Path, name: str) -> None:
    """A copy of one moment: taken again when the file changed meanwhile."""
    if isinstance(source, tuple):
        copy.write_bytes(source[1])
        return
    source = source.resolve()  # what lies beside the file lies beside its own name, not beside a link's
    for _ in range(_ATTEMPTS):
        before = _state(source)
        for suffix in ("", *_COMPANIONS):
            part = source.with_name(source.name + suffix)
            if part.exists():
                shutil.copyfile(part, copy.with_name(copy.name + suffix))
        if _state(source) == before:
            return
    raise errors.ImportRefused(
        message("Another program keeps writing to it"), where=name, todo=message("Stop it for a moment, try again.")
    )


def _state(source: Path) -> list[tuple[int, int] | None]:
    parts = [source.with_name(source.name + suffix) for suffix in ("", *_COMPANIONS)]
    return [(part.stat().st_mtime_ns, part.stat().st_size) if part.exists() else None for part in parts]


def _columns(connection: Connection) -> dict[str, list[str]]:
    rows = connection.rows(
        "SELECT m.name AS tbl, p.name AS col FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p "
        "WHERE m.type = 'table' ORDER BY m.name, p.cid"
    )
    columns: dict[str, list[str]] = {}
    for row in rows:
        columns.setdefault(row["tbl"], []).append(row["col"])
    return columns


def _rows(connection: Connection, table: str, columns: Sequence[str]) -> pd.DataFrame:
    cells = ", ".join(f'CAST("{column}" AS TEXT) AS "{column}"' for column in columns)
    frame: pd.DataFrame = connection.table(f'SELECT {cells} FROM "{table}" ORDER BY rowid').to_pandas()
    return frame.astype(dict.fromkeys(columns, "str"))
