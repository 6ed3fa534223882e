"""What makes a row a trade we accept: needed cells filled, size positive, entry before exit; rows that are none."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.currencies import foreign_units
from mentor.importing.date_text import NEVER
from mentor.importing.extract import Column, Extract
from mentor.importing.faults import Faults, Mask, cell, mask_of
from mentor.importing.numbers import Numbers, without_blanks
from mentor.importing.sides import Sides
from mentor.importing.times import Times
from mentor.messages import message, messages

LONGEST_SYMBOL = 64
#: What a trade can do without: a cell that cannot be read is left out and said, the trade is kept.
OPTIONAL = ("stop", "target", "risk_percent")
TOTALS = r"(?i)^\W*((grand|sub)[ -]?)?(totals?|sum|summary|jumlah|ringkasan)\b"


def is_symbol(text: str) -> bool:
    """Whether a text can be a symbol: one line, not blank, not too long."""
    return bool(text.strip()) and text.isprintable() and len(text) <= LONGEST_SYMBOL


def still_open(extract: Extract, times: Times, numbers: Mapping[str, Numbers]) -> Mask:
    """Rows with an entry whose exit and profit are blank in a file that otherwise has them: open positions."""
    exits = [extract.columns[name] for name in ("exit_time", "exit_price") if name in extract.columns]
    profits = [extract.columns[name] for name in ("net_profit", "profit") if name in extract.columns]
    if not exits:
        return np.zeros(len(extract.lines), dtype=bool)
    blank: Mask = np.logical_and.reduce([_blank(column.cells) for column in (*exits, *profits)])
    return blank & ~np.isnan(numbers["size"].values) & times.dated


def never_filled(extract: Extract, side: Sides, numbers: Mapping[str, Numbers]) -> Mask:
    """Rows of pending or cancelled orders that state no profit."""
    profits = [name for name in ("net_profit", "profit") if name in numbers]
    states_one = [~_blank(extract.columns[name].cells) & (numbers[name].values != 0) for name in profits]
    unfilled: Mask = side.pending & ~np.logical_or.reduce([np.zeros_like(side.pending), *states_one])
    return unfilled


def summary_rows(extract: Extract, symbols: pa.Array, times: Times) -> Mask:
    """Total lines and rows that name neither symbol nor time nor size."""
    total = mask_of(pc.match_substring_regex(symbols, TOTALS)) & (~times.dated | _bare(extract))
    first = extract.columns.get("entry_time") or extract.columns["exit_time"]
    total |= mask_of(pc.match_substring_regex(first.cells, TOTALS))
    nothing = _blank(symbols) & _blank(first.cells)
    return total | (nothing & _blank(extract.columns["size"].cells))


def _bare(extract: Extract) -> Mask:
    """Rows without a side and without prices in a file that otherwise has them."""
    told = [extract.columns[name] for name in ("side", "entry_price", "exit_price", "price") if name in extract.columns]
    nowhere = np.full(len(extract.lines), bool(told))
    bare: Mask = np.logical_and.reduce([nowhere, *(_blank(column.cells) for column in told)])
    return bare


def check_sides(extract: Extract, side: Sides, faults: Faults) -> None:
    """A word for the side that is not known, and a side that prices cannot do without."""
    column = extract.columns.get("side")
    faults.add(side.unknown, column, message("is neither buy nor sell"))
    faults.add(side.pending, column, message("is an order that was not filled, and yet the row has a profit"))
    if "profit" not in extract.columns and "net_profit" not in extract.columns:
        faults.add(side.signs == 0, column, message("is empty, and without a side the prices give no profit"))


def check_numbers(extract: Extract, numbers: Mapping[str, Numbers], side: Sides, faults: Faults) -> None:
    """Cells that are no numbers, needed ones that are blank, and sizes that are none."""
    for name, read in numbers.items():
        for mask, reason in read.faults:
            faults.add(mask, column_of(extract, name), reason)
        faults.add(_percentages(read), column_of(extract, name), message("is a percentage, which is no amount"))
        if name != "size":
            unknown = message("has a unit that is no currency we know")
            faults.add(foreign_units(read), column_of(extract, name), unknown)
    needed = ["size", "net_profit" if "net_profit" in numbers else "profit"]
    if needed[1] not in numbers:
        needed[1:] = ["entry_price", "exit_price"]
    for name in needed:
        faults.add(np.isnan(numbers[name].values), extract.columns[name], message("is empty"))
    size = numbers["size"].values
    faults.add(size == 0, extract.columns["size"], message("is zero, which is no size of a trade"))
    contrary = (size < 0) & (side.stated & (side.signs > 0))
    faults.add(contrary, extract.columns["size"], message("is negative although the side is a buy"))


def leave_out_unread(extract: Extract, numbers: Mapping[str, Numbers]) -> tuple[dict[str, Numbers], tuple[str, ...]]:
    """`numbers` with every unreadable cell of an `OPTIONAL` column unknown, and a sentence for each such column."""
    cleaned, notices = dict(numbers), []
    for name in (name for name in OPTIONAL if name in numbers):
        read, column = numbers[name], extract.columns[name]
        unread = np.logical_or.reduce([_wrong_unit(name, read), *(mask for mask, _ in read.faults)])
        cleaned[name] = Numbers(values=np.where(unread, np.nan, read.values))
        if unread.any():
            first = int(np.flatnonzero(unread)[0])
            told = messages(
                "Left out as unreadable: {n} cell of {column}, the first is {value!r} in line {line}.",
                "Left out as unreadable: {n} cells of {column}, the first is {value!r} in line {line}.",
                n=int(unread.sum()),
                column=column.header,
                value=cell(column, first),
                line=extract.lines[first],
            )
            notices.append(told)
    return cleaned, tuple(notices)


def _wrong_unit(name: str, read: Numbers) -> Mask:
    """A stop or target that is no price, a risk that is no percentage."""
    if read.units is None or name != "risk_percent":
        return foreign_units(read)
    return mask_of(pc.invert(pc.is_in(read.units, pa.array(["", "%"])))) & mask_of(pc.is_valid(read.units))


def _percentages(read: Numbers) -> Mask:
    if read.units is None:
        return np.zeros(len(read.values), dtype=bool)
    return mask_of(pc.equal(read.units, "%"))


def check_rows(extract: Extract, symbols: pa.Array, times: Times, faults: Faults) -> None:
    """Symbols that are missing or no symbols, rows without a date, exits before their entry."""
    if "symbol" in extract.columns:
        _check_symbols(extract.columns["symbol"], symbols, faults)
    leg = "exit_time" if "exit_time" in extract.columns else "entry_time"
    faults.add(~times.dated, extract.columns[leg], message("is empty, so the trade has no date"))
    backwards = (times.entry != NEVER) & (times.exit != NEVER) & (times.exit < times.entry)
    backwards |= _earlier_day(times)
    faults.add(backwards, extract.columns[leg], message("is before the entry"))


def _check_symbols(column: Column, symbols: pa.Array, faults: Faults) -> None:
    faults.add(_blank(symbols), column, message("is empty"))
    broken = mask_of(pc.match_substring_regex(symbols, r"[\x00-\x1f\x7f]"))
    faults.add(broken, column, message("has a line break or control character"))
    long = mask_of(pc.greater(pc.utf8_length(symbols), LONGEST_SYMBOL))
    too_long = message("is longer than {most} characters, which no symbol is", most=LONGEST_SYMBOL)
    faults.add(long, column, too_long)


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


def column_of(extract: Extract, name: str) -> Column:
    """The column of a field, or of a cost by its number."""
    if name.startswith("cost "):
        return extract.costs[int(name.removeprefix("cost "))].column
    return extract.columns[name]


def _blank(cells: pa.Array) -> Mask:
    blank: Mask = pc.is_null(without_blanks(cells)).to_numpy(zero_copy_only=False)
    return blank
