"""eToro: the closed positions of an account statement (XLSX, or that sheet as CSV)."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message


def _positions(rows: pd.DataFrame) -> pd.DataFrame:
    """`Buy Apple` is a long position in Apple, whatever was bought or sold when it was closed."""
    action = rows["symbol"].str.extract(r"(?i)^(Buy|Sell)\s+(.+)$")
    rows["symbol"] = action[1].fillna(rows["symbol"])
    rows["side"] = (rows["side"] if "side" in rows else action[0]).fillna(action[0])
    if "copied" in rows:
        copied = ("copied from " + rows.pop("copied")).fillna("")
        notes = (rows["notes"].fillna("") + " " + copied if "notes" in rows else copied).str.strip()
        rows["notes"] = notes.where(notes != "")
    return rows


FORMAT = declare(
    "etoro",
    message("eToro account statement (XLSX)"),
    Layout(
        needs=("Position ID", "Action", "Open Date", "Close Date", "Open Rate", "Close Rate", "Profit"),
        columns={
            "external_id": "Position ID",
            "symbol": "Action",
            "side": "Long / Short",
            "size": ("Units", "Units / Contracts"),
            "entry_time": "Open Date",
            "exit_time": "Close Date",
            "entry_price": "Open Rate",
            "exit_price": "Close Rate",
            "profit": ("Profit(USD)", "Profit"),
            "target": "Take profit rate",
            "stop": ("Stop loss rate", "Stop lose rate"),
            "copied": ("Copied From", "Copy Trader Name"),
            "notes": "Notes",
        },
        costs={"Rollover Fees and Dividends": "flow", "Overnight Fees and Dividends": "flow"},
        adapt=_positions,
        date_order="dmy",
        currency="USD",
        shared_ids=True,
        notices=(message("The spread is in the rates already; fees overnight and dividends of a position count."),),
    ),
)
