"""What the pages show, calculated once a state of the journal: the only place that caches.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.daily import daily
from mentor.analytics.emotions import BASES, Basis, Coverage, MoodResults, labels, mood_results
from mentor.analytics.equity import equity, thin
from mentor.analytics.metrics import Performance, performance
from mentor.charts.calendar import calendar_chart
from mentor.charts.emotions import emotion_chart
from mentor.charts.equity import equity_chart
from mentor.errors import ImportRefused
from mentor.i18n import labels as names
from mentor.journal import Journal, JournalStamp
from mentor.models import ImportOptions, MoodCheckin, Session, StoredReport, Trade, TradeFilter
from mentor.settings import database_path

if TYPE_CHECKING:
    from mentor.importing import ImportPlan, Reading

MAX_UPLOAD_MB: Final = 300
#: How many sessions the table of recent ones holds.
RECENT: Final = 20


@dataclass(frozen=True, slots=True)
class RecentSession:
    """A session and the emotion that labels it, if one was told."""

    session: Session
    mood: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The dashboard of a filter; `years` are those with a session day, newest first."""

    performance: Performance
    equity: go.Figure
    years: tuple[int, ...]
    coverage: Coverage
    emotions: dict[Basis, go.Figure]
    recent: tuple[RecentSession, ...]
    currency: str | None
    has_sessions: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Everything the journal has of one session date."""

    date: date
    session: Session | None
    performance: Performance
    trades: tuple[Trade, ...]
    checkins: tuple[MoodCheckin, ...]
    reports: tuple[StoredReport, ...]
    currency: str | None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded; `id` is new for every upload, so nobody need compare its bytes."""

    id: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _State:
    """The journal as it is now; equal stamps, equal journal."""

    journal: Journal
    stamp: JournalStamp


def journal() -> Journal:
    """The journal of this installation, opened once for all visitors."""
    return _open(str(database_path()))


def overview(filters: TradeFilter) -> Overview:
    return _overview(_state(), filters)


def calendar(filters: TradeFilter, year: int) -> go.Figure:
    return _calendar(_state(), filters, year)


def day(session_date: date) -> Day:
    return _day(_state(), session_date)


def symbols() -> list[str]:
    """Every symbol traded, in alphabetical order."""
    return _symbols(_state())


def plan(upload: Upload, options: ImportOptions) -> ImportPlan:
    """The plan of an uploaded file; raises ImportRefused, also for one above the limit."""
    if len(upload.content) > MAX_UPLOAD_MB * 2**20:
        todo = "Split it, or use the command line, which has no limit: python -m mentor import FILE"
        raise ImportRefused(f"The file is larger than {MAX_UPLOAD_MB} MB", where=upload.name, todo=todo)
    return _plan(_state(), upload, options)


@st.cache_resource(show_spinner=False, on_release=Journal.close)
def _open(path: str) -> Journal:
    return Journal.open(path)


def _state() -> _State:
    return _State(journal(), journal().stamp())


_KEYS: Final[dict[str | type[Any], Callable[[Any], Any]]] = {
    _State: lambda state: repr(state.stamp),
    Upload: lambda upload: upload.id,
    TradeFilter: repr,
    ImportOptions: repr,
}


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=_KEYS)
def _overview(state: _State, filters: TradeFilter) -> Overview:
    book = state.journal
    trades, moods, sessions = book.trades(filters), book.moods(filters), book.sessions(filters)
    told = labels(moods).set_index("session_id")["emotion"].to_dict()
    results = mood_results(trades, moods)
    return Overview(
        performance=performance(trades),
        equity=_equity(trades, book),
        years=tuple(sorted(set(daily(trades)["session_date"].dt.year.tolist()), reverse=True)),
        coverage=results.coverage,
        emotions=_emotions(results, book.currency),
        recent=tuple(RecentSession(session, told.get(session.id)) for session in sessions[:RECENT]),
        currency=book.currency,
        has_sessions=bool(sessions) or bool(book.sessions()),
    )


def _equity(trades: pd.DataFrame, book: Journal) -> go.Figure:
    """The curve thinned for drawing, in local time."""
    curve = thin(equity(trades))
    local = curve["when"].dt.tz_convert(book.zone).dt.tz_localize(None)
    return equity_chart(curve.assign(when=local), book.currency)


def _emotions(results: MoodResults, currency: str | None) -> dict[Basis, go.Figure]:
    """A figure for each basis on which a mood was told."""
    grouped = {basis: [group for group in results.groups if group.basis == basis] for basis in BASES}
    return {
        basis: emotion_chart(results.sessions, groups, names.emotion, currency)
        for basis, groups in grouped.items()
        if groups
    }


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=_KEYS)
def _calendar(state: _State, filters: TradeFilter, year: int) -> go.Figure:
    return calendar_chart(daily(state.journal.trades(filters)), year, state.journal.currency)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=_KEYS)
def _day(state: _State, session_date: date) -> Day:
    book = state.journal
    session = book.session(session_date)
    return Day(
        date=session_date,
        session=session,
        performance=performance(book.trades(TradeFilter(start=session_date, end=session_date))),
        trades=tuple(book.session_trades(session.id)) if session else (),
        checkins=tuple(book.check_ins(session_date)) if session else (),
        reports=tuple(book.reports(session.id)) if session else (),
        currency=book.currency,
    )


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=_KEYS)
def _symbols(state: _State) -> list[str]:
    return state.journal.symbols()


@st.cache_resource(show_spinner=False, max_entries=1, scope="session", hash_funcs=_KEYS)
def _plan(state: _State, upload: Upload, options: ImportOptions) -> ImportPlan:
    # A bot that logs meanwhile changes what is there already, not what the file holds.
    reading = _reading(state.journal, upload, replace(options, add_lookalikes=False))
    return state.journal.plan_reading(reading, options)


@st.cache_resource(show_spinner="Reading the file …", max_entries=1, scope="session", hash_funcs=_KEYS)
def _reading(_journal: Journal, upload: Upload, options: ImportOptions) -> Reading:
    return _journal.read_import((upload.name, upload.content), options)
