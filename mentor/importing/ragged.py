"""Reads delimited text row by row where the fast reader cannot: every row keeps its line, every bad row is named."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mentor.importing.source import Source
from mentor.models import Rejection

#: A quoted cell may hold this many line breaks; a quote open for longer was never closed.
LONGEST_CELL = 100
BATCH = 50_000

Row = tuple[int, list[str] | Rejection]


def read_ragged(
    source: Source, offset: int, skipped: int, delimiter: str, header: Sequence[str], wanted: Sequence[int]
) -> tuple[dict[int, pa.Array], npt.NDArray[np.int64], tuple[Rejection, ...]]:
    """The wanted columns, the line of each row, and the rows that could not be taken apart."""
    chunks: dict[int, list[pa.Array]] = {at: [] for at in wanted}
    lines: list[int] = []
    rejected: list[Rejection] = []
    batch: list[list[str]] = []
    with io.TextIOWrapper(source.open(offset), "utf-8", newline=None) as text:
        for line, row in _rows(text, skipped, delimiter, len(header)):
            if isinstance(row, Rejection):
                rejected.append(row)
                continue
            lines.append(line)
            batch.append(row)
            if len(batch) == BATCH:
                _flush(batch, chunks)
    _flush(batch, chunks)
    cells = {at: pa.concat_arrays([*parts, pa.array([], pa.string())]) for at, parts in chunks.items()}
    return cells, np.array(lines, dtype=np.int64), tuple(rejected)


def _flush(batch: list[list[str]], chunks: dict[int, list[pa.Array]]) -> None:
    for at, parts in chunks.items():
        parts.append(pa.array([row[at] or None for row in batch], pa.string()))
    batch.clear()


def _rows(text: Iterator[str], skipped: int, delimiter: str, width: int) -> Iterator[Row]:
    """Every row that is not blank, with the line it begins on."""
    ahead: list[str] = []
    line = skipped
    while ahead or (ahead := _next(text)):
        line += 1
        first = ahead.pop(0)
        cells, used = _take(first, ahead, text, delimiter, width)
        if cells is None:
            yield line, _open_quote(line, first)
        elif any(cell.strip() for cell in cells):
            yield line, _fitted(cells, width, line)
        del ahead[:used]
        line += used


def _next(text: Iterator[str]) -> list[str]:
    line = next(text, None)
    return [] if line is None else [line]


def _take(
    first: str, ahead: list[str], text: Iterator[str], delimiter: str, width: int
) -> tuple[list[str] | None, int]:
    """The cells of a row and how many further lines it takes; `None` when its quote is never closed."""
    if '"' not in first:
        return first.rstrip("\n").split(delimiter), 0
    record = first
    for used in range(LONGEST_CELL):
        # only a line with a quote in it can close the cell
        cells = _parse(record, delimiter) if used == 0 or '"' in ahead[used - 1] else []
        if cells is None:
            break
        if cells:
            return (cells, used) if used == 0 or len(cells) <= width else (None, 0)
        if len(ahead) == used:
            ahead.extend(_next(text))
        if len(ahead) == used:
            break
        record += ahead[used]
    return None, 0


def _parse(record: str, delimiter: str) -> list[str] | None:
    """The cells of a record; none while a quote is still open; `None` when more lines cannot mend it."""
    try:
        rows = list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return [] if "unexpected end of data" in str(error) else None
    return rows[0] if len(rows) == 1 else None


def _fitted(cells: list[str], width: int, line: int) -> list[str] | Rejection:
    """Exactly `width` cells: missing ones at the end are empty, empty ones too many do not count."""
    if any(cell.strip() for cell in cells[width:]):
        reason = f"has {len(cells)} cells, but the header has {width}"
        return Rejection(line=line, column=None, value=_shown(",".join(cells)), reason=reason)
    return cells[:width] + [""] * (width - len(cells))


def _open_quote(line: int, first: str) -> Rejection:
    reason = "opens a quote that is never closed properly"
    return Rejection(line=line, column=None, value=_shown(first), reason=reason)


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 200 else f"{text[:200]}…"
