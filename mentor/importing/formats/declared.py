"""A broker as declarations: the columns of its table, what they mean, which rows count, and its conventions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from mentor.errors import ImportRefused
from mentor.importing.columns import fold
from mentor.importing.currencies import currency_of, is_currency
from mentor.importing.date_text import zone_minutes
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Asset, Column, Cost, CostSign, DateOrder, Extract, Shorts
from mentor.importing.formats.base import Document, Format
from mentor.importing.numbers import unquoted
from mentor.importing.reading import strings
from mentor.importing.tables import Table
from mentor.importing.told import out_of_column
from mentor.messages import Message, joined, message
from mentor.models import Rejection

#: Beside the fields of `Extract`, what `adapt` may set in a row: why it is refused, or why it is no trade.
REFUSED, IGNORED = "refused", "ignored"
#: The key of a frame's `attrs` under which `adapt` may leave sentences about what it decided.
NOTICES = "notices"
Names = str | tuple[str, ...]
_NO_TIME = message("The file has no column that says when it was traded")
_NO_GAIN = message("The file has no column that says what a trade gained")
#: What is said of a table without a column for a field.
LACKING: Final[Mapping[str, Message]] = {
    "size": message("The file has no column that says how much was traded"),
    "price": message("The file has no column that says at which price"),
    "side": message("The file has no column that says whether it was bought or sold"),
    **dict.fromkeys(("time", "exit_time", "entry_time"), _NO_TIME),
    **dict.fromkeys(("profit", "net_profit"), _NO_GAIN),
}
#: A column in such a unit is not the one of the same name in money: `Gross P&L (%)`, `Gross P&L (t)`.
OTHER_UNIT = re.compile(r"(?i)%|[(\[](?:t|r|ticks?|pips?|points?|pts)[)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of table, as text, before anything is converted.

    `needs` are headers that must all be there, `lacks` ones that must not; case, blanks and punctuation do not matter,
    a unit in brackets or behind the name does not either. `columns` says in which header a field of `Extract` stands:
    the first name that the table has; `a + b` joins two columns (date and time). `costs` are headers of costs with
    their sign. `keep` names, by header, the words of rows that count; all others are ignored. `adapt` gets one text
    column a field that the table has and a cost (blank: NaN), with `line`, and gives it back changed: it may add
    fields, drop nothing, and write why a row is `refused` or `ignored`. `shorts` makes it a list of fills (see
    `Extract`). `currency` is what all amounts are in where no column says it.
    """

    needs: tuple[str, ...]
    columns: Mapping[str, Names]
    lacks: tuple[str, ...] = ()
    costs: Mapping[str, CostSign] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    adapt: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    shorts: Shorts | None = None
    asset: Asset | None = None
    zone: str | None = None
    date_order: DateOrder | None = None
    currency: str | None = None
    account: Callable[[Table], str | None] | None = None
    shared_ids: bool = False
    newest_first: bool = False
    notices: tuple[str, ...] = ()


def declare(id: str, title: str, *layouts: Layout) -> Format:
    """The format whose tables have one of the layouts, the first that fits."""

    def claims(document: Document) -> bool:
        return any(fits(layout, table) for table in document.tables for layout in layouts)

    def read(document: Document) -> Extract:
        tables: list[Table] = [table for table in document.tables if any(fits(layout, table) for layout in layouts)]
        table = _only(tables)
        return extract(id, next(layout for layout in layouts if fits(layout, table)), table)

    names = frozenset(fold(name) for layout in layouts for name in _declared(layout))
    return Format(id=id, title=title, claims=claims, read=read, names=names - {""})


def _only(tables: list[Table]) -> Table:
    """The one table with rows; several are not added up, for one may repeat what another holds."""
    filled = [table for table in tables if table.sample] or tables[:1]
    if len(filled) > 1:
        names = joined(
            ", ", (table.title or message("table {nth}", nth=at) for at, table in enumerate(filled, start=1))
        )
        what = message("More than one of its tables holds trades: {tables}", tables=names)
        todo = message("Save each as a file of its own and import those that you want.")
        raise ImportRefused(what, where=filled[0].source.name, todo=todo)
    return filled[0]


def _declared(layout: Layout) -> Iterator[str]:
    yield from (*layout.needs, *layout.costs, *layout.keep)
    for names in layout.columns.values():
        for name in (names,) if isinstance(names, str) else names:
            yield from name.split(" + ")


