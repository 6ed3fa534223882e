"""MetaTrader 4 account statement saved as (detailed) report: HTML, or XLS(X); closed positions, one row each."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from mentor.importing.extract import Column, Cost, CostSign, Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.html import HtmlPage
from mentor.importing.numbers import Floats, read_numbers
from mentor.importing.table_row import Row
from mentor.importing.workbook import Workbook
from mentor.messages import message
from mentor.models import Rejection

#: Header name → field, in the order of the statement; the second `Price` is the closing price.
HEADER = {
    "ticket": "external_id",
    "opentime": "entry_time",
    "type": "side",
    "size": "size",
    "item": "symbol",
    "price": "entry_price",
    "sl": "stop",
    "tp": "target",
    "closetime": "exit_time",
    "profit": "profit",
    "commission": "commission",
    "taxes": "taxes",
    "swap": "swap",
}
#: As the server's daily confirmations and statements of before 2007 call them; these have their profit as Trade P/L.
OLD_HEADER = {
    "lots": "size",
    "symbol": "symbol",
    "commis": "commission",
    "roswap": "swap",
    "tradepl": "profit",
}
COSTS: dict[str, CostSign] = {"commission": "flow", "taxes": "flow", "swap": "flow"}
NEEDED = {"external_id", "entry_time", "side", "size", "symbol", "exit_time", "profit"}
TRADE_TYPES = ("buy", "sell")
#: The header stands within so many rows.
HEAD = 200
#: The whole text of a heading: a comment may begin with the same words.
SECTIONS = re.compile(r"(closed transactions|open trades|working orders|summary|details|a/c summary)\s*:?", re.I)
LISTS = ("closed transactions", "open trades", "working orders")
NOTHING = re.compile(r"-?0+([.,]0*)?")
ACCOUNT = re.compile(r"(?:account|a/c no)\s*:?\s*(\d+)", re.I)
CURRENCY = re.compile(r"currency\s*:?\s*([A-Z]{3,4})\b", re.I)


def claims(document: Document) -> bool:
    """A MetaTrader statement: a row names Ticket, Open Time, Type, Size, Item … Close Time, Profit."""
    return any(map(_columns, _rows(document)[:HEAD]))


def read(document: Document) -> Extract:
    """The closed transactions of the statement."""
    rows = _rows(document)
    found = _Statement(rows)
    cut_off = document.cut_off() if isinstance(document, HtmlPage) and not found.finished else ()
    columns = {
        field: Column(header=found.titles[field], cells=_cells(found.closed, at))
        for field, at in found.columns.items()
        if field not in COSTS
    }
    columns["notes"] = Column(header="Comment", cells=pa.array([text or None for text in found.comments], pa.string()))
    costs = tuple(
        Cost(column=Column(header=found.titles[name], cells=_cells(found.closed, found.columns[name])), sign=sign)
        for name, sign in COSTS.items()
        if name in found.columns
    )
    text = " ".join(row.text for row in rows[:12])
    return Extract(
        file_name=document.source.name,
        format=FORMAT.id,
        columns=columns,
        costs=costs,
        lines=np.array([row.line for row in found.closed], dtype=np.int64),
        account=_first(ACCOUNT, text),
        currency=(_first(CURRENCY, text) or "").upper() or None,
        rejected=(*found.rejected, *cut_off),
        ignored_rows=found.ignored,
        open_positions=found.open,
        notices=_check_total(found, columns["profit"].cells, costs),
    )


def _rows(document: Document) -> Sequence[Row]:
    """The rows of a page, or of all sheets: a statement opened in Excel and saved there has the same cells."""
    if isinstance(document, Workbook):
        return [row for sheet in document.sheets for row in sheet.rows]
    return document.rows if isinstance(document, HtmlPage) else ()


class _Statement:
    """The rows of a statement, sorted by the section they stand in."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.columns: dict[str, int] = {}
        self.titles: dict[str, str] = {}
        self.section = ""
        self.closed: list[Row] = []
        self.comments: list[str] = []
        self.rejected: list[Rejection] = []
        self.ignored = self.open = 0
        self.stated: float | None = None
        self.finished = False
        for row in rows:
            self.take(row)

    def take(self, row: Row) -> None:
        """Put one row where it belongs."""
        heading = SECTIONS.fullmatch(row.text)
        if heading:
            self._begin(heading[1].lower())
        elif not self.columns or _columns(row):
            self._header(row)
        elif row.text.lower().startswith("closed p/l"):
            self._total(row)
        elif self.section == "closed transactions":
            self._closed(row)
        elif self.section == "open trades" and self._is_order(row):
            self.open += 1
        elif self.section not in LISTS and self._is_order(row):
            reason = message("stands in the section {section!r}, where no trades belong", section=self.section)
            self.rejected.append(Rejection(line=row.line, column=None, value=row.text[:200], reason=reason))

    def _begin(self, section: str) -> None:
        self.section = section
        self.finished = self.finished or section == "summary"

    def _header(self, row: Row) -> None:
        columns = _columns(row)
        if columns and not self.columns:
            self.columns = columns
            self.titles = {field: row.cells[at] for field, at in columns.items()}
            self.section = "closed transactions"

    def _total(self, row: Row) -> None:
        amounts = read_numbers({"total": pa.array([row.cells[-1]], pa.string())}, decimal_unsure=False)
        self.stated = None if math.isnan(amounts["total"].values[0]) else float(amounts["total"].values[0])
        self.finished = True

    def _closed(self, row: Row) -> None:
        kind = _type(row, self.columns)
        width = max(self.columns.values()) + 1
        whole = len(row.cells) >= width and (not row.spans or sum(row.spans) >= width)
        if kind in TRADE_TYPES and whole:
            self._trade(row)
        elif self._is_order(row) and self._cancelled(row):
            self.ignored += 1
        elif self._is_order(row):
            reason = message("has {cells} cells, but the header has {width}", cells=len(row.cells), width=width)
            self.rejected.append(Rejection(line=row.line, column=None, value=row.text[:200], reason=reason))
        elif kind and self._has_ticket(row):
            self._other(row, kind)
        elif self.closed and not self._has_ticket(row) and _is_comment(row):
            self.comments[-1] = f"{self.comments[-1]} {row.text}".strip()

    def _has_ticket(self, row: Row) -> bool:
        at = self.columns["external_id"]
        return len(row.cells) > at and row.cells[at].isdigit()

    def _is_order(self, row: Row) -> bool:
        return _type(row, self.columns) in TRADE_TYPES and self._has_ticket(row)

    def _trade(self, row: Row) -> None:
        """A trade, unless the statement does not say when it was closed, or repeats what another one is."""
        if self._is_counterpart(row):
            self.ignored += 1
            return
        if row.cells[self.columns["exit_time"]]:
            self.closed.append(row)
            self.comments.append(row.aside)
            return
        reason = message("is empty, but the trade is listed as closed")
        self.rejected.append(Rejection(line=row.line, column=self.titles["exit_time"], value="", reason=reason))

    def _is_counterpart(self, row: Row) -> bool:
        """The other order of two closed by each other: of no size, all the money is in the first."""
        fields = ("size", "profit", *COSTS)
        return all(NOTHING.fullmatch(row.cells[self.columns[name]]) for name in fields if name in self.columns)

    def _cancelled(self, row: Row) -> bool:
        return "cancelled" in row.text.lower()

    def _other(self, row: Row, kind: str) -> None:
        """Deposits, credits and pending orders are no trades; a word we do not know is refused, not passed over."""
        if kind in ("balance", "credit") or kind.split(" ")[0] in TRADE_TYPES:
            self.ignored += 1
            return
        self.rejected.append(
            Rejection(
                line=row.line,
                column=self.titles["side"],
                value=kind,
                reason=message("is neither buy nor sell nor a known entry"),
            )
        )


