"""Takes delimited text apart row by row where the fast reader cannot: every row keeps its line, bad ones are marked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from mentor.importing.source import Source
from mentor.importing.table_row import Row
from mentor.messages import message

#: A quoted cell may hold this many line breaks; a quote open for longer was never closed.
LONGEST_CELL = 100
OPEN_QUOTE = message("opens a quote that is never closed properly")
BLANKS_BEHIND_QUOTE = re.compile(r'"[ \t]+\n?\Z')
#: `"Individual" X123,`: plain words behind a cell that was closed belong to it.
WORDS_BEHIND_QUOTE = re.compile(r'(?<![^,;\t])"([^"\n]*)"( [^",;\t\n]*)(?=[,;\t\n]|\Z)')


def ragged_rows(source: Source, *, delimiter: str, width: int, offset: int = 0, skipped: int = 0) -> Iterator[Row]:
    """Every row that is not blank, with the line it begins on; `width` is how many cells the header has."""
    with io.TextIOWrapper(source.open(offset), "utf-8", newline=None) as text:
        yield from _rows(text, skipped, delimiter, width)


def unwrapped(cells: list[str], delimiter: str, width: int) -> list[str]:
    """The cells of a record that is quoted as a whole, as if it were one cell; any other as it is."""
    if len(cells) != 1 or delimiter not in cells[0]:
        return cells
    inner = _parse(cells[0], delimiter) or cells
    return inner if len(inner) >= width else cells


def _rows(text: Iterator[str], skipped: int, delimiter: str, width: int) -> Iterator[Row]:
    ahead: list[str] = []
    line = skipped
    while ahead or (ahead := _next(text)):
        line += 1
        first = ahead.pop(0)
        cells, used = _take(first, ahead, text, delimiter, width)
        if cells is None:
            yield Row(cells=(first.strip(),), line=line, fault=OPEN_QUOTE)
        elif any(map(str.strip, cells)):
            yield Row(cells=tuple(cells if len(cells) > 1 else unwrapped(cells, delimiter, width)), line=line)
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
    record = BLANKS_BEHIND_QUOTE.sub('"', record)
    try:
        rows = list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return []
        mended = WORDS_BEHIND_QUOTE.sub(r'"\1\2"', record)
        return _parse(mended, delimiter) if mended != record else None
    return rows[0] if len(rows) == 1 else None
