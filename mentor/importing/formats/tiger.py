"""Tiger Brokers' trade history, which some regions of Webull export alike, and its activity statement."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from mentor.importing.delimited import Delimited
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document
from mentor.importing.formats.declared import Layout, declare
from mentor.importing.formats.tiger_statement import is_statement, read_statement
from mentor.messages import message

ASSETS = {"equity": "stock", "stock": "stock", "etf": "stock", "fund": "stock", "option": "option", "options": "option"}
ASSETS |= {"future": "future", "futures": "future", "warrant": "warrant"}


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    if "asset" in rows:
        rows["asset"] = rows["asset"].str.casefold().map(ASSETS, na_action="ignore").astype("str")
    return rows


def _claims(document: Document) -> bool:
    return _is_statement(document) or HISTORY.claims(document)


def _read(document: Document) -> Extract:
    return read_statement(HISTORY.id, document) if _is_statement(document) else HISTORY.read(document)


def _is_statement(document: Document) -> bool:
    if not isinstance(document, Delimited):
        return False
    return is_statement((*(row.cells for row in document.preamble), document.header, *document.sample))


HISTORY = declare(
    "tiger",
    message("Tiger Brokers trade history and activity statement (CSV)"),
    Layout(
        needs=("Symbol", "Trade Date", "Buy/Sell", "Trade Price", "Comm/Fee/Tax"),
        columns={
            "symbol": "Symbol",
            "currency": "Currency",
            "asset": "Type",
            "time": "Trade Date + Time",
            "side": "Buy/Sell",
            "size": "Quantity",
            "price": "Trade Price",
            "gross": "Gross Amount",
            "amount": "Net Amount",
        },
        costs={"Comm/Fee/Tax": "flow", "GST": "flow"},
        adapt=_fills,
        shorts="stated",
    ),
)
FORMAT = replace(HISTORY, claims=_claims, read=_read)
