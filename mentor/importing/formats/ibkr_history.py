"""Interactive Brokers' and CapTrader's transaction history: days without times, all amounts in the base currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from mentor.importing.columns import fold
from mentor.importing.contracts import is_option
from mentor.importing.currencies import currency_of
from mentor.importing.extract import Extract
from mentor.importing.formats import ibkr_fills
from mentor.importing.formats.base import Document
from mentor.importing.formats.declared import NOTICES, Layout, extract
from mentor.importing.sections import sections
from mentor.importing.sides import BUY, SELL
from mentor.importing.table_row import Row
from mentor.messages import message

#: Fills that no order made: bought or sold by the sign of their quantity.
BOOKED = ("assignment", "exercise", "expiration", "option assignment", "option exercise", "option expiration")
CHANGED = "corporate action"
ROUNDING = 0.02
NUMBERS = ("size", "price", "gross", "amount", "Commission", "Transaction Fees")
OPTIONAL = ("account", "notes")
NO_ORDER = message("The file has days without times: of one day's trades in a symbol, purchases are taken first.")
OVERNIGHT = message(
    "is a future in another currency than the account, held overnight: amounts in the base currency contain changes of "
    "the exchange rate that were not earned; import the activity statement instead"
)


def is_history(rows: Sequence[Row]) -> bool:
    """Whether rows are those of a transaction history."""
    return _header(rows) is not None


def read_history(document: Document, rows: Sequence[Row]) -> Extract:
    """Purchases and sales; the other rows are money, or refused."""
    header = _header(rows)
    (found,) = sections(rows, lambda row: row is header, source=document.source)
    body = tuple(row for row in found.body if row.cells[:2] == (found.title, "Data"))
    base = _base_currency(rows)
    layout = replace(LAYOUT, adapt=partial(_fills, base=base), currency=base)
    return extract(ibkr_fills.ID, layout, replace(found, body=body))


def _header(rows: Sequence[Row]) -> Row | None:
    names = set(map(fold, LAYOUT.needs))
    headers = (row for row in rows if row.cells[1:2] == ("Header",))
    return next((row for row in headers if names <= set(map(fold, row.cells))), None)


def _base_currency(rows: Sequence[Row]) -> str | None:
    """The one value of the summary that is a currency, whatever its label is called."""
    values = (row.cells[3] for row in rows if row.cells[:2] == ("Summary", "Data") and len(row.trimmed().cells) == 4)
    return next((code for value in values if len(value) == 3 and (code := currency_of(value))), None)


def _fills(rows: pd.DataFrame, *, base: str | None) -> pd.DataFrame:
    rows = rows.assign(**{name: pd.Series(dtype="str", index=rows.index) for name in OPTIONAL if name not in rows})
    for name in (name for name in NUMBERS if name in rows):  # a footnote marks what is notional: `-48022.672(1)`
        rows[name] = rows[name].mask(rows[name].eq("-")).str.replace(r"\(\d\)$|,", "", regex=True)
    forex = rows["side"].str.contains("forex", case=False, na=False)
    rows["asset"] = pd.Series(dtype="str", index=rows.index).mask(forex, "forex")
    rows = ibkr_fills.settled(_kinds(rows).assign(cancels=False))
    rows.attrs[NOTICES] = ibkr_fills.notices(rows["ignored"])
    return _in_cash(rows, base).drop(columns="cancels")


def _kinds(rows: pd.DataFrame) -> pd.DataFrame:
    """Purchases and sales by their word, bookings by their sign; what else has a quantity is not understood."""
    words, size = rows["side"].str.casefold(), _number(rows, "size")
    traded, booked, changed = words.isin(BUY | SELL), words.isin(BOOKED), words.eq(CHANGED)
    rows["notes"] = rows["notes"].where(changed)
    rows["side"] = (
        rows["side"].mask(booked & (size > 0), "buy").mask(booked & (size < 0), "sell").mask(changed, "break")
    )
    option = booked & rows["symbol"].map(is_option, na_action="ignore").eq(True)
    rows["effect"] = pd.Series(dtype="str", index=rows.index).mask(option, "close")
    nothing = option & rows["price"].isna()  # taken away for nothing; what stands as gross is its fee
    rows["price"], rows["gross"] = rows["price"].mask(nothing, "0"), rows["gross"].mask(nothing)
    other = ~(traded | booked | changed) & rows["asset"].isna()
    rows["ignored"] = rows["ignored"].mask(other & size.isna(), "no shares moved")
    rows["refused"] = rows["refused"].mask(
        other & size.notna(), message("is neither a purchase nor a sale; enter it by hand")
    )
    return rows


def _in_cash(rows: pd.DataFrame, base: str | None) -> pd.DataFrame:
    """Net amounts are cash, fees beside them come off too; those of futures are the day's settlement, and are not."""
    gross, net, paid = (_number(rows, name) for name in ("gross", "amount", "Commission"))
    beside = _number(rows, "Transaction Fees").fillna(0)
    notional = (gross + paid.fillna(0) - net).abs() > ROUNDING
    cash = (net + beside).where(~notional)
    rows["amount"] = cash.map(repr, na_action="ignore").astype("str").where(cash.notna())
    abroad = (
        rows["price_currency"].ne(base or "") if "price_currency" in rows else pd.Series(data=False, index=rows.index)
    )
    kept = rows["ignored"].isna() & rows["refused"].isna() & notional
    left = (
        _number(rows, "size").where(kept, 0).groupby([rows[name].fillna("") for name in ("account", "symbol", "time")])
    )
    overnight = left.transform("sum").abs() > 1e-9
    rows["refused"] = rows["refused"].mask(kept & abroad & overnight, OVERNIGHT)
    return rows


def _number(rows: pd.DataFrame, name: str) -> pd.Series:
    return pd.to_numeric(rows[name], errors="coerce") if name in rows else pd.Series(float("nan"), index=rows.index)


LAYOUT = Layout(
    needs=("Date", "Transaction Type", "Symbol", "Quantity", "Price", "Gross Amount", "Commission", "Net Amount"),
    columns={
        "time": "Date",
        "account": "Account",
        "notes": "Description",
        "side": "Transaction Type",
        "symbol": "Symbol",
        "size": "Quantity",
        "price": "Price",
        "price_currency": "Price Currency",
        "gross": "Gross Amount",
        "amount": "Net Amount",
        "multiplier": "Multiplier",
    },
    costs={"Commission": "flow", "Transaction Fees": "flow"},
    shorts="stated",
    date_order="ymd",
    notices=(NO_ORDER,),
)
