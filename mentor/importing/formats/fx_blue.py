"""FX Blue: the history of an account (CSV), one row a position, a pending order or money moved."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

NOW = ["exit_time", "exit_price", "net_profit"]


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """Closed positions; an open one shows the price and profit of now as if it were closed."""
    kind = rows["kind"].str.casefold()
    rows.loc[kind.eq("open position"), [name for name in NOW if name in rows]] = pd.NA
    rows.loc[~kind.isin(("closed position", "open position")), "ignored"] = "no position"
    return rows.drop(columns="kind")


FORMAT = declare(
    "fx_blue",
    message("FX Blue history (CSV)"),
    Layout(
        needs=("Type", "Symbol", "Lots", "Buy/sell", "Close time", "Profit", "Swap", "Commission", "Net profit"),
        columns={
            "kind": "Type",
            "external_id": "Ticket",
            "symbol": "Symbol",
            "size": "Lots",
            "side": "Buy/sell",
            "entry_price": "Open price",
            "exit_price": "Close price",
            "entry_time": "Open time",
            "exit_time": "Close time",
            "net_profit": "Net profit",
            "stop": "S/L",
            "target": "T/P",
            "notes": "Order comment",
            "account": "Account",
        },
        costs={"Commission": "detect", "Swap": "flow"},
        adapt=_history,
        date_order="ymd",
    ),
)
