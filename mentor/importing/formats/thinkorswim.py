"""thinkorswim and paperMoney: account statements, whose cash sections book every fill, and lists of filled orders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mentor.errors import ImportRefused
from mentor.importing.columns import fold
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.declared import Layout, extract
from mentor.importing.formats.tos_fills import COSTS, FIELDS, book, legs_of
from mentor.importing.sections import sections
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable
from mentor.messages import message

ID = "thinkorswim"
CASH = frozenset(("type", "ref", "description", "amount", "balance"))
FILLS = frozenset(("exectime", "spread", "side", "qty", "poseffect", "symbol", "price"))
ORDERS = frozenset(("timeplaced", "spread", "side", "qty", "poseffect", "symbol", "price"))
NO_COSTS = message("Lists of filled orders have no costs: profits are before them. An account statement has both.")
_ACCOUNT = re.compile(r"(?:Account Statement|Trade Activity) for (\S+)")

LAYOUT = Layout(
    needs=FIELDS,
    columns={name: name for name in FIELDS},
    costs=dict.fromkeys(COSTS, "flow"),
    shorts="stated",
    date_order="mdy",
    currency="USD",
)


def _claims(document: Document) -> bool:
    return any(_kind(row) for row in _first_rows(document))


def _read(document: Document) -> Extract:
    """The fills of the cash sections, completed by the trade history; those of the history where no cash is booked."""
    tables = sections(document.rows, lambda row: bool(_kind(row)) or _is_title(row), source=document.source)
    cash = [table for table in tables if _names(table.header) >= CASH]
    listed = next((table for table in tables if _names(table.header) >= FILLS and table.body), None)
    legs = tuple(legs_of(listed)) if listed else ()
    booked = book(cash, legs)
    nothing = not booked.fills and not booked.rejected
    if nothing and not legs and any(_names(table.header) >= ORDERS for table in tables):
        what = message("The file lists orders with the prices they were placed at, not those they were filled at")
        todo = message("Export the account statement: Monitor → Account Statement → Export to File.")
        raise ImportRefused(what, where=document.source.name, todo=todo)
    fills = legs if nothing else booked.fills
    body = tuple(fill.row() for fill in fills)
    table = RowTable(source=document.source, title="", header=(*FIELDS, *COSTS), body=body)
    return replace(
        extract(ID, LAYOUT, table),
        account=_account(document),
        rejected=booked.rejected,
        ignored_rows=booked.ignored,
        notices=(NO_COSTS,) if nothing and legs else (),
    )


def _first_rows(document: Document) -> Iterable[Row]:
    if isinstance(document, Delimited):
        rows = (document.header, *document.sample)
        return (*document.preamble, *(Row(cells=cells, line=0) for cells in rows))
    return document.rows[:300]


def _names(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, cells))


def _kind(row: Row) -> frozenset[str] | None:
    """Which of the three headers a row is."""
    names = _names(row.cells) if len(row.cells) > 6 else frozenset()
    return next((kind for kind in (CASH, FILLS, ORDERS) if names >= kind), None)


def _is_title(row: Row) -> bool:
    return sum(bool(cell.strip()) for cell in row.cells) == 1


def _account(document: Document) -> str | None:
    """Masked numbers are the same for every account."""
    found = next((found for row in _first_rows(document) if (found := _ACCOUNT.match(row.text))), None)
    return found[1] if found and "#" not in found[1] else None


FORMAT = Format(
    id=ID,
    title=message("thinkorswim and paperMoney account statement (CSV)"),
    claims=_claims,
    read=_read,
    names=CASH | FILLS | ORDERS,
)
