"""Refused rows in the file's own layout with the reasons behind them, to be mended and imported again."""

from __future__ import annotations

import codecs
import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from mentor.errors import InvalidArgument
from mentor.importing.columns import known_names
from mentor.importing.delimited import DELIMITERS, Delimited
from mentor.importing.formats.base import Document
from mentor.importing.formulas import defused, restored
from mentor.importing.ragged import ragged_rows
from mentor.importing.source import Source, readable_name
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable
from mentor.messages import message
from mentor.models import Rejection

#: The two columns that are added, and that reading leaves out again in whatever language they were written.
ADDED = (message("refused column"), message("reason"))
ADDED_NAMES = (ADDED, ("kolom yang ditolak", "alasan"))
#: Before the name of the file they are from, which may say what was traded.
PREFIX = "refused-"
#: A row with so many names we know begins a section of its own.
SECTION_NAMES = 3

Faults = Mapping[int, Sequence[Rejection]]
Say = Callable[[str], str]


def refused_csv(document: Document, rejected: Iterable[Rejection], say: Say = str) -> bytes:
    """The refused rows of a document: original lines under their header where it is delimited text, else its cells;
    what a spreadsheet would run behind an apostrophe, which reading takes away.

    `say` puts our words into the language of whoever reads them.
    """
    faults: dict[int, list[Rejection]] = defaultdict(list)
    for rejection in rejected:
        for line in (rejection.line, *rejection.beside):
            if line is not None:
                faults[line].append(rejection)
    lines = _of_text(document, faults, say) if isinstance(document, Delimited) else _of_tables(document, faults, say)
    text = "".join(lines)
    # spreadsheets take other text without a mark for their own code page
    return (b"" if text.isascii() else codecs.BOM_UTF8) + text.encode("utf-8")


def refused_name(file_name: str) -> str:
    """What the file with the refused rows is called."""
    return f"{PREFIX}{Path(readable_name(file_name)).stem}.csv"


def save_refused(target: Path, content: bytes) -> None:
    """Write them to a new file: one that is there may hold what somebody mended."""
    try:
        with target.open("xb") as file:
            file.write(content)
    except OSError as error:
        what = message("The refused rows cannot be written: {error}", error=error.strerror)
        raise InvalidArgument(what, where=str(target), todo=message("Name a new file.")) from error


def without_reasons(source: Source) -> Source:
    """The text without the two columns that `refused_csv` added, under the name before; line numbers stay."""
    found = None if source.zipped or source.compound else _added_behind(source.head())
    if found is None:
        return source
    delimiter, widest = found
    text, line, width = io.StringIO(), 1, widest
    for row in ragged_rows(source, delimiter=delimiter, width=widest):
        if _folded(row.trimmed().cells[-2:]) in ADDED_NAMES:
            width = len(row.trimmed().cells) - len(ADDED)
        # a row that is too long still is: cut to fit, it would be read with its cells in the wrong places
        fits = len(row.trimmed().cells) <= width + len(ADDED)
        cells = row.cells[:width] if fits else row.cells
        text.write("\n" * (row.line - line))
        cells = tuple(map(restored, cells))
        text.write(cells[0] + "\n" if row.fault else _written(cells, delimiter, "\n"))
        line = row.line + _height(row)
    return replace(source, name=source.name.removeprefix(PREFIX), place=text.getvalue().encode("utf-8"), start=0)


def _added_behind(head: str) -> tuple[str, int] | None:
    """The delimiter and the width of a header row that ends in our two columns."""
    names = [column for column, _ in ADDED_NAMES]
    for line in (line for line in head.splitlines() if any(name in line.casefold() for name in names)):
        for delimiter in DELIMITERS:
            cells = next(csv.reader([line], delimiter=delimiter))
            if _folded(Row(cells=tuple(cells), line=1).trimmed().cells[-2:]) in ADDED_NAMES:
                return delimiter, len(cells)
    return None


def _folded(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip().casefold() for cell in cells)


# Delimited text -------------------------------------------------------------------------------------------------


