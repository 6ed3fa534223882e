"""What the Emotions page shows, worked out beside the page, once a state of the journal and filter.

Answers are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentor.i18n import evidence
from mentor.i18n.language import _
from mentor.jobs import Question
from mentor.journal import Journal
from mentor.models import TradeFilter
from mentor.ui import long_work

if TYPE_CHECKING:
    from mentor.analytics.emotion_report import EmotionReport
    from mentor.analytics.session_frame import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Emotions:
    """The report of a filter and the currency its money is in."""

    report: EmotionReport
    currency: str | None
    has_sessions: bool

    @property
    def unit(self) -> Unit:
        return self.report.unit

    @property
    def unit_name(self) -> str:
        """What results are counted in, for axes."""
        return evidence.unit(self.unit, self.currency)

    @property
    def told(self) -> bool:
        """Whether any mood is known of these sessions."""
        coverage = self.report.coverage
        return coverage.sessions > coverage.unrecorded

    @property
    def unmeasured(self) -> int:
        """Sessions with a mood from before the first trade that take no part: their result is not known in the unit."""
        table = self.report.sessions
        return int((table["result"].isna() & (table["basis"] == "before")).sum())


def question(filters: TradeFilter) -> Question[Emotions]:
    return long_work.question("emotions", (filters,), lambda book: _emotions(book, filters))


def emotions(filters: TradeFilter) -> Emotions | None:
    """`None` until it is worked out; the page says so in its place."""
    return long_work.awaited(question(filters), _("Holding moods against results"))


def _emotions(book: Journal, filters: TradeFilter) -> Emotions:
    return Emotions(report=book.emotions(filters), currency=book.currency, has_sessions=bool(book.sessions()))
