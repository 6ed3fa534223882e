"""Net profit and costs of every row: from a stated profit and cost columns, or from prices, size and multiplier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from mentor.importing import worth
from mentor.importing.extract import Cost, Extract
from mentor.importing.faults import Mask
from mentor.importing.numbers import Floats, Numbers
from mentor.importing.sides import Sides
from mentor.messages import message
from mentor.models import ImportOptions, Question

#: So many rows are held against their prices; costs below `PROVING` prove nothing.
PROOF, PROVING = 10_000, 0.02
#: What a unit of size may be worth a point: shares, options, futures, ounces, lots of currencies.
CONTRACTS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1_000.0, 10_000.0, 100_000.0)
#: Sums are kept to this many decimals, far below a cent and a satoshi: binary dust such as 0.1 + 0.2 goes.
DECIMALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Net profit (NaN: waits for a multiplier) and costs (positive = paid, NaN: unknown) in the trade's currency."""

    net: Floats
    fees: Floats
    questions: tuple[Question, ...]
    notices: tuple[str, ...]


def take_money(
    extract: Extract,
    numbers: Mapping[str, Numbers],
    side: Sides,
    texts: Mapping[str, pa.Array],
    options: ImportOptions,
    *,
    wanted: Mask,
) -> Money:
    """Net = gross − fees; a column that is net already is taken as it is. Only `wanted` rows ask for multipliers."""
    fees, sign_notices = paid_costs(extract.costs, numbers, len(wanted))
    questions: tuple[Question, ...] = ()
    if "net_profit" in numbers:
        net = numbers["net_profit"].values
        if "profit" in numbers and not extract.costs:
            fees = numbers["profit"].values - net
        notice = _already_net(extract.columns["net_profit"].header)
    elif "profit" in numbers and not _says_gross(extract) and _proves_net(numbers, side, fees):
        net = numbers["profit"].values
        notice = _proved_net(extract.columns["profit"].header)
    elif "profit" in numbers:
        net = numbers["profit"].values - np.nan_to_num(fees)
        notice = _treatment(extract.columns["profit"].header, extract.costs)
    else:
        gross, questions, sources = _from_prices(extract, numbers, side, texts, options, wanted)
        net = gross - np.nan_to_num(fees)
        notice = message("Profit is calculated from prices and size.")
        sign_notices += sources
    return Money(
        net=np.round(net, DECIMALS), fees=np.round(fees, DECIMALS), questions=questions, notices=(notice, *sign_notices)
    )


def _says_gross(extract: Extract) -> bool:
    return "gross" in extract.columns["profit"].header.casefold()


def _proves_net(numbers: Mapping[str, Numbers], side: Sides, fees: Floats) -> bool:
    """Whether profits are (exit − entry) × size × a contract's size less the costs, and not what is before them."""
    if not {"entry_price", "exit_price"} <= numbers.keys():
        return False
    rows = np.abs(np.nan_to_num(fees[:PROOF])) > PROVING
    moved = (numbers["exit_price"].values - numbers["entry_price"].values) * side.signs
    gross = np.multiply.outer(CONTRACTS, (moved * np.abs(numbers["size"].values))[:PROOF][rows])
    profit, paid = numbers["profit"].values[:PROOF][rows], fees[:PROOF][rows]
    fits = [(np.abs(gross - stated) < PROVING / 2).any(axis=0) & (profit != 0) for stated in (profit + paid, profit)]
    net, before = (int(fit.sum()) for fit in fits)
    return net > 4 * before and net * 10 >= len(profit)


def _already_net(header: str) -> str:
    return message("Column {column} is net: nothing is deducted from it.", column=header)


def _proved_net(header: str) -> str:
    return message("Column {column} is net: prices and sizes prove that the costs are in it already.", column=header)


def _treatment(header: str, costs: tuple[Cost, ...]) -> str:
    if not costs:
        return message("Column {column} is taken as it stands; the file states no costs.", column=header)
    deducted = ", ".join(cost.column.header for cost in costs)
    return message("Column {column} is before costs; deducted: {costs}.", column=header, costs=deducted)


def paid_costs(costs: tuple[Cost, ...], numbers: Mapping[str, Numbers], rows: int) -> tuple[Floats, list[str]]:
    """The sum of the cost columns, positive = paid; NaN where a row states none."""
    total, stated, notices = np.zeros(rows), np.zeros(rows, dtype=bool), []
    for at, cost in enumerate(costs):
        values = numbers[f"cost {at}"].values
        sign, notice = _paid_sign(cost, values)
        total += sign * np.nan_to_num(values)
        stated |= ~np.isnan(values)
        notices += [notice] if notice else []
    return np.where(stated, total, np.nan), notices


def _paid_sign(cost: Cost, values: Floats) -> tuple[int, str]:
    """+1 where positive means paid, −1 where negative does."""
    below, above = int((values < 0).sum()), int((values > 0).sum())
    header = cost.column.header
    if cost.sign == "flow":
        return -1, ""
    if below and above:
        notice = _both_signs(header, negative_paid=below > above)
    else:
        negative = cost.sign == "paid" and below
        notice = _negative_throughout(header) if negative else ""
    return (-1 if below > above else 1), notice


def _negative_throughout(header: str) -> str:
    return message("{column} is negative throughout: read as money paid.", column=header)


def _both_signs(header: str, *, negative_paid: bool) -> str:
    if negative_paid:
        return message(
            "{column} has both signs: negative amounts are read as paid, positive ones as paid back.", column=header
        )
    return message(
        "{column} has both signs: positive amounts are read as paid, negative ones as paid back.", column=header
    )


def _from_prices(
    extract: Extract,
    numbers: Mapping[str, Numbers],
    side: Sides,
    texts: Mapping[str, pa.Array],
    options: ImportOptions,
    wanted: Mask,
) -> tuple[Floats, tuple[Question, ...], tuple[str, ...]]:
    """(exit − entry) × size × multiplier, the other way round for a short; NaN while a multiplier is unknown."""
    moved = (numbers["exit_price"].values - numbers["entry_price"].values) * side.signs
    symbols, prices = texts["symbol"], numbers["exit_price"].values
    money = worth.per_point(extract, symbols, options, prices=prices, currencies=texts["currency"])
    gross = moved * np.abs(numbers["size"].values) * money.multiplier
    gross = np.where(moved == 0, 0.0, gross)
    unknown = wanted & np.isnan(money.multiplier) & (moved != 0) & ~np.isnan(moved)
    return gross, worth.questions(symbols, unknown), money.notices
