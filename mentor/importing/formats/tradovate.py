"""Tradovate: performance and position reports (pairs of fills), fills and orders; TradingView writes the same pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from mentor.importing.contracts import multiplier_of
from mentor.importing.formats.cells import moments, numbers
from mentor.importing.formats.declared import Layout, Names, declare
from mentor.messages import message

UNPAID = message("Profits of this report are before commissions, which only Tradovate's report Fills states.")
#: What a report is settled in, where it does not say it.
DOLLARS = "USD"


def _pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """A pair is long when it was bought first; the ids of its fills, which count up, decide within a second.

    Where they do not, nobody knows which price was the entry.
    """
    at = moments(rows, "entry_time", "exit_time", date_order="mdy")
    order = (at["exit_time"] - at["entry_time"]).dt.total_seconds()
    if {"bought", "sold"} <= set(rows.columns):
        ids = numbers(rows, "bought", "sold")
        order = order.mask(order == 0, ids["sold"] - ids["bought"])
        rows["external_id"] = rows["bought"] + "/" + rows["sold"]
    rows["side"] = pd.Series(dtype="str", index=rows.index).mask(order > 0, "long").mask(order < 0, "short")
    for entry, exit_ in (("entry_time", "exit_time"), ("entry_price", "exit_price")):
        bought, sold = rows[entry].copy(), rows[exit_].copy()
        rows[entry], rows[exit_] = bought.mask(order < 0, sold), sold.mask(order < 0, bought)
    rows.loc[rows["side"].isna(), ["entry_price", "exit_price"]] = None
    return _closed(rows).drop(columns=["bought", "sold", "status"], errors="ignore")


def _closed(rows: pd.DataFrame) -> pd.DataFrame:
    """Positions without a pair are not closed, and a status may say so."""
    if "status" in rows:
        still_open = rows["status"].notna() & rows["status"].str.casefold().ne("closed")
        rows.loc[still_open, "refused"] = message("is not closed, so that its profit is not made yet")
    rows.loc[rows["size"].isna() & rows["entry_time"].isna(), "ignored"] = "a position without a pair"
    return rows


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    """Fills that were taken back do not count; a commission in dollars is no cost of a contract in euros."""
    if "active" in rows:
        rows.loc[rows["active"].str.casefold().eq("false"), "ignored"] = "taken back"
        rows = rows.drop(columns="active")
    rows["currency"] = rows["symbol"].map(_currency, na_action="ignore")
    if "commission" in rows:
        foreign = rows["currency"].ne(DOLLARS) & numbers(rows, "commission")["commission"].fillna(0).ne(0)
        rows.loc[foreign, "refused"] = message("is of a contract in another currency than its commission, US dollars")
    return rows


def _currency(symbol: str) -> str:
    spec = multiplier_of(symbol, asset="future")
    return (spec.currency if spec else None) or DOLLARS


def _orders(rows: pd.DataFrame) -> pd.DataFrame:
    """What was filled of an order counts, cancelled later or not; one still working may be filled further."""
    unfilled = rows["price"].isna() | numbers(rows, "size")["size"].fillna(0).eq(0)
    rows.loc[unfilled, "ignored"] = "never filled"
    if "status" in rows:
        working = rows["status"].str.casefold().isin(("working", "pending", "suspended")) & ~unfilled
        rows.loc[working, "refused"] = message(
            "is an order that may still be filled further; import it when it is done"
        )
    return rows.drop(columns="status", errors="ignore")


PAIR: Mapping[str, Names] = {
    "symbol": ("symbol", "Contract"),
    "size": ("qty", "Paired Qty"),
    "entry_time": ("boughtTimestamp", "Bought Timestamp"),
    "exit_time": ("soldTimestamp", "Sold Timestamp"),
    "entry_price": ("buyPrice", "Buy Price"),
    "exit_price": ("sellPrice", "Sell Price"),
    "profit": ("pnl", "P/L"),
    "bought": ("buyFillId", "Buy Fill ID"),
    "sold": ("sellFillId", "Sell Fill ID"),
    "account": "Account",
    "currency": "Currency",
    "status": "status",
}

PAIRS = Layout(
    needs=("buyPrice", "sellPrice", "boughtTimestamp", "soldTimestamp"),
    columns=PAIR,
    costs={"commission": "detect", "fees": "detect"},
    adapt=_pairs,
    date_order="mdy",
    notices=(UNPAID,),
)

FORMAT = declare(
    "tradovate",
    message("Tradovate performance, positions, fills and orders; TradingView performance (CSV)"),
    replace(PAIRS, needs=(*PAIRS.needs, "_tickSize"), currency=DOLLARS),
    PAIRS,
    Layout(
        needs=("Fill ID", "B/S", "Contract"),
        lacks=("Pair ID",),
        columns={
            "symbol": "Contract",
            "side": "B/S",
            "size": ("_qty", "Quantity"),
            "price": ("_price", "Price"),
            "time": ("_timestamp", "Timestamp"),
            "account": "Account",
            "external_id": "Fill ID",
            "active": "_active",
        },
        costs={"commission": "detect"},
        adapt=_fills,
        shorts="usual",
        asset="future",
        date_order="mdy",
    ),
    Layout(
        needs=("B/S", "Contract", "Fill Time"),
        columns={
            "symbol": "Contract",
            "side": "B/S",
            "size": ("filledQty", "Filled Qty"),
            "price": ("avgPrice", "Avg Fill Price"),
            "time": "Fill Time",
            "account": "Account",
            "currency": "Currency",
            "external_id": ("orderId", "Order ID"),
            "status": "Status",
        },
        adapt=_orders,
        shorts="usual",
        asset="future",
        date_order="mdy",
        currency=DOLLARS,
        notices=(UNPAID,),
    ),
    Layout(
        needs=("execId", "contractName", "action", "qty", "price", "timestamp"),
        columns={
            "symbol": "contractName",
            "side": "action",
            "size": "qty",
            "price": "price",
            "time": "timestamp",
            "account": "accountId",
            "external_id": "execId",
        },
        costs={"commission": "detect"},
        adapt=_fills,
        shorts="usual",
        asset="future",
        date_order="mdy",
        shared_ids=True,
    ),
)
