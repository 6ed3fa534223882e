"""Delimited text: finds the delimiter and the header row, then reads the wanted columns as Arrow strings.

The fast reader handles what is regular. As soon as rows and lines do not agree (blank lines, line breaks in quotes,
rows too short or too long, a quote that is never closed) `ragged` reads row by row, so that every line number is exact.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from mentor.importing.ragged import ragged_rows, unwrapped
from mentor.importing.source import Source
from mentor.importing.table_row import Row
from mentor.importing.tables import HEADER_WITHIN, SAMPLE_ROWS, Grid, KnownNames, gridded, header_place

DELIMITERS = (",", ";", "\t", "|")
#: The first line by which Excel is told the delimiter.
STATED = re.compile(r"\s*\"?sep=([^\w\s\"]|\t)\"?\s*$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Delimited:
    """A delimited file with its header found: `offset` bytes and `skipped` lines stand before the first row."""

    source: Source
    delimiter: str
    header: tuple[str, ...]
    offset: int
    skipped: int
    sample: tuple[tuple[str, ...], ...]
    preamble: tuple[Row, ...] = ()
    title: str = ""

    @property
    def tables(self) -> tuple[Delimited, ...]:
        """The file as its only table."""
        return (self,)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows of the file that are not blank, for statements in sections; a large file takes its time."""
        rows = ragged_rows(self.source, delimiter=self.delimiter, width=self._widest)
        return tuple(replace(row, cells=tuple(cell.strip() for cell in row.cells)) for row in rows)

    @property
    def _widest(self) -> int:
        return max(map(len, (self.header, *self.sample, *(row.cells for row in self.preamble))))

    def read(self, wanted: Sequence[int]) -> Grid:
        """The columns at the places `wanted`, and the line each row begins on."""
        grid = self._read_regular(wanted)
        if grid is None:
            grid = gridded(self._behind_header(), len(self.header), wanted)
        pa.default_memory_pool().release_unused()  # the reader's blocks: as much again as the columns
        return grid

    def _behind_header(self) -> Iterator[Row]:
        width, offset, skipped = len(self.header), self.offset, self.skipped
        return ragged_rows(self.source, delimiter=self.delimiter, width=width, offset=offset, skipped=skipped)

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


def open_delimited(source: Source, known_names: KnownNames) -> Delimited:
    """Find delimiter and header: the row with most names that `known_names` counts, else the first of usual width."""
    text = _whole_lines(source.head())
    stated = STATED.match(text.partition("\n")[0])
    delimiters = (stated[1],) if stated else DELIMITERS
    # of equals, `max` takes the first
    best = max((_candidate(text, delimiter, known_names) for delimiter in delimiters), key=lambda c: c.rank)
    last_line = best.ends[best.at]
    head = "".join(_lines(text)[:last_line])
    return Delimited(
        source=source,
        delimiter=best.delimiter,
        header=tuple(cell.strip() for cell in best.rows[best.at].cells),
        offset=len(head.encode("utf-8")),
        skipped=last_line,
        sample=tuple(row.cells for row in best.rows[best.at + 1 : best.at + 1 + SAMPLE_ROWS]),
        preamble=tuple(best.rows[: best.at]),
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: tuple[int, int]
    delimiter: str
    rows: list[Row]
    ends: list[int]
    at: int


def _candidate(text: str, delimiter: str, known_names: KnownNames) -> _Candidate:
    reader = csv.reader(_lines(text), delimiter=delimiter)
    rows: list[Row] = []
    ends: list[int] = []
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells) and not STATED.match(delimiter.join(cells)):
            rows.append(Row(cells=tuple(unwrapped(cells, delimiter, 2)), line=line))
            ends.append(reader.line_num)
        if len(rows) > HEADER_WITHIN + SAMPLE_ROWS:
            break
        line = reader.line_num + 1
    at, known = header_place([row.cells for row in rows], known_names)
    return _Candidate((known, len(rows[at].cells)), delimiter, rows, ends, at)


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
