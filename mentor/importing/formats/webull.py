"""Webull: order lists of the desktop and the phone app, option orders, and the international trade record."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from mentor.importing.contracts import is_option
from mentor.importing.formats.declared import Layout, Names, declare

FILLED = ("Filled", "Partially Filled", "Partial Filled")
ORDERS: Mapping[str, Names] = {
    "symbol": "Symbol",
    "side": ("Side", "B/S"),
    "size": ("Filled", "Filled Qty"),
    "price": ("Avg Price", "Filled Avg Price", "Price"),
    "time": "Filled Time",
    "effect": "Side Type",
}


def _orders(rows: pd.DataFrame) -> pd.DataFrame:
    """Options say in `Side Type` whether they open or close; for shares it is another word."""
    option = rows["symbol"].map(is_option, na_action="ignore").eq(True)
    rows["asset"] = pd.Series("stock", index=rows.index, dtype="str").mask(option, "option")
    if "effect" in rows:
        words = rows["effect"].str.casefold()
        rows["effect"] = words.where(words.isin(("open", "close")))
    rows.loc[rows["time"].isna() | rows["size"].isin(("0", "0.0")), "ignored"] = "never filled"
    return rows


FORMAT = declare(
    "webull",
    "Webull orders (CSV)",
    Layout(
        needs=("Symbol", "Filled Time"),
        lacks=("Exec Time",),
        columns=ORDERS,
        costs={"Commission": "detect", "Fee": "detect"},
        keep={"Status": FILLED},
        adapt=_orders,
        shorts="stated",
        zone="America/New_York",
        date_order="mdy",
        currency="USD",
    ),
    Layout(
        needs=("Symbol & Name", "Trade Date", "Traded Price"),
        columns={
            "symbol": "Symbol & Name",
            "side": "Buy/Sell",
            "size": "Quantity",
            "price": "Traded Price",
            "time": "Trade Date",
            "gross": "Gross Amount",
            "amount": "Net Amount",
        },
        costs={"Comm/Fee/Tax": "flow", "VAT": "flow"},
        shorts="stated",
        asset="stock",
        date_order="dmy",
    ),
)
