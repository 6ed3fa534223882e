"""Which currency a trade is in, by its header, its cells or its currency column, and what cannot be added up."""

from __future__ import annotations

import pandas as pd
import pytest

from mentor.importing import Reading
from mentor.importing.currencies import currency_of, is_currency
from tests.importing.files import read


def journal(header: str, *rows: str, sep: str = ",") -> Reading:
    lines = [sep.join(("Symbol", "Date", "Lots", header)), *(sep.join(("X", "2024-01-02", "0.1", row)) for row in rows)]
    return read("\n".join(lines) + "\n")


def codes(reading: Reading) -> list[str | None]:
    return [None if pd.isna(code) else code for code in reading.trades["currency"]]


def refused(reading: Reading) -> list[tuple[str | None, str]]:
    return [(rejection.column, rejection.value) for rejection in reading.rejected]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("USD", "USD"), ("usd", "USD"), ("Rp", "IDR"), ("Rp.", "IDR"), ("€", "EUR"), ("£", "GBP"), ("US$", "USD")),
        *(
            ("₮", "USDT"),
            ("$USD", "USD"),
            ("$", None),
            ("¥", None),
            ("PIPS", None),
            ("%", None),
            ("", None),
            ("NET", None),
        ),
    ],
)
def test_what_a_code_or_sign_means(text: str, code: str | None) -> None:
    assert currency_of(text) == code
    assert is_currency(text) == (code is not None or text in ("$", "¥"))


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("Profit", "Rp 150000.50", "IDR"),
        ("Profit", "10.50 USD", "USD"),
        ("Profit", "€5.50", "EUR"),
        ("Profit", "$5.50", None),
        ("Profit", "¥5.50", None),
        ("Profit", "$5.50 AUD", "AUD"),
        ("Profit", "5.50", None),
        ("Laba (Rp)", "5.50", "IDR"),
        ("Profit (€)", "5.50", "EUR"),
        ("Profit ($)", "5.50", None),
        ("Profit €", "5.50", "EUR"),
        ("Profit (AUD)", "$5.50", "AUD"),
        ("Net P&L USDT", "5.50", "USDT"),
    ],
)
def test_the_profit_says_the_currency(header: str, cell: str, code: str | None) -> None:
    reading = journal(header, cell)

    assert (codes(reading), reading.currency) == ([code], code)
    assert abs(reading.trades["profit_loss"][0]) in (5.5, 10.5, 150000.5)


def test_costs_have_no_say() -> None:
    assert codes(journal("Profit,Fees (USD)", "10.5,1.5")) == [None]
    assert codes(journal("Profit,Fees", "10.5,1.5 USD")) == [None]


@pytest.mark.parametrize(
    ("header", "bad", "good"),
    [
        ("Profit (USD),Commission (EUR)", "100,10", "100,0"),
        ("Profit (USD),Commission", "100,10.5 EUR", "100,10.5 USD"),
        ("Profit (USD),Commission", "100,£10.5", "100,$10.5"),
        ("Profit (EUR),Commission", "100,$10.5", "100,€10.5"),
        ("Profit,Fee", "10.5 USD,0.1 BNB", "10.5 USD,0.1 USD"),
        ("Profit,Fee (BNB)", "10.5,0.002", "10.5,"),
        ("Gross P/L (USD),Net P/L (EUR)", "100,90", "0,90"),
        ("Profit,Currency,Fee (USD)", "100,EUR,1", "100,USD,1"),
    ],
)
def test_a_cost_in_another_currency_cannot_be_added_up(header: str, bad: str, good: str) -> None:
    reading = journal(header, bad, good)

    assert [(r.line, "they cannot be added up" in r.reason) for r in reading.rejected] == [(2, True)]
    assert reading.trades["line"].tolist() == [3]


def test_the_currency_column_comes_first_and_is_folded() -> None:
    rows = ["100,usd", "100, Usd ", "100,US Dollar", "100,", "100,€", "100,$", "100,XYZ1"]
    reading = journal("Profit,Currency", *rows)

    assert codes(reading) == ["USD", "USD", None, "EUR", None, "XYZ1"]
    assert refused(reading) == [("Currency", "US Dollar")]
    assert codes(journal("Profit (EUR),Currency", "100,USD", "100,")) == ["USD", "EUR"]


def test_a_cell_that_contradicts_its_row_or_header_is_refused() -> None:
    assert refused(journal("Profit (USD)", "10.5 EUR", "10.5")) == [("Profit (USD)", "10.5 EUR")]
    assert refused(journal("Profit,Currency", "10.5 EUR,USD", "$10.5,EUR", "$10.5,USD")) == [
        ("Profit", "10.5 EUR"),
        ("Profit", "$10.5"),
    ]


def test_several_currencies_in_one_column() -> None:
    mixed = journal("Profit", "10.5 USD", "€5.5", "$7.5", "8.5")
    alike = journal("Profit", "10.5 USD", "$7.5", "8.5", "0")
    signs = journal("Profit", "$10.5", "¥7.5")

    assert codes(mixed) == ["USD", "EUR"]
    assert refused(mixed) == [("Profit", "$7.5"), ("Profit", "8.5")]
    assert (codes(alike), refused(alike)) == (["USD"] * 4, [])
    assert refused(signs) == [("Profit", "$10.5"), ("Profit", "¥7.5")]


def test_prices_say_it_where_they_give_the_profit() -> None:
    text = "Symbol,Side,Shares,Date,Entry Price,Exit Price\n"

    assert codes(read(text + "A,buy,10,2024-01-02,€10.5,€11.5\n")) == ["EUR"]
    assert refused(read(text + "A,buy,10,2024-01-02,€10.5,£11.5\n")) == [("Entry Price", "€10.5")]
    assert codes(read(text.replace(" Price", " Price (EUR)") + "A,buy,10,2024-01-02,10.5,11.5\n")) == ["EUR"]
