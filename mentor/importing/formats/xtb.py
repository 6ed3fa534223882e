"""XTB: the account history as a workbook, whose sheets are named in English and headed in the client's language.

Since 2025 it is headed in English, with the columns the client chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from mentor.importing.columns import fold
from mentor.importing.currencies import MONEY
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import NOTICES, Layout, extract, fits
from mentor.importing.tables import RowTable, Table, stacked
from mentor.importing.workbook import Workbook
from mentor.messages import message

CLOSED, OPEN = ("CLOSED POSITION HISTORY", "CLOSED POSITIONS"), "OPEN POSITION"
PLATFORM = "sheet"
CENT = 0.01
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
    gross = numbers(rows, "profit")["profit"]
    found, stated = gross[~total].sum(), gross[total].sum()
    if total.any() and abs(found - stated) >= CENT:
        told = message(
            "The positions add up to {total:.2f} before costs, the totals say {stated:.2f}.",
            total=float(found),
            stated=float(stated),
        )
        rows.attrs[NOTICES] = (told,)
    unsaid = rows["side"].str.casefold().eq("closed")
    rows.loc[unsaid & ~total, "refused"] = message("does not say whether the position was long or short")
    return rows


def _chosen_columns(rows: pd.DataFrame) -> pd.DataFrame:
    """Whether Profit/Loss contains the costs is told by the profit before them, be it stated or sale less purchase."""
    rows["ignored"] = rows["ignored"].mask(rows["side"].isna() & rows["entry_time"].isna(), "a total")
    read = numbers(rows, "net_profit", "gross", "purchase", "sale", *COSTS).reindex(
        columns=["net_profit", "gross", "purchase", "sale", *COSTS]
    )
    stated = read["net_profit"]
    costs = -read["commission"].abs().fillna(0) + read[["swap", "rollover"]].sum(axis="columns")
    sold = (read["sale"] - read["purchase"]) * rows["side"].str.casefold().eq("sell").map({True: -1, False: 1})
    gross = read["gross"].fillna(sold)
    is_net = (stated - gross - costs).abs() <= CENT
    is_gross = (stated - gross).abs() <= CENT
    free = costs.abs() < CENT / 2
    rows.loc[~(is_net | is_gross | free), "refused"] = UNSURE
    net = stated.where(is_net | free, stated + costs)
    rows["net_profit"], rows["profit"] = _texts(net), _texts(net - costs)
    return rows.drop(columns=["gross", "purchase", "sale", *COSTS], errors="ignore")


def _texts(values: pd.Series) -> pd.Series:
    return values.round(10).map(repr, na_action="ignore").astype("str")


COSTS = ("commission", "swap", "rollover")
UNSURE = message(
    "does not say whether its Profit/Loss contains commission and swap already: "
    "export it again with the columns Gross Profit, Commission, Swap and Rollover"
)
NEWER = Layout(
    needs=("Ticker", "Type", "Volume", "Open Time (UTC)", "Close Time (UTC)", "Profit/Loss"),
    columns={
        "external_id": "Position ID",
        "symbol": "Ticker",
        "side": "Type",
        "size": "Volume",
        "entry_time": "Open Time",
        "entry_price": "Open Price",
        "exit_time": "Close Time",
        "exit_price": "Close Price",
        "stop": "Stop Loss",
        "target": "Take Profit",
        "net_profit": "Profit/Loss",
        "gross": "Gross Profit",
        "purchase": "Purchase Value",
        "sale": "Sale Value",
        "commission": "Commission",
        "swap": "Swap",
        "rollover": "Rollover",
        "notes": "Comment",
    },
    adapt=_chosen_columns,
    shared_ids=True,
)
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
    date_order="dmy",
    shared_ids=True,
)
LAYOUTS = (LAYOUT, NEWER)


def claims(document: Document) -> bool:
    """A sheet of closed positions, or a table with the English headings of one."""
    return bool(_closed(document))


def read(document: Document) -> Extract:
    """The closed positions of all sheets."""
    tables = _closed(document)
    lists = [table for table in tables if isinstance(table, RowTable)]
    whole: Table = stacked(lists, titled=PLATFORM) if lists else tables[0]
    account, currency = _account(document)
    found = extract(FORMAT.id, _layout(whole) or LAYOUT, whole)
    unread = [table.title for table in document.tables if _is_closed(table) and not _layout(_in_english(table))]
    left_out = (
        message("The sheet {sheet} has other columns than we know: it is not read.", sheet=title.strip())
        for title in unread
    )
    return replace(
        found,
        account=account,
        currency=currency or found.currency,
        open_positions=_open(document),
        notices=(*found.notices, *left_out),
    )


def _closed(document: Document) -> list[Table]:
    return [table for table in map(_in_english, document.tables) if _layout(table)]


def _layout(table: Table) -> Layout | None:
    return next((layout for layout in LAYOUTS if fits(layout, table)), None)


def _is_closed(table: Table) -> bool:
    return table.title.strip().upper().startswith(CLOSED)


def _in_english(table: Table) -> Table:
    """A sheet of closed positions with English headings: their places are the same in every language."""
    if not isinstance(table, RowTable) or not _is_closed(table):
        return table
    named = [at for at, name in enumerate(table.header) if name]
    words = {len(XSTATION): XSTATION, len(METATRADER): METATRADER}.get(len(named))
    if words is None:
        return table
    header = dict(zip(named, words, strict=True))
    return replace(table, header=tuple(header.get(at, "") for at in range(len(table.header))))


def _account(document: Document) -> tuple[str | None, str | None]:
    """Number and currency of the account: below their names in the head of a sheet, or beside the first of them."""
    sheets = document.sheets if isinstance(document, Workbook) else ()
    heads = (row.cells for sheet in sheets for row in sheet.rows[:3] if len(row.cells) > 1)
    beside = (cells[1] for cells in heads if cells[0].casefold().startswith("account") and cells[1].isdigit())
    for rows in (sheet.rows for sheet in sheets):
        for names, values in pairwise(rows):
            currency = next((cell for cell in values.cells if cell in MONEY), None)
            if currency and len(names.cells) == len(values.cells) >= 3:
                below = (cell for cell in values.cells if cell.isdigit())
                return next(below, None) or next(beside, None), currency
    return next(beside, None), None


def _open(document: Document) -> int:
    """Rows with a position's number in the sheet of open ones."""
    sheets = document.sheets if isinstance(document, Workbook) else ()
    listed: Sequence[tuple[str, ...]] = [
        row.cells for sheet in sheets if sheet.name.strip().upper().startswith(OPEN) for row in sheet.rows
    ]
    return sum(next((cell for cell in cells if cell), "").isdigit() and len(cells) > 9 for cells in listed)


FORMAT = Format(
    id="xtb",
    title=message("XTB account history (XLSX)"),
    claims=claims,
    read=read,
    names=frozenset(map(fold, (*XSTATION, *NEWER.needs, "Instrument", "Category", "Open Price", "Close Price"))),
)
