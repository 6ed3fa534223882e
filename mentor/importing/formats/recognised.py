"""What both readers of tables without a known broker share: columns found by their names, joined, noted and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.errors import ColumnsUnknown, ImportRefused
from mentor.importing.columns import ASSETS, Found, Layout, fold, recognise
from mentor.importing.date_text import clock_only
from mentor.importing.delimited import Delimited
from mentor.importing.emotions import in_words
from mentor.importing.extract import Column, Cost
from mentor.importing.faults import Mask, mask_of
from mentor.importing.formats.base import Document
from mentor.importing.numbers import read_numbers, without_blanks
from mentor.importing.reading import strings
from mentor.importing.sides import read_actions
from mentor.importing.tables import Grid, Table
from mentor.importing.workbook import Workbook
from mentor.messages import joined, message, messages

#: Fields kept among the notes, behind the name of their column.
NOTED = ("mistakes", "tags", "followed_plan")
SHARES = frozenset(("shares", "lembar"))
#: An amount that is a whole number, be its only point a decimal sign or one between thousands.
WHOLE = r"^[^\d.,]*\d{1,3}(\.\d{3})?[^\d.,]*$"
GROUPED = r"^[^\d.,]*[1-9]\d{0,2}\.\d{3}[^\d.,]*$"
#: Column names that only statements in sections have.
SECTIONED = frozenset(("header", "datadiscriminator"))
#: What a column with the direction of deals says.
DEALS = ({"in", "out"}, {"in", "out", "in/out"}, {"out"}, {"in"})
#: This share of fills opens a position at least; this share of what is closed may have been open before.
OPENINGS, OPEN_BEFORE = 0.4, 0.2
#: Sums of sizes differ by less.
TINY = 1e-9
ZERO = r"^\s*-?0*([.,]0*)?\s*([A-Z]{3,5})?$"
MIDNIGHT = r"[T ]0?0:00(:00(\.0+)?)?$"
TIMES = ("entry_time", "entry_date", "exit_time", "exit_date", "time", "date")
#: The day in the name of a file, if it is the only one there and cannot be read another way.
DAY = re.compile(r"(?<!\d)((?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)")
#: What is said of an order that was not filled, and of a trade that goes on.
NOT_DONE = frozenset(
    word
    for words in (
        "cancelled canceled cancel rejected expired working pending open new inactive queued accepted submitted",
        "placed failed deleted replaced void voided untriggered notfilled unfilled pendingcancel pendingorder",
        "storniert abgelehnt offen annulé rejeté cancelada rechazada annullato dibatalkan batal ditolak",
    )
    for word in words.split()
)
OPEN = frozenset(
    word
    for words in (
        "open opened openposition opentrade stillopen running active live ongoing inprogress holding",
        "terbuka aktif berjalan offen ouvert ouverte abierta abierto aperta aperto aberta aberto otwarta",
    )
    for word in words.split()
)
#: Names, folded, of columns that hold gains only where another one holds losses.
GAINS = frozenset(("profit", "laba", "untung", "keuntungan", "gain"))
LOSSES = frozenset(("loss", "losses", "rugi", "kerugian", "verlust", "perte", "pérdida", "perdida"))
#: So many unused columns are named.
NAMED_COLUMNS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The columns that tell one time: its own, or a date and a time of day; `day` when only the file's name says it."""

    parts: tuple[Found, ...]
    day: str | None = None

    @property
    def header(self) -> str:
        return " + ".join(part.header for part in self.parts)


def recognised(document: Document) -> list[tuple[Table, Layout]]:
    """The tables of a document with two columns at least that we know."""
    layouts = ((table, recognise(table.header, table.sample)) for table in document.tables)
    return [(table, layout) for table, layout in layouts if len(layout.fields) > 1 and not _lists_deals(table)]


def with_trades(document: Document) -> list[tuple[Table, Layout]]:
    """The recognised table, if it is the only one; of a workbook, which has sheets of sums too, those with trades."""
    found = recognised(document)
    complete = [one for one in found if _is_complete(one[1])] if isinstance(document, Workbook) else []
    return complete or (found if len(found) == 1 else [])


