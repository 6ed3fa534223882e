"""FTMO: the trading journal of an account's MetriX page."""

from __future__ import annotations

from mentor.importing.formats.declared import Layout, declare
from mentor.messages import message

FORMAT = declare(
    "ftmo",
    message("FTMO trading journal (CSV)"),
    Layout(
        needs=("Ticket", "Open", "Volume", "Symbol", "Close", "Price 2", "Profit", "Trade duration in seconds"),
        columns={
            "external_id": "Ticket",
            "entry_time": "Open",
            "side": "Type",
            "size": "Volume",
            "symbol": "Symbol",
            "entry_price": "Price",
            "stop": "SL",
            "target": "TP",
            "exit_time": "Close",
            "exit_price": "Price 2",
            "profit": "Profit",
        },
        costs={"Swap": "flow", "Commissions": "flow", "Commission": "flow"},
    ),
)
