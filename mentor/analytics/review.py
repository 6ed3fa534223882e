"""A week or a month looked back on: its result beside the trader's own earlier ones, its risk, its moods, its days.

Everything is counted or added up; nothing here claims that one thing brought about another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.daily import daily
from mentor.analytics.emotions import MoodResults, mood_results
from mentor.analytics.metrics import Performance, performance
from mentor.analytics.periods import Period, by_period
from mentor.analytics.risk_score import CAPS, WEIGHTS, RiskScore

#: Earlier weeks or months a usual one is told from, and the share of them that lies below its range and above it.
FEWEST_EARLIER: Final = 10
_TAIL: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class DayResult:
    """A day of the period and what it made, net, in base currency."""

    day: date
    net: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The weeks or months with trades before the period: how many, and how many of them made less.

    Their median and the range that holds the middle 80 % are known from `FEWEST_EARLIER` on.
    """

    periods: int
    worse: int
    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A period in a few figures; `net` in base currency."""

    net: float
    trades: int
    wins: int
    days: int
    winning_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskOverview:
    """The risk scores of the sessions with trades, `known` of them.

    `weakest` is the part with the lowest mean, that mean, and the sessions it is known for; `None` where every part
    is full or unknown. `caps` are what held scores down and how often, most often first.
    """

    sessions: int
    known: int
    median: float | None
    weakest: tuple[str, float, int] | None
    caps: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One period. `best` and `worst` differ, or are `None`; runs count trading days in a row that lost or won.

    `before` are the totals of the period directly before, `None` where it holds no trade. `trades` are the ids of the
    period's trades.
    """

    period: Period
    performance: Performance
    totals: Totals | None
    before: Totals | None
    earlier: Earlier
    best: DayResult | None
    worst: DayResult | None
    losing_run: int
    winning_run: int
    risk: RiskOverview
    moods: MoodResults
    trades: frozenset[int]


def review(period: Period, trades: pd.DataFrame, moods: pd.DataFrame, scores: Mapping[int, RiskScore]) -> Review:
    """Look back on a period, knowing nothing of later days.

    `trades` and `moods` are the journal's frames, `scores` by session id, each from what was known on its day.
    """
    inside = _between(trades, period)
    days, lengths = daily(inside), by_period(daily(trades), period.length)
    best, worst = _extremes(days)
    results = np.sign(days["profit_loss"].to_numpy())
    sessions = inside["session_id"].unique().tolist()
    return Review(
        period=period,
        performance=performance(inside),
        totals=_totals(lengths, period),
        before=_totals(lengths, period.before()),
        earlier=_earlier(lengths, period),
        best=best,
        worst=worst,
        losing_run=_longest(results < 0),
        winning_run=_longest(results > 0),
        risk=_risk([scores[one] for one in sessions if one in scores]),
        moods=mood_results(inside, _between(moods, period)),
        trades=frozenset(inside["id"].tolist()),
    )


def _between(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    return frame[frame["session_date"].between(pd.Timestamp(period.start), pd.Timestamp(period.end)).to_numpy()]


def _totals(lengths: pd.DataFrame, period: Period) -> Totals | None:
    rows = lengths[(lengths["start"] == pd.Timestamp(period.start)).to_numpy()]
    if rows.empty:
        return None
    [row] = rows.to_dict("records")
    return Totals(
        net=float(row["profit_loss"]),
        trades=int(row["trades"]),
        wins=int(row["wins"]),
        days=int(row["days"]),
        winning_days=int(row["winning_days"]),
    )


def _earlier(lengths: pd.DataFrame, period: Period) -> Earlier:
    nets = lengths.loc[(lengths["start"] < pd.Timestamp(period.start)).to_numpy(), "profit_loss"].to_numpy()
    own = _totals(lengths, period)
    worse = int((nets < own.net).sum()) if own else 0
    if nets.size < FEWEST_EARLIER:
        return Earlier(periods=nets.size, worse=worse, median=None, low=None, high=None)
    low, high = np.quantile(nets, [_TAIL, 1 - _TAIL], method="inverted_cdf").tolist()
    middle = float(np.median(nets))
    return Earlier(periods=nets.size, worse=worse, median=middle, low=low, high=high)


def _extremes(days: pd.DataFrame) -> tuple[DayResult | None, DayResult | None]:
    """The best and the worst day, the earlier one of equals."""
    amounts = days["profit_loss"].to_numpy()
    if len(days) < 2 or amounts.max() == amounts.min():
        return None, None
    return _day(days, int(amounts.argmax())), _day(days, int(amounts.argmin()))


def _day(days: pd.DataFrame, place: int) -> DayResult:
    return DayResult(day=days["session_date"].iloc[place].date(), net=float(days["profit_loss"].iloc[place]))


def _longest(marked: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    """The most in a row."""
    longest = run = 0
    for one in marked.tolist():
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest


def _risk(scores: Sequence[RiskScore]) -> RiskOverview:
    known = [score.score for score in scores if score.score is not None]
    caps = Counter(cap for score in scores for cap in score.caps)
    order = list(CAPS)
    return RiskOverview(
        sessions=len(scores),
        known=len(known),
        median=median(known) if known else None,
        weakest=_weakest(scores),
        caps=tuple(sorted(caps.items(), key=lambda pair: (-pair[1], order.index(pair[0])))),
    )


def _weakest(scores: Sequence[RiskScore]) -> tuple[str, float, int] | None:
    values: dict[str, list[float]] = {part: [] for part in WEIGHTS}
    for score in scores:
        for part in score.components:
            if part.value is not None:
                values[part.id].append(part.value)
    means = [(part, fmean(known), len(known)) for part, known in values.items() if known]
    weakest = min(means, key=lambda one: one[1], default=None)
    return weakest if weakest is not None and weakest[1] < 1 else None
