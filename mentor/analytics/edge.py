"""Whether the trades had an edge, and how sure that is: intervals of the means, SQN, Kelly, the losing streak."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.inference.seeds import seed_of
from mentor.analytics.inference.stakes import kelly_fraction
from mentor.analytics.inference.streaks import run_probability
from mentor.analytics.intervals import mean_interval, share_interval
from mentor.analytics.metrics import Amounts, Measure, Performance, Reason, spread, undefined
from mentor.analytics.risk import expectancy_r

#: Trades from which SQN, and from which Kelly's fraction are shown.
SQN_TRADES: Final = 30
KELLY_TRADES: Final = 100
#: Above so many trades SQN grows no further, so that a long record is no better for being long.
_SQN_CAP: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Win rate and expectancies with their intervals; `risk_coverage` is the share of trades whose R is known.

    `usual_losing_streak` is the longest run that one in two records of as many independent trades would reach,
    `losing_streak_chance` how often they would reach the longest run there was.
    """

    win_rate: Measure
    expectancy: Measure
    expectancy_r: Measure
    risk_coverage: Measure
    sqn: Measure
    kelly: Measure
    half_kelly: Measure
    usual_losing_streak: Measure
    losing_streak_chance: Measure


def edge(
    trades: pd.DataFrame, figures: Performance, multiples: pd.Series[float], starting_balance: float | None
) -> Edge:
    """Of a trade frame and its performance; `multiples` is what `r_multiples` gave for the whole journal."""
    rows = countable(trades).trades
    amounts, known = rows["profit_loss"], multiples.reindex(rows.index).dropna()
    in_r = _with(expectancy_r(multiples, trades, starting_balance), mean_interval(known, rows, seed_of("expectancy_r")))
    kelly = _kelly(figures, in_r)
    return Edge(
        win_rate=_with(figures.win_rate, share_interval(amounts > 0, rows)),
        expectancy=_with(figures.expectancy, mean_interval(amounts, rows, seed_of("expectancy"))),
        expectancy_r=in_r,
        risk_coverage=_coverage(len(known), len(rows), starting_balance),
        sqn=_sqn(np.asarray(known, dtype=np.float64), in_r),
        kelly=kelly,
        half_kelly=kelly if kelly.value is None else replace(kelly, value=kelly.value / 2),
        usual_losing_streak=_usual_streak(figures),
        losing_streak_chance=_streak_chance(figures),
    )


def system_quality(multiples: Amounts) -> float | None:
    """SQN: √min(n, 100) · mean / deviation of R; `None` where nothing differs."""
    deviation = spread(multiples)
    return None if deviation is None else math.sqrt(min(multiples.size, _SQN_CAP)) * float(multiples.mean()) / deviation


def usual_longest_streak(trades: int, loss_rate: float) -> int:
    """The longest run of losses that at least one in two records of independent trades reaches."""
    low, high = 0, 1
    while high <= trades and run_probability(trades, high, loss_rate) >= 0.5:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if run_probability(trades, middle, loss_rate) >= 0.5 else (low, middle)
    return low


def _with(measure: Measure, interval: tuple[float, float] | None) -> Measure:
    if measure.value is None or interval is None:
        return measure
    return replace(measure, low=interval[0], high=interval[1])


def _coverage(known: int, trades: int, starting_balance: float | None) -> Measure:
    if not trades:
        return undefined(Reason.NO_TRADES, 0)
    if starting_balance is None:
        return undefined(Reason.NO_BALANCE, trades)
    return Measure(known / trades, None, trades)


def _sqn(multiples: Amounts, in_r: Measure) -> Measure:
    if in_r.reason:
        return undefined(in_r.reason, in_r.n)
    if multiples.size < SQN_TRADES:
        return undefined(Reason.TOO_FEW, multiples.size)
    quality = system_quality(multiples)
    return undefined(Reason.NO_SPREAD, in_r.n) if quality is None else Measure(quality, None, in_r.n)


def _kelly(figures: Performance, in_r: Measure) -> Measure:
    """Only of an edge that is there: a stake for one that may be chance would be a dangerous number."""
    reason = figures.payoff.reason or in_r.reason
    if reason:
        return undefined(reason, figures.trades)
    if in_r.n < KELLY_TRADES:
        return undefined(Reason.TOO_FEW, in_r.n)
    fraction = kelly_fraction(figures.wins, figures.losses, figures.payoff.value or math.nan)
    if fraction is None or fraction <= 0 or in_r.low is None or in_r.low <= 0:
        return undefined(Reason.NO_EDGE, figures.trades)
    return Measure(fraction, None, figures.wins + figures.losses)


def _usual_streak(figures: Performance) -> Measure:
    decided = figures.wins + figures.losses
    if figures.decisive_win_rate.reason:
        return undefined(figures.decisive_win_rate.reason, 0)
    return Measure(float(usual_longest_streak(decided, figures.losses / decided)), None, decided)


def _streak_chance(figures: Performance) -> Measure:
    decided, longest = figures.wins + figures.losses, int(figures.longest_losing_streak.value or 0)
    if figures.decisive_win_rate.reason:
        return undefined(figures.decisive_win_rate.reason, 0)
    if not longest:
        return Measure(1.0, None, decided)
    return Measure(float(np.clip(run_probability(decided, longest, figures.losses / decided), 0, 1)), None, decided)
