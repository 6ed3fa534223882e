"""Tiger Brokers' trade history, which some regions of Webull export alike."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.declared import Layout, declare

ASSETS = {"equity": "stock", "stock": "stock", "etf": "stock", "fund": "stock", "option": "option", "options": "option"}
ASSETS |= {"future": "future", "futures": "future", "warrant": "warrant"}


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    if "asset" in rows:
        rows["asset"] = rows["asset"].str.casefold().map(ASSETS, na_action="ignore").astype("str")
    return rows


FORMAT = declare(
    "tiger",
    "Tiger Brokers trade history (CSV)",
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
