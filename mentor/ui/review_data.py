"""What the Review page shows of a week or a month, worked out beside the page, once a state of the journal.

Answers are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mentor.analytics.periods import Period
from mentor.analytics.review import Review
from mentor.i18n.language import _
from mentor.journal import Journal
from mentor.models import TradeFilter
from mentor.report.finding import Advice
from mentor.ui import emotion_data, habit_data, long_work

if TYPE_CHECKING:
    from mentor.analytics.emotion_report import EmotionReport
    from mentor.analytics.habits import Habit


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReview:
    """A period, and what its stored reports advised first, by day."""

    found: Review
    advised: tuple[tuple[date, Advice], ...]
    currency: str | None


def review(period: Period) -> PeriodReview | None:
    """`None` until it is worked out; the page says so in its place."""
    asked = long_work.question("review", (repr(period),), lambda book: _review(book, period), lane="figures")
    return long_work.awaited(asked, _("Holding the period against your own earlier ones"))


def emotions_by(end: date) -> EmotionReport | None:
    """What moods came with in all sessions up to a day; `None` until it is worked out, which is said in its place."""
    found = emotion_data.emotions(TradeFilter(end=end))
    return None if found is None else found.report


def habits_by(end: date) -> tuple[Habit, ...] | None:
    """The habits that show in all trades up to a day, strongest evidence first; `None` as above."""
    found = habit_data.habits(TradeFilter(end=end))
    return None if found is None else found.signs


def _review(book: Journal, period: Period) -> PeriodReview:
    return PeriodReview(found=book.review(period), advised=tuple(_advised(book, period)), currency=book.currency)


def _advised(book: Journal, period: Period) -> Iterator[tuple[date, Advice]]:
    """Of the newest report of ours of each session, oldest day first."""
    written = book.sessions_with_report()
    for session in reversed(book.sessions(TradeFilter(start=period.start, end=period.end))):
        ours = filter(None, map(book.read_report, book.reports(session.id) if session.id in written else ()))
        newest = next(ours, None)
        if newest is not None and newest.advice and session.date is not None:
            yield session.date, newest.advice[0]
