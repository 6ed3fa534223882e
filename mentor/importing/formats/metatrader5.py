"""MetaTrader 5 history report: HTML, XLSX, or its sheet saved as CSV.

The words in it are in the terminal's language, so nothing is found by words: a section begins with a row of one cell,
and what a section lists is told by the shape of its rows.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from mentor.errors import ImportRefused
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Column, Cost, Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.html import HtmlPage
from mentor.importing.numbers import read_numbers
from mentor.importing.sides import STOP, TARGET
from mentor.importing.table_row import Row
from mentor.importing.workbook import Workbook
from mentor.messages import message, messages
from mentor.models import Rejection

#: The columns of a position: field → our name of it, for reports without headings.
POSITION = {
    "entry_time": "Time",
    "external_id": "Position",
    "symbol": "Symbol",
    "side": "Type",
    "size": "Volume",
    "entry_price": "Price",
    "stop": "S / L",
    "target": "T / P",
    "exit_time": "Time",
    "exit_price": "Price",
    "commission": "Commission",
    "fee": "Fee",
    "swap": "Swap",
    "profit": "Profit",
}
COSTS = ("commission", "fee", "swap")
#: With the fees of newer terminals, and without.
WIDTHS = (len(POSITION), len(POSITION) - 1)
#: Places in the rows of every section.
TIME, TICKET, SYMBOL, SIDE = range(4)
#: Places in a position, and in an open one, which has its market price where others have the exit time.
SIZE, ENTRY_PRICE, EXIT_TIME, EXIT_PRICE = 4, 5, 8, 9
#: Places in a deal, from either end: between are its order and costs.
DEAL_SIZE, DEAL_PRICE, DEAL_COSTS, DEAL_PROFIT, DEAL_COMMENT = 5, 6, 8, -3, -1
OPPOSITE = {"buy": "sell", "sell": "buy"}

_MOMENT = re.compile(r"\d{4}[.\-/]\d{2}[.\-/]\d{2} \d{1,2}:\d{2}(:\d{2}(\.\d+)?)?")
_AMOUNT = re.compile(r"[-−]? ?\d[\d .,'’]*([eE]-?\d+)?")
_ACCOUNT = re.compile(r"(\d+) \(([A-Z]{3,5}),.+\)")
#: Closed and opened of a position that was closed in part, ordered and filled of an order.
_TWO_SIZES = re.compile(r"(\S+) / (\S+)")
_POINTED = re.compile(r"[0-9]{1,15}\.[0-9]{1,15}")
_ZERO = re.compile(r"0([.,]0*)?")
_MARKER = re.compile(f"{STOP}|{TARGET}", re.I)


def claims(document: Document) -> bool:
    """A report with closed positions or, where nothing was traded, with an account and its deals."""
    report = _Report(report_rows(document, whole=False))
    return report.lists_positions or bool(report.account and report.deals)


def read(document: Document) -> Extract:
    """The closed positions; raises `ImportRefused` when the report has trading deals but no positions."""
    report = _Report(report_rows(document, whole=True))
    if not report.lists_positions and any(deal[SYMBOL] for deal in report.deals):
        todo = message("Save the report again from the History tab of a current terminal.")
        raise ImportRefused(message("The report lists deals but no positions"), where=document.source.name, todo=todo)
    columns = report.columns()
    comments, unmatched = _comments(report.positions, report.deals)
    costs = tuple(Cost(column=columns.pop(name), sign="flow") for name in COSTS if name in columns)
    columns["notes"] = Column(header="Comment", cells=_cells(comments))
    return Extract(
        file_name=document.source.name,
        format=FORMAT.id,
        columns=columns,
        costs=costs,
        lines=np.array([row.line for row in report.positions], dtype=np.int64),
        account=report.account,
        currency=report.currency,
        rejected=(*report.rejected, *(document.cut_off() if isinstance(document, HtmlPage) else ())),
        ignored_rows=report.ignored,
        open_positions=report.open,
        notices=(*_check_exits(unmatched), *_check_total(report.stated, columns["profit"], costs)),
    )


def report_rows(document: Document, *, whole: bool) -> Iterator[Row]:
    """All rows, without the blank cells behind them; of delimited text only the first ones unless `whole`.

    The name of each sheet stands before its rows, as the headings of sections do.
    """
    if isinstance(document, Delimited):
        rows = _delimited_rows(document, whole=whole)
    elif isinstance(document, Workbook):
        rows = (row for sheet in document.sheets for row in (Row(cells=(sheet.name,), line=1), *sheet.rows))
    else:
        rows = iter(document.rows)
    return (row.trimmed() for row in rows)


def _delimited_rows(document: Delimited, *, whole: bool) -> Iterator[Row]:
    with document.source.open() as stream:
        text = (
            io.TextIOWrapper(stream, "utf-8", newline="") if whole else io.StringIO(document.source.head(), newline="")
        )
        reader = csv.reader(text, delimiter=document.delimiter)
        line = 1
        try:
            for cells in reader:
                yield Row(cells=tuple(cell.strip() for cell in cells), line=line)
                line = reader.line_num + 1
        except csv.Error as error:
            what = message("Line {line} cannot be taken apart: {why}", line=line, why=str(error))
            raise ImportRefused(what, where=document.source.name, todo=message("Save the file again.")) from error


class _Report:
    """What a report holds, sorted by the shape of its rows."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.positions: list[Row] = []
        self.deals: list[tuple[str, ...]] = []
        self.rejected: list[Rejection] = []
        self.titles: tuple[str, ...] = ()
        self.lists_positions = False
        self.ignored = self.open = 0
        self.account: str | None = None
        self.currency: str | None = None
        self.stated: float | None = None
        for section in _sections(rows):
            self._take(section)

    def columns(self) -> dict[str, Column]:
        """The positions by column."""
        width = len(self.positions[0].cells) if self.positions else len(self.titles)
        fields = [name for name in POSITION if name != "fee" or width == max(WIDTHS)]
        titles = self.titles if len(self.titles) == len(fields) else [POSITION[name] for name in fields]
        cells = list(zip(*(row.cells for row in self.positions), strict=True)) or [()] * len(fields)
        columns = {
            name: Column(header=title, cells=_cells(texts))
            for name, title, texts in zip(fields, titles, cells, strict=True)
        }
        return columns | {"size": Column(header=columns["size"].header, cells=_cells(self._sizes()))}

    def _sizes(self) -> list[str]:
        """The closed sizes; terminals write them with a point, whatever sign they use for prices and money.

        Where those have commas, for decimals or thousands, sizes must not take part in telling which.
        """
        sizes = [_TWO_SIZES.sub(r"\1", row.cells[SIZE]) for row in self.positions]
        comma = any("," in cell for row in self.positions for cell in row.cells[ENTRY_PRICE:])
        return [_without_point(size) for size in sizes] if comma else sizes

    def _take(self, section: Sequence[Row]) -> None:
        if any(_is_position(row.cells) or _is_header(row.cells) for row in section):
            self._take_positions(section)
        width = max((len(row.cells) for row in section), default=0)
        for cells in (row.cells for row in section):
            if _is_deal(cells):
                self.deals.append(cells + ("",) * (width - len(cells)))
            self.open += _is_open(cells)
            self.ignored += _is_unfilled(cells) or (_is_deal(cells) and not cells[SYMBOL])
            self._take_head(cells)

    def _take_positions(self, section: Sequence[Row]) -> None:
        """Every row with a ticket is a position; one with fewer or more cells than the others cannot be trusted."""
        self.lists_positions = True
        self.titles = next((row.cells for row in section if _is_header(row.cells)), ())
        listed = [row for row in section if len(row.cells) > TICKET and row.cells[TICKET].isdigit()]
        widths = Counter(len(row.cells) for row in listed if len(row.cells) in WIDTHS)
        usual = widths.most_common(1)[0][0] if widths else min(WIDTHS)
        for row in listed:
            if len(row.cells) == usual:
                self.positions.append(row)
            else:
                reason = message("has {cells} cells, but a position has {usual}", cells=len(row.cells), usual=usual)
                self.rejected.append(Rejection(line=row.line, column=None, value=row.text[:200], reason=reason))

    def _take_head(self, cells: Sequence[str]) -> None:
        """The account above the sections, and the totals below them."""
        for cell in cells:
            if self.account is None and (found := _ACCOUNT.fullmatch(cell)):
                self.account, self.currency = found.groups()
        if self.stated is None:
            self.stated = _total(cells)


