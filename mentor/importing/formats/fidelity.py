"""Fidelity: the history of one or several accounts."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.activity import name_options, sort_rows
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, Names, declare
from mentor.messages import message

REMOVED = r"^(?:expired|assigned|exercised)\b"
#: Cash swept into a money market fund and back.
SWEPT = r"core account|^exchanged to|fdic insured deposit"
#: A trade taken back: what it did must not count.
CANCELLED = r"\bcancel|\bcxl\b"
_AS_OF = r"(?i)\bas of ([A-Z]{3})-(\d\d)-(\d{4})"
#: "YOU BOUGHT MICROSOFT CORP (MSFT) (Margin)"
_TICKER = r"\(([A-Z][A-Z.]{0,5})\)(?: \((?:Cash|Margin|Short|Shares)\))?$"
#: Shares sold short are held apart from those bought: one account may have both.
_SHORT = r"\bshort (?:sale|cover)\b|\(short\)$"


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """The action is a sentence; an expired or assigned option names its day there."""
    rows = _in_place(rows)
    rows["symbol"] = rows["symbol"].fillna(rows["side"].str.extract(_TICKER)[0])
    rows = name_options(rows, "symbol", "side")
    said = rows["side"]
    shorted = said.str.contains(_SHORT, case=False).eq(True) & rows["asset"].eq("stock")
    rows["leg"] = pd.Series(dtype="str", index=rows.index).mask(shorted, "short")
    day = said.str.extract(_AS_OF)
    ended = said.str.contains(REMOVED, case=False).eq(True)
    rows["time"] = rows["time"].mask(ended & day[0].notna(), day[1] + " " + day[0] + " " + day[2])
    shares = said.str.extract(r"\((\d+) SHS\)")[0]
    rows["multiplier"] = shares.where(rows["asset"].eq("option"))
    rows["side"] = _words(said)
    rows = sort_rows(rows, removes=REMOVED)
    rows.loc[said.str.contains(SWEPT, case=False).eq(True) | _kept_as_cash(rows, said), "ignored"] = "moved cash"
    return rows


def _kept_as_cash(rows: pd.DataFrame, said: pd.Series) -> pd.Series:
    """Interest that stays in the money market fund where the account keeps its cash, which nobody trades."""
    traded = rows["symbol"].isin(rows["symbol"][said.str.contains("^you (?:bought|sold)", case=False).eq(True)])
    one_dollar = numbers(rows, "price").reindex(columns=["price"])["price"].eq(1)
    return said.str.contains("^reinvestment", case=False).eq(True) & one_dollar & ~traded


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


COLUMNS: dict[str, Names] = {
    "symbol": "Symbol",
    "size": "Quantity",
    "price": "Price",
    "unit": "Currency",
    "amount": "Amount",
    "account": ("Account Number", "Account"),
}


def _layout(needs: tuple[str, ...], *, time: str, side: str) -> Layout:
    return Layout(
        needs=needs,
        columns={**COLUMNS, "time": time, "side": side},
        costs={"Commission": "paid", "Fees": "paid"},
        adapt=_history,
        newest_first=True,
        shorts="stated",
        date_order="mdy",
        currency="USD",
    )


FORMAT = declare(
    "fidelity",
    message("Fidelity account history (CSV)"),
    _layout(("Run Date", "Action", "Symbol", "Quantity"), time="Run Date", side="Action"),
    _layout(("Date", "Action", "Symbol", "Quantity", "Accrued Interest", "Amount"), time="Date", side="Action"),
    _layout(
        ("Date", "Symbol", "Security Description", "Quantity", "Description", "Fees", "Type"),
        time="Date",
        side="Description",
    ),
)
