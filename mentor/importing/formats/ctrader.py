"""cTrader: closed deals, as the history (CSV, XLSX) or the section *Deals* of a statement (CSV)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

import pandas as pd

from mentor.errors import ImportRefused
from mentor.importing.currencies import is_currency
from mentor.importing.delimited import Delimited
from mentor.importing.extract import CostSign, Extract
from mentor.importing.formats.base import Document
from mentor.importing.formats.declared import Layout, Names, declare, extract, fits
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable, Table
from mentor.messages import message

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
    "account": ("Account Number", "Account ID", "Account"),
    "external_id": ("Deal ID", "ID", "Order ID", "Position ID"),
}
#: What a quantity is counted in, of which every kind of symbol has its own: `2.00 Lots`, `1500 Oz`, `15 Indices`.
COUNTED = r"(?<=\d)\s*[^\W\d]+$"
NEEDED = ("Symbol", "Opening direction", "Closing time")
COSTS: Mapping[str, CostSign] = {"Swap": "flow", "Swaps": "flow", "Commission": "flow", "Commissions": "flow"}


def _deals(rows: pd.DataFrame) -> pd.DataFrame:
    total = rows["side"].isna() & (rows["symbol"].isna() | rows["symbol"].str.match("(?i)totals?$"))
    rows.loc[total, "ignored"] = "a total"
    rows["size"] = rows["size"].str.replace(COUNTED, "", regex=True)
    return rows


LAYOUTS = (
    # gross − net is what swap and commission come to: balances move by net
    Layout(needs=(*NEEDED, "Net", "Gross"), columns=DEALS, adapt=_deals, shared_ids=True, date_order="dmy"),
    Layout(needs=(*NEEDED, "Net"), columns=DEALS, costs=COSTS, adapt=_deals, shared_ids=True, date_order="dmy"),
    Layout(needs=(*NEEDED, "Gross"), columns=DEALS, costs=COSTS, adapt=_deals, shared_ids=True, date_order="dmy"),
)
DECLARED = declare("ctrader", message("cTrader history (CSV or XLSX)"), *LAYOUTS)


def read(document: Document) -> Extract:
    """The deals; raises `ImportRefused` when their net profit stands there in several currencies."""
    layout, table = next((layout, table) for table in document.tables for layout in LAYOUTS if fits(layout, table))
    nets = [name for name in table.header if name.casefold().startswith("net ") and is_currency(name[4:].strip("() "))]
    if len(nets) > 1:
        what = message("The net profit is in several currencies: {columns}", columns=", ".join(nets))
        raise ImportRefused(what, where=table.source.name, todo=message("Export it again with one of them."))
    return extract(DECLARED.id, layout, _section(document, table))


def _section(document: Document, table: Table) -> Table:
    """The deals of a statement end where the title of the next section stands alone in its row."""
    if not isinstance(document, Delimited):
        return table
    header = [name.casefold() for name in table.header]
    start = next((at for at, row in enumerate(document.rows) if _names(row)[: len(header)] == header), None)
    below = document.rows[start + 1 :] if start is not None else ()
    body = tuple(takewhile(lambda row: sum(map(bool, row.cells)) != 1 or row.cells[0] == "", below))
    if start is None or len(body) == len(below):
        return table
    return RowTable(source=table.source, title="", header=table.header, body=body)


def _names(row: Row) -> list[str]:
    return [cell.strip().casefold() for cell in row.cells]


FORMAT = replace(DECLARED, read=read)
