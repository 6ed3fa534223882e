"""Lists of single fills without a known broker: when a table is one, how it is read, what is asked and refused."""

from __future__ import annotations

from typing import Any

import pytest

from mentor.errors import ColumnsUnknown, ImportRefused
from mentor.importing import Reading
from mentor.importing.detect import document_of
from mentor.importing.formats import closed_trades, generic_fills
from tests.importing.files import only, read, reasons

HEADER = "Time,Symbol,Side,Price,Shares"
BOUGHT, SOLD = "2026-03-02 10:00,XYZ,Buy,20,10", "2026-03-02 11:00,XYZ,Sell,21,10"
REALISED = "Time,Symbol,Side,Price,Quantity,Realized Profit"


def file(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows, ""))


def fills(*rows: str, header: str = HEADER, **options: Any) -> Reading:
    reading = read(file(*rows, header=header), source_timezone="UTC", **options)
    assert reading.format == "generic_fills"
    return reading


def test_shares_are_paired_without_a_question() -> None:
    reading = fills(BOUGHT, SOLD)
    trade = only(reading)

    assert (trade["profit_loss"], trade["side"], trade["lot_size"]) == (10.0, "long", 10.0)
    assert reading.questions == ()


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (HEADER, (BOUGHT, SOLD)),
        (REALISED, ("2026-03-02 10:00,X,BUY,100,1,0", "2026-03-02 11:00,X,SELL,110,1,10") * 3),
        (REALISED, ("2026-03-02 10:00,X,BUY,100,1,", "2026-03-02 11:00,X,SELL,110,1,10") * 3),
        (REALISED, ("2026-03-02 10:00,X,BUY,100,1,5", "2026-03-02 11:00,X,SELL,110,1,10") * 3),
        (HEADER + ",Entry Price,Exit Price", (BOUGHT + ",1,2",)),
        ("Symbol,Lots,Date,Profit", ("X,1,2026-03-02,5",)),
    ],
)
def test_exactly_one_generic_reader_claims_a_table(header: str, rows: tuple[str, ...]) -> None:
    document = document_of(("file.csv", file(*rows, header=header).encode()))

    assert generic_fills.claims(document) != closed_trades.claims(document)


def test_profits_of_which_many_are_nothing_are_those_of_fills() -> None:
    rows = ("2026-03-02 10:00,BTCX,BUY,100,1,0", "2026-03-02 11:00,BTCX,SELL,110,1,12")
    reading = fills(*rows, *rows, header=REALISED)

    assert reading.trades["profit_loss"].tolist() == [24.0], "as stated: no multiplier is needed"
    assert reading.questions == ()


def test_few_fills_are_told_by_what_their_profits_close() -> None:
    exits = [f"2026-03-02 11:0{nth},X,SELL,110,1,10" for nth in range(5)]
    fill_list = fills("2026-03-02 10:00,X,BUY,100,5,0", *exits, header=REALISED)
    journal = read(file("2026-03-02 10:00,X,BUY,100,5,0", *exits, exits[0].replace("X", "Y"), header=REALISED))

    assert only(fill_list)["profit_loss"] == 50.0
    assert journal.format == "closed_trades", "Y gained without an opening"


def test_a_realised_profit_that_may_hold_its_costs_is_not_used() -> None:
    rows = ("2026-03-02 10:00,BTCX,BUY,100,1,0,1", "2026-03-02 11:00,BTCX,SELL,110,1,9,1")
    reading = fills(*rows, *rows, header=REALISED.replace("Price", "Fill Price") + ",Fee")

    assert [question.kind for question in reading.questions] == ["multiplier"]
    assert "Columns not used: Realized Profit." in reading.notices


def test_what_is_worth_how_much_is_asked_unless_the_file_says_it() -> None:
    header = "Time,Symbol,Side,Price,Quantity"
    rows = [
        text.replace("XYZ", symbol) for symbol in ("XYZ", "AAPL260619C00200000", "MESM6") for text in (BOUGHT, SOLD)
    ]
    reading = fills(*rows, header=header)

    assert [(question.kind, question.about) for question in reading.questions] == [("multiplier", "XYZ")]
    assert reading.trades["profit_loss"].fillna(0).tolist() == [0.0, 1000.0, 50.0]