def the_one(found: list[tuple[Table, Layout]]) -> tuple[Table, Layout]:
    """The only table; several are not added up, for one may repeat what another holds."""
    if len(found) > 1:
        titles = (table.title or message("table {nth}", nth=at) for at, (table, _) in enumerate(found, start=1))
        what = message("More than one of its sheets holds trades: {sheets}", sheets=joined(", ", titles))
        todo = message("Put the trades of all of them on one sheet, or save each as a file of its own.")
        raise ImportRefused(what, where=found[0][0].source.name, todo=todo)
    return found[0]


def _is_complete(layout: Layout) -> bool:
    fields = layout.fields.keys()
    worth = fields & {"net_profit", "profit", "price"} or {"entry_price", "exit_price"} <= fields
    return {"symbol", "size"} <= fields and bool(fields & set(TIMES)) and bool(worth)


def _lists_deals(table: Table) -> bool:
    """Whether a column says of each row that it goes in or out: such rows are halves of trades."""
    columns = zip_longest(*table.sample, fillvalue="")
    return any({cell.strip().lower() for cell in column} - {""} in DEALS for column in columns)


def lists_fills(table: Table, layout: Layout) -> bool:
    """Whether a row is one fill, with one price and one time, and no profit but on those that close a position."""
    fields = layout.fields
    if not {"size", "price"} <= fields.keys() or "exit_price" in fields:
        return False
    if fields.keys() & {"entry_time", "entry_date"} and fields.keys() & {"exit_time", "exit_date"}:
        return False
    profit = fields.get("net_profit") or fields.get("profit")
    return profit is None or _gain_by_closing(table, fields, profit)


def _gain_by_closing(table: Table, fields: Mapping[str, Found], profit: Found) -> bool:
    """Fills may state what each realised: the ones that open a position then realise exactly nothing.

    What gained something then closes what gained nothing, but for a little that was open before where many rows gained
    nothing. Trades that broke even are no such openings. Where no column says the side, nothing shows this but how
    many rows gained nothing.
    """
    places = {name: found.at for name, found in fields.items() if name in ("symbol", "side", "size")}
    cells = table.read(sorted({*places.values(), profit.at})).cells
    gains = without_blanks(cells[profit.at])
    nothing = mask_of(pc.is_null(gains)) | mask_of(pc.match_substring_regex(gains, ZERO))
    if "side" not in fields:
        return bool(nothing.sum() >= max(2, OPENINGS * len(gains)))
    action = read_actions(cells[places["side"]]).action
    sizes = np.abs(read_numbers({"size": cells[places["size"]]}, decimal_unsure=False)["size"].values)
    symbols = strings(cells[places["symbol"]]) if "symbol" in places else ""
    rows = pd.DataFrame({"symbol": symbols, "action": strings(action), "size": sizes})
    opened = rows[nothing].groupby(["symbol", "action"])["size"].sum()
    closing = rows[~nothing].replace({"action": {"buy": "sell", "sell": "buy"}})
    closed = closing.groupby(["symbol", "action"])["size"].sum()
    beyond = (closed - opened.reindex(closed.index, fill_value=0)).clip(lower=0).sum()
    before = OPEN_BEFORE * closed.sum() if nothing.mean() >= OPEN_BEFORE else 0.0
    return len(closed) > 0 and bool(beyond <= before + TINY)


def is_continental(table: Table) -> bool:
    """Whether the cells stand between semicolons, as where the comma is the decimal sign."""
    return isinstance(table, Delimited) and table.delimiter == ";"


def may_be_thousands(amounts: Sequence[pa.Array]) -> bool:
    """Whether all amounts would be whole numbers if their points stood between thousands: 1.250 may be 1250."""
    grouped = any(pc.any(pc.match_substring_regex(cells, GROUPED)).as_py() for cells in amounts)
    return grouped and all(
        pc.all(pc.match_substring_regex(without_blanks(cells), WHOLE)).as_py() is not False for cells in amounts
    )


def missing(table: Table, names: Sequence[str], needed: str) -> ColumnsUnknown:
    """The refusal that names what is missing, and what was found."""
    found = ", ".join(header for header in table.header if header)
    what = message("A column is missing: {names}", names=joined("; ", names))
    todo = message("Found: {found}. Needed: {needed}.", found=found, needed=needed)
    return ColumnsUnknown(what, where=table.source.name, todo=todo)


