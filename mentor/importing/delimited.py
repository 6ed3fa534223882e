"""Delimited text: finds the delimiter and the header row, then reads the wanted columns as Arrow strings.

The fast reader handles what is regular. As soon as rows and lines do not agree (blank lines, line breaks in quotes,
rows too short or too long, a quote that is never closed) `ragged` reads row by row, so that every line number is exact.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as arrow_csv

from mentor.importing.ragged import read_ragged
from mentor.importing.source import Source
from mentor.models import Rejection

DELIMITERS = (",", ";", "\t", "|")
#: A header row stands among the first rows.
HEADER_WITHIN = 60
SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """A delimited file with its header found: `offset` bytes and `skipped` lines stand before the first row."""

    source: Source
    delimiter: str
    header: tuple[str, ...]
    offset: int
    skipped: int
    sample: tuple[tuple[str, ...], ...]

    def read(self, wanted: Sequence[int]) -> Grid:
        """The columns at the places `wanted`, and the line each row begins on."""
        grid = self._read_regular(wanted)
        if grid is None:
            grid = Grid(*read_ragged(self.source, self.offset, self.skipped, self.delimiter, self.header, wanted))
        pa.default_memory_pool().release_unused()  # the reader's blocks: as much again as the columns
        return grid

    def _read_regular(self, wanted: Sequence[int]) -> Grid | None:
        lines, tidy = _count_lines(self.source, self.offset)
        if not tidy:
            return None
        try:
            table = _read_arrow(self, wanted) if lines else None
        except pa.ArrowInvalid:
            return None  # rows of different widths, a quote left open: the tolerant reader names the lines
        if table is None:
            return Grid({at: pa.array([], pa.string()) for at in wanted}, np.zeros(0, dtype=np.int64), ())
        if table.num_rows != lines:
            return None
        cells = {at: _one_array(table[str(at)]) for at in wanted}
        return Grid(cells, np.arange(lines, dtype=np.int64) + self.skipped + 1, ())


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of strings (null where empty) by their place, the line of each row, and the rows left out."""

    cells: dict[int, pa.Array]
    lines: npt.NDArray[np.int64]
    rejected: tuple[Rejection, ...]


def open_delimited(source: Source, known_names: Callable[[Sequence[str]], int]) -> Delimited:
    """Find delimiter and header: the row with most names that `known_names` counts, else the first of usual width."""
    text = _whole_lines(source.head())
    best = max((_candidate(text, delimiter, known_names) for delimiter in DELIMITERS), key=lambda c: c.rank)
    rows = best.rows
    last_line = best.ends[best.at]
    head = "".join(_lines(text)[:last_line])
    return Delimited(
        source=source,
        delimiter=best.delimiter,
        header=tuple(cell.strip() for cell in rows[best.at]),
        offset=len(head.encode("utf-8")),
        skipped=last_line,
        sample=tuple(tuple(row) for row in rows[best.at + 1 : best.at + 1 + SAMPLE_ROWS]),
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: tuple[int, int, int]
    delimiter: str
    rows: list[list[str]]
    ends: list[int]
    at: int


def _candidate(text: str, delimiter: str, known_names: Callable[[Sequence[str]], int]) -> _Candidate:
    reader = csv.reader(_lines(text), delimiter=delimiter)
    rows, ends = [], []
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append(row)
            ends.append(reader.line_num)
        if len(rows) > HEADER_WITHIN + SAMPLE_ROWS:
            break
    scores = [known_names(row) for row in rows[:HEADER_WITHIN]]
    usual = max((len(row) for row in rows[:HEADER_WITHIN]), default=0)
    at = int(np.argmax(scores)) if max(scores) > 1 else _first_of_width(rows, usual)
    return _Candidate((max(scores), len(rows[at]), -DELIMITERS.index(delimiter)), delimiter, rows, ends, at)


def _first_of_width(rows: list[list[str]], width: int) -> int:
    return next((at for at, row in enumerate(rows) if len(row) == width), 0)


def _lines(text: str) -> list[str]:
    """Lines as editors count them; `str.splitlines` also breaks at form feeds and other separators."""
    return list(io.StringIO(text, newline=""))


def _whole_lines(head: str) -> str:
    """Without a last line that may be cut off, unless it is the only one."""
    if len(head) < 60_000 or "\n" not in head:
        return head
    return head[: head.rindex("\n") + 1]


def _read_arrow(file: Delimited, wanted: Sequence[int]) -> pa.Table:
    names = [str(at) for at in range(len(file.header))]
    chosen = [str(at) for at in wanted]
    with file.source.open(file.offset) as stream:
        return arrow_csv.read_csv(
            stream,
            read_options=arrow_csv.ReadOptions(column_names=names),
            parse_options=arrow_csv.ParseOptions(delimiter=file.delimiter),
            convert_options=arrow_csv.ConvertOptions(
                include_columns=chosen,
                column_types=dict.fromkeys(chosen, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], pa.string())


def _count_lines(source: Source, offset: int) -> tuple[int, bool]:
    """Lines up to the last one with text, and whether all end in the same way."""
    newlines = returns = pairs = trailing = 0
    blank, last = True, b""
    for chunk in source.chunks(offset):
        newlines += chunk.count(b"\n")
        returns += chunk.count(b"\r")
        pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
        text = chunk.rstrip(b"\r\n")
        tail = chunk.count(b"\n", len(text))
        blank, trailing = (False, tail) if text else (blank, trailing + tail)
        last = chunk[-1:]
    return 0 if blank else newlines - trailing + 1, returns == 0 or returns == pairs == newlines
