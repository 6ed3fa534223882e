"""E*TRADE: transaction history of today (`Activity/Trade Date`) and of the years before."""

from __future__ import annotations

import re

import pandas as pd

from mentor.importing.formats.activity import name_options, sort_rows
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, Names, declare
from mentor.importing.tables import Table
from mentor.messages import message

_ACCOUNT = re.compile(r"(?:For )?Account:?[ ,|]+([^|]+?)\s*(?:\||$)", re.IGNORECASE)
REMOVED = r"expir|assign|exercis"


def _account(table: Table) -> str | None:
    """`For Account:,####1234` or `Account X-1 | Jan 1, 2024 - …` above the header."""
    found = next((found for row in table.preamble if (found := _ACCOUNT.match(row.text))), None)
    return found[1].strip() if found else None


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """Options are described in words; a dividend that brings shares for money bought them."""
    rows = _reinvested(name_options(rows, "description", "symbol"))
    return sort_rows(rows, removes=REMOVED).drop(columns="description", errors="ignore")


def _reinvested(rows: pd.DataFrame) -> pd.DataFrame:
    if not {"amount", "description"} <= set(rows.columns):
        return rows
    known = numbers(rows, "size", "amount")
    word = rows["side"].str.contains("dividend|reinvest", case=False).eq(True)
    bought = word & (known["size"] > 0) & (known["amount"] < 0)
    price = rows["description"].str.extract(r"REINVEST PRICE \$ *([\d.,]+)")[0]
    rows["side"] = rows["side"].mask(bought, "Bought")
    rows["price"] = rows["price"].mask(bought, price)
    return rows


COLUMNS: dict[str, Names] = {
    "symbol": "Symbol",
    "size": ("Quantity", "Quantity #"),
    "price": ("Price", "Price $"),
    "amount": ("Amount", "Amount $"),
    "description": "Description",
}
FORMAT = declare(
    "etrade",
    message("E*TRADE transaction history (CSV)"),
    Layout(
        needs=("Activity/Trade Date", "Activity Type", "Description", "Symbol", "Quantity #"),
        columns={**COLUMNS, "side": "Activity Type", "time": "Activity/Trade Date"},
        costs={"Commission": "paid", "Fees": "paid"},
        adapt=_history,
        newest_first=True,
        shorts="stated",
        date_order="mdy",
        currency="USD",
        account=_account,
    ),
    *(
        Layout(
            needs=("TransactionDate", "TransactionType", "Symbol", "Quantity", "Price", "Commission", own),
            columns={**COLUMNS, "side": "TransactionType", "time": "TransactionDate"},
            costs={"Commission": "paid", "Fees": "paid"},
            adapt=_history,
            newest_first=True,
            shorts="stated",
            date_order="mdy",
            currency="USD",
            account=_account,
        )
        for own in ("SecurityType", "Fees")
    ),
)
