"""Bybit: the closed P&L of derivatives, with the columns of before and after 2024."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

#: "Close Long"; the bare word is the side of the order that closes.
CLOSED = {"close long": "long", "sell": "long", "close short": "short", "buy": "short"}
STABLE = re.compile(r".*(USDT|USDC)(-\d{1,2}[A-Z]{3}\d{2})?")
#: Margined in USDC: BTCPERP, BTC-29NOV24. Margined in their own coin: BTCUSD, BTCUSDH25.
USDC, INVERSE = (
    re.compile(r"[A-Z0-9]+(PERP|-\d{1,2}[A-Z]{3}\d{2})"),
    re.compile(r"([A-Z0-9]+?)USD([FGHJKMNQUVXZ]\d{2})?"),
)
#: "12:00 2026-01-10".
TIME_FIRST = r"^(\d{1,2}:\d{2}(?::\d{2})?) (\d{4}-\d{2}-\d{2})$"


def _currency(symbol: str) -> str | None:
    """What a contract's profit is paid in."""
    if stable := STABLE.fullmatch(symbol):
        return stable[1]
    if USDC.fullmatch(symbol):
        return "USDC"
    return inverse[1] if (inverse := INVERSE.fullmatch(symbol)) else None


def _paid_in(rows: pd.DataFrame) -> pd.DataFrame:
    rows["currency"] = rows["symbol"].map(_currency, na_action="ignore").astype("str")
    return rows


def _closed(rows: pd.DataFrame) -> pd.DataFrame:
    words = rows["side"].str.strip().str.casefold()
    rows["side"] = words.map(CLOSED).astype("str").fillna(rows["side"])
    return _paid_in(rows)


def _realized(rows: pd.DataFrame) -> pd.DataFrame:
    """The newer table names no side: prices and profit before costs tell it, where they tell it for certain."""
    rows["exit_time"] = rows["exit_time"].str.replace(TIME_FIRST, r"\2 \1", regex=True)
    rows = _paid_in(rows)
    read = numbers(rows, "entry_price", "exit_price", "size", "net_profit", *FEES)
    entry, exit_, size, net = (read[name] for name in ("entry_price", "exit_price", "size", "net_profit"))
    inverse = ~rows["currency"].isin(("USDT", "USDC")) & rows["currency"].notna()
    moved = size * np.where(inverse, 1 / entry - 1 / exit_, exit_ - entry)
    fees = read.filter(FEES).sum(axis="columns", min_count=1)
    paid = fees * min((1, -1), key=lambda sign: ((net + sign * fees).abs() - moved.abs()).abs().sum())
    gross = net + paid.fillna(0)
    if FEES[0] in rows:
        rows[FEES[0]] = (-paid).round(10).map(repr, na_action="ignore").astype("str")
    as_long, as_short = (gross - moved).abs(), (gross + moved).abs()
    rows["side"] = pd.Series(np.select([3 * as_long < as_short, 3 * as_short < as_long], ["long", "short"], ""))
    rows["side"] = rows["side"].where(rows["side"] != "").astype("str")
    return rows.drop(columns=list(FEES[1:]), errors="ignore")


#: They are added up: funding alone may be money received in every row, whose sign would say nothing then.
FEES = ("Opening Fee", "Closing Fee", "Funding Fee")
COLUMNS = {"entry_price": "Entry Price", "exit_price": "Exit Price"}

FORMAT = declare(
    "bybit",
    message("Bybit closed P&L (CSV)"),
    Layout(
        needs=("Closing Direction", "Entry Price", "Exit Price", "Closed P&L"),
        columns={
            **COLUMNS,
            "symbol": ("Contracts", "Market"),
            "side": "Closing Direction",
            "size": ("Qty", "Closed Size", "Order Quantity"),
            "net_profit": "Closed P&L",
            "exit_time": ("Trade Time", "Filled/Settlement Time"),
            "external_id": ("Order No.", "Order ID"),
        },
        adapt=_closed,
        shared_ids=True,
        date_order="ymd",
    ),
    Layout(
        needs=("Market", "Order Quantity", "Entry Price", "Exit Price", "Realized P&L"),
        columns={
            **COLUMNS,
            "symbol": "Market",
            "size": "Order Quantity",
            "net_profit": "Realized P&L",
            "exit_time": ("Trade time", "Trade Time(UTC+0)"),
            "external_id": ("Order No.", "Order ID"),
            **{name: name for name in FEES[1:]},
        },
        costs={FEES[0]: "flow"},
        adapt=_realized,
        shared_ids=True,
        date_order="ymd",
    ),
)
