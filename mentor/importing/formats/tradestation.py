"""TradeStation's and TradeZero's list of executions: regulators' and venues' fees in columns of their own, Eastern."""

from __future__ import annotations

import pandas as pd

from mentor.importing.contracts import is_option
from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

VENUE = ("ECN Remove", "ECN Add")
FEES = ("Comm", "SEC", "TAF", "NSCC", "Nasdaq", *VENUE)


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    """A venue pays for orders that add to its book: only there a lone negative amount is received."""
    option = rows["symbol"].map(is_option, na_action="ignore").eq(True)
    rows["asset"] = pd.Series("stock", index=rows.index, dtype="str").mask(option, "option")
    for name in (name for name in VENUE if name in rows):
        plain = rows[name].str.replace(r"^\((.*)\)$", r"-\1", regex=True)
        rows[name] = ("-" + plain).str.removeprefix("--")
    return rows


FORMAT = declare(
    "tradestation",
    message("TradeStation and TradeZero executions (CSV)"),
    Layout(
        needs=("T/D", "Exec Time", "Symbol", "Side", "Qty", "Price", "Gross Proceeds"),
        columns={
            "account": "Account",
            "currency": "Currency",
            "symbol": "Symbol",
            "side": "Side",
            "time": "T/D + Exec Time",
            "size": "Qty",
            "price": "Price",
            "gross": "Gross Proceeds",
            "amount": "Net Proceeds",
            "notes": "Note",
        },
        costs={name: "flow" if name in VENUE else "detect" for name in FEES},
        adapt=_fills,
        shorts="stated",
        zone="America/New_York",
        date_order="mdy",
        currency="USD",
    ),
)
