"""Small workbooks for the importing tests, as spreadsheets save them and as MetaTrader writes them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, time

import openpyxl
import xlwt

Rows = Sequence[Sequence[object]]
#: How old workbooks mark what is a date or a time.
STAMPS = {datetime: "YYYY-MM-DD HH:MM:SS", time: "HH:MM:SS"}


def workbook(rows: Rows | None = None, **more: Rows) -> bytes:
    """A workbook of one sheet, or of several by their names."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, content in _sheets(rows, more).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def old_workbook(rows: Rows | None = None, **more: Rows) -> bytes:
    """The same in the format of before 2007."""
    book = xlwt.Workbook()
    for name, content in _sheets(rows, more).items():
        sheet = book.add_sheet(name)
        for line, row in enumerate(content):
            for at, value in enumerate(row):
                style = xlwt.easyxf(num_format_str=STAMPS.get(type(value), "General"))
                sheet.write(line, at, value, style)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheets(rows: Rows | None, more: Mapping[str, Rows]) -> Mapping[str, Rows]:
    return more if rows is None else {"Sheet": rows, **more}


def as_metatrader_writes_it(content: bytes) -> bytes:
    """The same workbook with its parts in UTF-16 and a stated size that is a row short."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            text = re.sub(r"<\?xml[^>]*\?>", "", parts.read(name).decode("utf-8"))
            text = re.sub(r'(<dimension ref="A1:\w)(\d+)', lambda found: f"{found[1]}{int(found[2]) - 1}", text)
            archive.writestr(name, f'<?xml version="1.0"?>\n{text}'.encode("utf-16"))
    return out.getvalue()


def with_part(content: bytes, name: str, part: str) -> bytes:
    """The workbook with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for other in parts.namelist():
            archive.writestr(other, part if other == name else parts.read(other))
    return out.getvalue()