def _without_point(size: str) -> str:
    """`0.09` as `9e-2`, which is the same number whatever the decimal sign is."""
    whole, point, decimals = size.partition(".")
    return f"{int(whole + decimals)}e-{len(decimals)}" if point and _POINTED.fullmatch(size) else size


def _sections(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Rows between the headings, which are rows of one cell."""
    section: list[Row] = []
    for row in rows:
        if sum(map(bool, row.cells)) == 1:
            yield section
            section = []
        elif row.cells:
            section.append(row)
    yield section


def _is_listed(cells: Sequence[str]) -> bool:
    """Whether a row begins as all rows do that list something: time and ticket."""
    return len(cells) > EXIT_PRICE and bool(_MOMENT.fullmatch(cells[TIME])) and cells[TICKET].isdigit()


def _is_position(cells: Sequence[str]) -> bool:
    """Time, ticket, symbol, side … exit time, exit price, amounts."""
    return (
        _is_listed(cells)
        and len(cells) in WIDTHS
        and cells[SIDE].lower() in OPPOSITE
        and bool(_MOMENT.fullmatch(cells[EXIT_TIME]))
        and all(map(_AMOUNT.fullmatch, cells[EXIT_PRICE:]))
    )


def _is_header(cells: Sequence[str]) -> bool:
    """Only positions have two times and two prices, under the same words."""
    twins = len(cells) in WIDTHS and cells[TIME] == cells[EXIT_TIME] and cells[ENTRY_PRICE] == cells[EXIT_PRICE]
    return twins and all(cells) and not any(map(_AMOUNT.fullmatch, cells))


def _is_open(cells: Sequence[str]) -> bool:
    return (
        _is_listed(cells)
        and cells[SIDE].lower() in OPPOSITE
        and all(_AMOUNT.fullmatch(cells[at]) for at in (SIZE, ENTRY_PRICE, EXIT_TIME))
    )


def _is_deal(cells: Sequence[str]) -> bool:
    """Three amounts at least behind the order, and a word where positions have their size."""
    return (
        _is_listed(cells)
        and not _AMOUNT.fullmatch(cells[SIZE])
        and all(map(_AMOUNT.fullmatch, cells[DEAL_COSTS : DEAL_COSTS + 3]))
    )


def _is_unfilled(cells: Sequence[str]) -> bool:
    """An order of which nothing was filled."""
    sizes = _TWO_SIZES.fullmatch(cells[SIZE]) if _is_listed(cells) else None
    return bool(sizes and _ZERO.fullmatch(sizes[2]))


def _comments(positions: Sequence[Row], deals: Sequence[tuple[str, ...]]) -> tuple[list[str], int]:
    """The comment of each position, with the stop or target marker of the deal that closed it.

    A report does not say which deal closed which position. They belong together for certain when time, symbol, size,
    price and profit agree and all deals that agree say the same; also the number of markers that do not.
    """
    said = _markers(deals)
    keys = [_closing_key(row.cells) for row in positions]
    alike = Counter(keys)
    certain = {key for key, markers in said.items() if len(set(markers)) == 1 and len(markers) == alike[key]}
    comments = [
        _with_marker(row.aside, said[key][0] if key in certain else "")
        for row, key in zip(positions, keys, strict=True)
    ]
    unmatched = sum(sum(map(bool, markers)) for key, markers in said.items() if key not in certain)
    return comments, unmatched


def _markers(deals: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[str]]:
    """What closed a trade, '' for neither stop nor target, by what a deal and the position it closes have in common."""
    said: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for deal in deals:
        if deal[SIDE].lower() in OPPOSITE:
            key = (deal[TIME], deal[SYMBOL], deal[SIDE].lower(), deal[DEAL_SIZE], deal[DEAL_PRICE], deal[DEAL_PROFIT])
            marker = _MARKER.search(deal[DEAL_COMMENT])
            said[key].append(marker[0] if marker else "")
    return said


def _with_marker(comment: str, marker: str) -> str:
    return comment if _MARKER.search(comment) else f"{comment} {marker}".strip()


def _closing_key(cells: Sequence[str]) -> tuple[str, ...]:
    """What the deal that closes a position says of it."""
    size = _TWO_SIZES.sub(r"\1", cells[SIZE])
    side = OPPOSITE.get(cells[SIDE].lower(), "")
    return (cells[EXIT_TIME], cells[SYMBOL], side, size, cells[EXIT_PRICE], cells[-1])


def _check_exits(unmatched: int) -> tuple[str, ...]:
    if not unmatched:
        return ()
    told = messages(
        "{n} stop or target among the deals cannot be told from one position: not marked.",
        "{n} stops or targets among the deals cannot be told from one position: not marked.",
        n=unmatched,
    )
    return (told,)


def _total(cells: Sequence[str]) -> float | None:
    """The net profit in a row of three labelled amounts, the first the sum of a gain and a loss."""
    filled = [cell for cell in cells if cell]
    if len(filled) != 6 or not all(label.endswith((":", "：")) for label in filled[::2]):
        return None
    net, gain, loss = _sums([_cells([text]) for text in filled[1::2]])
    return net if gain >= 0 >= loss and abs(gain + loss - net) < 0.005 else None


def _check_total(stated: float | None, profit: Column, costs: Sequence[Cost]) -> tuple[str, ...]:
    """A sentence when the positions add up to the report's own total neither net nor before costs."""
    if stated is None:
        return ()
    gross, *paid = _sums([profit.cells, *(cost.column.cells for cost in costs)])
    net = math.fsum([gross, *paid])
    if min(abs(net - stated), abs(gross - stated)) < 0.005:
        return ()
    told = message("The positions add up to {total:.2f}, the report says {stated:.2f}.", total=net, stated=stated)
    return (told,)


def _sums(columns: Sequence[pa.Array]) -> list[float]:
    """The sum of each column, without what is no number."""
    read = read_numbers({str(at): cells for at, cells in enumerate(columns)}, decimal_unsure=False)
    return [math.fsum(numbers.values[~np.isnan(numbers.values)]) for numbers in read.values()]


def _cells(texts: Sequence[str]) -> pa.Array:
    return pa.array([text or None for text in texts], pa.string())


FORMAT = Format(id="metatrader5", title=message("MetaTrader 5 history report (HTML or XLSX)"), claims=claims, read=read)