def check_costs(table: Table, layout: Layout) -> None:
    """A column that may be fees or the worth of the position is a matter of money."""
    if layout.unsure:
        name = layout.unsure[0].header
        what = message("The column {column!r} may hold fees, or what the position was worth", column=name)
        todo = message("Say which column is what: name it as fees, or not.")
        raise ColumnsUnknown(what, where=table.source.name, todo=todo)


def check_losses(table: Table, layout: Layout) -> None:
    """Losses in a column of their own would go unseen."""
    gains = [layout.fields[name] for name in ("net_profit", "profit") if name in layout.fields]
    losses = next((found for found in layout.left if fold(found.header.partition("(")[0]) in LOSSES), None)
    cells = [row[losses.at] for row in table.sample if losses.at < len(row)] if losses else []
    if losses and gains and gains[0].word in GAINS and any(re.search("[1-9]", cell) for cell in cells):
        what = message(
            "Profits and losses stand in two columns, {profits!r} and {losses!r}",
            profits=gains[0].header,
            losses=losses.header,
        )
        todo = message("Put both into one column, losses with a minus sign.")
        raise ImportRefused(what, where=table.source.name, todo=todo)


def check_sections(table: Table) -> None:
    """A statement in sections is no table."""
    if SECTIONED & {fold(name) for name in table.header}:
        what = message("It is a statement in sections, which this version cannot read yet")
        raise ImportRefused(what, where=table.source.name, todo=message("Export a plain list of closed trades."))


def is_signed(table: Table, size: Found) -> bool:
    """Whether sizes carry the side as their sign."""
    cells = table.read([size.at]).cells[size.at]
    return bool(pc.any(pc.match_substring_regex(cells, r"^\s*\(?\s*[-−(]\s*\d")).as_py())


def check_twins(table: Table, twins: Iterable[tuple[Found, Found]], grid: Grid) -> None:
    """Two columns of one name say the same, or nobody knows which one is right."""
    for one, other in twins:
        if not grid.cells[one.at].equals(grid.cells[other.at]):
            what = message(
                "The columns {one} and {other} are both called {name!r} and differ",
                one=one.at + 1,
                other=other.at + 1,
                name=one.header,
            )
            todo = message("Rename or remove the one that is not meant.")
            raise ImportRefused(what, where=table.source.name, todo=todo)


def day_of_clocks(table: Table, layout: Layout) -> str | None:
    """The day in the file's name where the table holds times of day only; raises when no day is there either."""
    found = [layout.fields[name] for name in TIMES if name in layout.fields]
    if not table.sample or not all(is_clock(table, one) for one in found):
        return None
    days = set(DAY.findall(table.source.name))
    if len(days) == 1:
        return str(days.pop())
    what = message("The column {column!r} holds times of day, and no column holds the date", column=found[0].header)
    todo = message("Export with dates, add a Date column, or write the day into the file's name as 2026-01-31.")
    raise ImportRefused(what, where=table.source.name, todo=todo)


def is_clock(table: Table, found: Found) -> bool:
    """Whether a column holds times of day without dates."""
    cells = [row[found.at] for row in table.sample if found.at < len(row)]
    return clock_only(pa.array(cells, pa.string()))


def leg_of(date: Found | None, time: Found | None, is_clock: Callable[[Found], bool]) -> tuple[Found, ...]:
    """A date and a time of day to be joined, or the one of both that says all."""
    if date and time:
        return (date, time) if is_clock(time) else (time,)
    one = date or time
    return (one,) if one else ()


def column(found: Found, grid: Grid) -> Column:
    """The column as the file has it."""
    return Column(header=found.header, cells=grid.cells[found.at], zone=found.zone, currency=found.currency)


def time_column(leg: Leg, grid: Grid) -> Column:
    """The cells of a time, joined where they stand in two columns."""
    if leg.day:
        own = column(leg.parts[0], grid)
        cells = pc.binary_join_element_wise(pa.scalar(leg.day), without_blanks(own.cells), " ")
        return Column(header=own.header, cells=cells, zone=own.zone)
    if len(leg.parts) == 1:
        return column(leg.parts[0], grid)
    date, time = (column(part, grid) for part in leg.parts)
    day = pc.replace_substring_regex(date.cells, MIDNIGHT, "")
    return Column(header=leg.header, cells=_side_by_side([day, time.cells], " "), zone=time.zone or date.zone)


