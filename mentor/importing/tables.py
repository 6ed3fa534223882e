"""What every document offers a format: tables with a header, whose wanted columns are read as Arrow strings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mentor.importing.source import Source
from mentor.importing.table_row import Row
from mentor.messages import message
from mentor.models import Rejection

#: A header row stands among the first rows.
HEADER_WITHIN = 60
SAMPLE_ROWS = 200
BATCH = 50_000

#: Counts the cells of a row that are column names we know.
KnownNames = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of strings (null where empty) by their place, the line of each row, and the rows left out."""

    cells: dict[int, pa.Array]
    lines: npt.NDArray[np.int64]
    rejected: tuple[Rejection, ...]


class Table(Protocol):
    """A table with its header found, whatever kind of document it stands in.

    `title` is the name of its sheet or section, '' for the table of a plain file. `preamble` holds the rows before the
    header, `sample` the first ones behind it.
    """

    @property
    def source(self) -> Source: ...

    @property
    def title(self) -> str: ...

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def sample(self) -> tuple[tuple[str, ...], ...]: ...

    @property
    def preamble(self) -> tuple[Row, ...]: ...

    def read(self, wanted: Sequence[int]) -> Grid:
        """The columns at the places `wanted`, and the line each row begins on."""
        ...


@dataclass(frozen=True, kw_only=True)
class RowTable:
    """A table whose rows are in memory: of a sheet, a page, a section of a statement, a list of records."""

    source: Source
    title: str
    header: tuple[str, ...]
    body: tuple[Row, ...]
    preamble: tuple[Row, ...] = ()

    @cached_property
    def sample(self) -> tuple[tuple[str, ...], ...]:
        """The cells of the first rows."""
        return tuple(row.cells for row in self.body[:SAMPLE_ROWS])

    def read(self, wanted: Sequence[int]) -> Grid:
        """The columns at the places `wanted`, and the line each row begins on."""
        return gridded(self.body, len(self.header), wanted)


def header_table(rows: Sequence[Row], *, source: Source, title: str, known_names: KnownNames) -> RowTable | None:
    """The rows as a table with the most likely header; none when no row has two cells."""
    rows = [row for row in rows if row.text]
    at, _ = header_place([row.cells for row in rows[:HEADER_WITHIN]], known_names)
    if not rows or len(rows[at].trimmed().cells) < 2:
        return None
    return RowTable(
        source=source,
        title=title,
        header=tuple(cell.strip() for cell in rows[at].trimmed().cells),
        body=tuple(rows[at + 1 :]),
        preamble=tuple(rows[:at]),
    )


def stacked(tables: Sequence[RowTable], *, titled: str) -> RowTable:
    """Tables under each other by the names of their columns; the column `titled` says which table a row is from."""
    header = tuple(dict.fromkeys((*(name for table in tables for name in table.header), titled)))
    body = [
        replace(row, cells=tuple(record.get(name, "") for name in header) if not row.fault else row.cells)
        for table in tables
        for row in table.body
        for record in [dict(zip(table.header, row.cells, strict=False)) | {titled: table.title}]
    ]
    return replace(tables[0], title="", header=header, body=tuple(body))


def header_place(rows: Sequence[Sequence[str]], known_names: KnownNames) -> tuple[int, int]:
    """The place of the row with most names we know, else of the first of usual width; and how many it knows."""
    scores = [known_names(row) for row in rows[:HEADER_WITHIN]]
    best = max(scores, default=0)
    if best > 1:
        return scores.index(best), best
    usual = max((len(row) for row in rows[:HEADER_WITHIN]), default=0)
    return next((at for at, row in enumerate(rows) if len(row) == usual), 0), best


def gridded(rows: Iterable[Row], width: int, wanted: Sequence[int]) -> Grid:
    """The wanted columns of rows that may be ragged; those that do not fit are named and left out."""
    chunks: dict[int, list[pa.Array]] = {at: [] for at in wanted}
    lines: list[int] = []
    rejected: list[Rejection] = []
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        good: list[tuple[str, ...]] = []
        for row in batch:
            if reason := _fault(row, width):
                quoted = shown(",".join(row.cells))
                rejected.append(Rejection(line=row.line, column=None, value=quoted, reason=reason))
                continue
            lines.append(row.line)
            good.append(row.cells if len(row.cells) >= width else row.cells + ("",) * (width - len(row.cells)))
        for at, parts in chunks.items():
            parts.append(pa.array([cells[at] or None for cells in good], pa.string()))
    cells = {at: pa.concat_arrays([*parts, pa.array([], pa.string())]) for at, parts in chunks.items()}
    return Grid(cells, np.array(lines, dtype=np.int64), tuple(rejected))


def _fault(row: Row, width: int) -> str:
    """What keeps a row from fitting under a header of `width` names: more cells than that.

    Blank cells at its end are none too many, and a remark beside the table belongs to no column.
    """
    within, beyond = (any(cell.strip() for cell in cells) for cells in (row.cells[:width], row.cells[width:]))
    if within and beyond:
        return _too_wide(len(row.cells), width)
    return row.fault


@cache
def _too_wide(cells: int, width: int) -> str:
    """Made once, however many rows have this fault."""
    return message("has {cells} cells, but the header has {width}", cells=cells, width=width)


def shown(text: str) -> str:
    """A row as a rejection quotes it."""
    text = text.strip()
    return text if len(text) <= 200 else f"{text[:200]}…"
