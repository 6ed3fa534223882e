"""What the dashboard, session and sidebar show, calculated once a state of the journal.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.daily import daily
from mentor.analytics.emotions import Coverage, labels, mood_results
from mentor.analytics.equity import equity, thin
from mentor.analytics.metrics import Performance, performance
from mentor.analytics.risk_score import RiskScore
from mentor.charts.calendar import calendar_chart, month_chart
from mentor.charts.equity import equity_chart
from mentor.i18n.language import _
from mentor.journal import Journal
from mentor.models import MoodCheckin, Session, StoredReport, Trade, TradeFilter
from mentor.ui import long_work
from mentor.ui.current import KEYS, NUMBERS, State, journal, state

#: How many sessions the table of recent ones holds, and how many the recent reports go back.
RECENT: Final = 7
_REPORTS: Final = 7
#: Points of a curve: more than a screen has across would only take longer to send.
_POINTS: Final = 1000


@dataclass(frozen=True, slots=True)
class RatedSession:
    """A session, the emotion that labels it if one was told, and where asked how well its risk was managed."""

    session: Session
    mood: str | None
    risk: RiskScore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The dashboard of a filter; `newest` is its newest session day up to today, `years` are those with one, newest
    first, `months` the first days of those.

    `reports` are the newest report of each of the last sessions that has one.
    """

    performance: Performance
    equity: go.Figure
    newest: date | None
    years: tuple[int, ...]
    months: tuple[date, ...]
    coverage: Coverage
    recent: tuple[RatedSession, ...]
    reports: tuple[tuple[Session, StoredReport], ...]
    currency: str | None
    has_sessions: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Everything the journal has of one session; without a `date` when nobody can read the one stored."""

    date: date | None
    session: Session | None
    performance: Performance
    trades: tuple[Trade, ...]
    checkins: tuple[MoodCheckin, ...]
    reports: tuple[StoredReport, ...]
    currency: str | None


def loaded() -> bool:
    """Whether the trades are in memory; while they are read for the first time the page says so."""
    asked = long_work.question("trades", (), _read, lane="figures", once=True)
    return long_work.awaited(asked, _("Reading the journal")) is not None


def overview(filters: TradeFilter) -> Overview | None:
    """`None` until it is worked out; the page says so in its place."""
    today = journal().today()  # after midnight another day may be the newest
    asked = long_work.question("overview", (filters, today), lambda book: _overview(book, filters), lane="figures")
    return long_work.awaited(long_work.in_words(asked), _("Adding up the trades"))


def calendar(filters: TradeFilter, first: date, last: date) -> go.Figure:
    """The days from one to another, in weeks."""
    return _calendar(state(), filters, first, last)


def days(filters: TradeFilter) -> pd.DataFrame:
    """The result of each session date (`DAILY_DTYPES`)."""
    return daily(journal().trades(filters))


def month(filters: TradeFilter, first: date) -> go.Figure:
    """The days of the month that begins so."""
    return _month(state(), filters, first)


def day(session_date: date) -> Day:
    return _day(state(), session_date)


def undated(session_id: int) -> Day | None:
    """A session whose stored date is no calendar day; `None` when there is no such session."""
    return _undated(state(), session_id)


def symbols() -> list[str]:
    """Every symbol traded, in alphabetical order."""
    return _symbols(state())


def has_trades() -> bool:
    """Whether the journal holds any trade at all."""
    return bool(symbols())


def has_moods() -> bool:
    """Whether any mood was ever told."""
    return _has_moods(state())


def is_empty() -> bool:
    """Whether the journal holds no day at all."""
    return _is_empty(state())


def _read(book: Journal) -> bool:
    book.trades()
    return True


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=NUMBERS)
def _has_moods(now: State) -> bool:
    return bool(len(now.journal.moods()))


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=NUMBERS)
def _is_empty(now: State) -> bool:
    return not now.journal.sessions()


def rated(book: Journal, sessions: list[Session], filters: TradeFilter) -> tuple[RatedSession, ...]:
    """Sessions of a filter with the emotion that labels each."""
    told = labels(book.moods(filters)).set_index("session_id")["emotion"].to_dict()
    return tuple(RatedSession(session, told.get(session.id)) for session in sessions)


def _overview(book: Journal, filters: TradeFilter) -> Overview:
    trades, sessions = book.trades(filters), book.sessions(filters)
    results, days = mood_results(trades, book.moods(filters)), daily(trades)
    return Overview(
        performance=performance(trades),
        equity=_equity(trades, results.sessions, book),
        newest=_newest(days["session_date"], book.today()),
        years=tuple(sorted(set(days["session_date"].dt.year.tolist()), reverse=True)),
        months=tuple(sorted({day.replace(day=1).date() for day in days["session_date"]}, reverse=True)),
        coverage=results.coverage,
        recent=rated(book, sessions[:RECENT], filters),
        reports=_reports(book),
        currency=book.currency,
        has_sessions=bool(sessions) or bool(book.sessions()),
    )


def _reports(book: Journal) -> tuple[tuple[Session, StoredReport], ...]:
    newest = ((session, book.reports(session.id)[:1]) for session in book.sessions()[:_REPORTS])
    return tuple((session, report) for session, written in newest for report in written)


def _equity(trades: pd.DataFrame, sessions: pd.DataFrame, book: Journal) -> go.Figure:
    """The curve thinned for drawing, in local time."""
    curve, told = thin(equity(trades), _POINTS), sessions["basis"] == "before"
    local = curve["when"].dt.tz_convert(book.zone).dt.tz_localize(None)
    return equity_chart(curve.assign(when=local), sessions[told].dropna(subset="session_date"), book.currency)


def _newest(days: pd.Series[pd.Timestamp], today: date) -> date | None:
    """One that lies ahead is a slip of somebody's pen, and only counts where there is no other."""
    if days.empty:
        return None
    past = days[days <= pd.Timestamp(today)]
    return (days if past.empty else past).max().date()


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=KEYS)
def _calendar(now: State, filters: TradeFilter, first: date, last: date) -> go.Figure:
    return calendar_chart(daily(now.journal.trades(filters)), first, last, now.journal.currency)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=KEYS)
def _month(now: State, filters: TradeFilter, first: date) -> go.Figure:
    return month_chart(daily(now.journal.trades(filters)), first, now.journal.currency)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=NUMBERS)
def _day(now: State, session_date: date) -> Day:
    book = now.journal
    session = book.session(session_date)
    return Day(
        date=session_date,
        session=session,
        performance=performance(book.trades(TradeFilter(start=session_date, end=session_date))),
        trades=tuple(book.day_trades(session_date)),
        checkins=tuple(book.check_ins(session_date)) if session else (),
        reports=tuple(book.reports(session.id)) if session else (),
        currency=book.currency,
    )


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=NUMBERS)
def _undated(now: State, session_id: int) -> Day | None:
    book = now.journal
    session = next((found for found in book.sessions() if found.id == session_id), None)
    if session is None:
        return None
    trades = book.trades()
    return Day(
        date=session.date,
        session=session,
        performance=performance(trades[trades["session_id"] == session_id]),
        trades=tuple(book.session_trades(session_id)),
        checkins=(),
        reports=tuple(book.reports(session_id)),
        currency=book.currency,
    )


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=NUMBERS)
def _symbols(now: State) -> list[str]:
    return now.journal.symbols()