@pytest.mark.parametrize(("word", "profit"), [("Stock", 10.0), ("ETF", 10.0), ("Equity Option", 1000.0)])
def test_a_column_says_what_was_traded(word: str, profit: float) -> None:
    reading = fills(f"{BOUGHT},{word}", f"{SOLD},{word}", header="Time,Symbol,Side,Price,Quantity,Asset Class")

    assert only(reading)["profit_loss"] == profit


def test_a_sale_is_a_short_only_when_the_file_says_so() -> None:
    asked = fills(SOLD.replace("11:00", "09:00"), BOUGHT)
    told = fills(SOLD.replace("Sell", "Sell Short").replace("11:00", "09:00"), BOUGHT)
    column = fills(f"{SOLD},Open".replace("11:00", "09:00"), f"{BOUGHT},Close", header=HEADER + ",O/C")

    assert [question.kind for question in asked.questions] == ["opening_sell"]
    assert (only(told)["side"], only(told)["profit_loss"]) == ("short", 10.0)
    assert only(column)["side"] == "short"


def test_nothing_is_asked_of_sales_while_the_order_of_days_is_unknown() -> None:
    rows = ("01/01/2025,XYZ,Buy,20,10", "01/02/2025,XYZ,Sell,21,10")

    assert [question.kind for question in fills(*rows).questions] == ["date_order"]


def test_net_amounts_need_no_multiplier() -> None:
    header = "Time,Symbol,Side,Price,Quantity,Net Amount"
    trade = only(fills(f"{BOUGHT},-2001", f"{SOLD},2099", header=header))

    assert trade["profit_loss"] == 98.0


def test_a_rebate_is_a_negative_fee() -> None:
    trade = only(fills(f"{BOUGHT},1.00,-0.20", f"{SOLD},1.00,0.10", header=HEADER + ",Commission,Fee"))

    assert (trade["fees"], trade["profit_loss"]) == (1.9, 8.1)


def test_sizes_may_carry_the_side() -> None:
    header = "Time,Symbol,Price,Shares"
    rows = ("2026-03-02 10:00,XYZ,20,10", "2026-03-02 11:00,XYZ,21,-10")

    assert only(fills(*rows, header=header))["profit_loss"] == 10.0
    with pytest.raises(ColumnsUnknown, match=r"side \(buy or sell\)"):
        read(file(rows[0], header=header))


def test_orders_that_were_not_filled_are_no_fills() -> None:
    statuses = ("Filled", "Executed", "Cancelled", "REJECTED", "working")
    reading = fills(*(f"{BOUGHT},{word}" for word in statuses), header=HEADER + ",Status")

    assert (reading.ignored_rows, reading.open_positions, reading.rejected) == (3, 1, ())


def test_a_status_that_leaves_open_how_much_was_filled_is_refused() -> None:
    reading = fills(f"{BOUGHT},Partially filled", f"{BOUGHT},Hmm", header=HEADER + ",Status")

    assert reasons(reading) == [(2, "Status", "Partially filled"), (3, "Status", "Hmm")]


def test_the_filled_part_of_a_cancelled_order_counts() -> None:
    header = "Time,Symbol,Side,Avg Fill Price,Quantity,Filled Quantity,Status,Asset Type"
    bought = "2026-03-02 10:00,XYZ,Buy,20,10,4,Cancelled,stock"
    sold = "2026-03-02 11:00,XYZ,Sell,21,4,4,Filled,stock"
    nothing = ("2026-03-02 11:00,XYZ,Sell,,4,0,Cancelled,stock", "2026-03-02 11:00,XYZ,Sell,,4,,Working,stock")
    reading = fills(bought, sold, *nothing, header=header)

    assert (only(reading)["profit_loss"], reading.ignored_rows) == (4.0, 2)


def test_an_id_of_one_side_names_a_fill_and_one_of_both_a_position() -> None:
    header = HEADER + ",Trade ID"
    once = fills(f"{BOUGHT},1", f"{BOUGHT},1", f"{SOLD},2", header=header)
    both = fills(f"{BOUGHT},1", f"{BOUGHT},1", f"{SOLD.replace('Sell,21,10', 'Sell,21,20')},1", header=header)

    assert (only(once)["lot_size"], once.ignored_rows) == (10.0, 1)
    assert (only(both)["lot_size"], both.ignored_rows) == (20.0, 0)


