"""TradingView's "List of trades": two rows a trade, entry and exit in either order, under one number.

The file does not say what was traded; its name does, as TradingView gives it. Commission is in the profit already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.columns import fold
from mentor.importing.delimited import Delimited
from mentor.importing.extract import Column, Cost, Extract
from mentor.importing.faults import Mask, cell, mask_of
from mentor.importing.formats.base import Document, Format
from mentor.importing.numbers import without_blanks
from mentor.importing.reading import strings
from mentor.importing.tables import Table
from mentor.messages import message, messages
from mentor.models import Rejection

Rows = npt.NDArray[np.int64]

#: Field → the folded names its column has had, the currency behind them aside.
NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("trade", "tradenumber"),
    "type": ("type",),
    "signal": ("signal",),
    "time": ("datetime", "dateandtime"),
    "price": ("price",),
    "size": ("contracts", "quantity", "qty", "positionsizeqty", "sizeqty", "positionsize"),
    "profit": ("netpl", "netpnl", "netprofit", "profit", "pl", "pnl"),
    "commission": ("commission",),
}
NEEDED = NAMES.keys() - {"signal", "commission"}
LEG = r"(?i)^\s*(?P<leg>entry|exit)\s+(?P<side>long|short)\s*$"
#: What stands where a position that is still open would have its exit.
OPEN = r"(?i)^\s*open\s*$"
#: `Strategy_EXCHANGE_SYMBOL_2024-05-01.csv`, with a mark behind the date in newer ones; else `EXCHANGE:SYMBOL`.
FILE_NAME = re.compile(
    r"(?P<strategy>.+)_[A-Z][A-Z0-9]*_(?P<symbol>[^_:]{1,64})_\d{4}-\d{2}-\d{2}(_[0-9a-f]{3,8})?( ?\(\d+\))?\.\w+"
)
QUALIFIED = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9_]*:(?P<symbol>[A-Z0-9]{1,30}(\.[A-Z0-9]{1,30})?!?)")
_CURRENCY = re.compile(r"\s([A-Z]{3,5})$")


def claims(document: Document) -> bool:
    """A table with trade numbers, prices and profits whose types are entries and exits."""
    return any(map(_lists_trades, document.tables))


def _lists_trades(table: Table) -> bool:
    places = _places(table.header)
    types = (row[places["type"]] for row in table.sample if places.keys() >= NEEDED and len(row) > places["type"])
    return any(re.match(LEG, kind) for kind in types)


def read(document: Document) -> Extract:
    """The closed trades; what has no exit, or "Open" for one, is an open position."""
    tables: Sequence[Table] = document.tables
    table = next(table for table in tables if _lists_trades(table))
    sheet = _Sheet(table)
    pairs, rejected = _pairs(sheet)
    still_open, notices = _still_open(sheet, pairs)
    entry, exit_ = (pairs.loc[~still_open, leg].to_numpy(dtype=np.int64) for leg in ("entry", "exit"))
    strategy, symbol = _named(table.source.name)
    columns = {
        "side": Column(header=sheet.title("type"), cells=sheet.sides.take(pa.array(exit_))),
        "size": sheet.either("size", exit_, entry),
        "entry_time": sheet.column("time", entry),
        "exit_time": sheet.column("time", exit_),
        "entry_price": sheet.column("price", entry),
        "exit_price": sheet.column("price", exit_),
        "net_profit": sheet.either("profit", exit_, entry),
        "notes": Column(header="Signal", cells=_signals(sheet, entry, exit_)),
        "strategy": Column(header="file name", cells=pa.array([strategy] * len(exit_), pa.string())),
    }
    currency = _CURRENCY.search(sheet.title("profit"))
    paid = [sheet.either("commission", exit_, entry)] if "commission" in sheet.places else []
    return Extract(
        file_name=table.source.name,
        format=FORMAT.id,
        columns=columns,
        costs=tuple(Cost(column=column, sign="paid") for column in paid),
        lines=np.minimum(sheet.lines[entry], sheet.lines[exit_]),
        symbol=symbol,
        currency=currency[1] if currency else None,
        decimal_unsure=isinstance(table, Delimited) and table.delimiter == ";",
        rejected=(*sheet.rejected, *rejected),
        open_positions=int(still_open.sum()),
        notices=notices,
    )


def _places(header: Sequence[str]) -> dict[str, int]:
    """Field → place of its column."""
    folded = [fold(_CURRENCY.sub("", name)) for name in header]
    found = {field: [folded.index(name) for name in names if name in folded] for field, names in NAMES.items()}
    return {field: places[0] for field, places in found.items() if places}


class _Sheet:
    """The columns of the file by field, and the leg and side every row says it is."""

    def __init__(self, table: Table) -> None:
        self.places = _places(table.header)
        self.header = table.header
        grid = table.read(sorted(self.places.values()))
        self.cells = {field: without_blanks(grid.cells[at]) for field, at in self.places.items()}
        self.lines, self.rejected = grid.lines, grid.rejected
        parts = pc.extract_regex(self.cells["type"], LEG)
        self.legs, self.sides = (pc.utf8_lower(pc.struct_field(parts, name)) for name in ("leg", "side"))

    def title(self, field: str) -> str:
        """The name of a column as written."""
        return self.header[self.places[field]]

    def column(self, field: str, rows: Rows) -> Column:
        """A column at the given rows."""
        return Column(header=self.title(field), cells=self.cells[field].take(pa.array(rows)), lines=self.lines[rows])

    def either(self, field: str, rows: Rows, others: Rows) -> Column:
        """A column at the given rows or, where it is blank there, at the other ones."""
        first, second = self.column(field, rows), self.column(field, others)
        return replace(first, cells=pc.coalesce(first.cells, second.cells))

    def rejection(self, field: str, row: int, reason: str) -> Rejection:
        """Why a row cannot be paired."""
        value = cell(Column(header="", cells=self.cells[field]), row)
        return Rejection(line=int(self.lines[row]), column=self.title(field), value=value, reason=reason)


def _pairs(sheet: _Sheet) -> tuple[pd.DataFrame, list[Rejection]]:
    """The rows `entry` and `exit` (NaN: none) of every trade in file order, and the rows that belong to none."""
    rows = pd.DataFrame({"number": strings(sheet.cells["number"]), "leg": strings(sheet.legs)})
    rows = rows.assign(row=np.arange(len(rows)), side=strings(sheet.sides))
    second = rows.duplicated(["number", "leg"])
    faults = {
        ("type", message("is neither an entry nor an exit")): rows["leg"].isna(),
        ("number", message("is empty")): rows["number"].isna(),
        ("number", message("has a second row of this type")): second,
    }
    rejected, left_out = [], np.zeros(len(rows), dtype=bool)
    for (field, reason), mask in faults.items():
        rejected += [sheet.rejection(field, int(row), reason) for row in np.flatnonzero(mask & ~left_out)]
        left_out |= mask.to_numpy(dtype=bool)
    legs = {leg: part.set_index("number")[["row", "side"]] for leg, part in rows[~left_out].groupby("leg")}
    none = pd.DataFrame({"row": pd.Series(dtype="int64"), "side": pd.Series(dtype="str")})
    entries, exits = legs.get("entry", none), legs.get("exit", none)
    pairs = entries.merge(exits, how="outer", left_index=True, right_index=True, suffixes=("_in", "_out"))
    lonely = pairs["row_in"].isna()
    contrary = ~lonely & pairs["row_out"].notna() & (pairs["side_in"] != pairs["side_out"])
    for mask, reason in ((lonely, message("has no entry")), (contrary, message("is not the side of its entry"))):
        rejected += [sheet.rejection("type", int(row), reason) for row in pairs.loc[mask, "row_out"]]
    pairs = pairs[~lonely & ~contrary].sort_values("row_in")
    return pairs[["row_in", "row_out"]].set_axis(["entry", "exit"], axis="columns"), rejected


def _still_open(sheet: _Sheet, pairs: pd.DataFrame) -> tuple[Mask, tuple[str, ...]]:
    """Trades without an exit, and those that TradingView closes for show, which is said where it is not certain.

    Such an exit is called "Open" and nothing comes after it. A strategy may call its own exits "Open": those are real
    when an entry, or an exit of another name, comes later. A floating profit must never count as made, so an exit whose
    time cannot be compared is none.
    """
    missing = pairs["exit"].isna().to_numpy()
    if "signal" not in sheet.cells or pairs.empty:
        return missing, ()
    entries, exits = (pairs[leg].fillna(0).to_numpy(dtype=np.int64) for leg in ("entry", "exit"))
    says_open = mask_of(pc.match_substring_regex(sheet.column("signal", exits).cells, OPEN)) & ~missing
    entered, left = (_moments(sheet, rows) for rows in (entries, exits))
    latest = pd.concat([entered, left[~missing & ~says_open]]).max()
    goes_on = (left < latest).to_numpy()
    shown = says_open & ~goes_on
    times = strings(sheet.column("time", exits[shown]).cells).dropna().nunique()
    return missing | shown, _doubts(int((says_open & goes_on).sum()), int(shown.sum()), times)


def _moments(sheet: _Sheet, rows: Rows) -> pd.Series:
    """The times of rows, only to be compared with each other: without a zone as UTC, NaT where not year first."""
    return pd.to_datetime(strings(sheet.column("time", rows).cells), format="ISO8601", utc=True, errors="coerce")


def _doubts(closed: int, shown: int, times: int) -> tuple[str, ...]:
    """What was decided about exits called "Open": TradingView's own are all at one time, the last of the list."""
    said = []
    if closed:
        told = messages(
            '{n} trade with an exit called "Open" counts as closed: the list goes on after it.',
            '{n} trades with an exit called "Open" count as closed: the list goes on after them.',
            n=closed,
        )
        said.append(told)
    if times > 1:
        told = message(
            '{shown} trades with an exit called "Open" at different times count as open positions: '
            "nothing in the list comes after them.",
            shown=shown,
        )
        said.append(told)
    return tuple(said)


def _signals(sheet: _Sheet, entry: Rows, exit_: Rows) -> pa.Array:
    """What the strategy called entry and exit."""
    if "signal" not in sheet.cells:
        return pa.nulls(len(entry), pa.string())
    texts = [sheet.column("signal", rows).cells for rows in (entry, exit_)]
    return pc.binary_join_element_wise(*texts, " → ", null_handling="skip")


def _named(file_name: str) -> tuple[str | None, str | None]:
    """Strategy and symbol, where the file still has the name TradingView gave it."""
    if found := FILE_NAME.fullmatch(file_name):
        return found["strategy"].replace("_", " ").strip(), found["symbol"]
    qualified = QUALIFIED.search(file_name)
    return None, qualified["symbol"] if qualified else None


FORMAT = Format(id="tradingview", title=message('TradingView "List of trades" (CSV, XLSX)'), claims=claims, read=read)
