"""Any table of closed trades whose columns can be recognised by name; the words are in `mentor.importing.columns`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.columns import Found, Layout
from mentor.importing.extract import Extract
from mentor.importing.faults import Mask, mask_of
from mentor.importing.formats import recognised as named
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.recognised import TIMES, Leg
from mentor.importing.numbers import without_blanks
from mentor.importing.tables import Grid, Table
from mentor.messages import message
from mentor.models import Rejection

#: Fields taken over as they are found.
PLAIN = (
    *("symbol", "side", "size", "unit", "entry_price", "exit_price", "profit", "net_profit"),
    *("stop", "target", "risk_percent", "strategy", "account", "currency"),
)
NAMES = message("symbol, size, a time or date, and a profit column (or side, entry price and exit price)")


def claims(document: Document) -> bool:
    """One table in which at least a symbol or a profit, and something beside it, is recognised, and no fills."""
    found = named.with_trades(document)
    return bool(found) and not named.lists_fills(*found[0])


def read(document: Document) -> Extract:
    """The trades of the table; raises `ColumnsUnknown` when a needed column is missing."""
    return read_columns(*named.the_one(named.with_trades(document)))


def read_columns(table: Table, layout: Layout) -> Extract:
    """The trades of a table whose columns are known; raises `ColumnsUnknown` when a needed one is missing."""
    _check_columns(table, layout)
    fields = layout.fields
    legs = _legs(layout, named.day_of_clocks(table, layout), lambda found: named.is_clock(table, found))
    identity = fields.get("external_id") or fields.get("shared_id")
    used = [fields[name] for name in (*PLAIN, "asset", "notes", "emotion", *named.NOTED) if name in fields]
    used += [found for leg in legs.values() for found in leg.parts] + [found for found, _ in layout.costs]
    used += [fields[name] for name in ("status", "fee_currency") if name in fields] + ([identity] if identity else [])
    twins = [pair for pair in layout.twins if pair[0] in used]
    grid = table.read(sorted({found.at for found in (*used, *(other for _, other in twins))}))
    named.check_twins(table, twins, grid)
    grid, still_open, unfilled, refused = _finished(layout, grid)
    columns = {name: named.column(fields[name], grid) for name in PLAIN if name in fields}
    columns |= {name: named.time_column(leg, grid) for name, leg in legs.items()}
    columns |= named.told_columns(layout, grid)
    columns |= {"asset": named.asset_column(fields["asset"], grid)} if "asset" in fields else {}
    columns |= {"external_id": named.column(identity, grid)} if identity else {}
    profits = [columns[name].cells for name in ("net_profit", "profit") if name in columns]
    amounts = profits or [columns[name].cells for name in ("entry_price", "exit_price")]
    return Extract(
        file_name=table.source.name,
        format=FORMAT.id,
        columns=columns,
        costs=named.costs_of(layout, grid),
        lines=grid.lines,
        currency=_currency(layout),
        shared_ids="shared_id" in fields and "external_id" not in fields,
        sizes_are_shares=fields["size"].word in named.SHARES,
        decimal_unsure=named.is_continental(table) or named.may_be_thousands(amounts),
        rejected=(*grid.rejected, *refused),
        ignored_rows=unfilled,
        open_positions=still_open,
        notices=tuple(_notices(layout, legs, used)),
    )


def _check_columns(table: Table, layout: Layout) -> None:
    fields = layout.fields
    has_profit = bool(fields.keys() & {"profit", "net_profit"})
    wanted = {
        message("symbol"): "symbol" in fields,
        message("size"): "size" in fields,
        message("time or date"): bool(fields.keys() & set(TIMES)),
        message("profit (or side, entry price and exit price)"): (
            has_profit or {"entry_price", "exit_price"} <= fields.keys()
        ),
    }
    missing = [name for name, there in wanted.items() if not there]
    if not missing and not has_profit and "side" not in fields and not named.is_signed(table, fields["size"]):
        missing = [message("side (buy or sell), without which prices give no profit")]
    if missing:
        raise named.missing(table, missing, NAMES)
    named.check_sections(table)
    named.check_costs(table, layout)
    named.check_losses(table, layout)


def _finished(layout: Layout, grid: Grid) -> tuple[Grid, int, int, list[Rejection]]:
    """The rows of trades that ended; how many go on, how many were never entered, and those that yet gained something.

    A position that is open may well show a price, a time and a profit: those of now.
    """
    status = layout.fields.get("status")
    if status is None:
        return grid, 0, 0, []
    still_open = named.says(status, grid, named.OPEN)
    not_done = named.says(status, grid, named.NOT_DONE) & ~still_open
    gained = not_done & _gained(layout, grid)
    refused = [_no_trade(status, grid, int(row)) for row in np.flatnonzero(gained)]
    keep = ~(still_open | not_done)
    cells = {at: column.filter(pa.array(keep)) for at, column in grid.cells.items()}
    kept = grid if keep.all() else Grid(cells, grid.lines[keep], grid.rejected)
    return kept, int(still_open.sum()), int((not_done & ~gained).sum()), refused


def _gained(layout: Layout, grid: Grid) -> Mask:
    """Rows that state a profit other than nothing."""
    stated = np.zeros(len(grid.lines), dtype=bool)
    for found in (layout.fields[name] for name in ("net_profit", "profit") if name in layout.fields):
        cells = without_blanks(grid.cells[found.at])
        stated |= mask_of(pc.invert(pc.match_substring_regex(cells, named.ZERO)))
    return stated


def _no_trade(status: Found, grid: Grid, row: int) -> Rejection:
    reason = message("says that this was no trade, and yet the row has a profit")
    return Rejection(
        line=int(grid.lines[row]), column=status.header, value=grid.cells[status.at][row].as_py(), reason=reason
    )


def _legs(layout: Layout, day: str | None, is_clock: Callable[[Found], bool]) -> dict[str, Leg]:
    """Which columns tell entry and exit: one with date and time, or a date and a time of day to be joined."""
    fields = layout.fields
    lone = named.leg_of(fields.get("date"), fields.get("time"), is_clock)
    legs = {}
    for leg in ("entry", "exit"):
        parts = named.leg_of(fields.get(f"{leg}_date"), fields.get(f"{leg}_time"), is_clock)
        date = fields.get("date") or fields.get("entry_date")
        if len(parts) == 1 and is_clock(parts[0]) and date:
            parts = (date, parts[0])
        if parts:
            legs[f"{leg}_time"] = parts
    return {name: Leg(parts=parts, day=day) for name, parts in (legs or {"entry_time": lone}).items()}


def _currency(layout: Layout) -> str | None:
    """What the header of the profit says, or of both prices where those give it; never the header of a cost."""
    fields = layout.fields
    profits = [fields[name] for name in ("net_profit", "profit") if name in fields]
    if profits:
        return next((found.currency for found in profits if found.currency), None)
    entry, exit_ = (fields[name].currency for name in ("entry_price", "exit_price"))
    return entry if entry == exit_ else None


def _notices(layout: Layout, legs: Mapping[str, Leg], used: list[Found]) -> list[str]:
    notices = named.day_notice(next(iter(legs.values())))
    if not {"entry_time", "exit_time", "entry_date", "exit_date"} & layout.fields.keys():
        time = legs["entry_time"].header
        notices.append(message("One time per trade ({column}): taken as the entry time.", column=time))
    exits = legs["exit_time"].parts if "exit_time" in legs else ()
    if len(exits) == 2 and exits[0] == layout.fields.get("entry_date"):
        notices.append(
            message(
                "{time} has no date of its own: taken on the day of {date}.", time=exits[1].header, date=exits[0].header
            )
        )
    return [*notices, *named.unused_notice(layout, used)]


FORMAT = Format(
    id="closed_trades",
    title=message("closed trades (CSV with recognisable column names)"),
    claims=claims,
    read=read,
    generic=True,
)
