"""Any table of closed trades whose columns can be recognised by name; the words are in `mentor.importing.columns`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from mentor.errors import ImportRefused
from mentor.importing.columns import Found, Layout, fold, recognise
from mentor.importing.date_text import clock_only
from mentor.importing.delimited import Delimited, Grid
from mentor.importing.extract import Column, Cost, Extract
from mentor.importing.formats.base import Document, Format
from mentor.importing.numbers import without_blanks

#: Fields taken over as they are found.
PLAIN = (
    *("symbol", "side", "size", "unit", "entry_price", "exit_price", "profit", "net_profit"),
    *("stop", "target", "risk_percent", "strategy", "notes", "account", "currency"),
)
#: Column names that only statements in sections have.
SECTIONED = frozenset(("header", "datadiscriminator"))
SHARES = frozenset(("shares", "lembar"))
#: From this share of exact zeros on, a table with one price a row lists fills.
FILLS_REALISE_NOTHING = 0.2
ZERO = r"^\s*-?0*([.,]0*)?\s*([A-Z]{3,5})?$"
#: An amount that is a whole number, be its only point a decimal sign or one between thousands.
WHOLE = r"^[^\d.,]*\d{1,3}(\.\d{3})?[^\d.,]*$"
GROUPED = r"^[^\d.,]*[1-9]\d{0,2}\.\d{3}[^\d.,]*$"
#: So many unused columns are named.
NAMED_COLUMNS = 12
MIDNIGHT = r"[T ]0?0:00(:00(\.0+)?)?$"
NAMES = "symbol, size, a time or date, and a profit column (or side, entry price and exit price)"
TIMES = ("entry_time", "entry_date", "exit_time", "exit_date", "time", "date")


def claims(document: Document) -> bool:
    """A table in which at least a symbol or a profit, and something beside it, is recognised."""
    return isinstance(document, Delimited) and len(_layout(document).fields) > 1


def read(document: Document) -> Extract:
    """The trades of the table; raises `ImportRefused` when a needed column is missing."""
    if not isinstance(document, Delimited):
        raise ImportRefused("The file is no table", where=document.source.name)
    layout = _layout(document)
    _check_columns(document, layout)
    legs = _legs(layout, lambda found: _is_clock(document, found))
    used = [found for field, found in layout.fields.items() if field in PLAIN or field in ("external_id", "shared_id")]
    used += [found for parts in legs.values() for found in parts] + [found for found, _ in layout.costs]
    twins = [pair for pair in layout.twins if pair[0] in used]
    grid = document.read(sorted({found.at for found in (*used, *(other for _, other in twins))}))
    _check_twins(document, twins, grid)
    _check_profits(document, layout, grid)
    columns = {field: _column(layout.fields[field], grid) for field in PLAIN if field in layout.fields}
    columns |= {leg: _joined(parts, grid) for leg, parts in legs.items()}
    shared = "shared_id" in layout.fields and "external_id" not in layout.fields
    identity = layout.fields.get("external_id") or layout.fields.get("shared_id")
    if identity:
        columns["external_id"] = _column(identity, grid)
    return Extract(
        file_name=document.source.name,
        format=FORMAT.id,
        columns=columns,
        costs=tuple(Cost(column=_column(found, grid), sign=sign) for found, sign in layout.costs),
        lines=grid.lines,
        currency=_currency(layout),
        shared_ids=shared,
        sizes_are_shares=layout.fields["size"].word in SHARES,
        decimal_unsure=document.delimiter == ";" or _may_be_thousands(columns),
        rejected=grid.rejected,
        notices=tuple(_notices(layout, legs, used)),
    )


def _layout(document: Delimited) -> Layout:
    return recognise(document.header, document.sample)


def _check_columns(document: Delimited, layout: Layout) -> None:
    fields, where = layout.fields, document.source.name
    has_profit = bool(fields.keys() & {"profit", "net_profit"})
    has_time = bool(fields.keys() & set(TIMES))
    if not has_profit and "exit_price" not in fields and {"price", "size", "side"} <= fields.keys():
        raise _fills(where)
    wanted = {"symbol": "symbol" in fields, "size": "size" in fields, "time or date": has_time}
    wanted["profit (or side, entry price and exit price)"] = (
        has_profit or {"entry_price", "exit_price"} <= fields.keys()
    )
    missing = [name for name, there in wanted.items() if not there]
    if not missing and not has_profit and "side" not in fields and not _signed(document, fields["size"]):
        missing = ["side (buy or sell), without which prices give no profit"]
    if missing:
        found = ", ".join(header for header in document.header if header)
        todo = f"Found: {found}. Needed: {NAMES}."
        raise ImportRefused(f"A column is missing: {'; '.join(missing)}", where=where, todo=todo)
    _check_dates(document, layout)
    if SECTIONED & {fold(name) for name in document.header}:
        what = "It is a statement in sections, which this version cannot read yet"
        raise ImportRefused(what, where=where, todo="Export a plain list of closed trades.")


def _fills(where: str) -> ImportRefused:
    what = "It looks like a list of single fills (one price and one time a row), which this version cannot pair yet"
    todo = "Export closed trades: one row with entry, exit and profit."
    return ImportRefused(what, where=where, todo=todo)


def _check_profits(document: Delimited, layout: Layout, grid: Grid) -> None:
    """Fills may state what each realised: the ones that open a position then realise exactly nothing."""
    found = layout.fields.get("profit") or layout.fields.get("net_profit")
    if found is None or "price" not in layout.fields or "side" not in layout.fields:
        return
    zeros = pc.sum(pc.match_substring_regex(grid.cells[found.at], ZERO)).as_py() or 0
    if zeros >= max(2, FILLS_REALISE_NOTHING * len(grid.lines)):
        raise _fills(document.source.name)


def _check_twins(document: Delimited, twins: Iterable[tuple[Found, Found]], grid: Grid) -> None:
    """Two columns of one name say the same, or nobody knows which one is right."""
    for one, other in twins:
        if not grid.cells[one.at].equals(grid.cells[other.at]):
            what = f"The columns {one.at + 1} and {other.at + 1} are both called {one.header!r} and differ"
            todo = "Rename or remove the one that is not meant."
            raise ImportRefused(what, where=document.source.name, todo=todo)


def _may_be_thousands(columns: Mapping[str, Column]) -> bool:
    """Whether all amounts would be whole numbers if their points stood between thousands: 1.250 may be 1250."""
    profits = [columns[name].cells for name in ("net_profit", "profit") if name in columns]
    amounts = profits or [columns[name].cells for name in ("entry_price", "exit_price")]
    grouped = any(pc.any(pc.match_substring_regex(cells, GROUPED)).as_py() for cells in amounts)
    return grouped and all(
        pc.all(pc.match_substring_regex(without_blanks(cells), WHOLE)).as_py() is not False for cells in amounts
    )


def _check_dates(document: Delimited, layout: Layout) -> None:
    """Times of day are no use without a date."""
    found = [layout.fields[name] for name in TIMES if name in layout.fields]
    if document.sample and all(_is_clock(document, one) for one in found):
        what = f"The column {found[0].header!r} holds times of day, and no column holds the date"
        raise ImportRefused(what, where=document.source.name, todo="Export with dates, or add a Date column.")


def _signed(document: Delimited, size: Found) -> bool:
    """Whether sizes carry the side as their sign."""
    cells = document.read([size.at]).cells[size.at]
    return bool(pc.any(pc.match_substring_regex(cells, r"^\s*[-−]\s*\d")).as_py())


def _legs(layout: Layout, is_clock: Callable[[Found], bool]) -> dict[str, tuple[Found, ...]]:
    """Which columns tell entry and exit: one with date and time, or a date and a time of day to be joined."""
    fields = layout.fields
    lone = _leg(fields.get("date"), fields.get("time"), is_clock)
    legs = {}
    for leg in ("entry", "exit"):
        parts = _leg(fields.get(f"{leg}_date"), fields.get(f"{leg}_time"), is_clock)
        day = fields.get("date") or fields.get("entry_date")
        if len(parts) == 1 and is_clock(parts[0]) and day:
            parts = (day, parts[0])
        if parts:
            legs[f"{leg}_time"] = parts
    return legs or {"entry_time": lone}


def _leg(date: Found | None, time: Found | None, is_clock: Callable[[Found], bool]) -> tuple[Found, ...]:
    if date and time:
        return (date, time) if is_clock(time) else (time,)
    one = date or time
    return (one,) if one else ()


def _is_clock(document: Delimited, found: Found) -> bool:
    cells = [row[found.at] for row in document.sample if found.at < len(row)]
    return clock_only(pa.array(cells, pa.string()))


def _column(found: Found, grid: Grid) -> Column:
    return Column(header=found.header, cells=grid.cells[found.at], zone=found.zone, currency=found.currency)


def _joined(parts: tuple[Found, ...], grid: Grid) -> Column:
    if len(parts) == 1:
        return _column(parts[0], grid)
    date, time = (_column(part, grid) for part in parts)
    day = pc.replace_substring_regex(date.cells, MIDNIGHT, "")
    cells = pc.binary_join_element_wise(day, time.cells, " ", null_handling="skip")
    cells = pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)
    return Column(header=f"{date.header} + {time.header}", cells=cells, zone=time.zone or date.zone)


def _currency(layout: Layout) -> str | None:
    """What the header of the profit says, or of both prices where those give it; never the header of a cost."""
    fields = layout.fields
    profits = [fields[name] for name in ("net_profit", "profit") if name in fields]
    if profits:
        return next((found.currency for found in profits if found.currency), None)
    entry, exit_ = (fields[name].currency for name in ("entry_price", "exit_price"))
    return entry if entry == exit_ else None


def _notices(layout: Layout, legs: Mapping[str, tuple[Found, ...]], used: list[Found]) -> list[str]:
    taken = {found.at for found in used}
    left = [found.header for found in layout.fields.values() if found.at not in taken]
    unused = [*left, *layout.unused]
    notices = []
    if not {"entry_time", "exit_time", "entry_date", "exit_date"} & layout.fields.keys():
        notices.append(
            f"One time per trade ({' + '.join(p.header for p in legs['entry_time'])}): taken as the entry time."
        )
    exits = legs.get("exit_time", ())
    if len(exits) == 2 and exits[0] == layout.fields.get("entry_date"):
        notices.append(f"{exits[1].header} has no date of its own: taken on the day of {exits[0].header}.")
    if unused:
        more = f" and {len(unused) - NAMED_COLUMNS} more" if len(unused) > NAMED_COLUMNS else ""
        notices.append(f"Columns not used: {', '.join(unused[:NAMED_COLUMNS])}{more}.")
    return notices


FORMAT = Format(
    id="closed_trades",
    title="closed trades (CSV with recognisable column names)",
    claims=claims,
    read=read,
    generic=True,
)