def test_the_name_of_the_file_may_say_the_day() -> None:
    text = file("10:00:00,XYZ,Buy,20,10", "11:00:00,XYZ,Sell,21,10")
    reading = read(text, name="fills 2026-03-02.csv", source_timezone="UTC")

    assert str(only(reading)["entry_time"]) == "2026-03-02 10:00:00+00:00"
    assert "The rows hold times of day: their date 2026-03-02 is the one in the file's name." in reading.notices


@pytest.mark.parametrize("name", ["fills.csv", "fills 02-03-2026.csv", "2026-03-02 to 2026-03-06.csv", "20260302.csv"])
def test_a_day_that_is_not_certain_is_none(name: str) -> None:
    with pytest.raises(ImportRefused, match="holds times of day, and no column holds the date"):
        read(file("10:00:00,XYZ,Buy,20,10"), name=name)


def test_dates_and_times_in_two_columns_may_be_blank() -> None:
    header = "Trade Date,Execution Time,Symbol,Side,Price,Shares,Mistakes,Tags"
    reading = fills("2026-03-02,10:00,XYZ,Buy,20,10,,", ",,XYZ,Buy,20,10,late,", header=header)

    assert reading.open_positions == 1
    assert [line for line, _, _ in reasons(reading)] == [3]


def test_chosen_columns_decide_whether_a_table_lists_fills() -> None:
    text = "A,B,C,D,E\n2026-03-02 10:00,XYZ,Buy,20,10\n2026-03-02 11:00,XYZ,Sell,21,10\n"
    mapping = {"time": "A", "symbol": "B", "side": "C", "price": "D", "size": "E"}
    reading = read(text, mapping=mapping, multipliers={"XYZ": 1}, source_timezone="UTC")

    assert (reading.format, only(reading)["profit_loss"]) == ("generic_fills", 10.0)


@pytest.mark.parametrize(
    ("header", "bought", "sold", "net"),
    [
        ("Total", "15001", "15499", 498.0),  # after costs nothing else states
        ("Fee,Total", "1,15000", "1,15500", 498.0),  # before its fees
        ("Fee,Total", "1,-15001", "1,15499", 498.0),  # after them
        ("Amount ($)", "15000", "15500", 500.0),
    ],
)
def test_a_total_is_the_money_of_the_fill(header: str, bought: str, sold: str, net: float) -> None:
    reading = read(
        f"Date,Symbol,Action,Shares,Price,{header}\n"
        f"2026-01-13,XYZ,Buy,100,150,{bought}\n2026-01-14,XYZ,Sell,100,155,{sold}\n"
    )

    assert only(reading)["profit_loss"] == net
    assert not any(question.blocking for question in reading.questions)


@pytest.mark.parametrize(
    "rows",
    [
        "2026-01-13,XYZ,Buy,100,150,1234",
        "2026-01-13,XYZ   260320C00150000,BTO,2,150.00,300.00",  # the price of a contract, or a sum without its size
        "2026-01-13,ESH6,Buy,1,5000,5000",
    ],
)
def test_a_total_that_is_not_price_times_size_is_asked(rows: str) -> None:
    with pytest.raises(ColumnsUnknown, match="'Total' is not price × size"):
        read(f"Date,Symbol,Action,Qty,Price,Total\n{rows}\n")


@pytest.mark.parametrize(("total", "kinds"), [("0.55", ["multiplier"]), ("55000", [])])
def test_a_total_of_price_times_size_says_nothing_of_a_point(total: str, kinds: list[str]) -> None:
    sold = float(total) * 2
    reading = read(
        "Date,Symbol,Action,Qty,Price,Total\n"
        f"2026-01-13,EURUSD,Buy,0.5,1.1,{total}\n2026-01-14,EURUSD,Sell,0.5,2.2,{sold}\n"
    )

    assert [question.kind for question in reading.questions if question.blocking] == kinds


def test_prices_with_the_sign_of_the_cash() -> None:
    reading = fills("2026-03-02 10:00,XYZ,Buy,-20,10", "2026-03-02 11:00,XYZ,Sell,21,10")

    assert only(reading)["profit_loss"] == 10.0


def test_a_spreadsheet_with_names_like_a_broker_s_is_nobody_s() -> None:
    reading = read(
        "Transaction Date,Transaction Type,Symbol,Quantity,Price,Commission\n"
        "05/01/2024,Buy,XYZ,100,150,1\n06/01/2024,Sell,XYZ,100,155,1\n"
    )

    assert reading.format == "generic_fills"
    assert "date_order" in [question.kind for question in reading.questions]