def fits(layout: Layout, table: Table) -> bool:
    """Whether a table has the headers a layout needs, and none it lacks."""
    names = _places(table)
    return all(fold(name) in names for name in layout.needs) and not any(fold(name) in names for name in layout.lacks)


def extract(format_id: str, layout: Layout, table: Table) -> Extract:
    """The rows of a table that count, as text under our field names."""
    rows, columns, rejected = _read(layout, table)
    _check_columns(layout, rows, table)
    rows = _adapted(layout, rows, table)
    _check_trades(layout, rows, table)
    if layout.shorts is not None and "side" in layout.columns and not {"side", "leg"} & set(rows.columns):
        _check_signs(layout, rows, table)
    told = rows.attrs.get(NOTICES, ())
    refused, ignored = rows[REFUSED].notna(), rows[IGNORED].notna()
    rejected += _rejections(rows[refused & ~ignored])
    kept = rows[~refused & ~ignored]
    costs = {header: columns.pop(header) for header in layout.costs if header in columns}
    fields = [name for name in kept.columns if name not in (REFUSED, IGNORED, "line", *costs)]
    return Extract(
        file_name=table.source.name,
        format=format_id,
        columns={name: _column(columns.get(name) or _unnamed(name), kept[name]) for name in fields},
        costs=tuple(
            Cost(column=_column(column, kept[header]), sign=layout.costs[header]) for header, column in costs.items()
        ),
        lines=kept["line"].to_numpy(dtype=np.int64),
        account=layout.account(table) if layout.account else None,
        currency=_currency(columns) or layout.currency,
        shorts=layout.shorts,
        asset=layout.asset,
        zone=layout.zone,
        date_order=layout.date_order,
        shared_ids=layout.shared_ids,
        newest_first=layout.newest_first,
        decimal_unsure=isinstance(table, Delimited) and table.delimiter == ";",
        rejected=tuple(rejected),
        ignored_rows=int(ignored.sum()),
        notices=(*layout.notices, *told),
    )


def _check_columns(layout: Layout, rows: pd.DataFrame, table: Table) -> None:
    """Refuses a table that lacks what no trade can do without; a fill needs its cash, else its price, too."""
    priced = layout.shorts is not None and not {"gross", "amount"} & set(rows.columns)
    for name in ("size", "price") if priced else ("size",):
        if name in layout.columns and name not in rows:
            raise _lacking(layout, name, table)


def _check_trades(layout: Layout, rows: pd.DataFrame, table: Table) -> None:
    """Refuses a table that says of no trade when it was, or of closed ones what they gained."""
    fields, declared = set(rows.columns), layout.columns
    times = [name for name in ("time", "exit_time", "entry_time") if name in declared]
    if times and not fields & {"time", "exit_time", "entry_time"}:
        raise _lacking(layout, times[0], table)
    profits = [name for name in ("net_profit", "profit") if name in declared]
    told = fields & {"net_profit", "profit"} or {"entry_price", "exit_price"} <= fields
    if layout.shorts is None and profits and not told:
        raise _lacking(layout, profits[0], table)


