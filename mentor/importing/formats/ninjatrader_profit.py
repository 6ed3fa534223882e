"""What NinjaTrader's column Profit is: before or after costs, which depends on its version and settings.

The steps of the cumulated net profit tell, and so do prices and size where we know the contract. Where they disagree,
or neither tells, the rows are refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mentor.importing.contracts import multipliers
from mentor.importing.formats.cells import numbers, text
from mentor.messages import message

UNDECIDED = message("has costs, and nothing in the file says for certain whether its profit is before or after them")
CONTRARY = message(
    "has a profit before costs by its prices, and after costs by the cumulated profit, or the other way round"
)
HIDDEN = message("does not come to the step of the cumulated net profit: show all cost columns and export again")
OTHER_UNIT = message("has a profit in points or ticks: choose Currency as display unit and export again")
#: A sign or a code of a currency.
SIGN = r"[$€£¥₽₺₹]|[A-Za-z]{2,}"
#: Every amount is rounded to the cent.
ROUNDING = 0.005


@dataclass(frozen=True, eq=False, kw_only=True)
class _Reading:
    """One way to read the column Profit: net already or before the costs in `paid`."""

    net: bool
    paid: tuple[str, ...]
    before_costs: pd.Series
    after_costs: pd.Series


def judged(rows: pd.DataFrame, costs: tuple[str, ...]) -> pd.DataFrame:
    """Rows with Profit as `profit` (before `costs`) or `net_profit`, whichever the whole file allows, or refused.

    `total` is the cumulated net profit, `number` the place of a trade in it; `side` is "long" or "short".
    """
    values = numbers(rows, "size", "entry_price", "exit_price", "profit", "total", "number", *costs)
    values = values.mask(rows["ignored"].notna())
    step, points, worth = _steps(values), _points(rows, values), _worth(rows, values)
    readings = _readings(values, costs)
    by_steps = [one for one in readings if _known(step) and _alike(one, one.after_costs, step).all()]
    made = _telling(values[list(costs)], points * worth)
    by_prices = [one for one in readings if _alike(one, one.before_costs, made).mean() > 0.5]
    both = [one for one in by_steps if one in by_prices]
    if not by_prices and (_other_unit(values["profit"] / points, worth) or _unitless(rows, costs)):
        rows["refused"] = OTHER_UNIT
    elif not by_steps and _is_complete(values, step):
        rows["refused"] = HIDDEN
    elif by_steps and by_prices and not both:
        rows["refused"] = CONTRARY
    elif chosen := next(iter((*both, *by_steps, *by_prices)), None):
        rows[sorted(set(costs) - set(chosen.paid))] = None
        rows = rows.rename(columns={"profit": "net_profit"}) if chosen.net else rows
    else:
        rows.loc[values[list(costs)].fillna(0).ne(0).any(axis="columns"), "refused"] = UNDECIDED
    return rows


def _readings(values: pd.DataFrame, costs: tuple[str, ...]) -> list[_Reading]:
    """Before all costs, net, and the same with a commission that holds the fees beside it already."""
    profit, found = values["profit"], []
    for paid in dict.fromkeys((costs, costs[:1])):
        total = values[list(paid)].abs().fillna(0).sum(axis="columns")
        found += [
            _Reading(net=False, paid=paid, before_costs=profit, after_costs=profit - total),
            _Reading(net=True, paid=paid, before_costs=profit + total, after_costs=profit),
        ]
    return found


def _steps(values: pd.DataFrame) -> pd.Series:
    """What each trade added to the cumulated net profit, in the order of the trades' numbers."""
    if "total" not in values:
        return pd.Series(np.nan, index=values.index)
    order = values["number"].argsort(kind="stable") if "number" in values else slice(None)
    total = values["total"].iloc[order]
    return total.diff().fillna(total).reindex(values.index)


def _is_complete(values: pd.DataFrame, step: pd.Series) -> bool:
    """Whether the file has every trade from the first on, so that the steps must be right."""
    if "number" not in values:
        return False
    listed = np.sort(values["number"].dropna())
    return _known(step) and np.array_equal(listed, np.arange(1, len(listed) + 1))


def _points(rows: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    sign = rows["side"].map({"long": 1, "short": -1})
    return (values["exit_price"] - values["entry_price"]) * values["size"] * sign


def _worth(rows: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    found = multipliers(text(rows["symbol"]), None, prices=values["entry_price"].to_numpy())
    return pd.Series(found, index=rows.index)


def _other_unit(ratio: pd.Series, worth: pd.Series) -> bool:
    """Whether every profit is a whole number of times the points made, and none what they are worth."""
    ratio = ratio[np.isfinite(ratio) & worth.notna()]
    whole = (ratio - ratio.round()).abs().lt(1e-9) & ratio.ge(1)
    return _known(ratio) and bool((whole & (ratio - worth[ratio.index]).abs().gt(1e-9)).all())


def _telling(costs: pd.DataFrame, made: pd.Series) -> pd.Series:
    """What was made by the prices, of rows with costs alone where there are any: without them net is gross."""
    paid = costs.fillna(0).ne(0).any(axis="columns")
    return made.where(paid) if paid.any() else made


def _unitless(rows: pd.DataFrame, costs: tuple[str, ...]) -> bool:
    """Whether costs are written as money and profits are not: then these are in points, ticks or pips."""
    signed = [rows[name].str.contains(SIGN, regex=True).any() for name in costs]
    return any(signed) and not rows["profit"].str.contains(SIGN, regex=True).any()


def _alike(reading: _Reading, one: pd.Series, other: pd.Series) -> pd.Series:
    """Where both amounts are known: whether they differ by no more than what was rounded, a step on both sides."""
    return (one - other).dropna().abs() < ROUNDING * (3.1 + len(reading.paid))


def _known(values: pd.Series) -> bool:
    return bool(values.notna().any())
