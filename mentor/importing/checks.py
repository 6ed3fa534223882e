"""What makes a row a trade we accept: needed cells filled, size positive, entry before exit; rows that are none."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.date_text import NEVER
from mentor.importing.extract import Column, Extract
from mentor.importing.faults import Faults, Mask, mask_of
from mentor.importing.numbers import Numbers, without_blanks
from mentor.importing.sides import Sides
from mentor.importing.times import Times

LONGEST_SYMBOL = 64
TOTALS = r"(?i)^\W*((grand|sub)[ -]?)?(totals?|sum|summary|jumlah|ringkasan)\b"


def still_open(extract: Extract, times: Times, numbers: Mapping[str, Numbers]) -> Mask:
    """Rows with an entry whose exit and profit are blank in a file that otherwise has them: open positions."""
    exits = [extract.columns[name] for name in ("exit_time", "exit_price") if name in extract.columns]
    profits = [extract.columns[name] for name in ("net_profit", "profit") if name in extract.columns]
    if not exits:
        return np.zeros(len(extract.lines), dtype=bool)
    blank: Mask = np.logical_and.reduce([_blank(column.cells) for column in (*exits, *profits)])
    return blank & ~np.isnan(numbers["size"].values) & times.dated


def summary_rows(extract: Extract, symbols: pa.Array, times: Times) -> Mask:
    """Total lines and rows that name neither symbol nor time nor size."""
    total = mask_of(pc.match_substring_regex(symbols, TOTALS)) & ~times.dated
    first = extract.columns.get("entry_time") or extract.columns["exit_time"]
    total |= mask_of(pc.match_substring_regex(first.cells, TOTALS))
    nothing = _blank(symbols) & _blank(first.cells)
    return total | (nothing & _blank(extract.columns["size"].cells))


def check_sides(extract: Extract, side: Sides, faults: Faults) -> None:
    """A word for the side that is not known, and a side that prices cannot do without."""
    column = extract.columns.get("side")
    faults.add(side.unknown, column, "is neither buy nor sell")
    if "profit" not in extract.columns and "net_profit" not in extract.columns:
        faults.add(side.signs == 0, column, "is empty, and without a side the prices give no profit")


def check_numbers(extract: Extract, numbers: Mapping[str, Numbers], side: Sides, faults: Faults) -> None:
    """Cells that are no numbers, needed ones that are blank, and sizes that are none."""
    for name, read in numbers.items():
        for mask, reason in read.faults:
            faults.add(mask, _column(extract, name), reason)
    for name in money_columns(numbers):
        faults.add(_other_currency(numbers[name]), _column(extract, name), "is in another currency than the column")
    needed = ["size", "net_profit" if "net_profit" in numbers else "profit"]
    if needed[1] not in numbers:
        needed[1:] = ["entry_price", "exit_price"]
    for name in needed:
        faults.add(np.isnan(numbers[name].values), extract.columns[name], "is empty")
    size = numbers["size"].values
    faults.add(size == 0, extract.columns["size"], "is zero, which is no size of a trade")
    contrary = (size < 0) & (side.stated & (side.signs > 0))
    faults.add(contrary, extract.columns["size"], "is negative although the side is a buy")


def money_columns(numbers: Mapping[str, Numbers]) -> list[str]:
    """The columns that hold amounts of money."""
    return [name for name in numbers if name in ("profit", "net_profit") or name.startswith("cost ")]


def _other_currency(read: Numbers) -> Mask:
    """Amounts written with another currency than most: adding them up would mean nothing."""
    if read.units is None:
        return np.zeros(len(read.values), dtype=bool)
    written = pc.and_(pc.is_valid(read.units), pc.not_equal(read.units, ""))
    counts = read.units.filter(written).value_counts()
    if len(counts) < 2:
        return np.zeros(len(read.values), dtype=bool)
    usual = max(counts.to_pylist(), key=lambda count: count["counts"])["values"]
    return mask_of(pc.and_(written, pc.not_equal(read.units, usual)))


def check_rows(extract: Extract, symbols: pa.Array, times: Times, faults: Faults) -> None:
    """Symbols that are missing or no symbols, rows without a date, exits before their entry."""
    column = extract.columns["symbol"]
    faults.add(_blank(symbols), column, "is empty")
    faults.add(
        mask_of(pc.match_substring_regex(symbols, r"[\x00-\x1f\x7f]")), column, "has a line break or control character"
    )
    long = mask_of(pc.greater(pc.utf8_length(symbols), LONGEST_SYMBOL))
    faults.add(long, column, f"is longer than {LONGEST_SYMBOL} characters, which no symbol is")
    leg = "exit_time" if "exit_time" in extract.columns else "entry_time"
    faults.add(~times.dated, extract.columns[leg], "is empty, so the trade has no date")
    backwards = (times.entry != NEVER) & (times.exit != NEVER) & (times.exit < times.entry)
    backwards |= _earlier_day(times)
    faults.add(backwards, extract.columns[leg], "is before the entry")


def _earlier_day(times: Times) -> Mask:
    """An exit date before the entry date, where one of them has no clock time."""
    if len(times.clocks) < 2:
        return np.zeros(len(times.dated), dtype=bool)
    entry, exit_ = times.clocks["entry_time"], times.clocks["exit_time"]
    known = (entry.local != NEVER) & (exit_.local != NEVER) & ~(entry.timed & exit_.timed)
    days = (clock.local.view("datetime64[us]").astype("datetime64[D]") for clock in (entry, exit_))
    first, last = days
    earlier: Mask = known & (last < first)
    return earlier


def _column(extract: Extract, name: str) -> Column:
    if name.startswith("cost "):
        return extract.costs[int(name.removeprefix("cost "))].column
    return extract.columns[name]


def _blank(cells: pa.Array) -> Mask:
    blank: Mask = pc.is_null(without_blanks(cells)).to_numpy(zero_copy_only=False)
    return blank
