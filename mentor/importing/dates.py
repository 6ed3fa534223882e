"""From dates taken apart to local clock values: the order of day and month is decided once for a whole file and asked
when nothing in it decides; days that do not exist are faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mentor.importing.date_text import DAY, NEVER, Dates, Ints, Small
from mentor.importing.faults import Mask

Order = Literal["dmy", "mdy", "ymd"]


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


def decide_order(columns: Iterable[Dates]) -> Order | None:
    """The order most dates of a file can only be read in; dots mean day first; `None` when nothing decides."""
    columns = list(columns)
    day_first = sum(int(((c.first > 12) & ~c.fixed).sum()) for c in columns)
    month_first = sum(int(((c.second > 12) & ~c.fixed).sum()) for c in columns)
    if day_first == month_first == 0:
        day_first = sum(int((c.dotted & ~c.fixed).sum()) for c in columns)
    if day_first == month_first:
        return None
    return "dmy" if day_first > month_first else "mdy"


def undecided(dates: Dates) -> Mask:
    """Dates that are another day when day and month change places."""
    unsure: Mask = dates.written & ~dates.fixed & (dates.first != dates.second)
    return unsure


def assemble(dates: Dates, order: Order | None) -> Clocks:
    """Local clock values in the given order; without one, what depends on it stays pending."""
    pending = undecided(dates) if order is None else np.zeros_like(dates.fixed)
    year, month, day = _ordered(dates, order or "dmy")
    days, real = _days(year, month, day)
    known = dates.written & ~pending & real
    timed = known & (dates.micros != NEVER)
    local = np.where(known, days * DAY + np.where(timed, dates.micros, 0), NEVER)
    impossible = dates.written & ~pending & ~real
    faults = (
        (impossible & dates.fixed, "is no day of the calendar"),
        (impossible & ~dates.fixed, _impossible(order)),
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
    return np.where(year < 100, year + 2000, year), month, day


def _days(year: Small, month: Small, day: Small) -> tuple[Ints, Mask]:
    """Days since 1970, and whether there is such a day between 1970 and 2199."""
    sane = (year >= 1970) & (year < 2200) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = np.where(sane, (year.astype(np.int64) - 1970) * 12 + month - 1, 0)
    starts = months.view("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = starts + np.where(sane, day - 1, 0)
    back = days.view("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return days, sane & (back == months)


def _impossible(order: Order | None) -> str:
    names = {"dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year-month-day"}
    return f"is no day of the calendar, read as {names[order]}" if order else "is no day of the calendar"
