"""What the Breakdown page shows, calculated once a state of the journal and filter.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from mentor.analytics.breakdown import By, by, spread
from mentor.analytics.countable import countable
from mentor.analytics.daily import daily
from mentor.analytics.emotions import MoodResults, mood_results
from mentor.analytics.metrics import Performance, performance
from mentor.analytics.risk import r_multiples
from mentor.models import TradeFilter
from mentor.ui.current import NUMBERS, State, state


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """How the results of trades, of days and in R are spread (`SPREAD_DTYPES`), and the results beside moods.

    `in_r` counts the trades whose R is known.
    """

    performance: Performance
    trades: pd.DataFrame
    days: pd.DataFrame
    multiples: pd.DataFrame
    in_r: int
    moods: MoodResults
    currency: str | None


def breakdown(filters: TradeFilter) -> Breakdown:
    return _breakdown(state(), filters)


def groups(filters: TradeFilter, of: By) -> tuple[pd.DataFrame, int]:
    """The groups of the trades (`GROUP_DTYPES`), and how many trades are in none."""
    return _groups(state(), filters, of)


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=NUMBERS)
def _breakdown(now: State, filters: TradeFilter) -> Breakdown:
    book, trades = now.journal, now.journal.trades(filters)
    rows = countable(trades).trades
    multiples = r_multiples(book.trades(), book.preferences().starting_balance).reindex(rows.index)
    return Breakdown(
        performance=performance(trades),
        trades=spread(rows["profit_loss"]),
        days=spread(daily(trades)["profit_loss"]),
        multiples=spread(multiples),
        in_r=int(multiples.notna().sum()),
        moods=mood_results(trades, book.moods(filters)),
        currency=book.currency,
    )


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=NUMBERS)
def _groups(now: State, filters: TradeFilter, of: By) -> tuple[pd.DataFrame, int]:
    return by(now.journal.trades(filters), of, now.journal.zone)
