"""Tables of closed trades: which columns are found, how money is read, and what is refused or asked."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from mentor.errors import ColumnsUnknown, ImportRefused, InvalidArgument
from mentor.importing import TRADE_COLUMNS
from mentor.importing.columns import WORDS, fold, recognise
from tests.importing.files import GOOD, HEADER, only, plan, read, reasons, shared
from tests.importing.workbooks import workbook


def test_a_plain_journal() -> None:
    reading = read(
        "Ticket,Symbol,Side,Lots,Open Time,Open Price,Close Time,Close Price,S/L,T/P,Commission,"
        "Swap,Profit,Strategy,Notes\n"
        "71,XAUUSD,Sell,0.50,2024-03-04 09:00:00,2040.5,2024-03-04 23:30:00,2038.5,2045,0,-3.50,"
        "-1.20,100.00,breakout,[tp] ok\n",
        source_timezone="Europe/Athens",
    )

    trade = only(reading)
    assert list(reading.trades.columns) == list(TRADE_COLUMNS)
    assert [str(kind) for kind in reading.trades.dtypes] == list(TRADE_COLUMNS.values())
    assert trade["entry_time"] == pd.Timestamp("2024-03-04 07:00", tz="UTC")
    assert trade["exit_time"] == pd.Timestamp("2024-03-04 21:30", tz="UTC")
    assert trade["session_date"] == pd.Timestamp("2024-03-05"), "closed after midnight in Jakarta"
    assert (trade["side"], trade["lot_size"], trade["entry_price"], trade["exit_price"]) == (
        "short",
        0.5,
        2040.5,
        2038.5,
    )
    assert (trade["stop_price"], trade["stop_loss_used"], trade["take_profit_used"]) == (2045, False, True)
    assert math.isnan(trade["target_price"]), "a target of 0 is not set"
    assert (trade["profit_loss"], trade["fees"]) == (95.3, 4.7)
    assert (trade["strategy_used"], trade["notes"], trade["external_id"]) == ("breakout", "[tp] ok", "71")
    assert reading.questions == ()
    assert reading.source_timezone == "Europe/Athens"


def test_an_indonesian_journal() -> None:
    trade = only(
        read(
            "Tanggal;Waktu;Simbol;Arah;Ukuran Lot;Harga Buka;Harga Tutup;Laba/Rugi;Komisi;Strategi;"
            "Catatan;Akun;Mata Uang\n"
            "15/01/2024;10:00;XAUUSD;Jual;0,10;2040,5;2041,5;-1.250.000,00;-7.500,00;tren;terlalu cepat;utama;IDR\n",
            source_timezone="UTC",
        )
    )

    assert trade["entry_time"] == pd.Timestamp("2024-01-15 10:00", tz="UTC")
    assert (trade["side"], trade["lot_size"], trade["profit_loss"], trade["fees"]) == ("short", 0.1, -1257500.0, 7500.0)
    assert (trade["account"], trade["currency"], trade["notes"]) == ("utama", "IDR", "terlalu cepat")


@pytest.mark.parametrize(
    ("header", "row", "net", "fees"),
    [
        ("Profit", "100", 100.0, None),
        ("Profit,Fees", "100,7", 93.0, 7.0),
        ("Profit,Fees", "100,-7", 93.0, 7.0),
        ("Profit,Commission", "100,-7", 93.0, 7.0),
        ("Profit,Commission", "100,7", 93.0, 7.0),
        ("Profit,Swap", "100,-7", 93.0, 7.0),
        ("Profit,Swap", "100,7", 107.0, -7.0),
        ("Profit,Fees and Commission", "100,1.67", 98.33, 1.67),
        ("Profit,Commission,Fees,Swap", "100,-2,3,-4", 91.0, 9.0),
        ("Profit,Commission,Total Fees", "100,-2,9", 98.0, 2.0),
        ("Profit,Total Fees", "100,9", 91.0, 9.0),
        ("Profit,Fees", "100,", 100.0, None),
        ("Net P/L,Commission", "93,-7", 93.0, 7.0),
        ("Gross P/L,Net P/L", "100,93", 93.0, 7.0),
        ("Laba Bersih,Biaya", "93,7", 93.0, 7.0),
    ],
)
def test_money(header: str, row: str, net: float, fees: float | None) -> None:
    trade = only(read(f"Symbol,Date,Lots,{header}\nX,2024-01-02,1,{row}\n"))

    assert trade["profit_loss"] == net
    assert trade["fees"] == fees if fees is not None else math.isnan(trade["fees"])


def test_the_sign_of_a_commission_is_decided_by_the_whole_column() -> None:
    reading = read(
        "Symbol,Date,Lots,Profit,Commission\nX,2024-01-02,1,10,-1\nX,2024-01-02,1,10,-2\nX,2024-01-02,1,10,0.5\n"
    )

    assert reading.trades["fees"].tolist() == [1.0, 2.0, -0.5]
    assert (
        "Commission has both signs: negative amounts are read as paid, positive ones as paid back." in reading.notices
    )


@pytest.mark.parametrize(
    ("cells", "fees", "words"),
    [
        (["-2.00"] * 5 + ["0.10"], [2.0] * 5 + [-0.1], "negative amounts are read as paid, positive ones as paid back"),
        (["2.00", "3.00", "-0.10"], [2.0, 3.0, -0.1], "positive amounts are read as paid, negative ones as paid back"),
        (["2.00", "-2.00"], [2.0, -2.0], "positive amounts are read as paid, negative ones as paid back"),
    ],
)
def test_the_usual_sign_of_fees_is_paid(cells: list[str], fees: list[float], words: str) -> None:
    reading = read("Symbol,Date,Lots,Profit,Fees\n" + "".join(f"X,2024-01-02,1,10,{fee}\n" for fee in cells))

    assert reading.trades["fees"].tolist() == fees
    assert reading.trades["profit_loss"].tolist() == [10 - fee for fee in fees]
    assert f"Fees has both signs: {words}." in reading.notices


@pytest.mark.parametrize(
    ("header", "row", "net", "unused"),
    [
        ("Profit (pips),Profit (USD)", "25,250", 250.0, "Profit (pips)"),
        ("P&L (%),P&L", "2.5,250", 250.0, "P&L (%)"),
        ("Profit PIPS,Profit USD", "25,250", 250.0, "Profit PIPS"),
        ("Profit,Profit (USD)", "25,250", 250.0, "Profit"),
        ("Profit [ticks],Laba (Rp)", "25,250", 250.0, "Profit [ticks]"),
        ("Profit,Swap (points),Commission (%)", "250,3,4", 250.0, "Swap (points), Commission (%)"),
        ("Profit,SL (pips)", "250,20", 250.0, "SL (pips)"),
        ("Profit,Stop Loss ($)", "250,20", 250.0, "Stop Loss ($)"),
        ("Profit (USD),Fees,Fees (USD)", "250,0,3", 247.0, "Fees"),
    ],
)
def test_what_stands_behind_a_name_counts(header: str, row: str, net: float, unused: str) -> None:
    reading = read(f"Symbol,Date,Lots,{header}\nX,2024-01-02,1,{row}\n")

    trade = only(reading)
    assert (trade["profit_loss"], math.isnan(trade["stop_price"])) == (net, True)
    assert f"Columns not used: {unused}." in reading.notices


@pytest.mark.parametrize("header", ["P&L (net)", "Realized P/L (net)", "Profit (after fees)"])
def test_a_profit_called_net_is_net(header: str) -> None:
    assert only(read(f"Symbol,Date,Lots,{header},Fees\nX,2024-01-02,1,93,7\n"))["profit_loss"] == 93


@pytest.mark.parametrize("header", ["Profit (%),Commission (%)", "P/L (R),Net P/L (pips)", "Profit (foo),Fees"])
def test_a_profit_that_is_no_money_is_no_profit(header: str) -> None:
    with pytest.raises(ImportRefused, match="A column is missing: profit"):
        read(f"Symbol,Date,Lots,{header}\nX,2024-01-02,1,2,3\n")

    (question,) = read(f"Symbol,Date,Side,Lots,Entry Price,Exit Price,{header}\nX,2024-01-02,buy,1,1,2,2,3\n").questions
    assert (question.kind, question.about) == ("multiplier", "X")


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Profit", "2.5%", "is a percentage"),
        ("Open Price", "2.5%", "is a percentage"),
        ("Lots", "2.5%", "is a percentage"),
        ("Profit", "25 PIPS", "has a unit that is no currency we know"),
        ("Close Price", "25 PIPS", "has a unit that is no currency we know"),
    ],
)
def test_what_is_no_amount_is_refused(column: str, cell: str, reason: str) -> None:
    names = HEADER.strip().split(",")
    cells = GOOD.strip().split(",")
    cells[names.index(column)] = cell

    (rejection,) = read(HEADER + GOOD + ",".join(cells) + "\n").rejected

    assert (rejection.line, rejection.column, rejection.value) == (3, column, cell)
    assert reason in rejection.reason


def test_a_stop_that_cannot_be_read_is_left_out_and_said() -> None:
    reading = read(
        "Symbol,Date,Lots,Profit,SL,TP,Risk %\nX,2024-01-02,1,5,20 pips,1.2,1.5%\n"
        "X,2024-01-02,1,5,30 PIPS,1.3,$50\nX,2024-01-02,1,5,1.1,,2\n"
    )

    read_as = {name: reading.trades[name].fillna(0).tolist() for name in ("stop_price", "target_price", "risk_percent")}
    assert read_as == {"stop_price": [0, 0, 1.1], "target_price": [1.2, 1.3, 0], "risk_percent": [1.5, 0, 2]}
    assert reading.rejected == ()
    assert "Left out as unreadable: 2 cells of SL, the first is '20 pips' in line 2." in reading.notices
    assert "Left out as unreadable: 1 cell of Risk %, the first is '$50' in line 3." in reading.notices


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Symbol,Date,Lots,Profit,Profit", "X,2024-01-02,1,2.5,250", "Profit"),
        ("Symbol,Symbol,Date,Lots,Profit", "X,Y,2024-01-02,1,250", "Symbol"),
        ("Symbol,Date,Lots,Lots,Profit", "X,2024-01-02,1,2,250", "Lots"),
        ("Symbol,Date,Date,Lots,Profit", "X,2024-01-02,2024-01-03,1,250", "Date"),
        ("Symbol,Side,side,Date,Lots,Profit", "X,buy,sell,2024-01-02,1,250", "Side"),
        ("Symbol,Date,Lots,Profit,Fees,Fees", "X,2024-01-02,1,250,2,3", "Fees"),
    ],
)
def test_two_columns_of_one_name_that_differ_are_refused(header: str, row: str, name: str) -> None:
    with pytest.raises(ImportRefused, match=rf"columns \d and \d are both called '{name}' and differ"):
        read(f"{header}\n{row}\n")


def test_two_columns_of_one_name_that_agree_count_once() -> None:
    header = "Symbol,Symbol,Date,Lots,Profit,Profit,Fees,Fees,Notes,Notes,Type,Type"
    reading = read(f"{header}\nX,X,2024-01-02,1,250,250,3,3,a,b,market,buy\n")

    trade = only(reading)
    assert (trade["profit_loss"], trade["fees"], trade["side"]) == (247, 3, "long")


def test_a_pending_order_with_a_profit_is_refused() -> None:
    rows = ["buy,5", "Buy Limit,-7", "Sell Stop,", "Cancelled,0.00", "Cancelled,x", "Withdrawal,-500"]
    reading = read("Symbol,Date,Lots,Side,Profit\n" + "".join(f"X,2024-01-02,1,{row}\n" for row in rows))

    assert reasons(reading) == [(3, "Side", "Buy Limit"), (6, "Side", "Cancelled")]
    assert (len(reading.trades), reading.ignored_rows) == (1, 3)


@pytest.mark.parametrize("profits", [["1.250", "12.500", "-500.000"], ["Rp 1.250", "500", "-2.000"]])
def test_profits_that_may_all_be_thousands_are_not_guessed(profits: list[str]) -> None:
    text = "Symbol,Date,Lots,Profit\n" + "".join(f"X,2024-01-02,1,{profit}\n" for profit in profits)

    reading = read(text)

    assert {r.value for r in reading.rejected} == {profit for profit in profits if "." in profit}
    assert all("could be a thousand or a decimal" in r.reason for r in reading.rejected)


@pytest.mark.parametrize("evidence", ["X,2024-01-02,0.10,1", "X,2024-01-02,1,2.25", "X,2024-01-02,1,1234.500"])
def test_any_other_number_decides_for_them(evidence: str) -> None:
    reading = read(f"Symbol,Date,Lots,Profit\nX,2024-01-02,1,1.250\n{evidence}\n")

    assert (reading.rejected, reading.trades["profit_loss"][0]) == ((), 1.25)


def test_a_time_of_day_takes_the_date_of_the_open() -> None:
    rows = "X,2024-01-02,23:30,00:30,1,5\nX,2024-01-02,09:30,10:30,1,5\n"
    reading = read("Symbol,Open Date,Open Time,Close Time,Lots,Profit\n" + rows, source_timezone="UTC")

    assert reading.trades["exit_time"].tolist() == [pd.Timestamp("2024-01-02 10:30", tz="UTC")]
    assert [(r.line, r.reason) for r in reading.rejected] == [(2, "is before the entry")]
    assert "Close Time has no date of its own: taken on the day of Open Date." in reading.notices


def test_a_long_list_of_unused_columns_is_cut() -> None:
    names = [f"x{at}" for at in range(200)]
    reading = read(f"Symbol,Date,Lots,Profit,{','.join(names)}\nX,2024-01-02,1,5{',1' * 200}\n")

    assert f"Columns not used: {', '.join(names[:12])} and 188 more." in reading.notices


def test_profit_from_prices_asks_for_the_multiplier_unless_it_is_known() -> None:
    text = (
        "Symbol,Side,Contracts,Entry Date,Exit Date,Entry Price,Exit Price,Commission\n"
        "GER40,long,2,2024-01-02,2024-01-03,5000,5001.25,4.40\n"
        "GER40,short,1,2024-01-02,2024-01-03,5000,5000,2.20\n"
    )

    asked, told, others = read(text), read(text, multipliers={"ger40": 50}), read(text, multipliers={"*": 50})

    assert [(q.kind, q.about, q.blocking) for q in asked.questions] == [("multiplier", "GER40", True)]
    assert asked.trades["profit_loss"].isna().tolist() == [True, False]
    assert plan(asked).net_profit_loss is None
    assert told.questions == others.questions == ()
    assert told.trades["profit_loss"].tolist() == others.trades["profit_loss"].tolist() == [120.6, -2.2]


def test_a_future_is_worth_what_its_exchange_says_and_the_source_is_shown() -> None:
    text = (
        "Symbol,Side,Contracts,Entry Date,Exit Date,Entry Price,Exit Price,Commission\n"
        "ESZ4,long,2,2024-01-02,2024-01-03,5000,5001.25,4.40\n"
    )

    reading = read(text)

    assert reading.questions == ()
    assert reading.trades["profit_loss"].tolist() == [120.6]
    assert any("ESZ4: 50 USD a point" in notice and "cmegroup.com" in notice for notice in reading.notices)


@pytest.mark.parametrize("header", ["Shares,Units", "Quantity,Units"])
def test_shares_need_no_multiplier(header: str) -> None:
    units = "shares" if header.startswith("Quantity") else ""
    reading = read(f"Symbol,Side,{header},Date,Entry Price,Exit Price\nBBCA,beli,100,{units},2024-01-02,10.5,11\n")

    assert only(reading)["profit_loss"] == 50.0


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Side,Lots,Date,Profit\n", "symbol"),
        ("Symbol,Side,Date,Profit\n", "size"),
        ("Symbol,Lots,Profit\n", "time or date"),
        ("Symbol,Side,Lots,Date\n", "profit (or side, entry price and exit price)"),
        ("Symbol,Lots,Date,Entry Price,Exit Price\nX,1,2024-01-02,1,2\n", "side (buy or sell)"),
    ],
)
def test_missing_columns_are_named_with_what_was_found(text: str, missing: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read(text)

    assert f"A column is missing: {missing}" in str(refused.value)
    assert f"Found: {text.splitlines()[0].replace(',', ', ')}" in str(refused.value)


def test_single_fills_are_left_to_the_reader_of_fills() -> None:
    reading = read("Symbol,Date,Side,Quantity,Price,Commission\nAAPL,2024-01-02,Buy,100,150.00,1.00\n")

    assert (reading.format, reading.open_positions) == ("generic_fills", 1)


def test_times_of_day_without_a_date_are_refused() -> None:
    with pytest.raises(ImportRefused, match="'Time' holds times of day, and no column holds the date"):
        read("Symbol,Time,Lots,Profit\nX,10:00:00,1,5\n")


def test_header_only_is_a_reading_without_trades() -> None:
    reading = read(HEADER)

    assert reading.format == "closed_trades"
    assert (plan(reading).trades, plan(reading).net_profit_loss, reading.rejected) == (0, 0.0, ())


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        ("2024-01-02 11:00:00", "2024-02-30 11:00:00", "Close Time", "is no day of the calendar"),
        ("2024-01-02 11:00:00", "2024-01-02 25:61:00", "Close Time", "is no time of day"),
        ("10.50", "1.234,56", "Profit", "is not written like the other numbers of this file"),
        ("10.50", "NaN", "Profit", "is not a finite number"),
        ("10.50", "inf", "Profit", "is not a finite number"),
        ("10.50", "1e400", "Profit", "is too large to be true"),
        ("10.50", "1_000", "Profit", "is not a number"),
        ("10.50", "", "Profit", "is empty"),
        ("0.10", "0", "Lots", "is zero"),
        ("0.10", "-1", "Lots", "is negative although the side is a buy"),
        ("0.10", "", "Lots", "is empty"),
        ("EURUSD", "", "Symbol", "is empty"),
        ("EURUSD", "X" * 65, "Symbol", "is longer than 64 characters"),
        ("EURUSD", '"EUR\nUSD"', "Symbol", "has a line break"),
        ("buy", "hold", "Side", "is neither buy nor sell"),
        ("2024-01-02 11:00:00", "2024-01-02 09:59:59", "Close Time", "is before the entry"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_kept(old: str, new: str, column: str, reason: str) -> None:
    cell = f'"{new}"' if "," in new else new
    reading = read(HEADER + GOOD + GOOD.replace(old, cell, 1) + GOOD)

    assert [(r.line, r.column, r.value) for r in reading.rejected] == [(3, column, new.strip('"'))]
    assert reason in reading.rejected[0].reason
    assert len(reading.trades) == 2


@pytest.mark.parametrize(
    "symbol", ["'; DROP TABLE daily_trading_data; --", "<script>alert(1)</script>", "=1+1", "BTC/USD"]
)
def test_fragments_of_code_are_only_data(symbol: str) -> None:
    trade = only(read(f"Symbol,Date,Lots,Profit,Notes\n{symbol},2024-01-02,1,5,{symbol}\n"))

    assert (trade["symbol"], trade["notes"]) == (symbol, symbol)


def test_open_positions_totals_and_deposits_are_no_trades() -> None:
    reading = read(
        HEADER
        + GOOD
        + "GBPUSD,sell,0.2,2024-01-03 10:00:00,,1.25,,\n"
        + "Total,,,,,,,10.50\n"
        + ",,,,,,,10.50\n"
        + ",balance,,2024-01-01 10:00:00,,,,1000\n"
    )

    assert (len(reading.trades), reading.open_positions, reading.ignored_rows, reading.rejected) == (1, 1, 3, ())


def test_one_time_a_trade_is_the_entry_and_said() -> None:
    reading = read(
        "Date,Symbol,Type,Lot Size,Profit,Balance\n2024-01-02 10:00,EURUSD,Buy,1.0,500.00,1500\n", source_timezone="UTC"
    )

    trade = only(reading)
    assert trade["entry_time"] == pd.Timestamp("2024-01-02 10:00", tz="UTC")
    assert pd.isna(trade["exit_time"])
    assert trade["session_date"] == pd.Timestamp("2024-01-02")
    assert "One time per trade (Date): taken as the entry time." in reading.notices
    assert "Columns not used: Balance." in reading.notices


def test_dates_without_clock_give_the_session_date_only() -> None:
    for date in ("2024-01-02", "2024-01-02 00:00:00"):
        reading = read(f"Date,Symbol,Lots,Profit\n{date},A,1,5\n{date},B,1,5\n")

        assert reading.trades["entry_time"].isna().all()
        assert (reading.trades["session_date"] == pd.Timestamp("2024-01-02")).all()
        assert reading.questions == ()


def test_an_order_of_day_and_month_that_nothing_decides_is_asked() -> None:
    text = "Date,Symbol,Lots,Profit\n01/02/2024 10:00,A,1,5\n"

    asked, told = read(text, source_timezone="UTC"), read(text, source_timezone="UTC", date_order="mdy")

    assert [(q.kind, q.choices, q.blocking) for q in asked.questions] == [("date_order", ("dmy", "mdy"), True)]
    assert asked.questions[0].about == "01/02/2024 10:00 in column Date: day first or month first?"
    assert (len(asked.trades), asked.trades["session_date"].isna().all()) == (1, True)
    assert only(told)["entry_time"] == pd.Timestamp("2024-01-02 10:00", tz="UTC")
    assert told.questions == ()


def test_a_year_of_two_digits_and_contradictions_are_asked() -> None:
    text = "Date,Symbol,Lots,Profit\n{}\n{}\n"
    years = text.format("25-01-15,A,1,5", "25-01-16,A,1,5")
    both = text.format("25/01/2025,A,1,5", "02/27/2025,A,1,5")

    assert [(q.choices, q.blocking) for q in read(years).questions] == [(("dmy", "ymd"), True)]
    assert read(years, date_order="ymd").trades["session_date"].tolist() == [
        pd.Timestamp("2025-01-15"),
        pd.Timestamp("2025-01-16"),
    ]
    assert [(q.choices, q.blocking) for q in read(both).questions] == [(("dmy", "mdy"), True)]
    assert [r.line for r in read(both, date_order="mdy").rejected] == [2]


def test_a_zone_nobody_stated_is_assumed_and_asked() -> None:
    reading = read(HEADER + GOOD)

    (question,) = reading.questions
    assert (question.kind, question.blocking) == ("timezone", False)
    assert question.choices == ("Asia/Jakarta", "Europe/Athens", "UTC")
    assert reading.source_timezone == "Asia/Jakarta"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("EntryDateUTC", "2024-01-02 10:00"),
        ("Open Time (UTC+2)", "2024-01-02 12:00"),
        ("Open Time", "2024-01-02T12:00:00+02:00"),
        ("Open Time", "1704189600"),
    ],
)
def test_a_zone_in_the_file_is_used_without_a_question(header: str, cell: str) -> None:
    reading = read(f"Symbol,Lots,Profit,{header}\nA,1,5,{cell}\n")

    assert only(reading)["entry_time"] == pd.Timestamp("2024-01-02 10:00", tz="UTC")
    assert reading.questions == ()


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="'Mars/Olympus' is not known"):
        read(HEADER + GOOD, source_timezone="Mars/Olympus")


def test_hours_that_exist_twice_or_never() -> None:
    rows = [
        ("2024-03-31 03:30:00", "2024-03-31 05:00:00"),  # skipped in Athens
        ("2024-10-27 03:10:00", "2024-10-27 03:50:00"),  # twice: both first
        ("2024-10-27 03:50:00", "2024-10-27 03:10:00"),  # twice: the exit can only be the second
    ]
    text = "Symbol,Open Time,Close Time,Lots,Profit\n" + "".join(f"X,{a},{b},1,1\n" for a, b in rows)

    reading = read(text, source_timezone="Europe/Athens")

    assert [(r.line, r.column) for r in reading.rejected] == [(2, "Open Time")]
    assert reading.trades["entry_time"].dt.strftime("%H:%M").tolist() == ["00:10", "00:50"]
    assert reading.trades["exit_time"].dt.strftime("%H:%M").tolist() == ["00:50", "01:10"]


def test_a_repeated_ticket_counts_once_and_a_shared_order_id_stays_apart() -> None:
    rows = "1,X,2024-01-02,1,93\n1,X,2024-01-02,1,93\n2,X,2024-01-02,1,50\n2,X,2024-01-02,3,60\n"

    assert (
        "1 row repeats another row, id and all, and counts once."
        in read("Ticket,Symbol,Date,Lots,Profit\n" + rows).notices
    )
    tickets = read("Ticket,Symbol,Date,Lots,Profit\n" + rows)
    orders = read("Order ID,Symbol,Date,Lots,Profit\n" + rows)

    assert (len(tickets.trades), tickets.ignored_rows) == (3, 1)
    assert "1 row repeats another row, id and all, and counts once." in tickets.notices
    assert (len(orders.trades), orders.ignored_rows) == (4, 0)
    for reading in (tickets, orders):
        assert reading.trades["external_id"].is_unique


def test_currencies_are_kept_by_row_and_never_summed() -> None:
    rows = "X,2024-01-02,1,5,USD\nX,2024-01-02,1,5,EUR\n"

    reading = read("Symbol,Date,Lots,Profit,Currency\n" + rows)

    assert reading.trades["currency"].tolist() == ["USD", "EUR"]
    assert (reading.currency, plan(reading).net_profit_loss) == (None, None)
    assert only(read("Symbol,Date,Lots,Profit (USD)\nX,2024-01-02,1,5\n"))["currency"] == "USD"


def test_two_columns_of_one_name_are_entry_and_exit() -> None:
    trade = only(
        read(
            "Time,Ticket,Symbol,Type,Volume,Price,Time,Price,Profit\n"
            "2024.01.02 10:00:00,5,EURUSD,buy,0.1,1.1,2024.01.02 11:00:00,1.2,10\n",
            source_timezone="UTC",
        )
    )

    assert (trade["entry_price"], trade["exit_price"]) == (1.1, 1.2)
    assert trade["exit_time"] == pd.Timestamp("2024-01-02 11:00", tz="UTC")


def test_open_and_close_are_times_or_prices_by_their_cells() -> None:
    times = only(
        read(
            "Ticket,Open,Type,Volume,Symbol,Price,Close,Price,Profit\n"
            "5,2024-01-02 10:00:00,buy,0.1,EURUSD,1.1,2024-01-02 11:00:00,1.2,10\n",
            source_timezone="UTC",
        )
    )
    prices = only(read("Date,Symbol,Side,Lots,Open,Close,Profit\n2024-01-02,EURUSD,buy,0.1,1.1,1.2,10\n"))

    assert times["exit_time"] == pd.Timestamp("2024-01-02 11:00", tz="UTC")
    for trade in (times, prices):
        assert (trade["entry_price"], trade["exit_price"]) == (1.1, 1.2)


def test_a_statement_in_sections_is_refused() -> None:
    with pytest.raises(ImportRefused, match="statement in sections"):
        read("Symbol,DataDiscriminator,Date/Time,Quantity,Realized P/L\nAAPL,Order,2024-01-02,-5,10\n")


def test_costs_in_another_currency_are_not_added_up() -> None:
    rows = ["0.03 USDT", "0.02 USDT", "0.001 BNB", "0"]
    text = "Symbol,Date,Lots,Profit,Fee\n" + "".join(f"X,2024-01-02,1,5,{fee}\n" for fee in rows)

    reading = read(text)

    assert [(r.line, r.column, r.value) for r in reading.rejected] == [(4, "Fee", "0.001 BNB")]
    assert reading.trades["fees"].tolist() == [0.03, 0.02, 0.0]


def test_a_loose_word_is_a_side_only_when_its_cells_are() -> None:
    layout = recognise(["Symbol", "Type", "Side"], [["AAPL", "margin", "long"]])
    market = recognise(["Symbol", "Type"], [["AAPL", "market"]])

    assert (layout.fields["side"].header, layout.unused) == ("Side", ("Type",))
    assert (market.fields.get("side"), market.unused) == (None, ("Type",))


def test_every_word_of_the_list_is_folded_and_means_one_field() -> None:
    words = [word for names in WORDS.values() for word in names]

    assert all(word == fold(word) for word in words)
    assert {word for word in words if words.count(word) > 1} == {"units", "open", "close", "entry", "exit", "type"}


@pytest.mark.parametrize(
    ("folder", "ending", "trades", "net"),
    [
        ("generic_journal", "trading-tracker2__sample_trades.csv", 10, 3200.0),
        ("generic_journal", "L1424-parses-month-name-timestamps-with-entry-and-exit-price-colum.csv", 2, -1.4),
        ("generic_journal", "L1492-parses-separator-free-utc-completed-trade-headers-and-ignore.csv", 3, 0.93),
        ("generic_journal", "L1521-parses-completed-trade-rows-with-open-date-close-date-and-pn.csv", 6, 111.5),
        ("generic_journal", "L1467-parses-completed-trade-rows-with-entry-and-exit-date-columns.csv", 2, 1430.13),
        ("emotion_journal", "financial-bias-detector__sample_trades.csv", 30, -30.0),
        ("emotion_journal", "synthetic_trades.csv", 1200, -23518.0),
        ("emotion_journal", "trades_with_bias.csv", 20, 4390.0),
    ],
)
def test_shared_samples(folder: str, ending: str, trades: int, net: float | None) -> None:
    reading = read(shared(folder, ending).read_bytes())

    assert (plan(reading).trades, plan(reading).net_profit_loss, reading.rejected) == (trades, net, ())


@pytest.mark.parametrize("line", ["L147-", "L170-", "L73-", "L1680-", "L1704-", "L1728-"])
def test_shared_samples_that_must_be_refused(line: str) -> None:
    with pytest.raises(ImportRefused):
        read(shared("generic_journal", f"{line}*.csv").read_bytes())


@pytest.mark.parametrize(
    ("name", "cost", "net", "fees"),
    [
        ("Cost", "15000", 500.0, None),  # what the shares cost
        ("Cost", "2", 498.0, 2.0),
        ("Total Cost", "2", 498.0, 2.0),
    ],
)
def test_price_and_size_tell_whether_a_cost_is_a_fee(name: str, cost: str, net: float, fees: float | None) -> None:
    trade = only(
        read(f"Date,Symbol,Side,Qty,Entry Price,Exit Price,Profit,{name}\n2026-01-05,AA,Long,100,150,155,500,{cost}\n")
    )

    assert trade["profit_loss"] == net
    assert trade["fees"] == fees or (fees is None and math.isnan(trade["fees"]))


def test_a_cost_that_may_be_either_is_asked() -> None:
    text = "Date,Symbol,Side,Lots,Entry,Exit,Profit,Cost\n2026-01-05,EURUSD,Long,0.5,1.1,1.101,50,3.5\n"

    with pytest.raises(ColumnsUnknown, match="may hold fees, or what the position was worth"):
        read(text)


NET = "Date,Symbol,Side,Qty,Entry Price,Exit Price,{},Commission\n2026-01-05,AA,Long,100,150,155,{},2\n"


@pytest.mark.parametrize(
    ("header", "profit", "net"),
    [("P&L", "498", 498.0), ("P&L", "500", 498.0), ("P&L", "433.21", 431.21), ("Gross P&L", "498", 496.0)],
)
def test_prices_tell_whether_a_profit_is_net(header: str, profit: str, net: float) -> None:
    trade = only(read(NET.format(header, profit)))

    assert (trade["profit_loss"], trade["fees"]) == (net, 2.0)


def test_open_trades_are_told_by_their_status() -> None:
    reading = read(
        "Date,Symbol,Side,Qty,Profit,Status\n"
        "2026-01-05,AA,Long,100,500,Win\n"
        "2026-01-06,BB,Long,100,70,Open\n"
        "2026-01-06,CC,Long,100,,Cancelled\n"
        "2026-01-06,DD,Long,100,9,Cancelled\n"
    )

    assert (list(reading.trades["symbol"]), reading.open_positions, reading.ignored_rows) == (["AA"], 1, 1)
    assert reasons(reading) == [(5, "Status", "Cancelled")]


def test_a_dated_row_of_totals_is_no_trade() -> None:
    reading = read(
        "Date,Symbol,Side,Qty,Profit\n2026-01-05,AA,Long,100,500\n2026-01-31,Total,,100,500\n2026-01-31,SUM,Buy,1,7\n"
    )

    assert (list(reading.trades["symbol"]), reading.ignored_rows) == (["AA", "SUM"], 1)


def test_trades_that_broke_even_are_no_openings() -> None:
    rows = "".join(
        f"2026-01-{day:02d},EURUSD,{'Buy' if day % 3 else 'Sell'},0.5,1.1,{0 if day % 4 == 0 else 25}\n"
        for day in range(1, 13)
    )
    reading = read("Date,Pair,Side,Lot,Price,P&L\n" + rows)

    assert (reading.format, len(reading.trades), reading.trades["profit_loss"].sum()) == ("closed_trades", 12, 225.0)


def test_losses_in_a_column_of_their_own_are_refused() -> None:
    with pytest.raises(ImportRefused, match="Profits and losses stand in two columns"):
        read("Date,Symbol,Side,Lots,Profit,Loss\n2026-01-13,EURUSD,Buy,1,50,0\n2026-01-14,EURUSD,Buy,1,0,20\n")


def test_a_fee_in_another_currency_is_not_deducted() -> None:
    reading = read(
        "Date,Symbol,Side,Size,P&L,Fee,Fee Currency,Currency\n"
        "2026-01-13,BTCUSDT,Buy,1,50,0.001,BTC,USDT\n2026-01-14,BTCUSDT,Buy,1,50,2,USDT,USDT\n"
    )

    assert list(reading.trades["profit_loss"]) == [48.0]
    assert reasons(reading) == [(2, "Fee", "0.001 BTC")]


def test_a_return_is_a_profit_only_in_money() -> None:
    header = "Symbol,Size,Open Date,Close Date,Entry Price,Exit Price,Side,Return $,Net Return,Commision\n"
    row = 'AA,3,"Jan 05, 2026","Jan 05, 2026",$10.33,$11.00,LONG,$2.00,{},$0.50\n'

    assert only(read(header + row.format("$1.50")))["profit_loss"] == 1.5
    assert only(read(header + row.format("0.05")))["profit_loss"] == 1.5, "a ratio is none: Return $ less its costs"


def test_sheets_of_sums_stand_beside_that_of_trades() -> None:
    trades = [["Date", "Symbol", "Side", "Lots", "Profit"], ["2026-01-05", "EURUSD", "Buy", "1", "100"]]
    sums = [["Date", "Profit", "Trades"], ["2026-01-05", "100", "1"]]

    assert only(read(workbook(Trades=trades, Days=sums), name="x.xlsx"))["profit_loss"] == 100.0
    with pytest.raises(ImportRefused, match="More than one of its sheets holds trades: Jan, Feb"):
        read(workbook(Jan=trades, Feb=trades), name="x.xlsx")


def test_a_journal_with_names_like_tradervue_s_keeps_its_own_profit() -> None:
    trade = only(
        read(
            "Open Datetime,Close Datetime,Symbol,Side,Volume,Entry Price,Exit Price,Profit,Commission,Swap\n"
            "2024-01-06 10:00,2024-01-07 11:00,EURUSD,Sell,0.5,1.1,1.101,-50,-3.5,-1\n"
        )
    )

    assert (trade["profit_loss"], trade["fees"]) == (-54.5, 4.5)
