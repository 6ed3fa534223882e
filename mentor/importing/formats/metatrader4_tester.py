"""MetaTrader 4 strategy tester report (HTML): numbered orders, opened in one row and closed in another."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from mentor.importing.extract import Column, Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.html import HtmlPage
from mentor.importing.numbers import Floats, read_numbers
from mentor.importing.table_row import Row
from mentor.messages import message

#: Places in a row behind its number. The last two are there only where something is closed.
TIME, KIND, ORDER, SIZE, PRICE, STOP, TARGET, PROFIT, BALANCE, WIDTH = range(1, 11)
OPENS = ("buy", "sell")
#: What closed a trade, as statements mark it.
ENDS = {"s/l": "[sl]", "t/p": "[tp]"}

_POINTED = re.compile(r"\d+(\.\d+)?")
_EXPERT = re.compile(r"<title>[^<:]*:\s*([^<]+?)\s*</title>", re.I)


def claims(document: Document) -> bool:
    """A table of ten columns of which the first is `#`, whatever the language of the others."""
    return isinstance(document, HtmlPage) and any(map(_is_header, document.rows))


def read(document: Document) -> Extract:
    """Every row that closes an order, or a part of it, with the row that opened it."""
    assert isinstance(document, HtmlPage), "claimed as one"
    start = next(at for at, row in enumerate(document.rows) if _is_header(row))
    head, listed = document.rows[:start], document.rows[start + 1 :]
    trades = _Orders(listed)
    opening, closing = trades.opening, trades.closing
    symbol = next((row.cells[1].partition(" ")[0] for row in head if len(row.cells) == 2), "")
    expert = _EXPERT.search(document.head)
    columns = {
        "symbol": _cells("Symbol", (symbol for _ in closing)),
        "strategy": _cells("Expert", (expert[1] if expert else "" for _ in closing)),
        "side": _cells("Type", (_at(row, KIND) for row in opening)),
        "size": _cells("Size", (_at(row, SIZE) for row in closing)),
        "entry_time": _cells("Time", (_at(row, TIME) for row in opening)),
        "entry_price": _cells("Price", (_at(row, PRICE) for row in opening)),
        "stop": _cells("S / L", (_at(row, STOP) for row in opening)),
        "target": _cells("T / P", (_at(row, TARGET) for row in opening)),
        "exit_time": _cells("Time", (_at(row, TIME) for row in closing)),
        "exit_price": _cells("Price", (_at(row, PRICE) for row in closing)),
        "net_profit": _cells("Profit", (_at(row, PROFIT) for row in closing)),
        "notes": _cells("Type", (ENDS.get(_at(row, KIND).lower(), "") for row in closing)),
    }
    return Extract(
        file_name=document.source.name,
        format=FORMAT.id,
        columns=columns,
        lines=np.array([row.line for row in closing], dtype=np.int64),
        rejected=document.cut_off(),
        open_positions=trades.open,
        notices=tuple(_notices(head, closing)),
    )


class _Orders:
    """The rows that close something, each beside the one that opened it (None where none can be told)."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.opening: list[Row | None] = []
        self.closing: list[Row] = []
        self._opened: dict[str, Row] = {}
        self._left: dict[str, float] = {}
        for row in rows:
            if _closes(row):
                self.closing.append(row)
                self.opening.append(self._close(row.cells[ORDER], _size(row)))
            elif len(row.cells) > TARGET and row.cells[KIND].lower() in OPENS:
                self._opened[row.cells[ORDER]] = row
                self._left[row.cells[ORDER]] = _size(row)

    @property
    def open(self) -> int:
        return sum(left > 0 for left in self._left.values())

    def _close(self, order: str, size: float) -> Row | None:
        order = order if order in self._opened else self._parent(size)
        if not order:
            return None
        self._left[order] = round(self._left[order] - size, 8)
        return self._opened[order]

    def _parent(self, size: float) -> str:
        """What is left of an order closed in part goes on under a number of its own."""
        found = [order for order, left in self._left.items() if left >= size and left < _size(self._opened[order])]
        return found[0] if len(found) == 1 else ""


def _size(row: Row) -> float:
    """Sizes have a decimal point in every language; what is none is refused with its row."""
    return float(row.cells[SIZE]) if _POINTED.fullmatch(row.cells[SIZE]) else math.nan


def _is_header(row: Row) -> bool:
    return len(row.cells) == WIDTH and row.cells[0] == "#" and all(row.cells)


def _closes(row: Row) -> bool:
    return len(row.cells) == WIDTH and row.cells[0].isdigit() and bool(row.cells[PROFIT])


def _notices(head: Sequence[Row], closing: Sequence[Row]) -> Iterator[str]:
    """Says where the trades do not come to the net profit, which is the one amount that two others add up to."""
    found = math.fsum(_numbers([row.cells[PROFIT] for row in closing]))
    for row in head:
        if len(row.cells) == 6:
            net, gain, loss = _numbers(row.cells[1::2])
            if gain >= 0 >= loss and abs(gain + loss - net) < 0.005 <= abs(found - net):
                yield message(
                    "The trades add up to {total:.2f}, the report says {stated:.2f}.", total=found, stated=float(net)
                )


def _numbers(texts: Sequence[str]) -> Floats:
    cells = pa.array([text or None for text in texts], pa.string())
    return read_numbers({"value": cells}, decimal_unsure=False)["value"].values


def _at(row: Row | None, place: int) -> str:
    return row.cells[place] if row else ""


def _cells(header: str, texts: Iterable[str]) -> Column:
    return Column(header=header, cells=pa.array([text or None for text in texts], pa.string()))


FORMAT = Format(
    id="metatrader4_tester", title=message("MetaTrader 4 strategy tester report (HTML)"), claims=claims, read=read
)