def _of_text(file: Delimited, faults: Faults, say: Say) -> Iterator[str]:
    """What stands above the header, the header, and every refused record under the header of its section."""
    width, ending, added = len(file.header), "\n", tuple(map(say, ADDED))
    section: list[str] = []
    title = ""
    for row, raw in _records(file):
        ending = raw[len(raw.rstrip("\r\n")) :] or ending
        last = row.line + _height(row) - 1
        if last < file.skipped:
            yield _safe(row, raw, file.delimiter, ending)
        elif last == file.skipped or (row.line not in faults and _begins_section(row)):
            width = len(row.cells)
            header = _lengthened(row, raw, width, file.delimiter, added, ending)
            section = [header] if last == file.skipped else [title, header]
        elif row.line in faults:
            yield from section
            section = []
            yield _lengthened(row, raw, width, file.delimiter, _why(faults[row.line], say), ending)
        title = _safe(row, raw, file.delimiter, ending) if len(row.trimmed().cells) == 1 else ""


def _harmless(row: Row) -> bool:
    return all(defused(cell) == cell for cell in row.cells)


def _safe(row: Row, raw: str, delimiter: str, ending: str) -> str:
    """A record as it stands in the file, where nothing of it is a formula."""
    return raw if _harmless(row) else _written(map(defused, row.cells), delimiter, ending)


def _begins_section(row: Row) -> bool:
    """A header row: names we know, and no number as every row of trades has."""
    numbers = any(cell.strip()[:1].isdigit() for cell in row.cells)
    return not numbers and known_names(row.cells) >= SECTION_NAMES


def _records(file: Delimited) -> Iterator[tuple[Row, str]]:
    """Every record that is not blank, taken apart and as it stands in the file."""
    at = 1
    with io.TextIOWrapper(file.source.open(), "utf-8", newline="") as text:
        for row in ragged_rows(file.source, delimiter=file.delimiter, width=len(file.header)):
            blank = row.line - at
            lines = list(islice(text, blank, blank + _height(row)))
            yield row, "".join(lines)
            at = row.line + _height(row)


def _height(row: Row) -> int:
    """How many lines a record takes."""
    return 1 + sum(cell.count("\n") for cell in row.cells)


def _lengthened(row: Row, raw: str, width: int, delimiter: str, added: Sequence[str], ending: str) -> str:
    """A record as it stands in the file, filled up to `width` cells, and the added ones behind it."""
    record, cells = raw.rstrip("\r\n"), row.cells
    wrapped = len(cells) > 1 and len(next(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter))) == 1
    too_wide = len(cells) > width and not any(cell.strip() for cell in cells[width:])
    if row.fault:
        record = defused(record)
    elif wrapped or too_wide or not _harmless(row):
        cells = cells[:width] if too_wide else cells
        record = _written(map(defused, cells), delimiter, "")
    missing = 0 if row.fault else width - len(cells)
    return record + delimiter * (max(missing, 0) + 1) + _written(added, delimiter, ending)


# Pages, sheets and records --------------------------------------------------------------------------------------


def _of_tables(document: Document, faults: Faults, say: Say) -> Iterator[str]:
    """The cells of refused rows under the header of their table, where one is known."""
    left = dict(faults)
    for table in (table for table in document.tables if isinstance(table, RowTable)):
        rows = [row for row in table.body if row.line in left]
        if rows:
            width = len(table.header)
            yield _written((*map(defused, table.header), *map(say, ADDED)), ",", "\r\n")
            for row in rows:
                yield _written((*_filled(row, width), *_why(left.pop(row.line), say)), ",", "\r\n")
    rest = [row for row in document.rows if row.line in left]
    width = max((len(row.cells) for row in rest), default=0)
    for row in rest:
        yield _written((*_filled(row, width), *_why(left[row.line], say)), ",", "\r\n")


def _filled(row: Row, width: int) -> tuple[str, ...]:
    return tuple(map(defused, row.cells)) + ("",) * (width - len(row.cells))


def _why(rejections: Iterable[Rejection], say: Say) -> tuple[str, str]:
    """The columns and reasons of one row."""
    rejections = list(dict.fromkeys(rejections))
    columns = "; ".join(dict.fromkeys(rejection.column or "" for rejection in rejections))
    reasons = "; ".join(dict.fromkeys(say(rejection.reason) for rejection in rejections))
    return defused(" ".join(columns.split())), defused(" ".join(reasons.split()))


def _written(cells: Iterable[str], delimiter: str, ending: str) -> str:
    text = io.StringIO(newline="")
    # the writer puts line breaks of cells in quotes only where they are its own
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + ending
