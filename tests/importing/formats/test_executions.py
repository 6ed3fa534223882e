"""Webull's orders, Tiger's statement, Lightspeed's blotter: what was filled counts once, and nothing else does."""

from __future__ import annotations

import pytest

from mentor.errors import ImportRefused
from tests.importing.files import only, read

ORDERS = "Name,Symbol,Side,Status,Filled,Total Qty,Price,Avg Price,Time-in-Force,Placed Time,Filled Time\n"
BOUGHT = "Alfa,ALFA,Buy,Filled,10,10,@5,5.00,DAY,03/09/2026 09:30:00 EDT,03/09/2026 09:30:01 EDT\n"
SOLD = "Alfa,ALFA,Sell,{status},{filled},10,@6,6.00,DAY,03/09/2026 10:30:00 EDT,03/09/2026 10:30:01 EDT\n"
POSITIONS = "Symbol,B/S,Side Type,Qty,Filled Qty,Filled Avg Price,Filled Time,Status\n"
TIGER = (
    "Activity Statement,,,,2025-01-01 - 2025-12-31\n"
    "Trades,,,,Symbol,Market,Exchange,Activity Type,Quantity,Trade Price,Amount,Commission,Notes,Trade Time,"
    "Settle Date,Currency\n"
)
TIGER_BOUGHT = 'Trades,Stock,,DATA,Alfa (ALFA),US,X,Open,10,5.00,50.00,-1.00,,"2025-10-20\n11:01:07, US/Eastern",,USD\n'


@pytest.mark.parametrize("status", ["Filled", "Cancelled", "Partial Filled", "Partially Filled", "Expired"])
def test_what_was_filled_counts_whatever_became_of_the_order(status: str) -> None:
    assert only(read(ORDERS + BOUGHT + SOLD.format(status=status, filled=10)))["profit_loss"] == 10.0


@pytest.mark.parametrize("filled", ["0", "0.0", "", "--"])
def test_an_order_that_was_never_filled_is_none(filled: str) -> None:
    reading = read(ORDERS + BOUGHT + SOLD.format(status="Cancelled", filled=filled))
    assert (reading.open_positions, reading.ignored_rows, reading.rejected) == (1, 1, ())


@pytest.mark.parametrize("filled", ["", "0", "Yes"])
def test_a_filled_order_without_a_quantity_is_refused(filled: str) -> None:
    assert len(read(ORDERS + BOUGHT + SOLD.format(status="Filled", filled=filled)).rejected) == 1


def test_a_fill_without_its_time_is_refused() -> None:
    sold = SOLD.format(status="Filled", filled=10).replace("03/09/2026 10:30:01 EDT", "")
    assert [rejection.column for rejection in read(ORDERS + BOUGHT + sold).rejected] == ["Filled Time"]


def test_a_position_that_is_short_opens_with_a_sale() -> None:
    rows = "ALFA,Sell,Short,10,10,6.00,03/09/2026 09:30,Filled\nALFA,Buy,Short,10,10,5.00,03/09/2026 09:40,Filled\n"
    reading = read(POSITIONS + rows)
    assert (only(reading)["side"], reading.questions) == ("short", ())


def test_a_spreadsheet_of_one_s_own_is_not_webull_s() -> None:
    text = "Symbol,Side,Quantity,Price,Filled Time\nALFA,Buy,10,5,2026-03-09 10:00\nALFA,Sell,10,6,2026-03-09 11:00\n"
    assert read(text).format == "generic_fills"


def test_another_word_for_what_happened_breaks_the_position() -> None:
    exercised = TIGER_BOUGHT.replace("Open,10", "Exercised,-10").replace("10-20", "10-21")
    reading = read(TIGER + TIGER_BOUGHT + exercised)
    assert reading.trades.empty
    assert "“Exercised” changed this position" in reading.rejected[0].reason


def test_a_cost_that_is_no_number_is_refused() -> None:
    assert len(read(TIGER + TIGER_BOUGHT.replace("-1.00", "one")).rejected) == 1


def test_a_clock_of_asia_is_read_as_written() -> None:
    sold = (
        TIGER_BOUGHT.replace("Open,10", "Close,-10").replace("US/Eastern", "Asia/Hong_Kong").replace("10-20", "10-21")
    )
    trade = only(read(TIGER + TIGER_BOUGHT + sold))
    assert (str(trade["exit_time"]), trade["profit_loss"]) == ("2025-10-21 03:01:07+00:00", -2.0)


def test_a_statement_without_trades_is_refused() -> None:
    with pytest.raises(ImportRefused, match="no section with trades"):
        read(TIGER)


def test_an_option_of_lightspeed_is_one_by_its_kind_of_security() -> None:
    header = (
        "Trade Number,Trade Date,Execution Time,Symbol,Security Type,Side,Qty,Price,Commission Amount,FeeSEC,Buy/Sell"
    )
    rows = (
        "1,07/01/2025,09:30,ALFA 21MAR 57 C,option,B,2,1.25,1,0,Long Buy",
        "2,07/01/2025,09:40,ALFA 21MAR 57 C,option,S,-2,1.50,1,0,Long Sell",
    )
    assert only(read("\n".join((header, *rows))))["profit_loss"] == 48.0
