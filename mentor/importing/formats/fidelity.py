"""Fidelity: the history of one or several accounts."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.activity import name_options, sort_rows
from mentor.importing.formats.declared import Layout, declare

REMOVED = r"^(?:expired|assigned|exercised)\b"
#: Cash swept into a money market fund and back.
SWEPT = r"core account|^exchanged to|fdic insured deposit"
#: A trade taken back: what it did must not count.
CANCELLED = r"\bcancel|\bcxl\b"
_AS_OF = r"(?i)\bas of ([A-Z]{3})-(\d\d)-(\d{4})"


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """The action is a sentence; an expired or assigned option names its day there."""
    rows = name_options(_in_place(rows), "symbol", "side")
    said = rows["side"]
    day = said.str.extract(_AS_OF)
    ended = said.str.contains(REMOVED, case=False).eq(True)
    rows["time"] = rows["time"].mask(ended & day[0].notna(), day[1] + " " + day[0] + " " + day[2])
    shares = said.str.extract(r"\((\d+) SHS\)")[0]
    rows["multiplier"] = shares.where(rows["asset"].eq("option"))
    rows["side"] = _words(said)
    rows = sort_rows(rows, removes=REMOVED)
    rows.loc[said.str.contains(SWEPT, case=False).eq(True), "ignored"] = "moved cash"
    return rows


def _words(said: pd.Series) -> pd.Series:
    """A reinvestment buys; what was cancelled is neither bought nor sold."""
    words = said.mask(said.str.contains(r"^reinvestment\b", case=False).eq(True), "YOU BOUGHT")
    cancelled = said.str.contains(CANCELLED, case=False).eq(True)
    return words.mask(cancelled, "A cancelled trade")


def _in_place(rows: pd.DataFrame) -> pd.DataFrame:
    """Some exports write currency, price, quantity under the headers quantity, currency, price."""
    if "unit" in rows:
        shifted = rows["size"].str.fullmatch("[A-Z]{3}").eq(True)
        size, price = rows["price"].copy(), rows["unit"].copy()
        rows["size"], rows["price"] = rows["size"].mask(shifted, size), rows["price"].mask(shifted, price)
    return rows.drop(columns="unit", errors="ignore")


FORMAT = declare(
    "fidelity",
    "Fidelity account history (CSV)",
    Layout(
        needs=("Run Date", "Action", "Symbol", "Quantity"),
        columns={
            "symbol": "Symbol",
            "side": "Action",
            "size": "Quantity",
            "price": "Price",
            "unit": "Currency",
            "time": "Run Date",
            "amount": "Amount",
            "account": ("Account Number", "Account"),
        },
        costs={"Commission": "paid", "Fees": "paid"},
        adapt=_history,
        newest_first=True,
        shorts="stated",
        date_order="mdy",
        currency="USD",
    ),
)
