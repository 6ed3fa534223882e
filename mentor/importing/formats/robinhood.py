"""Robinhood: the account activity report, and the older list of trades and money movements."""

from __future__ import annotations

import pandas as pd

from mentor.importing.formats.activity import UNNAMED, name_options, sort_rows
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

COSTS = message("Robinhood's amounts are after its fees, which the file does not state.")
#: Expired, assigned, exercised.
REMOVED = r"^(?:OEXP|OASGN|OEXCS|OEXER?)$"


def _report(rows: pd.DataFrame) -> pd.DataFrame:
    """`10S` contracts are short ones; the option stands in the description."""
    rows["size"] = rows["size"].str.replace(r"[A-Za-z]+$", "", regex=True)
    code = rows["side"].str.upper()
    coded = rows["description"].where(code.isin(("BTO", "STO", "BTC", "STC")) | code.str.match(REMOVED).eq(True))
    rows = name_options(rows.assign(description=coded), "description")
    unnamed = coded.notna() & rows["asset"].ne("option")
    rows.loc[unnamed, "refused"] = UNNAMED
    return sort_rows(rows, removes=REMOVED).drop(columns="description")


FORMAT = declare(
    "robinhood",
    message("Robinhood account activity (CSV)"),
    Layout(
        needs=("Activity Date", "Instrument", "Trans Code", "Quantity", "Amount"),
        columns={
            "symbol": "Instrument",
            "side": "Trans Code",
            "size": "Quantity",
            "price": "Price",
            "time": "Activity Date",
            "gross": "Amount",
            "description": "Description",
        },
        adapt=_report,
        newest_first=True,
        shorts="stated",
        date_order="mdy",
        currency="USD",
        notices=(COSTS,),
    ),
    Layout(
        needs=("Type", "Trade Date", "Trade Action", "Qty", "Net Amount"),
        columns={
            "symbol": "Symbol",
            "side": "Trade Action",
            "size": "Qty",
            "price": "Price",
            "time": "Trade Date",
            "gross": "Net Amount",
        },
        keep={"Type": ("TRADES",)},
        shorts="stated",
        asset="stock",
        currency="USD",
        notices=(COSTS,),
    ),
)
