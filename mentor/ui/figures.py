"""The figures behind the headline: the account, how even the result was, how long trades were held, R."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from mentor.analytics.account import AccountFigures, account_figures, no_account_figures, opening_balance
from mentor.analytics.consistency import Consistency, consistency
from mentor.analytics.daily import daily
from mentor.analytics.holding import Holding, holding
from mentor.analytics.metrics import Measure, Performance, Reason, performance
from mentor.analytics.risk import expectancy_r, r_multiples
from mentor.i18n import numbers
from mentor.i18n.numbers import count
from mentor.models import TradeFilter
from mentor.ui import cards
from mentor.ui.current import KEYS, State, state

#: The key of the expander.
MORE: Final = "more_figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What stands behind the headline of a filter."""

    performance: Performance
    account: AccountFigures
    consistency: Consistency
    holding: Holding
    expectancy_r: Measure
    currency: str | None


def draw(filters: TradeFilter) -> None:
    """Every figure beside the headline, calculated once somebody opens them."""
    box = st.expander("More figures", icon=":material/query_stats:", key=MORE, on_change="rerun")
    if not box.open:
        return
    with box:
        shown = _details(state(), filters)
        with st.grid("auto", min_column_width=145):
            _of_trades(shown)
            _of_the_account(shown)
            _of_days(shown)
            _of_time(shown)


def _of_trades(shown: Details) -> None:
    figures, currency = shown.performance, shown.currency
    cards.figure("Average win", numbers.money(figures.average_win.value, currency), figures.average_win, "")
    cards.figure("Average loss", numbers.money(figures.average_loss.value, currency), figures.average_loss, "")
    cards.figure(
        "Payoff", numbers.number(figures.payoff.value), figures.payoff, "Average win for every unit of average loss."
    )
    cards.figure(
        "Win rate, decided",
        numbers.percent(figures.decisive_win_rate.value),
        figures.decisive_win_rate,
        "Of the trades that won or lost; break-even ones are left out.",
    )
    streak = figures.longest_losing_streak
    cards.figure("Longest losing streak", numbers.number(streak.value, 0), streak, "Losses in a row.")


def _of_the_account(shown: Details) -> None:
    account = shown.account
    cards.figure(
        "Return",
        numbers.percent(account.return_share.value),
        account.return_share,
        "Net over the balance before the period. Deposits and withdrawals are not known.",
    )
    cards.figure(
        "Max drawdown, %",
        numbers.percent(account.max_drawdown.value),
        account.max_drawdown,
        "Deepest fall below the highest balance so far, as a share of it. Floating losses are not in it.",
    )
    recovery = shown.consistency.recovery_factor
    cards.figure(
        "Recovery factor",
        numbers.number(recovery.value),
        recovery,
        "Net for every unit of the deepest drawdown; negative when the net is a loss.",
    )
    cards.figure(
        "Expectancy, R",
        numbers.number(shown.expectancy_r.value),
        shown.expectancy_r,
        "Mean net P/L in units of the money risked, over the trades that state their risk.",
    )


def _of_days(shown: Details) -> None:
    even = shown.consistency
    cards.figure(
        "Winning days", numbers.percent(even.winning_days.value), even.winning_days, "Of the days traded.", noun="day"
    )
    cards.figure(
        "Best day's share",
        numbers.percent(even.best_day_share.value),
        even.best_day_share,
        "Part of the net that the best day alone made. Above 100% the rest was a loss.",
        noun="day",
    )


def _of_time(shown: Details) -> None:
    held = shown.holding
    left_out = f"{count(held.unknown, 'trade')} without both times left out." if held.unknown else ""
    cards.figure("Holding time, median", numbers.duration(held.median.value), held.median, left_out)
    cards.figure("Holding time, mean", numbers.duration(held.mean.value), held.mean, left_out)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=KEYS)
def _details(now: State, filters: TradeFilter) -> Details:
    trades, figures = now.journal.trades(filters), performance(now.journal.trades(filters))
    balance = now.journal.preferences().starting_balance
    return Details(
        performance=figures,
        account=_account(now, filters, trades, balance),
        consistency=consistency(daily(trades), figures),
        holding=holding(trades),
        expectancy_r=expectancy_r(_multiples(now), trades, balance),
        currency=now.journal.currency,
    )


def _account(now: State, filters: TradeFilter, trades: pd.DataFrame, balance: float | None) -> AccountFigures:
    """The account as it was before the period; some symbols alone have no account of their own."""
    if filters.symbols:
        return no_account_figures(Reason.SOME_SYMBOLS, len(trades))
    return account_figures(trades, opening_balance(now.journal.trades(), balance, filters.start))


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs=KEYS)
def _multiples(now: State) -> pd.Series[float]:
    return r_multiples(now.journal.trades(), now.journal.preferences().starting_balance)
