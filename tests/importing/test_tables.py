"""Tables in memory: which row is the header, rows of other widths, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from mentor.errors import ImportRefused
from mentor.importing.columns import known_names
from mentor.importing.source import Source
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable, header_table
from tests.importing.files import GOOD, HEADER, only, read
from tests.importing.workbooks import old_workbook, workbook

SOURCE = Source(name="book.xlsx", place=b"")


def table(*rows: Sequence[str], first_line: int = 1) -> RowTable | None:
    numbered = [Row(cells=tuple(cells), line=line) for line, cells in enumerate(rows, start=first_line)]
    return header_table(numbered, source=SOURCE, title="One", known_names=known_names)


def test_the_row_with_most_known_names_is_the_header() -> None:
    found = table(["Report of all", "of", "my", "days"], ["Account:", "42"], ["Symbol", "Profit", ""], ["ES", "1.5"])

    assert found is not None
    assert (found.title, found.header, found.sample) == ("One", ("Symbol", "Profit"), (("ES", "1.5"),))
    assert [(row.line, row.text) for row in found.preamble] == [(1, "Report of all of my days"), (2, "Account: 42")]


def test_unknown_names_make_the_first_row_of_usual_width_the_header() -> None:
    found = table(["A title"], ["Foo", "Bar"], ["1", "2"])

    assert found is not None
    assert found.header == ("Foo", "Bar")


@pytest.mark.parametrize("rows", [[], [["", ""]], [["only"], ["one column"]]])
def test_no_table_without_two_columns(rows: list[list[str]]) -> None:
    assert table(*rows) is None


def test_narrow_rows_are_padded_and_wide_ones_refused_unless_blank() -> None:
    found = table(["Symbol", "Profit", "Notes"], ["ES", "1.5"], ["NQ", "2", "", " ", ""], ["CL", "3", "a", "b"])
    assert found is not None

    grid = found.read([0, 2])

    assert grid.cells[0].to_pylist() == ["ES", "NQ"]
    assert grid.cells[2].to_pylist() == [None, None]
    assert grid.lines.tolist() == [2, 3]
    assert [(one.line, one.value, one.reason) for one in grid.rejected] == [
        (4, "CL,3,a,b", "has 4 cells, but the header has 3")
    ]


def test_a_row_that_could_not_be_taken_apart_is_refused_with_its_reason() -> None:
    broken = Row(cells=('"ES,1',), line=7, fault="opens a quote that is never closed properly")
    found = RowTable(source=SOURCE, title="", header=("Symbol", "Profit"), body=(broken,))

    grid = found.read([0, 1])

    assert (grid.lines.tolist(), grid.cells[1].to_pylist()) == ([], [])
    assert [(one.line, one.reason) for one in grid.rejected] == [(7, broken.fault)]


def test_cells_that_take_several_columns_are_spread() -> None:
    row = Row(cells=("Balance", "", "9"), spans=(3, 1, 2), line=1)

    assert row.spread().cells == ("Balance", "", "", "", "9", "")


NAMES, CELLS = HEADER.strip().split(","), GOOD.strip().split(",")
TYPED: list[object] = [*CELLS[:2], 0.1, *CELLS[3:5], 1.1, 1.101, 10.5]
PAGE = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (["My trades"], NAMES, CELLS))


@pytest.mark.parametrize(
    "content",
    [
        workbook(Notes=[["nothing"]], Trades=[["My trades"], NAMES, TYPED]),
        old_workbook([["My trades"], NAMES, TYPED]),
        f"<html><table>{PAGE}</table></html>",
        json.dumps({"trades": [dict(zip(NAMES, TYPED, strict=True))]}),
        GOOD.join(("My trades\n" + HEADER, "")),
    ],
    ids=["xlsx", "xls", "html", "json", "csv"],
)
def test_closed_trades_read_the_same_in_every_kind_of_document(content: str | bytes) -> None:
    trade = only(read(content))

    assert (trade["symbol"], trade["lot_size"], trade["profit_loss"]) == ("EURUSD", 0.1, 10.5)
    assert (trade["entry_price"], trade["exit_price"]) == (1.1, 1.101)


def test_deals_are_no_closed_trades() -> None:
    deals = [*NAMES, "Direction"], [*CELLS, "in"], [*CELLS, "out"]

    with pytest.raises(ImportRefused, match="format is not known"):
        read(workbook(deals))
