"""XTB's workbook since 2025: the columns a client chose, of which some tell what Profit/Loss is."""

from __future__ import annotations

import pytest

from mentor.importing import Reading
from tests.importing.files import read
from tests.importing.workbooks import Rows, workbook

HEADER = [
    *("Instrument", "Ticker", "Category", "Type", "Volume", "Open Price", "Open Time (UTC)", "Close Price"),
    *("Close Time (UTC)", "Product", "Profit/Loss", "Gross Profit", "Purchase Value", "Sale Value", "Commission"),
    *("Swap", "Rollover", "Position ID"),
]
TOP: list[list[object]] = [["Account number", 4242], ["Closed Positions"], ["Date from (UTC)", "2026-01-01"]]
TOTAL: list[object] = ["Profit/loss", *[""] * 9, 97.9]
TIMES = ("2026-01-12 10:00:00", "2026-03-18 15:30:00")


def position(stated: float, gross: object = "", purchase: object = "", sale: object = "") -> list[object]:
    """A short that cost 2.00 and was credited 0.10 of swap."""
    bare = ["Invented", "INV.US", "CFD", "SELL", 10, 62.0, TIMES[0], 52.0, TIMES[1], "My Trades"]
    return [*bare, stated, gross, purchase, sale, -2.0, 0.1, 0, 9001]


def closed(*rows: list[object]) -> Reading:
    cash: Rows = [*TOP, ["Type", "Ticker", "Time", "Amount", "ID", "Comment"]]
    sheets: dict[str, Rows] = {"Closed Positions": [*TOP, HEADER, *rows, TOTAL], "Cash Operations": cash}
    return read(workbook(None, **sheets), name="xtb.xlsx")


@pytest.mark.parametrize(
    "row",
    [
        position(98.1, gross=100.0),
        position(100.0, gross=100.0),
        position(98.1, purchase=620.0, sale=520.0),
        position(100.0, purchase=620.0, sale=520.0),
    ],
    ids=["net beside gross", "gross twice", "net beside values", "gross beside values"],
)
def test_the_profit_before_costs_tells_whether_the_stated_one_is_net(row: list[object]) -> None:
    reading = closed(row)

    assert (reading.format, reading.account, reading.source_timezone) == ("xtb", "4242", "UTC")
    assert (reading.rejected, reading.ignored_rows) == ((), 1)
    assert reading.trades[["symbol", "side", "profit_loss", "fees"]].to_numpy().tolist() == [
        ["INV.US", "short", 98.1, 1.9]
    ]


def test_costs_that_may_be_in_the_profit_already_refuse_the_row() -> None:
    reading = closed(position(98.1), position(97.0, gross=100.0))

    assert reading.trades.empty
    assert [rejection.line for rejection in reading.rejected] == [5, 6]
    assert all("Profit/Loss contains" in rejection.reason for rejection in reading.rejected)
