"""JSON and flex XML: every list of records as a table, numbers as written, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentor.errors import ImportRefused
from mentor.importing.detect import open_document
from mentor.importing.records import RecordDocument, open_flex
from mentor.importing.source import open_source

JSON = """{"strategy": {"Grid": {"trades": [
  {"pair": "BTC/USDT", "profit_abs": 0.10000000000000001, "is_open": false, "orders": [{"amount": 1}]},
  {"pair": "ETH/USDT", "profit_abs": -1e-8, "trade_id": 12345678901234567890, "note": null},
  "lost"
]}}, "comparison": [{"key": "Grid"}], "numbers": [1, 2]}"""
FLEX = """<?xml version="1.0" encoding="windows-1252"?>
<FlexQueryResponse queryName="é">
<FlexStatements count="1"><FlexStatement accountId="U0"><Trades>
<Trade symbol="AAPL" quantity="100"/>
<Lot symbol="AAPL"/>
<Trade symbol="MSFT" ibCommission="-1.00"/>
</Trades></FlexStatement></FlexStatements>
</FlexQueryResponse>"""


def records(text: str, name: str = "export.csv") -> RecordDocument:
    document = open_document(open_source((name, text.encode())))
    assert isinstance(document, RecordDocument)
    return document


def test_lists_of_objects_are_tables_with_numbers_as_written() -> None:
    trades, comparison = records(JSON).tables

    assert (trades.title, comparison.title) == ("strategy.Grid.trades", "comparison")
    assert trades.header == ("pair", "profit_abs", "is_open", "trade_id", "note")
    grid = trades.read(range(5))
    assert grid.lines.tolist() == [1, 2]
    assert [grid.cells[at].to_pylist() for at in range(5)] == [
        ["BTC/USDT", "ETH/USDT"],
        ["0.10000000000000001", "-1e-8"],
        ["false", None],
        [None, "12345678901234567890"],
        [None, None],
    ]
    assert [(one.line, one.reason) for one in grid.rejected] == [(3, "is no record")]


def test_a_bare_list_is_a_table_without_a_title() -> None:
    [table] = records('[{"a": "x", "b": true}]').tables

    assert (table.title, table.header, table.sample) == ("", ("a", "b"), (("x", "true"),))


def test_what_no_file_can_hold_is_marked() -> None:
    [table] = records(r'[{"a": "x\u0000y", "b": "\ud800"}]').tables

    assert table.sample == (("x\ufffdy", "?"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[{"a": 1},\n {"a": ', "The JSON is broken at line 2, column 8"),
        ('[{"a": 1, "a": 2}]', "a record holds 'a' twice"),
        ('{"a":' + "[" * 200_000, "The JSON cannot be read"),
        ('<FlexQueryResponse><Trade symbol="A"/>', "The XML is broken"),
    ],
    ids=["cut", "twice", "deep", "cut xml"],
)
def test_broken_documents_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(ImportRefused, match=r"export\.csv") as refused:
        records(text)

    assert sentence in str(refused.value)


def test_elements_with_attributes_are_tables() -> None:
    tables = {table.title: table for table in records(FLEX).tables}

    assert list(tables)[-2:] == ["Trades.Trade", "Trades.Lot"]
    trades = tables["Trades.Trade"]
    assert trades.header == ("symbol", "quantity", "ibCommission")
    assert trades.sample == (("AAPL", "100", ""), ("MSFT", "", "-1.00"))
    assert trades.read([0]).lines.tolist() == [4, 6]


def test_entities_are_neither_fetched_nor_multiplied(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    fetched = (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><FlexQueryResponse><T a="1">&e;</T></FlexQueryResponse>'
    )
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "0123456789">{levels}]><FlexQueryResponse><T a="&e9;"/></FlexQueryResponse>'

    [table] = open_flex(open_source(("flex.xml", fetched.encode()))).tables
    assert table.sample == (("1",),)
    with pytest.raises(ImportRefused, match="The XML is broken"):
        open_flex(open_source(("flex.xml", bomb.encode())))
