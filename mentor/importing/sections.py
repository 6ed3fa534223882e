"""Statements that hold several tables one below the other: cut at the rows that are a header."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from mentor.importing.source import Source
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable


def sections(
    rows: Iterable[Row],
    is_header: Callable[[Row], bool],
    *,
    source: Source,
    title: Callable[[Row], str] = lambda header: header.cells[0],
) -> tuple[RowTable, ...]:
    """The table below each header row, called as `title` says; rows before the first one belong to none."""
    found: list[tuple[Row, list[Row]]] = []
    for row in rows:
        if is_header(row):
            found.append((row, []))
        elif found:
            found[-1][1].append(row)
    return tuple(
        RowTable(source=source, title=title(header), header=header.trimmed().cells, body=tuple(body))
        for header, body in found
    )


def unpadded(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows as they were before a spreadsheet with another delimiter saved each as one cell and empty ones behind it."""
    for row in rows:
        yield _unpadded(row) if len(row.trimmed().cells) == 1 else row


def _unpadded(row: Row) -> Row:
    text = row.trimmed().cells[0].rstrip(";\t")
    cells = _parsed(text)
    if len(cells) == 1:  # quoted as a whole
        cells = _parsed(cells[0])
    return replace(row, cells=tuple(cells), fault="") if len(cells) > 1 else row


def _parsed(text: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([text]), [])]
