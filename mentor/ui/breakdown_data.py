"""What the Breakdown page shows, calculated once a state of the journal and filter.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.breakdown import By, by, spread
from mentor.analytics.countable import countable
from mentor.analytics.daily import daily
from mentor.analytics.emotions import BASES, Basis, MoodResults, mood_results
from mentor.analytics.metrics import Performance, performance
from mentor.analytics.own_trades import own_trades
from mentor.analytics.risk import r_multiples
from mentor.charts.breakdown import emotions_chart
from mentor.charts.emotions import emotion_chart
from mentor.i18n.language import _
from mentor.journal import Journal
from mentor.models import TradeFilter
from mentor.ui import long_work
from mentor.ui.current import NUMBERS, State, state


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """How the results of trades, of days and in R are spread (`SPREAD_DTYPES`), and the results beside moods.

    `in_r` counts the trades whose R is known. `emotions` has a figure for each basis a mood was told on. `told` are the
    sessions whose mood was told before trading, `courses` draws what they added up to.
    """

    performance: Performance
    trades: pd.DataFrame
    days: pd.DataFrame
    multiples: pd.DataFrame
    in_r: int
    moods: MoodResults
    emotions: dict[Basis, go.Figure]
    told: pd.DataFrame
    courses: go.Figure
    currency: str | None


def breakdown(filters: TradeFilter) -> Breakdown | None:
    """`None` until it is worked out; the page says so in its place."""
    asked = long_work.question("breakdown", (filters,), lambda book: _breakdown(book, filters), lane="figures")
    return long_work.awaited(long_work.in_words(asked), _("Sorting the trades"))


def groups(filters: TradeFilter, of: By) -> tuple[pd.DataFrame, int]:
    """The groups of the trades (`GROUP_DTYPES`), and how many trades are in none."""
    return _groups(state(), filters, of)


def _breakdown(book: Journal, filters: TradeFilter) -> Breakdown:
    trades = book.trades(filters)
    rows = countable(trades).trades
    moods = mood_results(own_trades(trades), book.moods(filters))
    told = moods.sessions[moods.sessions["basis"] == "before"].dropna(subset="session_date")
    multiples = r_multiples(book.trades(), book.preferences().starting_balance).reindex(rows.index)
    return Breakdown(
        performance=performance(trades),
        trades=spread(rows["profit_loss"]),
        days=spread(daily(trades)["profit_loss"]),
        multiples=spread(multiples),
        in_r=int(multiples.notna().sum()),
        moods=moods,
        emotions=_emotions(moods, book.currency),
        told=told,
        courses=emotions_chart(told, book.currency),
        currency=book.currency,
    )


def _emotions(results: MoodResults, currency: str | None) -> dict[Basis, go.Figure]:
    grouped = {basis: [group for group in results.groups if group.basis == basis] for basis in BASES}
    return {basis: emotion_chart(results.sessions, groups, currency) for basis, groups in grouped.items() if groups}


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=NUMBERS)
def _groups(now: State, filters: TradeFilter, of: By) -> tuple[pd.DataFrame, int]:
    return by(now.journal.trades(filters), of, now.journal.zone)
