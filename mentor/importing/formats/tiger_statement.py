"""Tiger Brokers' activity statement: sections in one file, of which `Trades` has a header for every kind of product."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from mentor.errors import ImportRefused
from mentor.importing.columns import fold
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document
from mentor.importing.formats.cells import numbers
from mentor.importing.formats.declared import Layout, extract
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable
from mentor.importing.told import EVENT, in_column
from mentor.messages import message

SECTION = "Trades"
#: The cells before a row's own: section, product, nothing, what the row is.
PRODUCT, KIND, FIRST = 1, 3, 4
HEADER = ("Product", "Symbol", "Activity Type", "Quantity", "Trade Price", "Amount", "Fees", "Trade Time", "Currency")
#: All columns between these headings are costs, but for interest that a bond had accrued.
COSTS_BEHIND, COSTS_BEFORE, NO_COST = "amount", ("realizedpl", "notes", "tradetime"), "accruedinterestintrade"
ASSETS = {"stock": "stock", "etf": "stock", "fund": "stock", "option": "option", "future": "future", "forex": "forex"}
ASSETS |= {"warrant": "warrant", "cbbc": "warrant", "bond": "bond"}
#: Clocks by name: that of New York is the rule, those of Asia never change.
ZONES = {r",? *US/Eastern$": "", r",? *Asia/(?:Hong_Kong|Singapore|Shanghai)$": " +08:00"}
_PERIOD = re.compile(r"\d{4}-\d\d-\d\d ?[-~] ?\d{4}-\d\d-\d\d")
_TICKER = r"^.*\(([^()]+)\)$"


def is_statement(beginning: Sequence[Sequence[str]]) -> bool:
    """Whether a document begins as Tiger's statement does."""
    titles = (cells for cells in beginning if cells[:1] == ("Activity Statement",))
    return any(_PERIOD.fullmatch(cell.strip()) for cells in titles for cell in cells)


def read_statement(format_id: str, document: Document) -> Extract:
    """Every trade; totals, and rows that repeat a trade without its symbol, are none."""
    rows = tuple(document.rows)
    body = tuple(_trades(rows))
    if not body:
        what = message("The statement has no section with trades")
        todo = message("Export it for days on which you traded.")
        raise ImportRefused(what, where=document.source.name, todo=todo)
    table = RowTable(source=document.source, title=SECTION, header=HEADER, body=body)
    layout = Layout(
        needs=HEADER,
        columns={
            "asset": "Product",
            "symbol": "Symbol",
            "side": "Activity Type",
            "size": "Quantity",
            "price": "Trade Price",
            "gross": "Amount",
            "time": "Trade Time",
            "currency": "Currency",
        },
        costs={"Fees": "flow"},
        adapt=_fills,
        shorts="stated",
        zone="America/New_York",
        date_order="ymd",
        account=lambda _: _account(rows),
    )
    return extract(format_id, layout, table)


def _trades(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows `DATA` of the section with the cells of `HEADER`, by the names above them."""
    names: list[str] = []
    for row in (row for row in rows if row.cells[0] == SECTION and len(row.cells) > FIRST):
        if not row.cells[KIND]:
            names = [re.sub(r"(base|quote|basequote)$", "", fold(cell)) for cell in row.cells[FIRST:]]
        elif row.cells[KIND] == "DATA":
            yield Row(line=row.line, cells=_picked(names, row))


def _picked(names: Sequence[str], row: Row) -> tuple[str, ...]:
    cells = row.cells[FIRST:]
    record = dict(zip(names, cells, strict=False)) | {"product": row.cells[PRODUCT], "fees": _fees(names, cells)}
    return tuple(record.get(fold(name), "") for name in HEADER)


def _fees(names: Sequence[str], cells: Sequence[str]) -> str:
    """The sum of all costs, of which two may have one name; or the first that is no number, to be refused."""
    start = names.index(COSTS_BEHIND) + 1 if COSTS_BEHIND in names else len(names)
    end = next((at for at, name in enumerate(names) if at >= start and name in COSTS_BEFORE), start)
    total = 0.0
    for name, cell in zip(names[start:end], cells[start:end], strict=False):
        try:
            total += 0.0 if name == NO_COST else float(cell.replace(",", "") or 0)
        except ValueError:
            return cell
    return repr(round(total, 10))


def _fills(rows: pd.DataFrame) -> pd.DataFrame:
    """Bought or sold by the sign of the quantity; any word but these says what else became of the position."""
    word, size = rows["side"].str.casefold(), numbers(rows, "size")["size"]
    rows["asset"] = rows["asset"].str.casefold().map(ASSETS, na_action="ignore").astype("str")
    rows["symbol"] = rows["symbol"].str.replace(_TICKER, r"\1", regex=True)
    rows["time"] = rows["time"].str.replace("\n", " ")
    for name, offset in ZONES.items():
        rows["time"] = rows["time"].str.replace(name, offset, regex=True)
    rows["effect"] = word.str.extract(r"^(open|close)", expand=False)
    known = word.isna() | word.str.fullmatch(r"(open|close)(long|short)?|buy|sell")
    rows["notes"] = in_column(EVENT, rows["side"]).mask(known)
    sold = (size < 0) | word.eq("sell")
    rows["side"] = rows["side"].mask(known, "buy").mask(known & sold, "sell").mask(~known, "break")
    rows["gross"] = rows["gross"].mask(rows["asset"].eq("future"))
    again = rows["symbol"].isna()
    rows["ignored"] = rows["ignored"].mask(again, "repeats a trade").mask(rows["asset"].eq("forex"), "a conversion")
    return rows


def _account(rows: Sequence[Row]) -> str | None:
    found = (row.cells for row in rows if row.cells[0] == "Account Information" and len(row.cells) > FIRST)
    return next((cells[FIRST] for cells in found if cells[KIND] == "DATA"), None)
