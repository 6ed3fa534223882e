"""From the text columns of a list of fills to the frame `FILL_COLUMNS`: what each execution bought or sold, and the
cash it moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing import checks, worth
from mentor.importing.currencies import check_costs, foreign_units, row_currencies
from mentor.importing.date_text import NEVER, Ints
from mentor.importing.extract import Extract
from mentor.importing.faults import Faults, Mask, mask_of
from mentor.importing.fingerprint import fingerprints
from mentor.importing.instants import as_times
from mentor.importing.money import paid_costs
from mentor.importing.normalise import repeated_notice, same_ids, text_columns
from mentor.importing.numbers import Floats, Numbers, read_numbers
from mentor.importing.reading import DayRule, strings
from mentor.importing.sides import exit_flags, read_actions
from mentor.importing.times import Times, take_times
from mentor.messages import message, messages
from mentor.models import ImportOptions, Question, Rejection

NUMERIC = ("size", "price", "gross", "amount", "realized", "multiplier")
#: A broker rounds the cash of a fill, and each of its costs, to the cent.
ROUNDING = 0.02
#: What the cash of a fill may differ from price × size by and still be one with costs that no column states.
UNSTATED_COSTS = 0.05
#: Where a short may be opened by an ordinary sell, whatever else the file lists.
TWO_WAY = frozenset(("future", "future option", "forex", "cfd"))

#: The schema of fills, in order. Money is in the fill's own currency. Missing: NaN, NaT.
FILL_COLUMNS = MappingProxyType(
    {
        "account": "str",
        "symbol": "str",
        "currency": "str",
        "at": "datetime64[us, UTC]",  # missing: only the day is known
        "session_date": "datetime64[s]",  # the trader's local day
        "sequence": "int64",  # the file's own order, oldest first
        "action": "str",  # 'buy', 'sell', 'remove' (expired, assigned), 'break' (split, transfer)
        "quantity": "float64",  # positive; missing: all that is open
        "price": "float64",
        "multiplier": "float64",
        "fees": "float64",  # positive = paid
        "gross": "float64",  # cash moved before costs, negative = paid
        "realized": "float64",  # gross profit the broker says this fill realised
        "effect": "str",  # 'open', 'close', 'reverse' (both) or missing
        "leg": "str",  # 'long' or 'short' where an account may hold both of one symbol at once
        "may_short": "bool",  # a sell may open a short
        "external_id": "str",
        "fingerprint": "str",
        "notes": "str",
        "strategy_used": "str",
        "emotion": "str",
        "stop_loss_used": "bool",
        "take_profit_used": "bool",
        "line": "int64",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FillList:
    """The fills of one file, in file order, with everything refused, ignored, asked and decided on the way."""

    fills: pd.DataFrame
    zone: str
    rejected: tuple[Rejection, ...]
    ignored_rows: int
    questions: tuple[Question, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cash:
    """What each fill moved; NaN gross waits for a multiplier."""

    gross: Floats
    fees: Floats
    multiplier: Floats
    questions: tuple[Question, ...]
    notices: tuple[str, ...]


def take_fills(extract: Extract, *, day_rule: DayRule, options: ImportOptions) -> FillList:
    """Check and convert every row of an extract whose `shorts` are stated."""
    extract = _as_entries(extract)
    faults = Faults(len(extract.lines))
    texts = text_columns(extract, options)
    numbers = _numbers(extract)
    times = take_times(extract, faults, day_rule=day_rule, options=options)
    action, effect, no_trade = _actions(extract, numbers, faults)
    moves = mask_of(pc.is_in(action, pa.array(["buy", "sell"])))
    no_trade |= checks.summary_rows(extract, texts["symbol"], times)
    _check_numbers(extract, numbers, moves, faults)
    checks.check_rows(extract, texts["symbol"], times, faults)
    texts["currency"] = row_currencies(extract, numbers, faults)
    check_costs(extract, numbers, texts["currency"], faults)
    cash = _cash(extract, numbers, action, texts, options, wanted=moves & ~faults.mask & ~no_trade)
    values = _values(extract, texts, numbers, times, action, effect, cash)
    repeated = same_ids(extract, values, faults.mask | no_trade)
    keep = ~(faults.mask | no_trade | repeated)
    rejected = (*extract.rejected, *faults.rejections(extract.lines, no_trade))
    return FillList(
        fills=_frame(values, keep),
        zone=times.zone,
        rejected=tuple(sorted(rejected, key=lambda rejection: rejection.line or 0)),
        ignored_rows=extract.ignored_rows + int((no_trade | repeated).sum()),
        questions=(*times.questions, *cash.questions),
        notices=(*extract.notices, *times.notices, *cash.notices, *repeated_notice(repeated)),
    )


def _as_entries(extract: Extract) -> Extract:
    """A fill has one time: shown to the readers of times as an entry."""
    columns = {("entry_time" if name == "time" else name): column for name, column in extract.columns.items()}
    return replace(extract, columns=columns)


def _numbers(extract: Extract) -> dict[str, Numbers]:
    columns = {name: extract.columns[name].cells for name in NUMERIC if name in extract.columns}
    columns |= {f"cost {at}": cost.column.cells for at, cost in enumerate(extract.costs)}
    return read_numbers(columns, decimal_unsure=extract.decimal_unsure)


def _actions(extract: Extract, numbers: Mapping[str, Numbers], faults: Faults) -> tuple[pa.Array, pa.Array, Mask]:
    """What each row does and whether it opens or closes: from its word, else from the sign of its size."""
    rows, size = len(extract.lines), numbers["size"].values
    words = np.array([None, "buy", "sell"], dtype=object)
    signed = pa.array(words[np.sign(np.nan_to_num(size)).astype(np.int64)], pa.string())
    column, stated = extract.columns.get("side"), extract.columns.get("effect")
    nothing = pa.nulls(rows, pa.string())
    if column is None:
        return signed, stated.cells if stated else nothing, np.zeros(rows, dtype=bool)
    own = pc.is_in(column.cells, pa.array(["remove", "break"])).fill_null(False)
    worded = pc.if_else(own, pa.scalar(None, pa.string()), column.cells.cast(pa.string()))
    read = read_actions(worded)
    action = pc.if_else(own, column.cells.cast(pa.string()), read.action)
    faults.add(read.unknown, column, message("is neither buy nor sell"))
    blank = mask_of(pc.is_null(action)) & ~read.unknown & ~read.no_trade
    faults.add(blank, column, message("is empty, and a fill needs a side"))
    contrary = mask_of(pc.equal(action, "buy")) & (size < 0)
    faults.add(contrary, extract.columns["size"], message("is negative although the side is a buy"))
    effect = pc.coalesce(stated.cells.cast(pa.string()), read.effect) if stated else read.effect
    return action, effect, read.no_trade


def _check_numbers(extract: Extract, numbers: Mapping[str, Numbers], moves: Mask, faults: Faults) -> None:
    for name, read in numbers.items():
        for mask, reason in read.faults:
            faults.add(mask, checks.column_of(extract, name), reason)
        if name != "size":
            no_currency = message("has a unit that is no currency")
            faults.add(foreign_units(read), checks.column_of(extract, name), no_currency)
    size = numbers["size"].values
    faults.add(moves & np.isnan(size), extract.columns["size"], message("is empty"))
    faults.add(moves & (size == 0), extract.columns["size"], message("is zero, which is no size of a fill"))
    cash = [numbers[name].values for name in ("gross", "amount") if name in numbers]
    unknown = np.logical_and.reduce([np.isnan(values) for values in cash]) if cash else np.ones(len(size), dtype=bool)
    price = numbers["price"].values if "price" in numbers else np.full(len(size), np.nan)
    column = extract.columns.get("price") or extract.columns["size"]
    costless = message("is empty, so nothing says what the fill cost")
    faults.add(moves & unknown & np.isnan(price), column, costless)


def _cash(
    extract: Extract,
    numbers: Mapping[str, Numbers],
    action: pa.Array,
    texts: Mapping[str, pa.Array],
    options: ImportOptions,
    *,
    wanted: Mask,
) -> _Cash:
    """Cash before costs and the costs of every fill: the broker's own cash where stated, else from its price."""
    rows = len(extract.lines)
    values = {name: numbers[name].values if name in numbers else np.full(rows, np.nan) for name in NUMERIC}
    sign = np.where(mask_of(pc.equal(action, "buy")), -1.0, np.where(mask_of(pc.equal(action, "sell")), 1.0, np.nan))
    symbols, currencies = texts["symbol"], texts["currency"]
    money = worth.per_point(
        extract, symbols, options, prices=values["price"], currencies=currencies, stated=values["multiplier"]
    )
    priced = sign * np.abs(values["size"]) * values["price"] * money.multiplier
    stated = sign * np.abs(values["gross"]) * np.where(values["price"] < 0, -1.0, 1.0)
    stated = np.where(np.isnan(values["gross"]), priced, stated)
    fees, notices = paid_costs(extract.costs, numbers, rows)
    amount, told = _signed(extract, values["amount"], sign)
    slack = ROUNDING + (_price_rounding(values["price"], values["size"], money.multiplier) if extract.costs else 0)
    gross, fees, more = _reconciled(stated, amount, fees, slack)
    unknown = wanted & np.isnan(gross) & np.isnan(values["realized"])
    return _Cash(
        gross=np.round(gross, 10),
        fees=np.round(fees, 10),
        multiplier=money.multiplier,
        questions=worth.questions(symbols, unknown),
        notices=(*money.notices, *notices, *told, *more),
    )


