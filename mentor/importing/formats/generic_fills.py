"""Any list of single fills whose columns can be recognised by name: one price and one time a row, to be paired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.errors import ColumnsUnknown
from mentor.importing import contracts
from mentor.importing.columns import ASSETS, EFFECTS, FILLED, WORTHS, Found, Layout, fold
from mentor.importing.extract import Column, Extract
from mentor.importing.faults import Mask, mask_of
from mentor.importing.fills import ROUNDING, UNSTATED_COSTS
from mentor.importing.formats import recognised as named
from mentor.importing.formats.base import Document, Format
from mentor.importing.formats.recognised import Leg
from mentor.importing.numbers import Floats, read_numbers, without_blanks
from mentor.importing.reading import strings
from mentor.importing.sides import read_actions
from mentor.importing.tables import Grid, Table
from mentor.messages import message
from mentor.models import Rejection

#: Fields taken over as they are found.
PLAIN = ("symbol", "side", "size", "unit", "price", "gross", "amount", "strategy", "account", "currency")
NEEDED = message("symbol, side, size, price, and a time or date")
#: What is said of an order that was filled; with other words than these and `NOT_DONE` a row is refused.
DONE = frozenset(
    word
    for words in (
        "filled executed complete completed done closed matched settled success fullyfilled totallyfilled finished",
        "ausgeführt exécuté exécutée ejecutada ejecutado eseguito executada terisi selesai tereksekusi",
    )
    for word in words.split()
)
ZERO = r"^0*([.,]0*)?$"
#: Names, folded, of what a fill cost, be it before or after fees.
CASH = ("total", "totalamount", "totalvalue", "value", "amount", "proceeds", "totalprice")
#: So many rows may say otherwise.
FEW = 0.02


def claims(document: Document) -> bool:
    """One table that we know columns of, and it lists fills."""
    found = named.with_trades(document)
    return bool(found) and named.lists_fills(*found[0])


def read(document: Document) -> Extract:
    """The fills of the table; raises `ColumnsUnknown` when a needed column is missing."""
    return read_columns(*named.the_one(named.with_trades(document)))


def read_columns(table: Table, layout: Layout) -> Extract:
    """The fills of a table whose columns are known; raises `ColumnsUnknown` when a needed one is missing."""
    leg = _leg(table, layout)
    _check_columns(table, layout, leg)
    layout = _with_cash(table, layout)
    fields = layout.fields
    realized = _realized(layout)
    identity = fields.get("external_id") or fields.get("shared_id")
    others = ("asset", "effect", "status", "fee_currency", "notes", "emotion", *named.NOTED)
    used = [fields[name] for name in (*PLAIN, *others) if name in fields]
    used += [*leg.parts, *(found for found, _ in layout.costs), *([realized] if realized else [])]
    used += [identity] if identity else []
    twins = [pair for pair in layout.twins if pair[0] in used]
    grid = table.read(sorted({found.at for found in (*used, *(other for _, other in twins))}))
    named.check_twins(table, twins, grid)
    grid, unfilled, refused = _filled(layout, grid)
    columns = {name: named.column(fields[name], grid) for name in PLAIN if name in fields}
    columns |= {"time": named.time_column(leg, grid), "asset": _assets(layout, grid)}
    columns |= {"price": _unsigned(columns)} if "price" in columns else {}
    columns |= named.told_columns(layout, grid)
    columns |= {"realized": named.column(realized, grid)} if realized else {}
    columns |= {"effect": named.translated(fields["effect"], grid, EFFECTS)} if "effect" in fields else {}
    columns |= {"external_id": named.column(identity, grid)} if identity else {}
    return Extract(
        file_name=table.source.name,
        format=FORMAT.id,
        columns=columns,
        costs=named.costs_of(layout, grid),
        lines=grid.lines,
        currency=next((fields[name].currency for name in ("amount", "gross", "price") if name in fields), None),
        shared_ids="external_id" not in fields or _spans_sides(columns),
        sizes_are_shares=fields["size"].word in named.SHARES,
        shorts="stated",
        decimal_unsure=named.is_continental(table) or named.may_be_thousands([columns["price"].cells]),
        rejected=(*grid.rejected, *refused),
        ignored_rows=unfilled,
        notices=(*named.unused_notice(layout, used), *named.day_notice(leg)),
    )


def _check_columns(table: Table, layout: Layout, leg: Leg) -> None:
    named.check_sections(table)
    fields = layout.fields
    signed = "size" in fields and named.is_signed(table, fields["size"])
    wanted = {
        message("symbol"): "symbol" in fields,
        message("size"): "size" in fields,
        message("time or date"): bool(leg.parts),
        message("price"): bool(fields.keys() & {"price", "gross", "amount"}),
        message("side (buy or sell)"): "side" in fields or signed,
    }
    if missing := [name for name, there in wanted.items() if not there]:
        raise named.missing(table, missing, NEEDED)
    named.check_costs(table, layout)


def _with_cash(table: Table, layout: Layout) -> Layout:
    """With the column that seems to hold what each fill cost, before or after its fees, as price and size prove.

    Where they do not, either the price is not that of one piece or the column holds something else. No more than price
    times size, it does not say what a point of it is worth.
    """
    fields = layout.fields
    names = {fold(found.header.partition("(")[0]): found for found in layout.left}
    found = next((names[word] for word in CASH if word in names), None)
    if found is None or fields.keys() & {"gross", "amount"} or not {"price", "symbol"} <= fields.keys():
        return layout
    cash, worth, paid, points = _sums(table, layout, found)
    sizes = np.where(np.isnan(points), np.reshape(WORTHS, (-1, 1)), points)
    before = np.abs(cash - sizes * worth).min(axis=0, initial=np.inf)
    after = np.minimum(np.abs(cash - sizes * worth - paid), np.abs(cash - sizes * worth + paid))
    if cash.size and (before > np.maximum(UNSTATED_COSTS * cash, 1) + paid).mean() > FEW:
        what = message(
            "The column {column!r} is not price × size, so nobody knows which of them is the money", column=found.header
        )
        todo = message("Say which column is what, and leave the wrong one out.")
        raise ColumnsUnknown(what, where=table.source.name, todo=todo)
    says_nothing = np.isnan(points) & (np.abs(cash - worth) <= ROUNDING)
    if says_nothing.any() or not cash.size:
        return layout
    field = "gross" if layout.costs and before.sum() < after.min(axis=0).sum() else "amount"
    unused = tuple(header for header in layout.unused if header != found.header)
    return replace(layout, fields={**fields, field: found}, unused=unused)


def _sums(table: Table, layout: Layout, cash: Found) -> tuple[Floats, Floats, Floats, Floats]:
    """What the first fills are said to have cost, size × price, what was paid beside it, all positive; and what a point
    is worth, NaN where nobody knows."""
    fields = layout.fields
    at = {"cash": cash.at, "size": fields["size"].at, "price": fields["price"].at}
    at |= {f"cost {place}": one.at for place, (one, _) in enumerate(layout.costs)}
    rows = [row for row in table.sample if len(row) == len(table.header)]
    read = read_numbers({name: _cells(rows, place) for name, place in at.items()}, decimal_unsure=False)
    sums = {name: np.abs(numbers.values) for name, numbers in read.items()}
    paid = np.add.reduce(
        [np.nan_to_num(sums[name]) for name in sums if name.startswith("cost ")] or [np.zeros(len(rows))]
    )
    asset = fields.get("asset")
    stated = [ASSETS.get(fold(row[asset.at])) if asset else None for row in rows]
    symbols = [row[fields["symbol"].at].strip() for row in rows]
    kinds = [known or _kind(symbol) for known, symbol in zip(stated, symbols, strict=True)]
    points = contracts.multipliers(pa.array(symbols, pa.string()), pa.array(kinds, pa.string()))
    points = np.ones(len(rows)) if fields["size"].word in named.SHARES else points
    known = (sums["cash"] > 0) & (sums["size"] * sums["price"] > 0)
    return sums["cash"][known], (sums["size"] * sums["price"])[known], paid[known], points[known]


def _cells(rows: list[tuple[str, ...]], at: int) -> pa.Array:
    return pa.array([row[at] for row in rows], pa.string())


def _leg(table: Table, layout: Layout) -> Leg:
    """The time of the fill: of the execution, else of the day it was traded or the order closed."""
    fields = layout.fields
    pairs = (("date", "time"), ("exit_date", "exit_time"), ("entry_date", "entry_time"))
    legs = (
        named.leg_of(fields.get(day), fields.get(time), lambda one: named.is_clock(table, one)) for day, time in pairs
    )
    parts = next((parts for parts in legs if parts), ())
    return Leg(parts=parts, day=named.day_of_clocks(table, layout) if parts else None)


def _realized(layout: Layout) -> Found | None:
    """The column of realised profits, unless nobody knows whether the costs beside it are already in it."""
    gross, net = layout.fields.get("profit"), layout.fields.get("net_profit")
    if layout.costs and gross:
        return gross if gross.word.startswith("gross") or fold(gross.header).endswith("beforefees") else None
    return gross or (net if not layout.costs else None)


def _filled(layout: Layout, grid: Grid) -> tuple[Grid, int, list[Rejection]]:
    """The rows of orders that were filled, how many were not, and those that do not say how much was."""
    unfilled, unsure = _not_filled(layout, grid)
    if not (unfilled | unsure).any():
        return grid, 0, []
    keep = ~(unfilled | unsure)
    refused = [_unsure(layout.fields["status"], grid, int(row)) for row in np.flatnonzero(unsure)]
    cells = {at: column.filter(pa.array(keep)) for at, column in grid.cells.items()}
    return Grid(cells, grid.lines[keep], grid.rejected), int(unfilled.sum()), refused


def _not_filled(layout: Layout, grid: Grid) -> tuple[Mask, Mask]:
    """Rows of orders without a fill, and rows whose status leaves it open whether all of the order was filled."""
    size = layout.fields["size"]
    sizes = without_blanks(grid.cells[size.at])
    done, not_done = _statuses(layout, grid)
    if size.word in FILLED:
        zero = mask_of(pc.match_substring_regex(sizes, ZERO))
        return zero | (mask_of(pc.is_null(sizes)) & ~done), np.zeros(len(sizes), dtype=bool)
    return not_done, ~done & ~not_done


def _statuses(layout: Layout, grid: Grid) -> tuple[Mask, Mask]:
    """Which rows are said to be filled (all, where no column says it), and which are said not to be."""
    found = layout.fields.get("status")
    if found is None:
        return np.ones(len(grid.lines), dtype=bool), np.zeros(len(grid.lines), dtype=bool)
    blank = mask_of(pc.is_null(without_blanks(grid.cells[found.at])))
    return blank | named.says(found, grid, DONE), named.says(found, grid, named.NOT_DONE)


def _unsure(found: Found, grid: Grid, row: int) -> Rejection:
    reason = message("does not say whether the order was filled")
    return Rejection(
        line=int(grid.lines[row]), column=found.header, value=grid.cells[found.at][row].as_py(), reason=reason
    )


def _unsigned(columns: Mapping[str, Column]) -> Column:
    """Prices as they are, or without their sign where it is that of the cash: buys and no others are negative."""
    price, side = columns["price"], columns.get("side")
    if side is None:
        return price
    action = read_actions(side.cells).action
    below = pc.match_substring_regex(price.cells, r"^\W*[-−(]")
    counts = pc.and_not(pc.is_valid(action), pc.match_substring_regex(price.cells, ZERO)).fill_null(False)
    signed = pc.equal(below, pc.equal(action, "buy")).filter(counts)
    if not pc.any(below).as_py() or not pc.all(signed).as_py():
        return price
    return replace(price, cells=pc.replace_substring_regex(price.cells, r"^(\W*?)[-−(]([^)]*)\)?", r"\1\2"))


def _assets(layout: Layout, grid: Grid) -> Column:
    """What was traded: as a column says, else where the symbol can only be an option's or a future's."""
    coded = grid.cells[layout.fields["symbol"].at].dictionary_encode()
    kinds = pa.array([_kind(symbol) for symbol in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)
    found = layout.fields.get("asset")
    stated = named.asset_column(found, grid) if found else None
    return Column(header="asset", cells=pc.coalesce(stated.cells, kinds) if stated else kinds)


def _kind(symbol: str) -> str | None:
    if contracts.is_option(symbol):
        return "option"
    return "future" if contracts.multiplier_of(symbol, asset=None) else None


def _spans_sides(columns: Mapping[str, Column]) -> bool:
    """Whether one id stands on buys and on sells: then it names a position, not a fill."""
    if "side" not in columns:
        return False
    frame = pd.DataFrame({name: strings(columns[name].cells) for name in ("external_id", "side")})
    return bool((frame.groupby("external_id")["side"].nunique() > 1).any())


FORMAT = Format(
    id="generic_fills",
    title=message("single fills (CSV with recognisable column names)"),
    claims=claims,
    read=read,
    generic=True,
)