def _is_comment(row: Row) -> bool:
    """A row of words below a trade, not the line of column sums and not a heading."""
    return not row.text.endswith(":") and any(map(str.isalpha, row.text))


def _columns(row: Row) -> dict[str, int]:
    """Field → place when the row is the header of a statement, else nothing."""
    columns: dict[str, int] = {}
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in row.cells]
    known = HEADER | OLD_HEADER if "tradepl" in names else HEADER
    for at, name in enumerate(names):
        field = "exit_price" if name == "price" and "entry_price" in columns else known.get(name)
        if field:
            columns[field] = at
    return columns if columns.keys() >= NEEDED else {}


def _type(row: Row, columns: dict[str, int]) -> str:
    at = columns["side"]
    return row.cells[at].lower() if at < len(row.cells) else ""


def _cells(rows: Sequence[Row], at: int) -> pa.Array:
    return pa.array([row.cells[at] or None for row in rows], pa.string())


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None


def _check_total(found: _Statement, profit: pa.Array, costs: Sequence[Cost]) -> tuple[str, ...]:
    """A sentence when the trades add up to the statement's own Closed P/L neither net nor before costs."""
    if found.stated is None:
        return ()
    columns = {"profit": profit, **{str(at): cost.column.cells for at, cost in enumerate(costs)}}
    total = math.fsum(np.nansum(part.values) for part in read_numbers(columns, decimal_unsure=False).values())
    if abs(total - found.stated) < 0.005 or abs(float(np.nansum(_gross(profit))) - found.stated) < 0.005:
        return ()
    told = message(
        "The trades add up to {total:.2f}, the statement says {stated:.2f} (Closed P/L).",
        total=total,
        stated=found.stated,
    )
    return (told,)


def _gross(profit: pa.Array) -> Floats:
    return read_numbers({"profit": profit}, decimal_unsure=False)["profit"].values


FORMAT = Format(id="metatrader4", title=message("MetaTrader 4 statement (HTML, XLS or XLSX)"), claims=claims, read=read)
