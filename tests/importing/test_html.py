"""The tables of a page: one each, with cells under the columns they belong to."""

from __future__ import annotations

import pytest

from mentor.errors import ImportRefused
from mentor.importing.detect import open_document
from mentor.importing.html import HtmlPage
from mentor.importing.source import open_source

PAGE = """<html><body>
<table><tr><td>Menu</td></tr></table>
<table>
<tr><td colspan="3">Closed trades</td></tr>
<tr><th>Symbol</th><th>Note</th><th>Profit</th></tr>
<tr><td>ES</td><td></td><td>1.50</td></tr>
<tr><td colspan="2">Deposit</td><td>100</td></tr>
</table>
<table><tr><td>Symbol</td><td>Profit</td></tr><tr><td rowspan="2">ES</td><td>1</td></tr><tr><td>2</td></tr></table>
</body></html>"""


def page(text: str) -> HtmlPage:
    document = open_document(open_source(("page.xls", text.encode())))
    assert isinstance(document, HtmlPage)
    return document


def test_each_table_with_a_header_is_offered_unless_its_columns_move() -> None:
    [table] = page(PAGE).tables

    assert table.header == ("Symbol", "Note", "Profit")
    assert [row.text for row in table.preamble] == ["Closed trades"]
    grid = table.read([0, 2])
    assert grid.cells[0].to_pylist() == ["ES", "Deposit"]
    assert grid.cells[2].to_pylist() == ["1.50", "100"]
    assert grid.lines.tolist() == [6, 7]


def test_the_rows_of_all_tables_stay_in_order() -> None:
    assert [row.line for row in page(PAGE).rows] == [2, 4, 5, 6, 7, 9, 9, 9]


def test_a_table_inside_another_is_one_of_its_own() -> None:
    inner = "<table><tr><th>Symbol</th><th>Profit</th></tr><tr><td>ES</td><td>1</td></tr></table>"

    tables = page(f"<html><table><tr><td>{inner}</td></tr></table></html>").tables

    assert [table.header for table in tables] == [("Symbol", "Profit")]


def test_a_page_behind_another_is_not_passed_over() -> None:
    with pytest.raises(ImportRefused, match="several reports"):
        assert page(PAGE + PAGE).tables
