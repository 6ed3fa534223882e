"""Workbooks: the first sheet as text, whoever wrote it, and what is refused before or while it is unpacked."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

import pytest

from mentor.errors import ImportRefused
from mentor.importing import workbook as reading
from mentor.importing.columns import known_names
from mentor.importing.source import COMPOUND, open_source
from mentor.importing.table_row import Row
from tests.importing.files import read
from tests.importing.workbooks import as_metatrader_writes_it, old_workbook, with_part, workbook

ROWS = [
    ["Title"],
    [],
    ["2024.01.02 10:00:00", 8110098.0, "0.67", 3211.2, 1e-05, None, datetime(2024, 1, 2, 10), "a\xa0 b", None],
]
TEXTS = (
    Row(cells=("Title",), line=1),
    Row(cells=("2024.01.02 10:00:00", "8110098", "0.67", "3211.2", "1e-05", "", "2024-01-02 10:00:00", "a b"), line=3),
)
SHEET = "xl/worksheets/sheet1.xml"


def rows(content: bytes) -> tuple[Row, ...]:
    return reading.open_workbook(open_source(("book.xlsx", content)), known_names).rows


@pytest.mark.parametrize("content", [workbook(ROWS), as_metatrader_writes_it(workbook(ROWS)), old_workbook(ROWS)])
def test_the_first_sheet_as_text(content: bytes) -> None:
    assert rows(content) == TEXTS


def test_every_sheet_with_a_header_is_a_table() -> None:
    sheets = {"Closed": [["Report"], [], ["Symbol", "Profit"], ["ES", 1.5]], "Empty": [], "Open": [["Symbol", "Size"]]}

    for content in (workbook(**sheets), old_workbook(**sheets)):
        book = reading.open_workbook(open_source(("book", content)), known_names)

        assert [sheet.name for sheet in book.sheets] == ["Closed", "Empty", "Open"]
        assert [(table.title, table.header) for table in book.tables] == [
            ("Closed", ("Symbol", "Profit")),
            ("Open", ("Symbol", "Size")),
        ]
        grid = book.tables[0].read([0, 1])
        assert (grid.cells[1].to_pylist(), grid.lines.tolist()) == (["1.5"], [4])


def test_dates_times_and_truth_in_an_old_workbook() -> None:
    moments = [datetime(2024, 1, 2), datetime(2024, 1, 2, 10, 0, 1), time(9, 30), True, 0.25]

    assert rows(old_workbook([moments]))[0].cells == (
        *("2024-01-02 00:00:00", "2024-01-02 10:00:01"),
        *("09:30:00", "True", "0.25"),
    )


def test_wide_sheets_keep_their_columns() -> None:
    assert len(rows(workbook([[*range(100)]]))[0].cells) == 100


@pytest.mark.parametrize(("part", "sentence"), [("xl/workbook.bin", "another kind"), ("content.xml", "another kind")])
def test_workbooks_of_another_kind_say_so(part: str, sentence: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "")

    with pytest.raises(ImportRefused, match=sentence):
        read(stream.getvalue())


def test_gaps_and_wide_rows_cost_nothing() -> None:
    far = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    first = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
    last = '<row r="99999999999"><c r="A99999999999"><v>3</v></c></row>'

    content = with_part(workbook(ROWS), SHEET, far.format(first + last))

    assert rows(content) == (Row(cells=("1",), line=1),)


def test_another_workbook_says_what_was_seen_and_what_to_do() -> None:
    with pytest.raises(ImportRefused) as refused:
        read(workbook([["Item"], ["Coffee"]]), name="book.xlsx")

    assert "an Excel workbook with 2 table rows, the first is 'Item' (book.xlsx)" in str(refused.value)
    assert "Save any other sheet as CSV." in str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 not a zip", "The archive is damaged"),
        (workbook(ROWS)[:-30], "The archive is damaged"),
        (old_workbook(ROWS)[:-600], "The workbook is damaged"),
        (COMPOUND * 200, "The workbook is damaged"),
        (with_part(workbook(ROWS), SHEET, "<worksheet><sheetData><row"), "The workbook is damaged"),
        (with_part(workbook(ROWS), "xl/_rels/workbook.xml.rels", ""), "The workbook is damaged"),
    ],
)
def test_a_damaged_workbook_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(ImportRefused, match=r"book\.xlsx") as refused:
        read(content, name="book.xlsx")

    assert sentence in str(refused.value)


def test_another_archive_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme", "a,b")

    with pytest.raises(ImportRefused, match="It is a zip archive"):
        read(stream.getvalue())


def test_a_bomb_is_not_unpacked() -> None:
    zeros = "0" * (reading.LARGEST_UNPACKED + 1)

    with pytest.raises(ImportRefused, match="unpacks to more than 512 MB"):
        read(with_part(workbook(ROWS), SHEET, zeros))


def test_a_workbook_of_countless_sheets_is_refused() -> None:
    sheets = {f"Sheet {n}": [["a"]] for n in range(reading.MOST_SHEETS + 1)}

    with pytest.raises(ImportRefused, match="more than 100 sheets"):
        read(workbook(**sheets))


def test_entities_do_not_multiply() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE worksheet [<!ENTITY e0 "0123456789">{levels}]><worksheet><sheetData>&e9;</sheetData></worksheet>'

    with pytest.raises(ImportRefused, match="The workbook is damaged"):
        read(with_part(workbook(ROWS), SHEET, bomb))
