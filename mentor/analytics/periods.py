"""Weeks and months: what they are called, where they begin and end, and the result of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import pandas as pd

from mentor.analytics.frames import PERIOD_DTYPES

Length = Literal["week", "month"]

_WEEK: Final = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
#: Years whose days every part of the journal can write.
YEARS: Final = range(1970, 2101)


@dataclass(frozen=True, slots=True)
class Period:
    """A week, from its Monday, or a calendar month; `end` is its last day."""

    length: Length
    start: date

    @property
    def end(self) -> date:
        return self.after().start - timedelta(days=1)

    @property
    def code(self) -> str:
        """`2025-W03` (ISO 8601) or `2025-01`."""
        year, week, _ = self.start.isocalendar()
        return f"{year:04d}-W{week:02d}" if self.length == "week" else f"{self.start:%Y-%m}"

    def before(self) -> Period:
        return period_of(self.start - timedelta(days=1), self.length)

    def after(self) -> Period:
        return period_of(self.start + timedelta(days=7 if self.length == "week" else 31), self.length)


def period_of(day: date, length: Length) -> Period:
    """The one a day lies in."""
    start = day - timedelta(days=day.weekday()) if length == "week" else day.replace(day=1)
    return Period(length, start)


def period_named(code: str) -> Period | None:
    """The one a code means; `None` for any other text."""
    week, month = _WEEK.fullmatch(code), _MONTH.fullmatch(code)
    named = week or month
    if named is None or int(named[1]) not in YEARS:
        return None
    year, number = int(named[1]), int(named[2])
    try:
        return Period("week", date.fromisocalendar(year, number, 1)) if week else Period("month", date(year, number, 1))
    except ValueError:
        return None


def by_period(days: pd.DataFrame, length: Length) -> pd.DataFrame:
    """Sums of a daily frame (`PERIOD_DTYPES`) a week (from its Monday) or calendar month, newest first."""
    dates = pd.DatetimeIndex(days["session_date"])
    start = dates.to_period("W-SUN" if length == "week" else "M").start_time
    grouped = days.assign(start=start, won=days["profit_loss"] > 0).groupby("start")
    summed = grouped.agg(
        profit_loss=("profit_loss", "sum"),
        trades=("trades", "sum"),
        wins=("wins", "sum"),
        days=("won", "size"),
        winning_days=("won", "sum"),
    )
    return summed.iloc[::-1].reset_index().astype(PERIOD_DTYPES)
