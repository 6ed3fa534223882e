"""Statements of Interactive Brokers are held against themselves: subtotals, headings, clocks, cancellations."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from mentor.errors import ImportRefused
from mentor.importing.detect import read_file
from mentor.importing.reading import DayRule, Reading
from mentor.models import ImportOptions

GENERATED = 'Statement,Data,WhenGenerated,"2026-04-02, 05:12:13 EDT"'
HEADER = (
    "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,"
    "Comm/Fee,Basis,Realized P/L,MTM P/L,Code"
)
BOUGHT = 'Trades,Data,Order,Stocks,USD,ACME,"2026-01-05, 10:00:00",100,10,10,-1000,-1,1001,0,0,O'
SOLD = 'Trades,Data,Order,Stocks,USD,ACME,"2026-01-06, 10:00:00",-100,11,11,1100,-1,-1001,98,0,C'


def read(*lines: str, name: str = "statement.csv") -> Reading:
    text = "\n".join(("Statement,Header,Field Name,Field Value", *lines))
    return read_file((name, text.encode()), day_rule=DayRule(zone=ZoneInfo("UTC")), options=ImportOptions())


def reasons(reading: Reading) -> list[str]:
    return [rejection.reason for rejection in reading.rejected]


def test_a_statement_that_adds_up_needs_no_remark() -> None:
    reading = read(GENERATED, HEADER, BOUGHT, SOLD, "Trades,SubTotal,,Stocks,USD,ACME,,0,,,100,-2,0,98,0,")
    assert reading.trades["profit_loss"].tolist() == [98.0]
    assert not [notice for notice in reading.notices if "ACME" in notice]


@pytest.mark.parametrize(
    ("subtotal", "said"),
    [
        ("Trades,SubTotal,,Stocks,USD,ACME,,50,,,600,-3,0,98,0,", "subtotal is another"),
        ("Trades,SubTotal,,Stocks,USD,ACME,,0,,,100,-2,0,150.5,0,", "realises another profit"),
    ],
)
def test_a_subtotal_that_differs_is_said(subtotal: str, said: str) -> None:
    (notice,) = [notice for notice in read(GENERATED, HEADER, BOUGHT, SOLD, subtotal).notices if "ACME" in notice]
    assert said in notice


def test_what_was_held_before_is_said() -> None:
    summary = "Mark-to-Market Performance Summary,Header,Asset Category,Symbol,Prior Quantity,Current Quantity"
    rows = (summary, *(f"Mark-to-Market Performance Summary,Data,Stocks,{held},0" for held in ("ACME,100", "OTHER,5")))
    (notice,) = [notice for notice in read(GENERATED, *rows, HEADER, BOUGHT, SOLD).notices if "held before" in notice]
    assert notice.startswith("ACME were held")


def test_a_quantity_that_is_no_number_is_refused_by_name() -> None:
    reading = read(GENERATED, HEADER, BOUGHT.replace(",100,", ",many,"))
    assert reasons(reading) == ["has no quantity that is a number other than zero"]


def test_executions_count_where_no_order_is_listed() -> None:
    executions = [line.replace("Order", "Trade") for line in (BOUGHT, SOLD)]
    assert read(GENERATED, HEADER, *executions).trades["profit_loss"].tolist() == [98.0]


def test_orders_and_their_executions_count_once() -> None:
    both = [line.replace("Order", level) for line in (BOUGHT, SOLD) for level in ("Order", "Trade", "ClosedLot")]
    reading = read(GENERATED, HEADER, *both)
    assert reading.trades["profit_loss"].tolist() == [98.0]
    assert reading.ignored_rows == 4


def test_a_fee_in_the_base_currency_is_not_added_to_another() -> None:
    reading = read(GENERATED, HEADER.replace("Comm/Fee", "Comm in EUR"), BOUGHT, SOLD)
    assert reasons(reading) == ["is in another currency than the profit: they cannot be added up"] * 2


def test_a_cancellation_without_its_trade_is_refused() -> None:
    cancelled = BOUGHT.replace(",100,", ",-100,").replace("-1000", "1000").removesuffix("O") + "Ca"
    assert reasons(read(GENERATED, HEADER, cancelled)) == [
        "cancels a trade that is not in this file; remove that trade by hand"
    ]


def test_another_clock_than_eastern_time_is_asked_for() -> None:
    reading = read(GENERATED.replace("EDT", "JST"), HEADER, BOUGHT, SOLD)
    assert [question.kind for question in reading.questions] == ["timezone"]


def test_headings_nobody_knows_are_refused_not_guessed() -> None:
    foreign = "Handel,Header,DataDiscriminator,Klasse,Valuta,Papir,Tid,Antall,Kurs,Verdi"
    row = 'Handel,Data,Order,Aksjer,NOK,ACME,"2026-01-05, 10:00:00",100,10,-1000'
    with pytest.raises(ImportRefused, match="'Handel'"):
        read(GENERATED, foreign, row)


def test_a_statement_without_trades_is_refused() -> None:
    with pytest.raises(ImportRefused, match="no section with trades"):
        read(GENERATED)


def test_a_share_and_its_contract_for_difference_are_two_positions() -> None:
    contract = [line.replace("Stocks", "CFDs").replace("100,", "50,") for line in (BOUGHT,)]
    reading = read(GENERATED, HEADER, BOUGHT, *contract, SOLD)
    assert reading.trades["profit_loss"].tolist() == [98.0]
    assert reading.open_positions == 1


def test_an_option_assigned_in_a_history_ends_at_nothing_but_its_fee() -> None:
    text = "\n".join(
        (
            "Transaction History,Header,Date,Account,Description,Transaction Type,Symbol,Quantity,Price,Price Currency,"
            "Gross Amount ,Commission,Net Amount",
            "Transaction History,Data,2026-08-02,U1,Buy 1,Assignment,ACME  260731P00010000,1.0,-,-,-0.5,-0.5,-0.5",
            "Transaction History,Data,2026-07-31,U1,ACME,Sell,ACME  260731P00010000,-1.0,0.5,USD,45,-0.9,44.1",
        )
    )
    options = ImportOptions(opening_sells="short")
    reading = read_file(("h.csv", text.encode()), day_rule=DayRule(zone=ZoneInfo("UTC")), options=options)
    assert reading.trades["profit_loss"].tolist() == [43.6]
    assert reading.trades["fees"].tolist() == [1.4]


def test_two_lists_of_trades_in_one_report_are_refused() -> None:
    trades = "ClientAccountID,Symbol,DateTime,Quantity,TradePrice,IBCommission,Buy/Sell"
    row = "U0000001,ACME,20260105;100000,100,10,-1,BUY"
    text = "\n".join((trades, row, trades + ",NetCash", row + ",-1001"))
    with pytest.raises(ImportRefused, match="Several sections"):
        read_file(("f.csv", text.encode()), day_rule=DayRule(zone=ZoneInfo("UTC")), options=ImportOptions())


FLEX = (
    "ClientAccountID,Symbol,AssetClass,DateTime,TradeID,Quantity,TradePrice,Multiplier,IBCommission,"
    "Buy/Sell,Notes/Codes"
)


def flex(*rows: str, header: str = FLEX, name: str = "flex.csv") -> Reading:
    text = "\n".join((header, *rows))
    return read_file((name, text.encode()), day_rule=DayRule(zone=ZoneInfo("UTC")), options=ImportOptions())


def test_a_bond_is_quoted_in_percent_whatever_its_multiplier_says() -> None:
    reading = flex(
        "U1,T 4 5/8 02/28/26,BOND,20250305;100000,1,1000,100,1,-5,BUY,O",
        "U1,T 4 5/8 02/28/26,BOND,20250605;100000,2,-1000,101,1,-5,SELL,C",
    )
    assert reading.trades["profit_loss"].tolist() == [0.0]


def test_a_cancellation_takes_away_the_trade_of_its_own_account() -> None:
    reading = flex(
        "U1,ACME,STK,20250305;100000,1,10,200,1,-1,BUY,O",
        "U2,ACME,STK,20250305;110000,2,10,200,1,-1,BUY,O",
        "U1,ACME,STK,20250305;120000,3,-10,200,1,1,BUY (Ca.),Ca",
        "U2,ACME,STK,20250306;100000,4,-10,210,1,-1,SELL,C",
    )
    assert reading.trades["profit_loss"].tolist() == [98.0]
    assert (reading.open_positions, reading.ignored_rows) == (0, 2)


def test_rows_without_an_id_may_repeat_those_that_have_one() -> None:
    reading = flex(
        "U1,ACME,STK,20250305;100000,1,10,200,1,-1,BUY,O",
        "U1,ACME,STK,20250305;100000,,10,200,1,-1,BUY,O",
        "U1,ACME,STK,20250306;100000,2,-10,210,1,-1,SELL,C",
    )
    assert reading.trades["profit_loss"].tolist() == [98.0]
    assert [rejection.line for rejection in reading.rejected] == [3]


def test_an_expiration_has_no_id() -> None:
    option = "ACME  250321C00190000"
    reading = flex(
        f"U1,{option},OPT,20250305;100000,1,-1,2.5,100,-1,SELL,O",
        f"U1,{option},OPT,20250321;162000,,1,0,100,0,BUY,C;Ep",
    )
    assert reading.trades["profit_loss"].tolist() == [249.0]


@pytest.mark.parametrize(
    "moment", ["05-Jan-26;093000", "01/05/2026, 093000", "2026-01-05;093000 EST", "20260105 093000"]
)
def test_the_ways_a_flex_query_writes_times(moment: str) -> None:
    later = (
        moment.replace("05-Jan", "13-Jan").replace("01/05", "01/13").replace("01-05", "01-13").replace("0105", "0113")
    )
    reading = flex(f'U1,ACME,STK,"{moment}",1,10,200,1,-1,BUY,O', f'U1,ACME,STK,"{later}",2,-10,210,1,-1,SELL,C')
    assert str(reading.trades["entry_time"][0]) == "2026-01-05 14:30:00+00:00"


def test_a_day_and_a_time_may_stand_apart() -> None:
    rows = "".join(
        f'<Trade accountId="U1" currency="CAD" assetCategory="STK" symbol="ACME" tradeID="{at}" tradeDate="20130401" '
        f'tradeTime="09340{at}" quantity="{size}" tradePrice="{price}" buySell="{side}" levelOfDetail="EXECUTION"/>'
        for at, size, price, side in ((3, 100, 11, "BUY"), (2, -100, 10.5, "SELL"), (1, 100, 10, "BUY"))
    )
    whole = f'<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1"><Trades>{rows}</Trades></FlexStatement>'
    reading = flex(header=f"{whole}</FlexStatements></FlexQueryResponse>", name="flex.xml")
    assert reading.trades["profit_loss"].tolist() == [50.0]
    assert reading.open_positions == 1


def test_strikes_of_one_underlying_are_kept_apart() -> None:
    header = "Symbol,UnderlyingSymbol,Strike,Expiry,Put/Call,Multiplier,Buy/Sell,Date/Time,Quantity,Price,Commission"
    reading = flex(
        "ACME,ACME,150,20230120,C,100,BUY,20230110;093000,1,5,-1",
        "ACME,ACME,160,20230120,C,100,BUY,20230110;093001,1,3,-1",
        "ACME,ACME,150,20230120,C,100,SELL,20230110;093002,1,6,-1",
        header=header,
    )
    assert reading.trades["symbol"].tolist() == ["ACME 20230120 150 C"]
    assert (reading.trades["profit_loss"].tolist(), reading.open_positions) == ([98.0], 1)


def test_a_report_of_lots_alone_is_refused() -> None:
    header = f"{FLEX},LevelOfDetail"
    with pytest.raises(ImportRefused, match="lots and summaries only"):
        flex("U1,ACME,STK,20250305;100000,1,10,200,1,-1,BUY,O,CLOSED_LOT", header=header)


def test_options_by_the_columns_of_another_broker_are_not_claimed() -> None:
    reading = flex(
        "2025-01-05,ACME,,Buy,100,10",
        "2025-01-06,ACME,,Sell,100,11",
        header="Trade Date,Symbol,Put/Call,Side,Quantity,Price",
    )
    assert reading.format == "generic_fills"


def test_two_statements_in_one_file_are_refused() -> None:
    with pytest.raises(ImportRefused, match="several statements"):
        read(
            GENERATED, HEADER, BOUGHT, SOLD, "Statement,Header,Field Name,Field Value", GENERATED, HEADER, BOUGHT, SOLD
        )


def test_transfers_are_said() -> None:
    transfers = "Transfers,Header,Asset Category,Currency,Symbol,Date,Type,Direction,Qty"
    moved = (f"Transfers,Data,Stocks,USD,{name},2026-01-05,ATON,Out,-100" for name in ("ACME", "OTHER"))
    (notice,) = [n for n in read(GENERATED, HEADER, BOUGHT, transfers, *moved).notices if "transferred" in n]
    assert notice.startswith("ACME were")


def test_a_history_needs_neither_account_nor_description() -> None:
    text = "\n".join(
        (
            "Transaction History,Header,Date,Transaction Type,Symbol,Quantity,Price,Gross Amount,Commission,Net Amount",
            "Transaction History,Data,2026-05-21,Buy,ACME,10.0,10,-100,-1,-101",
            "Transaction History,Data,2026-05-22,Sell,ACME,-10.0,11,110,-1,109",
        )
    )
    assert flex(header=text).trades["profit_loss"].tolist() == [8.0]
