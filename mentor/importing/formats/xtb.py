"""XTB: the account history as a workbook, whose sheets are named in English and headed in the client's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from mentor.importing.columns import fold
from mentor.importing.currencies import MONEY
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.declared import Layout, extract, fits
from mentor.importing.tables import RowTable, Table, stacked
from mentor.importing.workbook import Workbook

CLOSED, OPEN = "CLOSED POSITION HISTORY", "OPEN POSITION"
PLATFORM = "sheet"
#: What stands where in a sheet of closed positions, of xStation and of accounts on MetaTrader.
XSTATION = (
    *("Position", "Symbol", "Type", "Volume", "Open time", "Open price", "Close time", "Close price", "Open origin"),
    *("Close origin", "Purchase value", "Sale value", "SL", "TP", "Margin", "Commission", "Swap", "Rollover"),
    *("Gross P/L", "Comment"),
)
METATRADER = (
    *("Position", "Symbol", "Type", "Volume", "Open time", "Open price", "Close time", "Close price"),
    *("Commission", "Swap", "Gross P/L", "Comment"),
)


def _positions(rows: pd.DataFrame) -> pd.DataFrame:
    """Sheets end with a total. The side of positions on MetaTrader is not said."""
    total = rows["external_id"].str.casefold().eq("total")
    rows.loc[total | (rows["external_id"].isna() & rows["symbol"].isna()), "ignored"] = "a total"
    unsaid = rows["side"].str.casefold().eq("closed")
    rows.loc[unsaid & ~total, "refused"] = "does not say whether the position was long or short"
    return rows


LAYOUT = Layout(
    needs=("Position", "Symbol", "Type", "Volume", "Open time", "Open price", "Close time", "Close price", "Gross P/L"),
    columns={
        "external_id": "Position",
        "symbol": "Symbol",
        "side": "Type",
        "size": "Volume",
        "entry_time": "Open time",
        "entry_price": "Open price",
        "exit_time": "Close time",
        "exit_price": "Close price",
        "stop": "SL",
        "target": "TP",
        "profit": "Gross P/L",
        "notes": "Comment",
    },
    costs={"Commission": "detect", "Swap": "flow", "Rollover": "flow"},
    adapt=_positions,
    shared_ids=True,
)


def claims(document: Document) -> bool:
    """A sheet of closed positions, or a table with the English headings of one."""
    return bool(_closed(document))


def read(document: Document) -> Extract:
    """The closed positions of all sheets."""
    tables = _closed(document)
    lists = [table for table in tables if isinstance(table, RowTable)]
    whole: Table = stacked(lists, titled=PLATFORM) if lists else tables[0]
    account, currency = _account(document)
    found = extract(FORMAT.id, LAYOUT, whole)
    return replace(found, account=account, currency=currency or found.currency, open_positions=_open(document))


def _closed(document: Document) -> list[Table]:
    return [table for table in map(_in_english, document.tables) if fits(LAYOUT, table)]


def _in_english(table: Table) -> Table:
    """A sheet of closed positions with English headings: their places are the same in every language."""
    if not isinstance(table, RowTable) or not table.title.strip().upper().startswith(CLOSED):
        return table
    named = [at for at, name in enumerate(table.header) if name]
    words = {len(XSTATION): XSTATION, len(METATRADER): METATRADER}.get(len(named))
    if words is None:
        return table
    header = dict(zip(named, words, strict=True))
    return replace(table, header=tuple(header.get(at, "") for at in range(len(table.header))))


def _account(document: Document) -> tuple[str | None, str | None]:
    """Number and currency of the account, below their names in the head of a sheet."""
    sheets = document.sheets if isinstance(document, Workbook) else ()
    for rows in (sheet.rows for sheet in sheets):
        for names, values in pairwise(rows):
            currency = next((cell for cell in values.cells if cell in MONEY), None)
            if currency and len(names.cells) == len(values.cells) >= 3:
                number = next((cell for cell in values.cells if cell.isdigit()), None)
                return number, currency
    return None, None


def _open(document: Document) -> int:
    """Rows with a position's number in the sheet of open ones."""
    sheets = document.sheets if isinstance(document, Workbook) else ()
    listed: Sequence[tuple[str, ...]] = [
        row.cells for sheet in sheets if sheet.name.strip().upper().startswith(OPEN) for row in sheet.rows
    ]
    return sum(next((cell for cell in cells if cell), "").isdigit() and len(cells) > 9 for cells in listed)


FORMAT = Format(
    id="xtb",
    title="XTB account history (XLSX)",
    claims=claims,
    read=read,
    names=frozenset(map(fold, XSTATION)),
)
