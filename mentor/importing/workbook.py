"""The sheets of an Excel workbook as rows of text; refused when it is damaged, or unpacks to more than we take."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import IO, Any, BinaryIO, cast

from mentor.errors import ImportRefused
from mentor.importing.archive import Archive
from mentor.importing.source import Source
from mentor.importing.table_row import Row
from mentor.importing.tables import KnownNames, RowTable, header_table
from mentor.messages import message

#: A sheet of a million rows unpacks to less; `zipfile` never unpacks more of a part than it states.
LARGEST_UNPACKED = 512 << 20
#: As many rows as a sheet may have, and more columns and sheets than any report: gaps in a sheet cost no bytes.
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 1 << 20, 256, 100
#: Lines, cells and characters of all sheets: one text may stand in a million cells, and a gap costs no bytes.
MOST_LINES, MOST_CELLS, MOST_CHARACTERS = 1 << 21, 1 << 25, 256 << 20
#: Excel's own limit: a longer one is of no spreadsheet, and stands in a million cells at no cost.
LONGEST_CELL = 32_767
#: What is no sheet and no text (styles, names, links) is read whole.
LARGEST_PART = 4 << 20
#: A workbook has none; what it declares could unfold to any length.
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
CONTENTS, SHEETS = "xl/workbook.xml", "xl/worksheets/sheet"
#: What only workbooks of other kinds hold: Excel's binary ones, and those of LibreOffice.
OTHER_CONTENTS = frozenset(("xl/workbook.bin", "content.xml"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, and its rows that hold anything."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    """An Excel workbook, of today (XLSX) or before 2007 (XLS); read on first use."""

    source: Source
    known_names: KnownNames

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets, one at least; raises `ImportRefused` for a workbook that is damaged."""
        read = _xlsx_sheets if self.source.zipped else _xls_sheets
        with self.source.open() as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that mean nothing for the text
            try:
                return tuple(_held(read(stream)))
            except _TooMuch as error:
                what, todo = message("The workbook holds too much"), message("Save the sheet with the trades as CSV.")
                raise ImportRefused(what, where=self.source.name, todo=todo) from error
            except Exception as error:  # the readers and the archive raise whatever a broken part leads to
                todo = message("Save it again as XLSX, without a password.")
                raise ImportRefused(message("The workbook is damaged"), where=self.source.name, todo=todo) from error

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the first sheet."""
        return self.sheets[0].rows

    @cached_property
    def tables(self) -> tuple[RowTable, ...]:
        """The table of each sheet that has one."""
        found = (
            header_table(sheet.rows, source=self.source, title=sheet.name, known_names=self.known_names)
            for sheet in self.sheets
        )
        return tuple(table for table in found if table)


def open_workbook(source: Source, known_names: KnownNames) -> Workbook:
    """Look into a zip without unpacking it; raises `ImportRefused` when it is no workbook, or one that is too large."""
    if not source.zipped:
        return Workbook(source, known_names)
    try:
        with source.open() as stream, Archive(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        what, todo = message("The archive is damaged"), message("Save it again.")
        raise ImportRefused(what, where=source.name, todo=todo) from error
    names = {part.filename for part in parts}
    if CONTENTS not in names:
        what, todo = message("It is a zip archive"), message("Unpack it first.")
        if names & OTHER_CONTENTS:
            what = message("It is a workbook of another kind than XLSX")
            todo = message("Save it as XLSX, or the sheet as CSV.")
        raise ImportRefused(what, where=source.name, todo=todo)
    if sum(name.startswith(SHEETS) for name in names) > MOST_SHEETS:
        what = message("The workbook has more than {most} sheets", most=MOST_SHEETS)
        raise ImportRefused(what, where=source.name, todo=message("Save the sheet with the trades alone."))
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        what = message("The workbook unpacks to more than {most} MB", most=LARGEST_UNPACKED >> 20)
        raise ImportRefused(what, where=source.name, todo=message("Save it as CSV."))
    return Workbook(source, known_names)


class _TooMuch(Exception):
    """More cells or characters than any list of trades."""


def _held(sheets: Iterable[tuple[str, Iterator[Row]]]) -> Iterator[Sheet]:
    """The sheets, as long as they hold no more than we take."""
    cells = characters = 0
    for name, rows in sheets:
        held = []
        for row in rows:
            cells, characters = cells + len(row.cells), characters + sum(map(len, row.cells))
            if cells > MOST_CELLS or characters > MOST_CHARACTERS:
                raise _TooMuch
            held.append(row)
        yield Sheet(name, tuple(held))


class _Parts(Archive):
    """The parts of a workbook, as its reader asks for them."""

    def open(self, name: Any, mode: Any = "r", *args: Any, **how: Any) -> IO[bytes]:
        return cast(IO[bytes], _NoDoctype(super().open(name, mode, *args, **how)))

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        if self.getinfo(name).file_size > LARGEST_PART:
            raise _TooMuch
        return super().read(name, pwd)


class _NoDoctype(io.RawIOBase):
    """A part, refused where it declares anything."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part, self._before = part, b""

    def read(self, size: int = -1, /) -> bytes:
        piece = self._part.read(size)
        seen = self._before + piece
        if any(doctype in seen for doctype in DOCTYPES):
            raise zipfile.BadZipFile("a part declares entities")
        self._before = seen[-len(DOCTYPES[-1]) :]
        return piece

    def close(self) -> None:
        self._part.close()
        super().close()


def _xlsx_sheets(stream: BinaryIO) -> Iterator[tuple[str, Iterator[Row]]]:
    from openpyxl.reader.excel import ExcelReader  # 0.2 s that only workbooks need

    reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
    reader.archive = _Parts(stream)
    reader.read()
    book = reader.wb
    book.worksheets[0]  # charts alone are no sheets
    lines = iter(range(MOST_LINES))
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # MetaTrader states one row too few
        yield sheet.title, _rows(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), lines)


def _xls_sheets(stream: BinaryIO) -> Iterator[tuple[str, Iterator[Row]]]:
    import xlrd

    book = xlrd.open_workbook(file_contents=stream.read(), logfile=io.StringIO(), on_demand=True, ragged_rows=True)

    def value(cell: Any) -> Any:
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code[cell.value]
        if cell.ctype != xlrd.XL_CELL_DATE:
            return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value
        moment = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
        return moment.time() if cell.value < 1 else moment

    lines = iter(range(MOST_LINES))
    for nth in range(book.nsheets):
        sheet = book.sheet_by_index(nth)
        yield sheet.name, _rows(([value(cell) for cell in cells] for cells in sheet.get_rows()), lines)
        book.unload_sheet(nth)


def _rows(found: Iterable[Sequence[Any]], lines: Iterator[int]) -> Iterator[Row]:
    """The rows that hold anything; every line uses up one of `lines`."""
    for line, values in enumerate(islice(found, MOST_ROWS), start=1):
        if next(lines, None) is None:
            raise _TooMuch
        if values.count(None) < len(values):
            row = Row(cells=tuple(map(_text, values)), line=line).trimmed()
            if row.cells:
                yield row


def _text(value: Any) -> str:
    """A cell as its column would be written in a text file."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        raise _TooMuch
    return "" if value is None else " ".join(str(value).split())
