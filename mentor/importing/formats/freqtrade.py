"""freqtrade: the trades of backtests, of `/trades` and of exported tables (JSON or CSV), all strategies of a file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.declared import Layout, extract, fits
from mentor.importing.tables import RowTable, Table, stacked
from mentor.messages import message

TESTED = "strategy of the test"
#: What a profit that is calculated may differ from the stated one by: amounts are rounded to the pair's steps.
ROUNDING = 1e-6


def _trades(rows: pd.DataFrame) -> pd.DataFrame:
    """The profit is net of fees and funding. What both sides paid is stated as rates, and counts where it adds up."""
    short = _flag(rows, "is_short")
    still_open = _flag(rows, "is_open")
    rows["side"] = pd.Series(np.where(short, "short", "long"), index=rows.index, dtype="str")
    rows["currency"] = rows["symbol"].str.extract(r"/([^:]+)")[0]
    for name in ("exit_time", "exit_price", "net_profit"):
        rows[name] = rows[name].mask(still_open)
    if "fee_open" in rows and "fee_close" in rows:
        rows["profit"] = _gross(rows, short)
    texts = [rows.pop(name).fillna("") for name in ("entered", "exited") if name in rows]
    notes = sum((" " + text for text in texts), pd.Series("", index=rows.index)).str.strip()
    rows["notes"] = notes.where(notes != "")
    return rows.drop(columns=["is_short", "is_open", "fee_open", "fee_close", "funding"], errors="ignore")


def _flag(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name].str.casefold().isin(("true", "1")) if name in rows else pd.Series(data=False, index=rows.index)


def _gross(rows: pd.DataFrame, short: pd.Series) -> pd.Series:
    """The profit before fees; missing where prices, size and fee rates do not come to the net one.

    Then there is other money in it, or the position was changed on the way.
    """
    names = ("entry_price", "exit_price", "size", "net_profit", "fee_open", "fee_close")
    entry, exit_, size, net, opening, closing = (pd.to_numeric(rows[name], errors="coerce") for name in names)
    fees = size * (entry * opening + exit_ * closing)
    if "funding" in rows:
        fees -= pd.to_numeric(rows["funding"], errors="coerce").fillna(0)  # positive: received
    moved = size * (exit_ - entry) * np.where(short, -1, 1)
    explained = (moved - fees - net).abs() <= ROUNDING * size * exit_
    return (net + fees).where(explained).round(10).map(repr, na_action="ignore").astype("str")


LAYOUT = Layout(
    needs=("pair", "open_date", "close_date", "open_rate", "close_rate", "profit_abs", "amount"),
    columns={
        "symbol": "pair",
        "size": "amount",
        "entry_time": "open_date",
        "exit_time": "close_date",
        "entry_price": "open_rate",
        "exit_price": "close_rate",
        "net_profit": "profit_abs",
        "stop": "initial_stop_loss_abs",
        "strategy": ("strategy", TESTED),
        "external_id": "trade_id",
        "entered": ("enter_tag", "buy_tag"),
        "exited": ("exit_reason", "sell_reason"),
        "is_short": "is_short",
        "is_open": "is_open",
        "fee_open": "fee_open",
        "fee_close": "fee_close",
        "funding": "funding_fees",
    },
    adapt=_trades,
    zone="UTC",
    date_order="ymd",
)


def claims(document: Document) -> bool:
    """A list of trades with a pair, both rates and the absolute profit."""
    return any(fits(LAYOUT, table) for table in document.tables)


def read(document: Document) -> Extract:
    """The trades of every strategy."""
    tables = [table for table in document.tables if fits(LAYOUT, table)]
    lists = [replace(table, title=_tested(table.title)) for table in tables if isinstance(table, RowTable)]
    whole: Table = stacked(lists, titled=TESTED) if lists else tables[0]
    return replace(extract(FORMAT.id, LAYOUT, whole), shared_ids=len(tables) > 1)


def _tested(title: str) -> str:
    """`strategy.Name.trades` → `Name`."""
    parts = title.split(".")
    return parts[1] if len(parts) == 3 and parts[0] == "strategy" else ""


FORMAT = Format(id="freqtrade", title=message("freqtrade trades (JSON or CSV)"), claims=claims, read=read)
