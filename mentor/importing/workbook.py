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
from typing import Any, BinaryIO

from mentor.errors import ImportRefused
from mentor.importing.source import Source
from mentor.importing.table_row import Row
from mentor.importing.tables import KnownNames, RowTable, header_table
from mentor.messages import message

#: A sheet of a million rows unpacks to less; `zipfile` never unpacks more of a part than it states.
LARGEST_UNPACKED = 512 << 20
#: As many rows as a sheet may have, and more columns and sheets than any report: gaps in a sheet cost no bytes.
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 1 << 20, 256, 100
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
                return tuple(Sheet(name, tuple(rows)) for name, rows in read(stream))
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
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
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


def _xlsx_sheets(stream: BinaryIO) -> Iterator[tuple[str, Iterator[Row]]]:
    import openpyxl  # 0.2 s that only workbooks need

    book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    book.worksheets[0]  # charts alone are no sheets
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # MetaTrader states one row too few
        yield sheet.title, _rows(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True))


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

    for sheet in book.sheets():
        yield sheet.name, _rows([value(cell) for cell in cells] for cells in sheet.get_rows())


def _rows(found: Iterable[Sequence[Any]]) -> Iterator[Row]:
    for line, values in enumerate(islice(found, MOST_ROWS), start=1):
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
    return "" if value is None else " ".join(str(value).split())
