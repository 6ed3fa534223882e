"""TradingView's list of trades: pairing in either order, old and new columns, open trades, and the missing symbol."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.errors import InvalidArgument
from mentor.importing import Reading
from tests.importing.files import only, plan, read, reasons, shared
from tests.importing.workbooks import workbook

NEW = (
    "Trade #,Type,Date and time,Signal,Price USDT,Size (qty),Size (value),Net P&L USD,Net P&L %,"
    "Favorable excursion USD,Favorable excursion %,Adverse excursion USD,Adverse excursion %,"
    "Cumulative P&L USD,Cumulative P&L %\n"
)
NEW_TRADE = (
    "1,Exit short,2025-03-31 08:45,flatten,1781.28,276.575,4999.8,-7340.3,-1.47,738.46,0.15,-857.3,-1.7,-7340.3,-0.7\n"
    "1,Entry short,2025-03-31 08:15,fade,1754.74,276.575,4999.8,-7340.3,-1.47,738.46,0.15,-857.3,-1.7,-7340.3,-0.7\n"
)
OLD = (
    "Trade #,Type,Signal,Date/Time,Price,Contracts,Profit USD,Profit %,Cum. Profit USD,Cum. Profit %,Run-up,Drawdown\n"
)
NAME = "Opening_Range_NASDAQ_AAPL_2025-04-01.csv"


def chart(text: str, name: str = NAME, **options: str) -> Reading:
    return read(text, name=name, source_timezone="America/New_York", **options)


def test_a_new_list_has_the_exit_first() -> None:
    trade = only(chart(NEW + NEW_TRADE))

    assert (trade["symbol"], trade["side"], trade["lot_size"]) == ("AAPL", "short", 276.575)
    assert (trade["entry_price"], trade["exit_price"]) == (1754.74, 1781.28)
    assert trade["entry_time"] == pd.Timestamp("2025-03-31 12:15", tz="UTC")
    assert trade["exit_time"] == pd.Timestamp("2025-03-31 12:45", tz="UTC")
    assert trade["profit_loss"] == -7340.3, "on both rows, counted once"
    assert pd.isna(trade["fees"])
    assert (trade["currency"], trade["strategy_used"]) == ("USD", "Opening Range")
    assert (trade["notes"], trade["line"]) == ("fade → flatten", 2)
    assert pd.isna(trade["external_id"]), "the number counts within one test only"


def test_an_old_list_has_the_entry_first_and_the_profit_on_the_exit() -> None:
    text = OLD + (
        "1,Entry Long,L,2023-11-14 22:40,102,1,,,,,,\n1,Exit Long,TP,2023-11-14 22:42,107,1,5.00,4.9,5.00,0.1,6,1\n"
        "2,Entry Short,S,2023-11-14 22:44,99,2,—,,,,,\n2,Exit Short,SL,2023-11-14 22:46,104,2,(10.00),-5,-5.00,0,0,5\n"
    )

    reading = chart(text)

    assert (reading.format, reading.rejected, reading.questions) == ("tradingview", (), ())
    assert reading.trades["side"].tolist() == ["long", "short"]
    assert reading.trades["profit_loss"].tolist() == [5.0, -10.0]
    assert reading.trades["lot_size"].tolist() == [1.0, 2.0]


@pytest.mark.parametrize("size", ["Contracts", "Quantity", "Position size (qty)", "Size (qty)"])
@pytest.mark.parametrize(
    ("profit", "currency"), [("Profit", None), ("Profit $", None), ("Profit IDR", "IDR"), ("Net PnL USDT", "USDT")]
)
@pytest.mark.parametrize("number", ["Trade #", "Trade number"])
def test_the_columns_by_all_their_names(size: str, profit: str, currency: str | None, number: str) -> None:
    trade = only(
        chart(
            f"{number},Type,Signal,Date/Time,Price,{size},{profit},Profit %,Cumulative P&L USD\n"
            "1,Entry long,a,2025-01-02 10:00,10,3,6,20,6\n1,Exit long,b,2025-01-02 11:00,12,3,6,20,6\n"
        )
    )

    assert (trade["lot_size"], trade["profit_loss"]) == (3.0, 6.0)
    assert (None if pd.isna(trade["currency"]) else trade["currency"]) == currency


def test_a_commission_that_is_stated_is_inside_the_profit() -> None:
    text = (
        "Trade number,Type,Date and time,Signal,Price USD,Size (qty),Net PnL USD,Return %,Commission USD\n"
        "1,Exit long,2026-01-05 10:00,close,110,2,19,9.5,1\n1,Entry long,2026-01-05 09:00,open,100,2,19,9.5,1\n"
    )

    trade = only(chart(text))

    assert (trade["profit_loss"], trade["fees"]) == (19.0, 1.0)


ROW = "{},{} long,2025-01-0{} 10:00,{},100,1,100,5,5,,,,,5,5\n"


def test_open_trades_are_no_trades() -> None:
    closed = ROW.format(1, "Exit", 2, "TP") + ROW.format(1, "Entry", 1, "L")
    shown = ROW.format(2, "Exit", 6, "Open") + ROW.format(2, "Entry", 3, "L")
    pyramid = ROW.format(3, "Exit", 6, "Open") + ROW.format(3, "Entry", 4, "L")
    blank = pyramid.replace("2025-01-06 10:00", "")
    bare = ROW.format(4, "Entry", 5, "L")

    for rows, open_ in ((shown, 1), (shown + pyramid, 2), (bare, 1), (blank, 1)):
        reading = chart(NEW + closed + rows)

        assert (len(reading.trades), reading.open_positions, reading.rejected) == (1, open_, ())


def test_a_strategy_may_call_its_exits_open() -> None:
    rows = "".join(ROW.format(n, "Exit", n + 1, "Open") + ROW.format(n, "Entry", n, "L") for n in (1, 2, 3))
    last = ROW.format(4, "Exit", 6, "TP") + ROW.format(4, "Entry", 5, "L")

    reading = chart(NEW + rows + last)
    without_last = chart(NEW + rows)

    assert (len(reading.trades), reading.open_positions) == (4, 0)
    assert '3 trades with an exit called "Open" count as closed: the list goes on after them.' in reading.notices
    assert (len(without_last.trades), without_last.open_positions) == (1, 2), "the second may only be shown"
    assert [notice.split(" with")[0] for notice in without_last.notices if "Open" in notice] == ["1 trade", "2 trades"]


def test_open_positions_shown_at_different_times_are_no_trades() -> None:
    closed = ROW.format(1, "Exit", 4, "TP") + ROW.format(1, "Entry", 1, "L")
    first = ROW.format(2, "Exit", 5, "Open") + ROW.format(2, "Entry", 2, "L")
    second = ROW.format(3, "Exit", 6, "Open") + ROW.format(3, "Entry", 3, "L")

    for rows in (closed + first + second, second + first + closed):
        reading = chart(NEW + rows)

        assert (len(reading.trades), reading.open_positions) == (1, 2)
        assert [notice.split(" count")[0] for notice in reading.notices if "Open" in notice] == [
            '2 trades with an exit called "Open" at different times'
        ]


def test_an_open_exit_whose_time_cannot_be_compared_is_no_exit() -> None:
    rows = ROW.format(1, "Exit", 2, "Open") + ROW.format(1, "Entry", 1, "L") + ROW.format(2, "Entry", 5, "L")

    reading = chart(NEW + rows.replace("2025-01-02 10:00", "02 Jan 2025 10:00"))

    assert (len(reading.trades), reading.open_positions, reading.rejected) == (0, 2, ())


@pytest.mark.parametrize(
    ("name", "symbol", "strategy"),
    [
        (NAME, "AAPL", "Opening Range"),
        ("My_RSI_BINANCE_BTCUSDT.P_2025-08-11_6f2a1.csv", "BTCUSDT.P", "My RSI"),
        ("My_RSI_FX_IDC_EURUSD_2025-08-11 (1).csv", "EURUSD", "My RSI FX"),
        ("Breakout_CME_MINI_ES1!_2025-08-11.csv", "ES1!", "Breakout CME"),
        ("trades of OANDA:XAUUSD in May.csv", "XAUUSD", None),
        ("CME_MINI:ES1!.csv", "ES1!", None),
    ],
)
def test_the_symbol_is_in_the_name(name: str, symbol: str, strategy: str | None) -> None:
    reading = chart(NEW + NEW_TRADE, name=name)

    assert (only(reading)["symbol"], reading.questions) == (symbol, ())
    assert reading.trades["strategy_used"].dropna().tolist() == ([strategy] if strategy else [])


@pytest.mark.parametrize(
    "name", ["trades.csv", "Momentum_EQ1_2024-01-01.csv", "http://example", "tv_trades_2025-01-01.csv"]
)
def test_a_symbol_nobody_stated_is_asked(name: str) -> None:
    asked, told = chart(NEW + NEW_TRADE, name=name), chart(NEW + NEW_TRADE, name=name, symbol="AAPL")

    assert [(question.kind, question.blocking) for question in asked.questions] == [("symbol", True)]
    assert (len(asked.trades), asked.trades["symbol"].isna().all(), asked.rejected) == (1, True, ())
    assert plan(asked).blocked
    assert (only(told)["symbol"], told.questions) == ("AAPL", ())
    assert told.trades["fingerprint"].tolist() == chart(NEW + NEW_TRADE).trades["fingerprint"].tolist()


def test_what_was_told_wins_over_the_name_but_never_over_a_column() -> None:
    assert only(chart(NEW + NEW_TRADE, symbol="MSFT"))["symbol"] == "MSFT"
    assert only(read("Symbol,Date,Lots,Profit\nX,2024-01-02,1,5\n", symbol="MSFT"))["symbol"] == "X"
    assert reasons(read("Symbol,Date,Lots,Profit\n,2024-01-02,1,5\n", symbol="MSFT")) == [(2, "Symbol", "")]


@pytest.mark.parametrize("symbol", ["", "  ", "A\nB", "A" * 65])
def test_a_symbol_that_is_none_is_refused(symbol: str) -> None:
    with pytest.raises(InvalidArgument, match="is none"):
        chart(NEW + NEW_TRADE, name="trades.csv", symbol=symbol)


def test_rows_that_cannot_be_paired_are_named() -> None:
    rows = [
        ROW.format(1, "Exit", 2, "x"),
        ROW.format(1, "Entry", 1, "x"),
        ROW.format(1, "Exit", 3, "again"),
        ROW.format(2, "Exit", 3, "alone"),
        ROW.format(3, "Exit", 3, "x"),
        ROW.format(3, "Entry", 2, "x").replace("long", "short"),
        ROW.format("", "Entry", 2, "x"),
        ROW.format(5, "Margin call", 2, "x"),
    ]

    reading = chart(NEW + "".join(rows))

    assert reasons(reading) == [
        (4, "Trade #", "1"),
        (5, "Type", "Exit long"),
        (6, "Type", "Exit long"),
        (8, "Trade #", ""),
        (9, "Type", "Margin call long"),
    ]
    assert (len(reading.trades), reading.open_positions) == (1, 0)


@pytest.mark.parametrize(("line", "old", "new"), [(2, "1781.28", "much"), (3, "2025-03-31 08:15", "2025-02-30 08:15")])
def test_a_bad_cell_is_named_with_the_line_of_its_row(line: int, old: str, new: str) -> None:
    reading = chart((NEW + NEW_TRADE).replace(old, new))

    assert [(rejection.line, rejection.value) for rejection in reading.rejected] == [(line, new)]


def test_a_zone_nobody_stated_is_asked() -> None:
    (question,) = read(NEW + NEW_TRADE, name=NAME).questions

    assert (question.kind, question.blocking) == ("timezone", False)


TRADES = st.lists(
    st.tuples(st.sampled_from(["long", "short"]), st.integers(-10_000, 10_000), st.integers(1, 500), st.booleans()),
    min_size=1,
    max_size=15,
)


@settings(deadline=None, max_examples=50)
@given(TRADES, st.randoms(use_true_random=False))
def test_pairing_does_not_depend_on_the_order_of_the_rows(
    drawn: list[tuple[str, int, int, bool]], random: Random
) -> None:
    rows, expected = [], []
    for number, (side, cents, minutes, closed) in enumerate(drawn, start=1):
        entered = datetime(2025, 1, 2, 10, 30) + timedelta(days=number)
        left = entered + timedelta(minutes=minutes)
        rows.append(f"{number},Entry {side},{entered:%Y-%m-%d %H:%M},in,100,1,,{cents / 100},,,,,,,\n")
        if closed:
            rows.append(f"{number},Exit {side},{left:%Y-%m-%d %H:%M},out,101,1,,{cents / 100},,,,,,,\n")
            expected.append((side, cents / 100, minutes))
    random.shuffle(rows)

    reading = chart(NEW + "".join(rows))

    trades = reading.trades.sort_values("entry_time")
    held = (trades["exit_time"] - trades["entry_time"]).dt.total_seconds() / 60
    assert list(zip(trades["side"], trades["profit_loss"], held, strict=True)) == expected
    assert (reading.open_positions, reading.rejected) == (len(drawn) - len(expected), ())


@pytest.mark.parametrize(
    ("ending", "trades", "open_"),
    [
        ("bar_magnifier_tv_trades.csv", 56, 0),
        ("bollinger_trades.csv", 578, 1),
        ("slippage_pyramiding_trades.csv", 3, 0),
        ("50-pct-01-tv_trades.csv", 57, 0),
        ("equity-01-tv_trades.csv", 24, 0),
    ],
)
def test_the_shared_samples(ending: str, trades: int, open_: int) -> None:
    path = shared("tradingview", ending)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        exits = [row for row in csv.DictReader(stream) if row["Type"].startswith("Exit") and row["Signal"] != "Open"]
    (profit,) = (name for name in exits[0] if name.startswith("Net P&L") and "%" not in name)

    reading = read(path.read_bytes(), symbol="X")

    assert (plan(reading).trades, reading.open_positions, reading.rejected) == (trades, open_, ())
    assert plan(reading).net_profit_loss == pytest.approx(sum(float(row[profit]) for row in exits))


def test_the_report_as_a_workbook_has_the_list_on_one_of_its_sheets() -> None:
    header, *rows = csv.reader((NEW + NEW_TRADE).splitlines())
    report: dict[str, Sequence[Sequence[object]]] = {
        "Performance": [["", "All USD"], ["Net profit", -7340.3]],
        "List of trades": [header, *rows],
    }

    trade = only(read(workbook(None, **report), name="Fade_NASDAQ_AAPL_2025-04-01.xlsx", source_timezone="UTC"))

    assert (trade["symbol"], trade["side"], trade["profit_loss"]) == ("AAPL", "short", -7340.3)
