"""From the text columns of any format to the trades frame: numbers, times, sides and money of every row, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing import checks, sides
from mentor.importing.currencies import check_costs, row_currencies
from mentor.importing.duplicates import ID_SEPARATOR
from mentor.importing.extract import Extract
from mentor.importing.faults import Faults, Lines, Mask
from mentor.importing.fingerprint import fingerprints
from mentor.importing.instants import as_times
from mentor.importing.money import take_money
from mentor.importing.numbers import Floats, Numbers, read_numbers, without_blanks
from mentor.importing.reading import TRADE_COLUMNS, DayRule, Reading, empty_trades, strings
from mentor.importing.sides import Sides
from mentor.importing.times import Times, take_times
from mentor.messages import message, messages
from mentor.models import ImportOptions, Question

NUMERIC = ("size", "entry_price", "exit_price", "profit", "net_profit", "stop", "target", "risk_percent")
#: A list that numbers its rows counts to no more than so many times what is left of them.
COUNTED = 2
TEXTS = ("symbol", "strategy", "notes", "emotion", "account", "external_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """Every column of every row, which rows to keep, and the reading without its trades."""

    values: dict[str, Any]
    keep: Mask
    reading: Reading


def normalise(extract: Extract, *, day_rule: DayRule, options: ImportOptions) -> Reading:
    """Check and convert every row; faulty rows become rejections, the others a frame of `TRADE_COLUMNS`."""
    checked = _check(extract, day_rule, options)
    del extract  # the text is as large as the file: let it go before the frame is built
    trades = _frame(checked.values, checked.keep)
    return replace(
        checked.reading,
        trades=trades,
        account=_only(trades["account"], checked.reading.account),
        currency=_only(trades["currency"], checked.reading.currency),
    )


def _check(extract: Extract, day_rule: DayRule, options: ImportOptions) -> _Checked:
    faults = Faults(len(extract.lines))
    texts = text_columns(extract, options)
    numbers, unread = checks.leave_out_unread(extract, _numbers(extract))
    times = take_times(extract, faults, day_rule=day_rule, options=options)
    side = sides.take_sides(extract, numbers["size"].values)
    open_rows = checks.still_open(extract, times, numbers)
    no_trade = side.no_trade | checks.never_filled(extract, side, numbers)
    no_trade |= checks.summary_rows(extract, texts["symbol"], times)
    kept_out = no_trade | open_rows
    checks.check_sides(extract, side, faults)
    checks.check_numbers(extract, numbers, side, faults)
    texts["currency"] = row_currencies(extract, numbers, faults)
    check_costs(extract, numbers, texts["currency"], faults)
    money = take_money(extract, numbers, side, texts, options, wanted=~(faults.mask | kept_out))
    checks.check_rows(extract, texts["symbol"], times, faults)
    values = _values(extract, texts, numbers, side, times) | {"profit_loss": money.net, "fees": money.fees}
    repeated = same_ids(extract, values, faults.mask | kept_out)
    rejected = (*extract.rejected, *faults.rejections(extract.lines, kept_out, _legs(extract)))
    reading = Reading(
        file_name=extract.file_name,
        format=extract.format,
        account=extract.account,
        currency=extract.currency,
        source_timezone=times.zone,
        trades=empty_trades(),
        rejected=tuple(sorted(rejected, key=lambda rejection: rejection.line or 0)),
        ignored_rows=extract.ignored_rows + int((no_trade | repeated).sum()),
        open_positions=extract.open_positions + int((open_rows & ~no_trade).sum()),
        questions=(*_symbol_question(extract, options), *times.questions, *money.questions),
        notices=(*extract.notices, *times.notices, *money.notices, *unread, *repeated_notice(repeated)),
    )
    return _Checked(values=values, keep=~(faults.mask | kept_out | repeated), reading=reading)


def text_columns(extract: Extract, options: ImportOptions) -> dict[str, pa.Array]:
    """The text columns but the currency; the account of the whole file fills what the rows do not say.

    What was traded is never filled in: a symbol for the whole file counts only where it has no such column.
    """
    rows = len(extract.lines)
    whole = {"account": extract.account or options.account}
    if "symbol" not in extract.columns:
        whole["symbol"] = options.symbol or extract.symbol
    texts = {}
    for name in TEXTS:
        column = extract.columns.get(name)
        cells = column.cells if column else pa.nulls(rows, pa.string())
        cells = cells if name == "notes" else without_blanks(cells)
        cells = _whole_ids(cells) if name == "external_id" else cells
        texts[name] = cells.fill_null(whole[name]) if whole.get(name) else cells
    return texts


def _whole_ids(cells: pa.Array) -> pa.Array:
    """Ids but those that a spreadsheet shortened: `6.21236E+11` stands for many."""
    shortened = pc.match_substring_regex(cells, r"(?i)^\d([.,]\d+)?e\+\d+(/|$)")
    return pc.if_else(shortened.fill_null(False), pa.scalar(None, pa.string()), cells)


def _legs(extract: Extract) -> list[Lines]:
    """Where the parts of trades stand that take several lines."""
    stated = {id(column.lines): column.lines for column in extract.columns.values()}
    return [lines for lines in stated.values() if lines is not None]


def _symbol_question(extract: Extract, options: ImportOptions) -> tuple[Question, ...]:
    if "symbol" in extract.columns or options.symbol or extract.symbol:
        return ()
    about = message("Neither the file nor its name says what was traded")
    return (Question(kind="symbol", about=about, choices=(), blocking=True),)


def _numbers(extract: Extract) -> dict[str, Numbers]:
    columns = {name: extract.columns[name].cells for name in NUMERIC if name in extract.columns}
    columns |= {f"cost {at}": cost.column.cells for at, cost in enumerate(extract.costs)}
    return read_numbers(columns, decimal_unsure=extract.decimal_unsure)


def _values(
    extract: Extract, texts: Mapping[str, pa.Array], numbers: Mapping[str, Numbers], side: Sides, times: Times
) -> dict[str, Any]:
    """Every column of the frame but the money."""
    rows = len(extract.lines)
    stop_used, target_used = sides.exit_flags(texts["notes"])
    return {
        "symbol": texts["symbol"],
        "side": side.words,
        "lot_size": np.abs(numbers["size"].values),
        "entry_price": _floats(numbers, "entry_price", rows),
        "exit_price": _floats(numbers, "exit_price", rows),
        "stop_price": _set_price(_floats(numbers, "stop", rows)),
        "target_price": _set_price(_floats(numbers, "target", rows)),
        "entry_time": times.entry,
        "exit_time": times.exit,
        "session_date": times.session_date,
        "risk_percent": _floats(numbers, "risk_percent", rows),
        "stop_loss_used": stop_used,
        "take_profit_used": target_used,
        "strategy_used": texts["strategy"],
        "account": texts["account"],
        "currency": texts["currency"],
        "external_id": texts["external_id"],
        "notes": texts["notes"],
        "emotion": texts["emotion"],
        "fingerprint": _fingerprint(extract, texts, numbers, side, times),
        "line": extract.lines,
    }


def _floats(numbers: Mapping[str, Numbers], name: str, rows: int) -> Floats:
    return numbers[name].values if name in numbers else np.full(rows, np.nan)


def _set_price(prices: Floats) -> Floats:
    """A stop or target of 0 is how platforms write "not set"."""
    return np.where(prices == 0, np.nan, prices)


def _fingerprint(
    extract: Extract, texts: Mapping[str, pa.Array], numbers: Mapping[str, Numbers], side: Sides, times: Times
) -> pa.Array:
    stated = {
        name: numbers[name].values for name in ("entry_price", "exit_price", "net_profit", "profit") if name in numbers
    }
    clocks = {name: clock.local for name, clock in times.clocks.items()}
    fields = {"account": texts["account"], "symbol": texts["symbol"], "size": numbers["size"].values}
    fields |= {"side": side.words} if "side" in extract.columns else {}
    return fingerprints(extract.format, list((fields | clocks | stated).items()))


def same_ids(extract: Extract, values: dict[str, Any], left_out: Mask) -> Mask:
    """Make ids unique in `values`, and say which rows merely repeat another one.

    A ticket that stands twice with the same content is one trade written twice: the second row is dropped. With
    different content, or where ids are shared by nature (orders filled in parts), part of the fingerprint is added to
    the id, which does not depend on what else the file holds; identical rows of a shared id stay apart by a count. Ids
    that merely count the rows begin anew in the next file, where they would name other trades: they are dropped.
    """
    repeated = np.zeros(len(extract.lines), dtype=bool)
    column = values["external_id"]
    if not extract.shared_ids and _counts_rows(column):
        values["external_id"] = pa.nulls(len(column), pa.string())
        return repeated
    if column.null_count == len(column) or not (extract.shared_ids or _any_twice(column)):
        return repeated
    frame = pd.DataFrame({"account": values["account"], "id": column, "print": values["fingerprint"]}, dtype="str")
    frame = frame[frame["id"].notna().to_numpy() & ~left_out]
    if frame.empty:
        return repeated
    nth = frame.groupby(["account", "id", "print"], dropna=False).cumcount()
    if not extract.shared_ids:
        repeated[frame.index[nth > 0]] = True
        frame = frame[nth == 0]
    unlike = frame.duplicated(["account", "id"], keep=False) | extract.shared_ids
    told_apart = frame["id"] + ID_SEPARATOR + frame["print"].str.slice(2, 10)
    told_apart = told_apart + nth.map(lambda count: f"{ID_SEPARATOR}{count + 1}" if count else "").reindex(frame.index)
    ids = column.to_numpy(zero_copy_only=False).copy()
    ids[frame.index[unlike]] = told_apart[unlike].to_numpy()
    values["external_id"] = pa.array(ids, pa.string())
    return repeated


def _counts_rows(ids: pa.Array) -> bool:
    """Whether ids are small numbers, each once, as a list numbers its rows."""
    told = ids.drop_null()
    if not len(told) or not pc.all(pc.match_substring_regex(told, r"^\d{1,9}$")).as_py():
        return False
    numbers = told.cast(pa.int64())
    return bool(pc.max(numbers).as_py() <= COUNTED * len(ids) and len(numbers.unique()) == len(numbers))


def _any_twice(ids: pa.Array) -> bool:
    return bool(len(ids.unique()) < len(ids) - max(ids.null_count - 1, 0))


def repeated_notice(repeated: Mask) -> tuple[str, ...]:
    """Says how many rows merely repeat another one."""
    count = int(repeated.sum())
    told = messages(
        "{n} row repeats another row, id and all, and counts once.",
        "{n} rows repeat another row, id and all, and count once.",
        n=count,
    )
    return (told,) if count else ()


def _frame(values: dict[str, Any], keep: Mask) -> pd.DataFrame:
    """The rows to keep with the declared columns and types; columns are handed over one by one to save memory."""
    everything = bool(keep.all())
    chosen = pa.array(keep)
    columns = {}
    for name, kind in TRADE_COLUMNS.items():
        column = values.pop(name)
        if not everything:
            column = column.filter(chosen) if isinstance(column, pa.Array) else column[keep]
        columns[name] = _series(column, kind)
    return pd.DataFrame(columns, copy=False)


def _series(column: Any, kind: str) -> Any:
    if kind == "str":
        return strings(column)
    if kind.endswith("UTC]"):
        return as_times(np.ascontiguousarray(column))
    return pd.Series(column, copy=False)


def _only(column: pd.Series, otherwise: str | None) -> str | None:
    """The one value of a column, `None` when there are several."""
    if column.empty:
        return otherwise
    found = column.unique()
    return str(found[0]) if len(found) == 1 and pd.notna(found[0]) else None