def _signed(extract: Extract, amount: Floats, sign: Floats) -> tuple[Floats, tuple[str, ...]]:
    """Cash with the sign it moved with: a file may state all amounts without one, or all the other way round."""
    both = ~np.isnan(amount) & ~np.isnan(sign) & (amount != 0)
    if not both.any():
        return amount, ()
    against = np.sign(amount[both]) != sign[both]
    if (amount[both] > 0).all() and against.any():
        return np.where(np.isnan(sign), amount, sign * amount), ()
    header = extract.columns["amount"].header
    if against.sum() > both.sum() / 2:
        told = message("{column} counts money paid as positive: its signs are turned round.", column=header)
        return -amount, (told,)
    return amount, ()


def _price_rounding(price: Floats, size: Floats, multiplier: Floats) -> Floats:
    """What a price rounded to its last decimal may leave of the cash: an average has more decimals than are written.

    A price in whole cents is only rounded where it is that of shares; where costs are stated, the rest is none of them.
    """
    cents = np.abs(price * 100 - np.rint(price * 100)) < 1e-6
    unit = np.where(cents, np.where(multiplier == 1, 0.01, 0.0), 0.0001)
    return np.nan_to_num(unit / 2 * np.abs(size) * multiplier)


def _reconciled(
    priced: Floats, amount: Floats, fees: Floats, slack: Floats | float
) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Cash before costs, and costs: net is the stated amount where there is one.

    The costs stated are kept where they explain the difference to price × size but for `slack`; what they leave
    unexplained is a cost when it is small, and otherwise the price was not in the currency or the unit of the amount.
    An amount that has the trader receive the stated costs is no cash: price, size and costs count.
    """
    missing = priced - np.nan_to_num(fees) - amount
    contrary = (fees > slack) & (np.abs(missing + 2 * fees) <= slack)
    known = ~np.isnan(amount) & ~contrary
    explained = np.isnan(priced) | (np.abs(missing) <= slack)
    small = (missing >= -ROUNDING) & (np.abs(missing) <= np.maximum(UNSTATED_COSTS * np.abs(priced), 1))
    implied = known & ~explained & small
    apart = known & ~explained & ~small
    paid = np.where(implied, priced - amount, fees)
    gross = np.where(known, amount + np.nan_to_num(paid), priced)
    gross = np.where(contrary, priced, gross)
    return gross, paid, _cash_notices(contrary, implied, apart)


def _cash_notices(contrary: Mask, implied: Mask, apart: Mask) -> tuple[str, ...]:
    """Says where price, size and costs do not come to the cash that is stated."""
    told = {
        messages(
            "{n} fill states cash that adds its costs: price, size and costs count instead.",
            "{n} fills state cash that adds their costs: price, size and costs count instead.",
            n=int(contrary.sum()),
        ): contrary,
        messages(
            "{n} fill moved more cash than it states: what price, size and stated costs leave of the cash counts as "
            "costs.",
            "{n} fills moved more cash than they state: what price, size and stated costs leave of the cash counts as "
            "costs.",
            n=int(implied.sum()),
        ): implied,
        messages(
            "{n} fill moved other cash than price and size say: the broker's cash counts.",
            "{n} fills moved other cash than price and size say: the broker's cash counts.",
            n=int(apart.sum()),
        ): apart,
    }
    return tuple(words for words, mask in told.items() if mask.any())


def _values(
    extract: Extract,
    texts: Mapping[str, pa.Array],
    numbers: Mapping[str, Numbers],
    times: Times,
    action: pa.Array,
    effect: pa.Array,
    cash: _Cash,
) -> dict[str, Any]:
    rows, size = len(extract.lines), numbers["size"].values
    price = numbers["price"].values if "price" in numbers else np.full(rows, np.nan)
    stop_used, target_used = exit_flags(texts["notes"])
    clock = times.clocks["entry_time"].local
    identity = {"symbol": texts["symbol"], "action": action, "size": np.abs(size), "time": clock, "price": price}
    return {
        "account": texts["account"],
        "symbol": texts["symbol"],
        "currency": texts["currency"],
        "at": times.entry,
        "session_date": times.session_date,
        "sequence": _sequence(times, newest_first=extract.newest_first),
        "action": action,
        "quantity": np.where(size == 0, np.nan, np.abs(size)),
        "price": price,
        "multiplier": cash.multiplier,
        "fees": cash.fees,
        "gross": cash.gross,
        "realized": numbers["realized"].values if "realized" in numbers else np.full(rows, np.nan),
        "effect": effect,
        "leg": _leg(extract),
        "may_short": _may_short(extract, effect),
        "external_id": texts["external_id"],
        "fingerprint": fingerprints(f"fills of {extract.format}", list(identity.items())),
        "notes": texts["notes"],
        "strategy_used": texts["strategy"],
        "emotion": texts["emotion"],
        "stop_loss_used": stop_used,
        "take_profit_used": target_used,
        "line": extract.lines,
    }


def _sequence(times: Times, *, newest_first: bool) -> Ints:
    """Places in the file, turned round where it lists the newest first; the broker's usual order when all are alike."""
    local = times.clocks["entry_time"].local
    known = local[local != NEVER]
    rows = np.arange(len(local), dtype=np.int64)
    steps = np.sign(np.diff(known)).sum() if len(known) > 1 else 0
    return rows[::-1].copy() if steps < 0 or (steps == 0 and newest_first) else rows


def _may_short(extract: Extract, effect: pa.Array) -> Mask:
    opens = mask_of(pc.equal(effect, "open"))
    two_way = worth.assets(extract)
    return opens | (extract.shorts == "usual") | mask_of(pc.is_in(two_way, pa.array(sorted(TWO_WAY))))


def _leg(extract: Extract) -> pa.Array:
    column = extract.columns.get("leg")
    return column.cells if column else pa.nulls(len(extract.lines), pa.string())


def _frame(values: dict[str, Any], keep: Mask) -> pd.DataFrame:
    chosen, columns = pa.array(keep), {}
    for name, kind in FILL_COLUMNS.items():
        column = values[name]
        column = column.filter(chosen) if isinstance(column, pa.Array) else column[keep]
        if kind == "str":
            columns[name] = strings(column)
        elif kind.endswith("UTC]"):
            columns[name] = as_times(np.ascontiguousarray(column))
        else:
            columns[name] = pd.Series(column, copy=False)
    return pd.DataFrame(columns, copy=False)


def empty_fills() -> pd.DataFrame:
    """The frame of `FILL_COLUMNS` without rows."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in FILL_COLUMNS.items()})
