"""DEGIRO: the list of transactions (CSV, XLSX) in any language; its columns are known by their places."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from mentor.importing.currencies import is_currency
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.cells import numbers, told_apart
from mentor.importing.formats.declared import Layout, extract
from mentor.importing.tables import RowTable, Table

ID = "degiro"
START = (
    "Date",
    "Time",
    "Product",
    "ISIN",
    "Exchange",
    "Venue",
    "Quantity",
    "Price",
    "Price in",
    "Local value",
    "Local",
)
#: What follows, by the number of columns; each amount once had its currency behind it, now all have it in their name.
ENDS = {
    18: ("Value", "Rate", "AutoFX", "Fees", "Total", "Order", "Order behind"),
    17: ("Value", "Rate", "AutoFX", "Fees", "Total", "Order"),
    19: ("Value", "Value in", "Rate", "Fees", "Fees in", "Total", "Currency", "Order"),
    20: ("Value", "Value in", "Rate", "AutoFX", "Fees", "Fees in", "Total", "Currency", "Order"),
}
UNNAMED = (8, 10)


def claims(document: Document) -> bool:
    """A table with the places of the columns of a list of transactions."""
    return any(_is_list(table) for table in document.tables)


def read(document: Document) -> Extract:
    """The fills of the first such table."""
    table = next(table for table in document.tables if _is_list(table))
    assert isinstance(table, Delimited | RowTable), "all tables are"
    return extract(ID, LAYOUT, replace(table, header=_renamed(table.header)))


def _is_list(table: Table) -> bool:
    header = table.header
    named = [at for at, name in enumerate(header[:12]) if name]
    isin = len(header) > len(START) and "isin" in header[3].casefold()
    return len(header) in ENDS and isin and named == [at for at in range(12) if at not in UNNAMED]


def _renamed(header: tuple[str, ...]) -> tuple[str, ...]:
    """The columns under our names, with the currency behind those whose own name ends in one."""
    names = (*START, *ENDS[len(header)])
    codes = (name.rpartition(" ")[2] for name in header)
    return tuple(f"{name} ({code})" if is_currency(code) else name for name, code in zip(names, codes, strict=True))


def _transactions(rows: pd.DataFrame) -> pd.DataFrame:
    """What has neither an order nor costs is no trade: the broker booked a split, a merger, an expiry."""
    read = numbers(rows, "size", "amount", "Fees", "AutoFX")
    costs = read.reindex(columns=["Fees", "AutoFX"]).fillna(0).abs().sum(axis=1)
    order = rows["order"].fillna(rows["order behind"]) if "order behind" in rows else rows["order"]
    rows["external_id"] = order
    rows["side"] = read["size"].lt(0).map({True: "sell", False: "buy"}).astype("str")
    rows.loc[read["amount"].isna(), "refused"] = "states no total, so nothing says what it cost"
    booked = order.isna() & (costs == 0)
    rows["notes"] = ("a booking of DEGIRO without an order on " + rows["time"] + " changed this position").where(booked)
    rows["side"] = rows["side"].mask(booked, "break")
    rows["symbol"] = told_apart(rows["symbol"], rows["isin"])
    return rows.drop(columns=[name for name in ("order", "order behind", "isin") if name in rows])


LAYOUT = Layout(
    needs=("ISIN", "Quantity", "Total"),
    columns={
        "symbol": "Product",
        "isin": "ISIN",
        "size": "Quantity",
        "price": "Price",
        "time": "Date + Time",
        "gross": "Value",
        "amount": "Total",
        "currency": "Currency",
        "order": "Order",
        "order behind": "Order behind",
    },
    costs={"Fees": "detect", "AutoFX": "detect"},
    adapt=_transactions,
    shorts="stated",
    date_order="dmy",
    shared_ids=True,
)

FORMAT = Format(id=ID, title="DEGIRO transactions (CSV, XLSX)", claims=claims, read=read)