def costs_of(layout: Layout, grid: Grid) -> tuple[Cost, ...]:
    """The columns of costs; where another one says in which currency they were paid, with that in their cells."""
    costs = [(column(found, grid), sign) for found, sign in layout.costs]
    paid_in = layout.fields.get("fee_currency")
    if paid_in is None:
        return tuple(Cost(column=one, sign=sign) for one, sign in costs)
    units = pc.fill_null(without_blanks(grid.cells[paid_in.at]), "")
    cells = [pc.utf8_rtrim_whitespace(pc.binary_join_element_wise(one.cells, units, " ")) for one, _ in costs]
    return tuple(
        Cost(column=replace(one, cells=told), sign=sign) for (one, sign), told in zip(costs, cells, strict=True)
    )


def asset_column(found: Found, grid: Grid) -> Column:
    """What was traded in our words, null for words that do not decide what a point is worth."""
    return translated(found, grid, ASSETS)


def translated(found: Found, grid: Grid, meanings: Mapping[str, str]) -> Column:
    """The meanings of the cells, null for words without one."""
    coded = without_blanks(grid.cells[found.at]).dictionary_encode()
    words = pa.array([meanings.get(fold(word)) for word in coded.dictionary.to_pylist()], pa.string())
    return Column(header=found.header, cells=words.take(coded.indices))


def says(found: Found, grid: Grid, words: frozenset[str]) -> Mask:
    """Which cells are one of the words."""
    coded = without_blanks(grid.cells[found.at]).dictionary_encode()
    meant = [fold(word) in words for word in coded.dictionary.to_pylist()]
    return mask_of(pa.array(meant, pa.bool_()).take(coded.indices))


def told_columns(layout: Layout, grid: Grid) -> dict[str, Column]:
    """Notes and feelings: mistakes, tags, plans, and feelings not told in words, are kept behind the notes.

    `Mistakes: late entry; Emotion: 8`.
    """
    fields = layout.fields
    notes = column(fields["notes"], grid) if "notes" in fields else None
    noted = [column(fields[field], grid) for field in NOTED if field in fields]
    columns: dict[str, Column] = {}
    if "emotion" in fields:
        felt = column(fields["emotion"], grid)
        worded = in_words(felt.cells)
        columns["emotion"] = Column(header=felt.header, cells=_only(felt.cells, worded))
        noted.append(Column(header=felt.header, cells=_only(felt.cells, pc.invert(worded))))
    if noted:
        columns["notes"] = _with_noted(notes, noted)
    elif notes:
        columns["notes"] = notes
    return columns


def _only(cells: pa.Array, wanted: pa.Array) -> pa.Array:
    return pc.if_else(wanted, cells, pa.scalar(None, pa.string()))


def _with_noted(notes: Column | None, noted: list[Column]) -> Column:
    told = [pc.binary_join_element_wise(f"{one.header}:", without_blanks(one.cells), " ") for one in noted]
    texts = [without_blanks(notes.cells), *told] if notes else told
    return Column(header=notes.header if notes else noted[0].header, cells=_side_by_side(texts, "; "))


def _side_by_side(texts: list[pa.Array], between: str) -> pa.Array:
    """The cells that are there, null where none is. Arrow's own way to skip nulls drops rows that have only those."""
    ended = [pc.binary_join_element_wise(text, "", between).fill_null("") for text in texts]
    cells = pc.utf8_rtrim(pc.binary_join_element_wise(*ended, ""), between)
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)


def unused_notice(layout: Layout, used: Iterable[Found]) -> list[str]:
    """Says which columns were not used."""
    taken = {found.at for found in used}
    left = [found.header for found in layout.fields.values() if found.at not in taken]
    unused = [*left, *layout.unused]
    if not unused:
        return []
    columns, more = ", ".join(unused[:NAMED_COLUMNS]), len(unused) - NAMED_COLUMNS
    if more <= 0:
        return [message("Columns not used: {columns}.", columns=columns)]
    return [
        messages(
            "Columns not used: {columns} and {n} more.",
            "Columns not used: {columns} and {n} more.",
            n=more,
            columns=columns,
        )
    ]


def day_notice(leg: Leg) -> list[str]:
    """Says that the file's name tells the day."""
    if not leg.day:
        return []
    return [message("The rows hold times of day: their date {day} is the one in the file's name.", day=leg.day)]
