"""What the Explore page asks of the journal, calculated once a state of it.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from mentor.analytics.dimensions import Dimension, described, in_currency
from mentor.analytics.own_trades import own_trades
from mentor.analytics.pivot import MeasureName, Pivot, pivot
from mentor.analytics.risk import r_multiples
from mentor.analytics.session_frame import recorded_markets
from mentor.i18n.language import _
from mentor.models import TradeFilter
from mentor.ui import long_work
from mentor.ui.current import NUMBERS, State, state

if TYPE_CHECKING:
    from mentor.query import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One view of the trades: what in rows and columns, which measure, in which currency (`None`: the base one)."""

    rows: Dimension
    columns: Dimension | None
    measure: MeasureName
    currency: str | None


def pivoted(filters: TradeFilter, asked: Asked) -> Pivot | None:
    """`None` until it is worked out; the page says so in its place."""
    work = long_work.question(
        "pivot", (filters, asked), lambda book: _pivoted(State(book, book.stamp()), filters, asked)
    )
    return long_work.awaited(work, _("Putting the trades together"))


def other_currencies(filters: TradeFilter) -> list[str]:
    """The currencies of trades that are in none of the figures, since nothing says what they are worth."""
    return sorted(map(str, state().journal.trades(filters)["currency"].dropna().unique()))


def unreadable(filters: TradeFilter, currency: str | None) -> int:
    """Trades of a currency whose amount is no number."""
    trades = state().journal.trades(filters)
    same = trades["currency"].isna() if currency is None else trades["currency"] == currency
    return int(same.sum()) - len(in_currency(trades, currency))


def start(sql: str) -> Question:
    """Begin to answer a question on copies of the whole journal; the page need not wait for it."""
    from mentor.query import Question  # DuckDB's own process: only who asks waits for it
    from mentor.query.tables import named_in

    with st.spinner(_("Copying the tables the question names …")):
        return Question(sql, {name: _table(state(), name) for name in named_in(sql)})


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=NUMBERS | {Asked: repr})
def _pivoted(now: State, filters: TradeFilter, asked: Asked) -> Pivot:
    frame = _described(now, filters, asked.currency)
    balance = now.journal.preferences().starting_balance
    return pivot(frame, asked.rows, asked.columns, asked.measure, balance_known=balance is not None)


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs=NUMBERS)
def _described(now: State, filters: TradeFilter, currency: str | None) -> pd.DataFrame:
    book = now.journal
    every = book.trades()
    return described(
        in_currency(book.trades(filters), currency),
        book.moods(),
        recorded_markets(book.sessions()),
        r_multiples(every, book.preferences().starting_balance),
        book.zone,
    )


@st.cache_resource(show_spinner=False, max_entries=6, hash_funcs=NUMBERS)
def _table(now: State, name: str) -> bytes:
    from mentor.query import packed
    from mentor.query.tables import sessions_table, trades_table

    if name not in ("trades", "sessions"):
        return packed(now.journal.stored_table(name))
    frame = _described(now, TradeFilter(), None)
    return packed(
        trades_table(frame, now.journal.zone) if name == "trades" else sessions_table(frame, own_trades(frame))
    )
