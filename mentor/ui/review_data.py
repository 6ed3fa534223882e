"""What the Review page shows of a week or a month, calculated once a state of the journal.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from mentor.analytics.periods import Period
from mentor.analytics.review import Review
from mentor.models import TradeFilter
from mentor.report.finding import Advice
from mentor.ui import emotion_data, habit_data
from mentor.ui.current import NUMBERS, State, state

if TYPE_CHECKING:
    from mentor.analytics.emotion_report import EmotionReport
    from mentor.analytics.habits import Habit


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReview:
    """A period, and what its stored reports advised first, by day."""

    found: Review
    advised: tuple[tuple[date, Advice], ...]
    currency: str | None


def review(period: Period) -> PeriodReview:
    return _review(state(), period)


def emotions_by(end: date) -> EmotionReport:
    """What moods came with in all sessions up to a day."""
    return emotion_data.emotions(TradeFilter(end=end)).report


def habits_by(end: date) -> tuple[Habit, ...]:
    """The habits that show in all trades up to a day, strongest evidence first."""
    return habit_data.habits(TradeFilter(end=end)).signs


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=NUMBERS | {Period: repr})
def _review(now: State, period: Period) -> PeriodReview:
    book = now.journal
    return PeriodReview(found=book.review(period), advised=tuple(_advised(now, period)), currency=book.currency)


def _advised(now: State, period: Period) -> Iterator[tuple[date, Advice]]:
    """Of the newest report of ours of each session, oldest day first."""
    book, written = now.journal, now.journal.sessions_with_report()
    for session in reversed(book.sessions(TradeFilter(start=period.start, end=period.end))):
        ours = filter(None, map(book.read_report, book.reports(session.id) if session.id in written else ()))
        newest = next(ours, None)
        if newest is not None and newest.advice and session.date is not None:
            yield session.date, newest.advice[0]
