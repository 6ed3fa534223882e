"""The headline figures of a set of closed trades: net, rates, averages, drawdown, streak."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.countable import countable

Amounts = npt.NDArray[np.float64]


class Reason(StrEnum):
    """Why a figure is not defined."""

    NO_TRADES = "no_trades"
    NO_WINS = "no_wins"
    NO_LOSSES = "no_losses"
    ONLY_BREAK_EVEN = "only_break_even"
    NO_BALANCE = "no_balance"
    BALANCE_GONE = "balance_gone"
    NO_DRAWDOWN = "no_drawdown"
    NO_PROFIT = "no_profit"
    NO_TIMES = "no_times"
    NO_RISK = "no_risk"
    NO_FEES = "no_fees"
    SOME_SYMBOLS = "some_symbols"
    TOO_FEW = "too_few"
    NO_SPREAD = "no_spread"
    NO_EDGE = "no_edge"
    NO_PRICE_PATH = "no_price_path"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure over `n` trades or days, or `None` with the reason why there is none; never infinite.

    `low` and `high` are its 95 % interval, where there is one.
    """

    value: float | None
    reason: Reason | None
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """What a set of closed trades came to; money is net, in the journal's base currency.

    `win_rate` is a share from 0 to 1 of all trades, break-even ones included, `decisive_win_rate` of those that
    won or lost; `average_loss` is negative;
    `max_drawdown` is money, positive, of the path of closed trades: floating losses are not in it.
    """

    net: Measure
    win_rate: Measure
    decisive_win_rate: Measure
    expectancy: Measure
    profit_factor: Measure
    average_win: Measure
    average_loss: Measure
    payoff: Measure
    max_drawdown: Measure
    longest_losing_streak: Measure
    trades: int
    wins: int
    losses: int
    break_evens: int
    excluded_unreadable: int
    excluded_currency: int
    undated: int


def performance(trades: pd.DataFrame) -> Performance:
    """Headline figures of a trade frame; formulas and edge cases as in `docs/methods.md`."""
    counted = countable(trades)
    amounts = counted.trades["profit_loss"].to_numpy()
    wins, losses = amounts[amounts > 0], amounts[amounts < 0]
    return Performance(
        net=Measure(_total(amounts), None, amounts.size),
        win_rate=_ratio(wins.size, amounts.size, Reason.NO_TRADES, amounts.size),
        decisive_win_rate=_ratio(
            wins.size,
            wins.size + losses.size,
            _missing(amounts, Reason.ONLY_BREAK_EVEN),
            wins.size + losses.size,
        ),
        expectancy=_mean(amounts, Reason.NO_TRADES),
        profit_factor=_profit_factor(wins, losses, amounts.size),
        average_win=_mean(wins, _missing(amounts, Reason.NO_WINS)),
        average_loss=_mean(losses, _missing(amounts, Reason.NO_LOSSES)),
        payoff=_payoff(wins, losses, amounts.size),
        max_drawdown=_max_drawdown(amounts),
        longest_losing_streak=_longest_losing_streak(amounts),
        trades=amounts.size,
        wins=wins.size,
        losses=losses.size,
        break_evens=amounts.size - wins.size - losses.size,
        excluded_unreadable=counted.unreadable,
        excluded_currency=counted.other_currency,
        undated=counted.undated,
    )


def equity_path(amounts: Amounts) -> Amounts:
    """Money made after each trade, the zero before the first one included (length n + 1)."""
    return np.concatenate(([0.0], np.cumsum(amounts)))


def drawdowns(path: Amounts) -> Amounts:
    """Distance of each point of an equity path below the highest point so far, ≥ 0."""
    return np.maximum.accumulate(path) - path


def spread(values: Amounts) -> float | None:
    """Standard deviation (n − 1) of two values or more; `None` where they differ by nothing but rounding."""
    unit = float(np.abs(values).max(initial=0.0))
    if values.size < 2 or not unit or np.ptp(values / unit) < 1e-12:
        return None
    return float((values / unit).std(ddof=1)) * unit or None


def _total(amounts: Amounts) -> float:
    return math.fsum(amounts.tolist())


def undefined(reason: Reason, n: int) -> Measure:
    """No figure, and why."""
    return Measure(None, reason, n)


def _missing(amounts: Amounts, reason: Reason) -> Reason:
    return reason if amounts.size else Reason.NO_TRADES


def _ratio(part: float, whole: float, reason: Reason, n: int) -> Measure:
    return Measure(part / whole, None, n) if whole else undefined(reason, n)


def _mean(amounts: Amounts, reason: Reason) -> Measure:
    return _ratio(_total(amounts), amounts.size, reason, amounts.size)


def _profit_factor(wins: Amounts, losses: Amounts, n: int) -> Measure:
    if not n:
        return undefined(Reason.NO_TRADES, n)
    reason = Reason.NO_LOSSES if wins.size else Reason.ONLY_BREAK_EVEN
    return _ratio(_total(wins), abs(_total(losses)), reason, n)


def _payoff(wins: Amounts, losses: Amounts, n: int) -> Measure:
    if not n:
        return undefined(Reason.NO_TRADES, n)
    if not wins.size:
        return undefined(Reason.NO_WINS if losses.size else Reason.ONLY_BREAK_EVEN, n)
    if not losses.size:
        return undefined(Reason.NO_LOSSES, n)
    average_loss = abs(_total(losses)) / losses.size
    return Measure(_total(wins) / wins.size / average_loss, None, n)


def _max_drawdown(amounts: Amounts) -> Measure:
    if not amounts.size:
        return undefined(Reason.NO_TRADES, 0)
    return Measure(float(drawdowns(equity_path(amounts)).max()), None, amounts.size)


def _longest_losing_streak(amounts: Amounts) -> Measure:
    """Longest run of losses; a break-even trade neither ends nor lengthens it."""
    if not amounts.size:
        return undefined(Reason.NO_TRADES, 0)
    decisive = amounts[amounts != 0]
    ends = np.flatnonzero(np.concatenate(([True], decisive > 0, [True])))
    return Measure(float(np.diff(ends).max() - 1), None, amounts.size)
