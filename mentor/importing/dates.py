"""From dates taken apart to local clock values: the order of day and month is decided once for a whole file and asked
when nothing in it decides; days that do not exist are faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from mentor.importing.date_text import DAY, NEVER, Dates, Ints, Small, full_year
from mentor.importing.faults import Mask
from mentor.messages import message

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = get_args(Order)
ORDER_WORDS: dict[Order, str] = {
    "dmy": message("day/month/year"),
    "mdy": message("month/day/year"),
    "ymd": message("year-month-day"),
}
#: Years a trade can be from; two digits are read from 1970 to 2069.
FIRST_YEAR, LAST_YEAR = 1970, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Local clock values in microseconds since 1970 (NEVER where unknown) and whole days where only those are known.

    `offset` as in `Dates`; `timed` says which have a clock time; `pending` waits for the order of day and month.
    """

    local: Ints
    timed: Mask
    offset: Ints
    pending: Mask
    faults: tuple[tuple[Mask, str], ...]


def decide_order(columns: Iterable[Dates], fixed: Order | None = None) -> Order | None:
    """The only order that all dates of a file can be read in; dots mean day first; `None` when nothing decides.

    `fixed`, the order a known broker writes, holds unless a date contradicts it: another account's settings wrote that.
    """
    columns = list(columns)
    fitting, _ = _fitting(columns)
    if fixed in fitting:
        return fixed
    if len(fitting) == 1:
        return fitting[0]
    dotted = any((dates.dotted & ~dates.fixed).any() for dates in columns)
    return "dmy" if dotted and "dmy" in fitting else None


def order_choices(columns: Iterable[Dates]) -> tuple[tuple[Order, ...], bool]:
    """The orders to choose from, and whether the file contradicts itself: no order fits all of its dates."""
    every, some = _fitting(list(columns))
    return every or some, not every


def _fitting(columns: Sequence[Dates]) -> tuple[tuple[Order, ...], tuple[Order, ...]]:
    """The orders that fit every date, and those that fit at least one; what is no date in any order has no say."""
    every: set[Order] = set(ORDERS)
    some: set[Order] = set()
    for dates in columns:
        undetermined = dates.written & ~dates.fixed
        fits = {order: _fits(dates, order) & undetermined for order in ORDERS if undetermined.any()}
        readable = np.logical_or.reduce([np.zeros_like(undetermined), *fits.values()])
        every -= {order for order, fit in fits.items() if (readable & ~fit).any()}
        some |= {order for order, fit in fits.items() if fit.any()}
    return tuple(o for o in ORDERS if o in every), tuple(o for o in ORDERS if o in some)


def _fits(dates: Dates, order: Order) -> Mask:
    """Where month and day can be that; the year stands first only in dates without a part of four digits."""
    first, second, third = dates.first, dates.second, dates.third
    day, month = {"dmy": (first, second), "mdy": (second, first), "ymd": (third, second)}[order]
    fits: Mask = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return fits & dates.short if order == "ymd" else fits


def undecided(dates: Dates) -> Mask:
    """Dates that are another day when day and month, or day and year, change places."""
    differs = (dates.first != dates.second) | (dates.short & (dates.first != dates.third))
    unsure: Mask = dates.written & ~dates.fixed & differs
    return unsure


def assemble(dates: Dates, order: Order | None) -> Clocks:
    """Local clock values in the given order; without one, what depends on it stays pending."""
    pending = undecided(dates) if order is None else np.zeros_like(dates.fixed)
    year, month, day = _ordered(dates, order or "dmy")
    within = (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    days, real = _days(np.where(within, year, FIRST_YEAR), month, day)
    real &= within
    known = dates.written & ~pending & real
    timed = known & (dates.micros != NEVER)
    local = np.where(known, days * DAY + np.where(timed, dates.micros, 0), NEVER)
    impossible = dates.written & ~pending & ~real
    wrong_year = impossible & ~within & (dates.fixed | (~dates.short & (order in ("dmy", "mdy"))))
    faults = (
        (wrong_year, message("has a year before {first} or after {last}", first=FIRST_YEAR, last=LAST_YEAR)),
        (impossible & ~wrong_year & dates.fixed, message("is no day of the calendar")),
        (impossible & ~wrong_year & ~dates.fixed, _impossible(order)),
    )
    return Clocks(local=local, timed=timed, offset=dates.offset, pending=pending, faults=(*dates.faults, *faults))


def _ordered(dates: Dates, order: Order) -> tuple[Small, Small, Small]:
    first, second, third = dates.first, dates.second, dates.third
    if order == "ymd":
        year, month, day = first, second, third
    else:
        day, month = (first, second) if order == "dmy" else (second, first)
        year, day = np.where(dates.fixed, first, third), np.where(dates.fixed, third, day)
        month = np.where(dates.fixed, second, month)
    return np.where(dates.short, full_year(year), year), month, day


def _days(year: Small, month: Small, day: Small) -> tuple[Ints, Mask]:
    """Days since 1970, and whether there is such a day."""
    sane = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(sane, (year.astype(np.int64) - 1970) * 12 + month - 1, 0)
    starts = months.view("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = starts + np.where(sane, day - 1, 0)
    back = days.view("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return days, sane & (back == months)


def _impossible(order: Order | None) -> str:
    if order is None:
        return message("is no day of the calendar")
    return message("is no day of the calendar, read as {order}", order=ORDER_WORDS[order])
