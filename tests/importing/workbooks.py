"""Small workbooks for the importing tests, as spreadsheets save them and as MetaTrader writes them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import openpyxl


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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
