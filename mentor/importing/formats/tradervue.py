"""Tradervue: its export of trades, and lists of executions in its own import format."""

from __future__ import annotations

import pandas as pd

from mentor.importing.contracts import is_option, multiplier_of
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

FEES = ("Commission", "TransFee", "ECNFee")
#: Letters as shares have them; six are as often a pair of currencies.
SHARE = r"[A-Z]{1,5}(\.[A-Z]{1,2})?"


def _trades(rows: pd.DataFrame) -> pd.DataFrame:
    """A trade without a closing time is open, whatever of it was realised; tags go with the notes."""
    amounts = [name for name in ("profit", "net_profit", "exit_price") if name in rows]
    rows.loc[rows["exit_time"].isna(), amounts] = None
    if "tags" in rows:
        tags = "Tags: " + rows["tags"]
        notes = rows.get("notes", tags)
        rows["notes"] = notes.where(tags.isna() | notes.eq(tags), notes + "; " + tags).fillna(tags)
        rows = rows.drop(columns="tags")
    return rows


def _executions(rows: pd.DataFrame) -> pd.DataFrame:
    """Tradervue writes a fee as positive and a rebate as negative, whichever is more frequent."""
    for name in FEES:
        if name in rows:
            rows[name] = ("-" + rows[name]).str.replace(r"^-[-−]", "", regex=True)
    rows["asset"] = rows["symbol"].map(_asset, na_action="ignore")
    return rows


def _asset(symbol: str) -> str | None:
    if is_option(symbol):
        return "option"
    if multiplier_of(symbol, asset=None) is not None:
        return "future"
    return "stock" if pd.Series([symbol]).str.fullmatch(SHARE).all() else None


FORMAT = declare(
    "tradervue",
    message("Tradervue trades and executions (CSV)"),
    Layout(
        needs=("Open Datetime", "Close Datetime", "Symbol", "Side", "Volume", "Exec Count"),
        columns={
            "symbol": "Symbol",
            "side": "Side",
            "size": "Volume",
            "entry_time": "Open Datetime",
            "exit_time": "Close Datetime",
            "entry_price": "Entry Price",
            "exit_price": "Exit Price",
            "profit": "Gross P&L",
            "net_profit": "Net P&L",
            "notes": "Notes",
            "tags": "Tags",
        },
        costs={"Commissions": "detect", "Fees": "detect"},
        adapt=_trades,
        date_order="mdy",
    ),
    Layout(
        needs=("Date", "Time", "Symbol", "Quantity", "Price", "TransFee", "ECNFee"),
        columns={
            "symbol": "Symbol",
            "side": "Side",
            "size": "Quantity",
            "price": "Price",
            "time": "Date + Time",
        },
        costs=dict.fromkeys(FEES, "flow"),
        adapt=_executions,
        shorts="stated",
        date_order="mdy",
    ),
)
