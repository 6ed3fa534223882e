"""Crypto exchanges: what a contract pays in, what a fill closes, and what each side of a hedged symbol comes to."""

from __future__ import annotations

import pytest

from mentor.errors import ImportRefused
from tests.importing.files import only, read

FUTURES = "Time(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Trade ID\n"
CLOSED = "Contracts,Closing Direction,Qty,Entry Price,Exit Price,Closed P&L,Exit Type,Trade Time(UTC+0)\n"


@pytest.mark.parametrize(
    ("contract", "currency"),
    [
        ("BTCUSDT", "USDT"),
        ("1000PEPEUSDT", "USDT"),
        ("BTCUSDT-27DEC24", "USDT"),
        ("BTCPERP", "USDC"),
        ("BTC-29NOV24", "USDC"),
        ("BTCUSD", "BTC"),
        ("BTCUSDH25", "BTC"),
    ],
)
def test_a_closed_profit_is_in_what_its_contract_pays(contract: str, currency: str) -> None:
    trade = only(read(f"{CLOSED}{contract},Close Long,0.1,100,101,0.05,Trade,2024-05-01 10:00:00\n"))

    assert (trade["currency"], trade["side"], trade["profit_loss"]) == (currency, "long", 0.05)


@pytest.mark.parametrize(("symbol", "currency"), [("BTCUSDT", "USDT"), ("ETHUSDC", "USDC"), ("ETHUSD_PERP", "ETH")])
def test_a_realised_profit_is_in_what_its_contract_pays(symbol: str, currency: str) -> None:
    trade = only(
        read(
            f"{FUTURES}24-05-01 10:00:00,{symbol},BUY,100,2,200,0.1,0,1\n"
            f"24-05-01 11:00:00,{symbol},SELL,101,2,202,0.1,1.9,2\n"
        )
    )

    assert (trade["currency"], trade["profit_loss"], trade["fees"]) == (currency, 1.7, 0.2)


def test_a_symbol_held_both_ways_is_paired_side_by_side() -> None:
    """Sold at 100 while long from 90 and nothing realised: that sale opened the other side."""
    reading = read(
        f"{FUTURES}"
        "2024-05-01 10:00:00,BTCUSDT,BUY,90,1,90,0,0,1\n"
        "2024-05-01 11:00:00,BTCUSDT,SELL,100,1,100,0,0,2\n"
        "2024-05-01 12:00:00,BTCUSDT,BUY,95,1,95,0,5,3\n"
        "2024-05-01 13:00:00,BTCUSDT,SELL,95,1,95,0,5,4\n"
    )

    assert reading.trades[["side", "entry_price", "exit_price", "profit_loss"]].to_numpy().tolist() == [
        ["short", 100.0, 95.0, 5.0],
        ["long", 90.0, 95.0, 5.0],
    ]
    assert any("hedge mode" in notice for notice in reading.notices)


def test_closing_at_the_entry_price_realises_nothing_and_is_no_second_side() -> None:
    reading = read(
        f"{FUTURES}2024-05-01 10:00:00,BTCUSDT,BUY,90,1,90,0.1,0,1\n2024-05-01 11:00:00,BTCUSDT,SELL,90,1,90,0.1,0,2\n"
    )

    assert only(reading)["profit_loss"] == -0.2
    assert reading.open_positions == 0


def test_the_same_trade_number_on_another_symbol_is_another_trade() -> None:
    rows = "".join(
        f"2024-05-01 1{hour}:00:00,{symbol},{side},{price},1,{price},0.1,{realized},{number}\n"
        for symbol in ("BTCUSDT", "ETHUSDT")
        for hour, side, price, realized, number in ((0, "BUY", 100, 0, 7), (1, "SELL", 101, 1, 8))
    )

    assert read(FUTURES + rows).trades["symbol"].tolist() == ["BTCUSDT", "ETHUSDT"]


ONE_SECOND = [
    "2024-05-01 10:00:00,BTCUSDT,BUY,100,3,300,0.3,0,1",
    "2024-05-01 11:00:00,BTCUSDT,SELL,110,5,550,0.5,30,2",
    "2024-05-01 11:00:00,BTCUSDT,BUY,105,2,210,0.2,10,3",
    "2024-05-01 11:00:00,BTCUSDT,SELL,106,1,106,0.1,0,4",
    "2024-05-01 11:00:00,BTCUSDT,BUY,104,1,104,0.1,2,5",
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (3, 0, 4, 1, 2)])
def test_trades_of_one_second_happened_in_the_order_of_their_numbers(order: tuple[int, ...]) -> None:
    """The second one turns the long into a short of 2: 30 − 0.3 − 0.3, then 10 − 0.2 − 0.2, then 2 − 0.1 − 0.1."""
    reading = read(FUTURES + "\n".join(ONE_SECOND[at] for at in order))

    assert reading.rejected == ()
    assert reading.trades["side"].tolist() == ["long", "short", "short"]
    assert reading.trades["profit_loss"].tolist() == [29.4, 9.6, 1.8]


def test_a_list_written_twice_counts_once() -> None:
    reading = read(FUTURES + "\n".join([*ONE_SECOND, *ONE_SECOND]))

    assert reading.trades["profit_loss"].tolist() == [29.4, 9.6, 1.8]
    assert (reading.rejected, reading.ignored_rows) == ((), 5)


def test_each_account_has_its_own_position() -> None:
    reading = read(
        "Uid,Time(UTC),Symbol,Side,Price,Quantity,Fee,Realized Profit,Trade ID\n"
        "1,2024-05-01 10:00:00,BTCUSDT,BUY,100,1,0.1,0,1\n"
        "2,2024-05-01 10:30:00,BTCUSDT,SELL,100,1,0.1,0,2\n"
        "2,2024-05-01 11:00:00,BTCUSDT,BUY,90,1,0.1,10,3\n"
        "1,2024-05-01 12:00:00,BTCUSDT,SELL,120,1,0.1,20,4\n"
    )

    assert reading.trades[["account", "side", "profit_loss"]].to_numpy().tolist() == [
        ["2", "short", 9.8],
        ["1", "long", 19.8],
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Contracts,Closing Direction,Qty,Entry Price,Exit Price,Closed P&L\nBTCUSDT,Close Long,1,1,2,1\n", "when"),
        ("Trade Number,Symbol,Side,Qty,Price,Commission Amount,FeeSEC\n1,AAPL,B,100,150,1,0.01\n", "when"),
        (
            "Open Datetime,Close Datetime,Symbol,Side,Volume,Exec Count,Entry Price\n"
            "2025-10-24 08:00:00,2025-10-24 08:01:00,GNLN,L,200,2,4.4\n",
            "what a trade gained",
        ),
    ],
)
def test_an_export_without_a_needed_column_is_refused(text: str, what: str) -> None:
    with pytest.raises(ImportRefused, match=f"no column that says {what}"):
        read(text)