def _adapted(layout: Layout, rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows as the broker means them; it may need columns that others can do without."""
    if layout.adapt is None:
        return rows
    found = frozenset(rows.columns)
    try:
        return layout.adapt(rows)
    except KeyError as missing:
        name = missing.args[0]
        if name in found or name not in layout.columns:
            raise
        raise _lacking(layout, name, table) from missing


def _check_signs(layout: Layout, rows: pd.DataFrame, table: Table) -> None:
    """Without a column of sides, sales have a negative size; where none has, nobody knows what was bought."""
    if not rows["size"].str.contains(r"[-−(]", regex=True).any():
        raise _lacking(layout, "side", table)


def _lacking(layout: Layout, name: str, table: Table) -> ImportRefused:
    named = _named(layout.columns[name])
    other = message("The file has no column {columns}, without which it cannot be read", columns=named)
    todo = message("Export it with a column {columns}.", columns=named)
    return ImportRefused(LACKING.get(name, other), where=table.source.name, todo=todo)


def _read(layout: Layout, table: Table) -> tuple[pd.DataFrame, dict[str, Column], list[Rejection]]:
    """One text column a field and a cost, the headers they come from, and the rows that could not be read."""
    places = _places(table)
    chosen = {field: _chosen(names, places) for field, names in layout.columns.items()}
    chosen |= {header: _chosen(header, places) for header in layout.costs}
    used = {field: found for field, found in chosen.items() if found}
    kept_by = {fold(header): tuple(word.casefold() for word in words) for header, words in layout.keep.items()}
    wanted = {at for found in used.values() for at in found} | {places[name] for name in kept_by if name in places}
    grid = table.read(sorted(wanted))
    texts = {at: strings(unquoted(cells)).str.strip() for at, cells in grid.cells.items()}
    frame = pd.DataFrame({field: _joined([texts[at] for at in found]) for field, found in used.items()}, dtype="str")
    frame["line"] = grid.lines
    out = np.zeros(len(frame), dtype=bool)
    for name, words in kept_by.items():
        if name in places:
            out |= ~texts[places[name]].str.casefold().isin(words).to_numpy(dtype=bool)
    frame[REFUSED] = pd.Series(dtype="str", index=frame.index)
    again = np.logical_and.reduce([column.eq(table.header[at]).to_numpy(dtype=bool) for at, column in texts.items()])
    frame[IGNORED] = frame[REFUSED].mask(out, "not one of the rows that count").mask(again, "the header once more")
    columns = {field: _described(table, found) for field, found in used.items()}
    return frame, columns, list(grid.rejected)


def _places(table: Table) -> dict[str, int]:
    """Where each header stands, by its folded name with and without the unit behind it.

    The first of twins has the name itself, the second one `Price 2`, as long as no other is called so.
    """
    places: dict[str, int] = {}
    twins: dict[str, int] = {}
    for at, header in enumerate(table.header):
        if places.setdefault(fold(header), at) != at:
            twins.setdefault(f"{fold(header)}2", at)
    for at, header in enumerate(table.header):
        if not OTHER_UNIT.search(header):
            places.setdefault(fold(_bare(header)), at)
    places.pop("", None)
    return twins | places


def _named(names: Names) -> str:
    if isinstance(names, str):
        return names
    return reduce(lambda one, other: message("{one} or {other}", one=one, other=other), names)


def _bare(header: str) -> str:
    """A header without what stands in brackets, or a currency sign or time zone behind it."""
    bare = header.partition("(")[0].partition("[")[0].strip()
    name, _, last = bare.rpartition(" ")
    return name if name and (is_currency(last) or zone_minutes(last) is not None) else bare


def _remark(header: str) -> str:
    """What stands behind the bare name."""
    return header[len(_bare(header)) :].strip(" ()[]")


def _chosen(names: Names, places: Mapping[str, int]) -> tuple[int, ...]:
    """The places of the first name the table has; `a + b` are two, of which the second may be missing."""
    for name in (names,) if isinstance(names, str) else names:
        found = [places.get(fold(part)) for part in name.split(" + ")]
        if found[0] is not None:
            return tuple(at for at in found if at is not None)
    return ()


def _joined(parts: list[pd.Series]) -> pd.Series:
    """Cells side by side with a blank between, NaN where the first is."""
    first, *rest = parts
    for other in rest:
        first = (first + " " + other.fillna("")).str.strip()
    return first.where(first != "")


def _described(table: Table, places: tuple[int, ...]) -> Column:
    headers = [table.header[at] for at in places]
    remarks = [_remark(header) for header in headers]
    return Column(
        header=" + ".join(headers),
        cells=pa.nulls(0, pa.string()),
        zone=next((remark for remark in remarks if zone_minutes(remark) is not None), None),
        currency=next((code for remark in remarks if (code := currency_of(remark))), None),
    )


def _unnamed(field: str) -> Column:
    """A column that `adapt` made."""
    return Column(header=field, cells=pa.nulls(0, pa.string()))


def _column(described: Column, cells: pd.Series) -> Column:
    text = pa.array(cells.astype(object).where(cells.notna(), None), pa.string())
    return Column(header=described.header, cells=text, zone=described.zone, currency=described.currency)


def _currency(columns: Mapping[str, Column]) -> str | None:
    """What the header of an amount says."""
    money = (columns[name] for name in ("net_profit", "profit", "amount", "gross", "realized") if name in columns)
    return next((column.currency for column in money if column.currency), None)


def _rejections(rows: pd.DataFrame) -> list[Rejection]:
    return [
        Rejection(line=int(line), column=None, value="", reason=out_of_column(reason))
        for line, reason in zip(rows["line"], rows[REFUSED], strict=True)
    ]
