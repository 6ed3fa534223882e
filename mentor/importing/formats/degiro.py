"""DEGIRO: the list of transactions (CSV, XLSX) in any language; its columns are known by their places."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from mentor.errors import ImportRefused
from mentor.importing.currencies import is_currency
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.cells import numbers, told_apart
from mentor.importing.formats.declared import Layout, extract
from mentor.importing.tables import RowTable, Table
from mentor.importing.told import BOOKING, in_column
from mentor.messages import message

ID = "degiro"
START = ("Date", "Time", "Product", "ISIN", "Exchange", "Venue", "Quantity", "Price", "(Price in)")
LOCAL = (*START, "Local value", "(Local in)")
#: The lists there have been; a column in brackets has no name. Each amount once had its currency behind it, now all
#: have it in their name, and the order may stand one column further on.
LISTS = (
    (*LOCAL, "Value", "Rate", "AutoFX", "Fees", "Total", "Order", "(Order behind)"),
    (*LOCAL, "Value", "(Value in)", "Rate", "Fees", "(Fees in)", "Total", "(Currency)", "Order"),
    (*LOCAL, "Value", "(Value in)", "Rate", "AutoFX", "Fees", "(Fees in)", "Total", "(Currency)", "Order"),
    (*START, "Value", "(Value in)", "Fees", "(Fees in)", "Total", "(Currency)", "Order"),
)
WIDTH = min(map(len, LISTS))


def claims(document: Document) -> bool:
    """A table with the columns of a list of transactions, known or not."""
    return any(map(_is_list, document.tables))


def read(document: Document) -> Extract:
    """The fills of the first such table; raises `ImportRefused` where the places of its columns are not known."""
    table = next(table for table in document.tables if _is_list(table))
    assert isinstance(table, Delimited | RowTable), "all tables are"
    names = next((names for names in LISTS if _fits(names, table.header)), None)
    if names is None:
        todo = message("Export the transactions anew, with all columns: Inbox → Transactions → Export.")
        raise ImportRefused(message("DEGIRO's list has other columns than we know"), where=table.source.name, todo=todo)
    return extract(ID, LAYOUT, replace(table, header=_renamed(names, table)))


def _is_list(table: Table) -> bool:
    """Names from the date to the exchange, and a price whose currency stands behind it without a name."""
    header = table.header
    isin = len(header) >= WIDTH and "isin" in header[3].casefold()
    return isin and all(header[: len(START) - 4]) and "" in header[len(START) - 4 : len(LOCAL)]


def _fits(names: tuple[str, ...], header: tuple[str, ...]) -> bool:
    """Whether the columns without a name are those in brackets; the last of them may be missing, others may follow."""
    least = len(names) - names[-1].startswith("(")
    pairs = zip(names, header, strict=False)
    return len(header) >= least and all(name.startswith("(") == (not header_) for name, header_ in pairs)


def _renamed(names: tuple[str, ...], table: RowTable | Delimited) -> tuple[str, ...]:
    """The columns under our names, with the currency behind those whose own name ends in one."""
    header = table.header
    if isinstance(table, RowTable):  # a sheet does not keep the blank behind its last name
        header = (*header, *("" for _ in names[len(header) :]))
    codes = (name.rpartition(" ")[2] for name in header)
    plain = (name.strip("()") for name in names)
    ours = tuple(f"{name} ({code})" if is_currency(code) else name for name, code in zip(plain, codes, strict=False))
    return (*ours, *header[len(ours) :])


def _transactions(rows: pd.DataFrame) -> pd.DataFrame:
    """What has neither an order nor costs is no trade: the broker booked a split, a merger, an expiry."""
    if "fees in" in rows:
        rows["Fees"] += (" " + rows.pop("fees in")).fillna("")
    read = numbers(rows, "size", "amount", "Fees", "AutoFX")
    costs = read.reindex(columns=["Fees", "AutoFX"]).fillna(0).abs().sum(axis=1)
    order = rows["order"].fillna(rows["order behind"]) if "order behind" in rows else rows["order"]
    rows["external_id"] = order
    rows["side"] = read["size"].lt(0).map({True: "sell", False: "buy"}).astype("str")
    rows.loc[read["amount"].isna(), "refused"] = message("states no total, so nothing says what it cost")
    booked = order.isna() & (costs == 0)
    rows["notes"] = in_column(BOOKING, rows["time"]).where(booked)
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
        "fees in": "Fees in",
    },
    costs={"Fees": "detect", "AutoFX": "detect"},
    adapt=_transactions,
    shorts="stated",
    date_order="dmy",
    shared_ids=True,
    newest_first=True,
)

FORMAT = Format(id=ID, title=message("DEGIRO transactions (CSV, XLSX)"), claims=claims, read=read)
