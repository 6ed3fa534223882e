"""cTrader: the history of closed deals, saved from the web (CSV) or the desktop platform (XLSX)."""

from __future__ import annotations

from collections.abc import Mapping

from mentor.importing.formats.declared import Layout, Names, declare

#: One row is what a deal closed of a position. Which columns there are is the trader's choice.
DEALS: Mapping[str, Names] = {
    "symbol": "Symbol",
    "side": "Opening direction",
    "size": ("Closing Quantity", "Closed Quantity", "Quantity", "Closing volume", "Volume"),
    "entry_time": ("Opening time", "Entry time"),
    "exit_time": "Closing time",
    "entry_price": ("Entry price", "Opening price"),
    "exit_price": "Closing price",
    "profit": ("Gross", "Gross profit"),
    "net_profit": ("Net", "Net profit"),
    "strategy": "Label",
    "notes": "Comment",
    "external_id": ("Deal ID", "ID", "Order ID", "Position ID"),
}
NEEDED = ("Symbol", "Opening direction", "Closing time", "Closing price")

FORMAT = declare(
    "ctrader",
    "cTrader history (CSV or XLSX)",
    # Gross − net is what swap and commission come to: balances move by net
    Layout(needs=(*NEEDED, "Net", "Gross"), columns=DEALS, shared_ids=True, date_order="dmy"),
    Layout(
        needs=(*NEEDED, "Net"),
        columns=DEALS,
        costs={"Swap": "flow", "Swaps": "flow", "Commission": "flow", "Commissions": "flow"},
        shared_ids=True,
        date_order="dmy",
    ),
    Layout(
        needs=(*NEEDED, "Gross"),
        columns=DEALS,
        costs={"Swap": "flow", "Swaps": "flow", "Commission": "flow", "Commissions": "flow"},
        shared_ids=True,
        date_order="dmy",
    ),
)
