"""Myfxbook: the history of an account (CSV), whose profit is what commission and swap have left."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.declared import NOTICES, Layout, declare
from mentor.messages import message, messages


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """The closed trades: behind them stands, under the same header, a table of open ones with a header of its own."""
    again = rows["entry_time"].str.casefold().isin(("open date", "ticket", "symbol")) & rows["ignored"].isna()
    still_open = again.cummax()
    rows.loc[still_open, "ignored"] = "a position that is open"
    nothing = rows.drop(columns=["line", "refused", "ignored"]).isna().all(axis=1)
    rows.loc[nothing, "ignored"] = "a heading"
    if count := int((still_open & ~again & ~nothing).sum()):
        told = messages(
            "Under Open Trades and Open Orders the file lists {n} row: it is not booked.",
            "Under Open Trades and Open Orders the file lists {n} rows: they are not booked.",
            n=count,
        )
        rows.attrs[NOTICES] = (told,)
    return rows


FORMAT = declare(
    "myfxbook",
    message("Myfxbook history (CSV)"),
    Layout(
        needs=("Open Date", "Close Date", "Symbol", "Action", "Commission", "Swap", "Pips", "Profit", "Gain"),
        columns={
            "external_id": "Ticket",
            "entry_time": "Open Date",
            "exit_time": "Close Date",
            "symbol": "Symbol",
            "side": "Action",
            "size": ("Units/Lots", "Lots"),
            "stop": "SL",
            "target": "TP",
            "entry_price": "Open Price",
            "exit_price": "Close Price",
            "net_profit": "Profit",
            "notes": "Comment",
        },
        costs={"Commission": "detect", "Swap": "flow"},
        adapt=_history,
        date_order="mdy",
    ),
)
