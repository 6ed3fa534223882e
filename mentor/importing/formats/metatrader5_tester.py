"""MetaTrader 5 strategy tester report (HTML or XLSX): its deals, in and out, as the positions they opened and closed.

As in a history nothing is found by words, which are in the terminal's language, but by the shape of the rows.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from mentor.importing.currencies import MONEY
from mentor.importing.extract import Column, Cost, Extract
from mentor.importing.formats import metatrader5
from mentor.importing.formats.base import Document, Format
from mentor.importing.html import HtmlPage
from mentor.importing.numbers import Floats, read_numbers
from mentor.importing.table_row import Row
from mentor.importing.workbook import Workbook
from mentor.messages import message, messages

#: The words of a direction are the same in every language.
EFFECTS = {"in": "open", "out": "close", "in/out": "reverse"}
#: Places in a deal. Behind its order stand the costs, the profit and the balance, and a comment where there is one.
TIME, DEAL, SYMBOL, SIDE, DIRECTION, VOLUME, PRICE, COSTS = 0, 1, 2, 3, 4, 5, 6, 8
COST_NAMES = (("Commission", "Swap"), ("Commission", "Fee", "Swap"))
#: Without and with a fee.
WIDTHS = (13, 14)

_MOMENT = re.compile(r"\d{4}[.\-/]\d{2}[.\-/]\d{2} \d{1,2}:\d{2}(:\d{2})?")
_FILLED = re.compile(r"\S+ / \S+")


def claims(document: Document) -> bool:
    """Deals that go in and out, in a report that lists neither an account nor positions."""
    if not isinstance(document, HtmlPage | Workbook) or metatrader5.claims(document):
        return False
    return any(_is_deal(row.cells) for row in metatrader5.report_rows(document, whole=True))


def read(document: Document) -> Extract:
    """One trade a position where the deals can be matched one by one; else the deals as single fills."""
    report = _Report.of(metatrader5.report_rows(document, whole=True))
    matched = _match(report.deals, report.fees + 2)
    return _fills(document, report) if matched is None else _trades(document, report, matched)


@dataclass(slots=True)
class _Report:
    """What a report holds: `stops` are the stop and target of each order, `fees` whether deals state a fee."""

    deals: list[Row] = field(default_factory=list)
    stops: dict[str, tuple[str, str]] = field(default_factory=dict)
    fees: int = 0
    expert: str | None = None
    currency: str | None = None
    totals: list[str] = field(default_factory=list)
    ignored: int = 0

    @classmethod
    def of(cls, rows: Iterable[Row]) -> _Report:
        report, before = cls(), Row(cells=(), line=0)
        for row in rows:
            report._take(row, before)
            before = row
        return report

    def _take(self, row: Row, before: Row) -> None:
        cells = row.cells
        if len(cells) <= DEAL or not _MOMENT.fullmatch(cells[TIME]):
            self._take_head([cell for cell in cells if cell])
        elif _is_deal(cells):
            self.deals.append(row)
        elif len(cells) > DIRECTION and _FILLED.fullmatch(cells[DIRECTION]):
            self._take_order(cells)
        elif not cells[SYMBOL]:
            self.ignored += 1
        if len(before.cells) in WIDTHS and all(before.cells) and _MOMENT.fullmatch(cells[TIME] if cells else ""):
            self.fees = WIDTHS.index(len(before.cells))

    def _take_head(self, filled: Sequence[str]) -> None:
        """Above the deals: what was tested comes first, the currency is a code by itself, totals have labels."""
        if len(filled) == 2 and filled[0].endswith((":", "：")):
            self.expert = self.expert or filled[1]
            self.currency = self.currency or (filled[1] if filled[1] in MONEY else None)
        elif len(filled) >= 4 and filled[0].endswith((":", "：")):
            self.totals.append(filled[1])

    def _take_order(self, cells: Sequence[str]) -> None:
        """The stop and target stand before the second time, wherever merged cells have moved them."""
        done = next((at for at in range(DIRECTION + 1, len(cells)) if _MOMENT.fullmatch(cells[at])), 0)
        if done > DIRECTION + 2:
            self.stops[cells[DEAL]] = (cells[done - 2], cells[done - 1])


def _is_deal(cells: Sequence[str]) -> bool:
    return (
        len(cells) > COSTS + 3
        and bool(_MOMENT.fullmatch(cells[TIME]))
        and cells[SIDE].lower() in metatrader5.OPPOSITE
        and cells[DIRECTION].lower() in EFFECTS
    )


@dataclass(frozen=True, slots=True)
class _Matched:
    """The deals that opened and closed each position, how many stay open, and how many of one size were open."""

    opening: list[Row]
    closing: list[Row]
    open: int
    alike: int


def _match(deals: Sequence[Row], profit: int) -> _Matched | None:
    """Every closing deal with an opening one of its size, the other side: what a hedging account's positions are.

    None where sizes differ, as they do on netting accounts. Where several of one size are open, the one whose price
    explains the profit best is taken, else the first.
    """
    sizes, prices, profits = (_column(deals, at) for at in (VOLUME, PRICE, COSTS + profit))
    waiting: dict[tuple[str, str, float], list[int]] = defaultdict(list)
    usual: dict[str, float] = {}
    pairs: list[tuple[int, int]] = []
    alike = 0
    for at, cells in enumerate(deal.cells for deal in deals):
        effect, side = EFFECTS[cells[DIRECTION].lower()], cells[SIDE].lower()
        if effect == "open":
            waiting[cells[SYMBOL], side, sizes[at]].append(at)
            continue
        found = waiting[cells[SYMBOL], metatrader5.OPPOSITE[side], sizes[at]]
        if effect == "reverse" or not found:
            return None
        worth = {other: _worth(profits[at], prices[at] - prices[other], sizes[at], side) for other in found}
        chosen = min(found, key=lambda other: _distance(worth[other], usual.get(cells[SYMBOL])))
        alike += len(found) > 1
        if len(found) == 1 and worth[chosen] > 0:
            usual[cells[SYMBOL]] = worth[chosen]
        found.remove(chosen)
        pairs.append((chosen, at))
    return _Matched(
        opening=[deals[first] for first, _ in pairs],
        closing=[deals[last] for _, last in pairs],
        open=sum(map(len, waiting.values())),
        alike=alike,
    )


def _worth(profit: float, moved: float, size: float, closing_side: str) -> float:
    """Money per point and lot, ≤ 0 where profit and price contradict each other."""
    gained = moved if closing_side == "sell" else -moved
    return profit / (gained * size) if gained * profit > 0 else 0.0


def _distance(worth: float, usual: float | None) -> float:
    if worth <= 0:
        return math.inf
    return abs(math.log(worth / usual)) if usual else 0.0


def _column(rows: Sequence[Row], at: int) -> Floats:
    cells = pa.array([row.cells[at] or None for row in rows], pa.string())
    return read_numbers({"value": cells}, decimal_unsure=False)["value"].values


def _trades(document: Document, report: _Report, matched: _Matched) -> Extract:
    opening, closing = matched.opening, matched.closing
    stops = [report.stops.get(row.cells[COSTS - 1], ("", "")) for row in opening]
    columns = {
        "symbol": _cells("Symbol", (row.cells[SYMBOL] for row in opening)),
        "side": _cells("Type", (row.cells[SIDE] for row in opening)),
        "size": _cells("Volume", (row.cells[VOLUME] for row in opening)),
        "entry_time": _cells("Time", (row.cells[TIME] for row in opening)),
        "entry_price": _cells("Price", (row.cells[PRICE] for row in opening)),
        "stop": _cells("S / L", (stop for stop, _ in stops)),
        "target": _cells("T / P", (target for _, target in stops)),
        "exit_time": _cells("Time", (row.cells[TIME] for row in closing)),
        "exit_price": _cells("Price", (row.cells[PRICE] for row in closing)),
        "profit": _cells("Profit", (row.cells[COSTS + report.fees + 2] for row in closing)),
    }
    return _extract(document, report, columns, closing, (opening, closing), open_=matched.open, alike=matched.alike)


def _fills(document: Document, report: _Report) -> Extract:
    """Without reversals both sides may be open at once, each for itself."""
    deals = report.deals
    effects = [EFFECTS[row.cells[DIRECTION].lower()] for row in deals]
    columns = {
        "symbol": _cells("Symbol", (row.cells[SYMBOL] for row in deals)),
        "side": _cells("Type", (row.cells[SIDE] for row in deals)),
        "size": _cells("Volume", (row.cells[VOLUME] for row in deals)),
        "time": _cells("Time", (row.cells[TIME] for row in deals)),
        "price": _cells("Price", (row.cells[PRICE] for row in deals)),
        "effect": _cells("Direction", effects),
        "realized": _cells("Profit", (row.cells[COSTS + report.fees + 2] for row in deals)),
    }
    if "reverse" not in effects:
        bought = [
            (row.cells[SIDE].lower() == "buy") == (effect == "open") for row, effect in zip(deals, effects, strict=True)
        ]
        columns["leg"] = _cells("Direction", ("long" if long else "short" for long in bought))
    return _extract(document, report, columns, deals, (deals,))


def _extract(
    document: Document,
    report: _Report,
    columns: dict[str, Column],
    rows: Sequence[Row],
    paying: Sequence[Sequence[Row]],
    *,
    open_: int = 0,
    alike: int = 0,
) -> Extract:
    """`paying` are the deals whose costs belong to each row."""
    columns["notes"] = _cells("Comment", (_comment(row, report.fees) for row in rows))
    columns["strategy"] = _cells("Expert", (report.expert or "" for _ in rows))
    costs = tuple(
        Cost(column=_cells(name, (row.cells[COSTS + at] for row in deals)), sign="flow")
        for at, name in enumerate(COST_NAMES[report.fees])
        for deals in paying
    )
    return Extract(
        file_name=document.source.name,
        format=FORMAT.id,
        columns=columns,
        costs=costs,
        lines=np.array([row.line for row in rows], dtype=np.int64),
        currency=report.currency,
        shorts="usual" if "time" in columns else None,
        rejected=document.cut_off() if isinstance(document, HtmlPage) else (),
        ignored_rows=report.ignored,
        open_positions=open_,
        notices=tuple(_notices(report, alike)),
    )


def _comment(row: Row, fees: int) -> str:
    """What ended a trade, `sl 1.15` or `tp 1.15`, as histories mark it."""
    text = row.cells[COSTS + fees + 4] if len(row.cells) > COSTS + fees + 4 else ""
    return f"[{text}]" if re.match(r"(sl|tp) \d", text) else text


def _notices(report: _Report, alike: int) -> Iterator[str]:
    if alike:
        yield messages(
            "{n} time several positions of one size were open: the one whose price explains the profit closed.",
            "{n} times several positions of one size were open: the one whose price explains the profit closed.",
            n=alike,
        )
    found = math.fsum(
        value
        for at in range(COSTS, COSTS + report.fees + 3)
        for value in _column(report.deals, at)
        if not math.isnan(value)
    )
    stated = _stated(report.totals)
    if stated is not None and abs(found - stated) >= 0.005:
        yield message("The deals add up to {total:.2f}, the report says {stated:.2f}.", total=found, stated=stated)


def _stated(totals: Sequence[str]) -> float | None:
    """The net profit: the first of three amounts under each other of which it is the sum."""
    values = read_numbers({"value": pa.array(totals, pa.string())}, decimal_unsure=False)["value"].values
    for net, gain, loss in zip(values, values[1:], values[2:], strict=False):
        if gain >= 0 >= loss and abs(gain + loss - net) < 0.005:
            return float(net)
    return None


def _cells(header: str, texts: Iterable[str]) -> Column:
    return Column(header=header, cells=pa.array([text or None for text in texts], pa.string()))


FORMAT = Format(
    id="metatrader5_tester",
    title=message("MetaTrader 5 strategy tester report (HTML or XLSX)"),
    claims=claims,
    read=read,
)
