"""The words for what a trade or a fill was; a word that may mean either is unknown."""

from __future__ import annotations

import pyarrow as pa
import pytest

from mentor.importing.sides import IS_LONG, IS_SHORT, UNKNOWN, read_actions, read_sides


def actions(*cells: str | None) -> list[tuple[str | None, str | None]]:
    read = read_actions(pa.array(cells, pa.string()))
    assert not read.unknown.any()
    return list(zip(read.action.to_pylist(), read.effect.to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        (
            ("buy", None),
            ["B", "BUY", " buy ", "Bid", "Market buy", "Limit buy", "YOU BOUGHT XYZ INC (XYZ) (Cash)", "BOT"],
        ),
        (("buy", None), ["Kauf", "Achat", "acquisto", "compra", "Koop", "kupno", "beli"]),
        (("sell", None), ["S", "Sell", "SLD", "Ask", "Limit sell", "Stop sell", "YOU SOLD SHORT TERM BOND ETF (STB)"]),
        (("sell", None), ["Verkauf", "vente", "Vendita", "venta", "venda", "verkoop", "sprzedaż", "jual"]),
        (("buy", "open"), ["Buy to Open", "BUY_TO_OPEN", "BTO", "Bought To Open", "Long Buy", "Entry long"]),
        (("buy", "open"), ["YOU BOUGHT OPENING TRANSACTION CALL (XYZ) XYZ INC"]),
        (("sell", "close"), ["Sell to Close", "STC", "SOLD_TO_CLOSE", "Long Sell", "Exit long"]),
        (("sell", "close"), ["YOU SOLD CLOSING TRANSACTION CALL (XYZ) XYZ INC"]),
        (("sell", "open"), ["Sell to Open", "STO", "Sold Short", "Sell Short", "Short Sell", "SS", "SSHRT", "Short"]),
        (("sell", "open"), ["Entry short", "YOU SOLD SHORT SALE XYZ INC", "Vente à découvert"]),
        (("buy", "close"), ["Buy to Close", "BTC", "Buy to Cover", "Buy Cover", "Short Cover", "Exit short", "Cover"]),
        (("buy", "close"), ["YOU BOUGHT SHORT COVER XYZ INC"]),
    ],
)
def test_what_a_fill_does(meaning: tuple[str, str | None], words: list[str]) -> None:
    assert dict(zip(words, actions(*words), strict=True)) == dict.fromkeys(words, meaning)


@pytest.mark.parametrize(
    "word",
    [
        *(
            "Long",
            "L",
            "Buy Limit",
            "Reinvest Shares",
            "Stock split open",
            "Stock dividend",
            "Cash in Lieu",
            "Transfer out",
        ),
        *(
            "buy/sell",
            "7",
            "Expired",
            "Assignment",
            "Journaled Shares",
            "YOUR SOLD",
            "Cancelled",
            "Trading Fee",
            "Dividend Reinvestment",
            "Buy from dividend",
        ),
    ],
)
def test_no_certain_word_is_unknown_and_never_ignored(word: str) -> None:
    read = read_actions(pa.array(["Buy", word]))

    assert (read.unknown.tolist(), read.no_trade.tolist()) == ([False, True], [False, False])
    assert read.action.to_pylist() == ["buy", None]


def test_a_column_that_says_long_names_positions_not_deeds() -> None:
    assert read_actions(pa.array(["Long", "Short", "S", "Sell"])).unknown.tolist() == [True, True, True, False]


def test_money_that_moved_is_no_trade() -> None:
    words = [
        "Deposit",
        "Dividend (Ordinary)",
        "Qual Div",
        "Non-Qualified Div",
        "Credit Interest",
        "ADR Mgmt Fee",
        "Saldo",
    ]
    read = read_actions(pa.array(words))

    assert (read.no_trade.tolist(), read.unknown.tolist()) == ([True] * 7, [False] * 7)
    assert read.action.null_count == 7


def test_blank_cells_say_nothing() -> None:
    assert actions("", None, "--") == [(None, None)] * 3
    assert actions() == []


def test_the_side_of_a_closed_trade() -> None:
    words = [
        "B",
        "L",
        "Buy",
        "Kauf",
        "Achat",
        "Entry long",
        "S",
        "Short",
        "Sold Short",
        "Verkauf",
        "sprzedaż",
        "Ask",
        "BTC",
    ]

    assert read_sides(pa.array(words)).tolist() == [IS_LONG] * 6 + [IS_SHORT] * 5 + [UNKNOWN] * 2
