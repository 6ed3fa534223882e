"""The first sheet of an XLSX workbook as rows of text; refused when it is damaged, or unpacks to more than we take."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any, BinaryIO

from mentor.errors import ImportRefused
from mentor.importing.source import Source
from mentor.importing.table_row import Row

#: A sheet of a million rows unpacks to less; `zipfile` never unpacks more of a part than it states.
LARGEST_UNPACKED = 512 << 20
#: As many rows as a sheet may have, and more columns than any report: gaps in a sheet cost no bytes.
MOST_ROWS, MOST_COLUMNS = 1 << 20, 64
CONTENTS = "xl/workbook.xml"


@dataclass(frozen=True)
class Workbook:
    """An XLSX workbook; its first sheet is read on first use."""

    source: Source

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows of the first sheet that hold anything; raises `ImportRefused` for a workbook that is damaged."""
        with self.source.open() as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that mean nothing for the text
            try:
                return tuple(_rows(stream))
            except Exception as error:  # openpyxl and the archive raise whatever a broken part leads to
                raise ImportRefused(
                    "The workbook is damaged", where=self.source.name, todo="Save it again as XLSX."
                ) from error


def open_workbook(source: Source) -> Workbook:
    """Look into a zip without unpacking it; raises `ImportRefused` when it is no workbook, or one that is too large."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ImportRefused("The archive is damaged", where=source.name, todo="Save it again.") from error
    if CONTENTS not in {part.filename for part in parts}:
        raise ImportRefused("It is a zip archive", where=source.name, todo="Unpack it first.")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        size = f"{LARGEST_UNPACKED >> 20} MB"
        raise ImportRefused(f"The workbook unpacks to more than {size}", where=source.name, todo="Save it as CSV.")
    return Workbook(source)


def _rows(stream: BinaryIO) -> Iterator[Row]:
    import openpyxl  # 0.2 s that only workbooks need

    book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # MetaTrader states one row too few
    found = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    for line, values in enumerate(islice(found, MOST_ROWS), start=1):
        if values.count(None) < len(values):
            yield Row(cells=tuple(map(_text, values)), line=line).trimmed()


def _text(value: Any) -> str:
    """A cell as its column would be written in a text file."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return "" if value is None else " ".join(str(value).split())
