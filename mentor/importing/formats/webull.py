"""Webull: order lists of the desktop and the phone app, option orders, and the monthly statement of Thailand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from mentor.importing.columns import fold
from mentor.importing.contracts import is_option
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import NOTICES, Layout, Names, declare, extract, fits
from mentor.importing.option_names import option_symbols
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable
from mentor.messages import message, messages

PARTLY = ("partial filled", "partially filled")
FILLED = ("filled", *PARTLY)
#: What `Side Type` says of an option; of a share it names the position, which the side then opens or closes.
EFFECTS = {("buy", "long"): "open", ("sell", "long"): "close", ("sell", "short"): "open", ("buy", "short"): "close"}
_CURRENCY = re.compile(r"Currency: *([A-Z]{3})")


def _orders(rows: pd.DataFrame) -> pd.DataFrame:
    """What was filled counts, whatever became of the rest of the order; a spread is the legs below it."""
    option = rows["symbol"].map(is_option, na_action="ignore").eq(True)
    rows["asset"] = pd.Series("stock", index=rows.index, dtype="str").mask(option, "option")
    if "effect" in rows:
        rows["effect"] = _effects(rows)
    status = rows["status"].str.casefold() if "status" in rows else pd.Series(index=rows.index, dtype="str")
    size = numbers(rows, "size")["size"]
    nothing = size.fillna(0).eq(0) & ~status.isin(FILLED)
    rows.loc[nothing & ~_unread(rows["size"], size), "ignored"] = "never filled"
    if "name" in rows:
        rows = _legs(rows)
    partly = int((status.isin(PARTLY) & rows["ignored"].isna()).sum())
    told = messages(
        "{n} order is filled in part: if it was still open, a later export lists it once more with another size.",
        "{n} orders are filled in part: if they were still open, a later export lists them once more with another "
        "size.",
        n=partly,
    )
    rows.attrs[NOTICES] = (told,) if partly else ()
    return rows.drop(columns=[name for name in ("status", "name") if name in rows])


def _unread(cells: pd.Series, size: pd.Series) -> pd.Series:
    """Where a quantity is there and is no number: that row is refused, not left out."""
    return size.isna() & cells.notna() & ~cells.isin(("-", "--"))


def _effects(rows: pd.DataFrame) -> pd.Series:
    words = rows["effect"].str.casefold()
    sides = zip(rows["side"].str.casefold(), words, strict=True)
    implied = pd.Series([EFFECTS.get((side, word)) for side, word in sides], index=rows.index, dtype="str")
    return words.where(words.isin(("open", "close")), implied)


def _legs(rows: pd.DataFrame) -> pd.DataFrame:
    """A row without a symbol is a spread, if the row below it is one of its legs, which have no name."""
    leg = rows["symbol"].notna() & rows["name"].isna()
    spread = rows["symbol"].isna() & rows["ignored"].isna()
    followed = leg.shift(-1, fill_value=False)
    rows["ignored"] = rows["ignored"].mask(spread & followed, "a spread, whose legs count")
    rows["refused"] = rows["refused"].mask(
        spread & ~followed, message("is a spread whose legs are not listed below it")
    )
    return rows


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    """`META META PLATFORMS INC` begins with the symbol, an option is its code alone."""
    options = option_symbols(rows["symbol"])
    rows["asset"] = pd.Series("stock", index=rows.index, dtype="str").mask(options.notna(), "option")
    rows["symbol"] = options.fillna(rows["symbol"].str.split().str[0])
    return rows


def _in_statement(document: Document) -> bool:
    return isinstance(document, Delimited) and fits(STATEMENT, document)


def _read(document: Document) -> Extract:
    if not _in_statement(document):
        return ORDER_LISTS.read(document)
    body = tuple(_trades(document.rows))
    table = RowTable(source=document.source, title="", header=(*TRADE_COLUMNS, "Currency"), body=body)
    return extract(ORDER_LISTS.id, STATEMENT, table)


def _trades(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows below every header of trades, with the currency said above it; another header or a title ends them."""
    currency, places = "", dict[str, int]()
    for row in rows:
        names = [fold(cell) for cell in row.cells]
        if found := _CURRENCY.fullmatch(row.text.strip()):
            currency = found[1]
        elif fold(TRADE_COLUMNS[0]) in names:
            known = set(map(fold, STATEMENT.needs)) <= set(names)
            places = {name: at for at, name in enumerate(names)} if known else {}
        elif places and len(row.trimmed().cells) > 1:
            picked = (places.get(fold(name), len(row.cells)) for name in TRADE_COLUMNS)
            cells = tuple(row.cells[at] if at < len(row.cells) else "" for at in picked)
            yield replace(row, cells=(*cells, currency), spans=())
        elif row.text:
            places = {}


ORDERS: Mapping[str, Names] = {
    "name": "Name",
    "symbol": "Symbol",
    "side": ("Side", "B/S"),
    "status": "Status",
    "size": ("Filled", "Filled Qty"),
    "price": ("Avg Price", "Filled Avg Price", "Price"),
    "time": "Filled Time",
    "effect": "Side Type",
}
TRADE_COLUMNS = (
    *("Symbol & Name", "Trade Date", "Buy/Sell", "Quantity", "Traded Price", "Gross Amount", "Comm/Fee/Tax", "VAT"),
    "Net Amount",
)
STATEMENT = Layout(
    needs=("Symbol & Name", "Trade Date", "Traded Price"),
    columns={
        "symbol": "Symbol & Name",
        "side": "Buy/Sell",
        "size": "Quantity",
        "price": "Traded Price",
        "time": "Trade Date",
        "gross": "Gross Amount",
        "amount": "Net Amount",
        "currency": "Currency",
    },
    costs={"Comm/Fee/Tax": "flow", "VAT": "flow"},
    adapt=_shares,
    shorts="stated",
    date_order="dmy",
    newest_first=True,
)


def _order_list(*needs: str) -> Layout:
    return Layout(
        needs=("Symbol", *needs, "Filled Time"),
        lacks=("Exec Time",),
        columns=ORDERS,
        costs={"Commission": "detect", "Fee": "detect"},
        adapt=_orders,
        shorts="stated",
        zone="America/New_York",
        date_order="mdy",
        currency="USD",
        newest_first=True,
    )


ORDER_LISTS = declare(
    "webull",
    message("Webull orders (CSV)"),
    _order_list("Side", "Filled"),
    _order_list("B/S", "Filled Qty", "Filled Avg Price"),
    STATEMENT,
)
FORMAT = replace(ORDER_LISTS, read=_read)
