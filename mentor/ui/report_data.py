"""The mentor's report of a day, worked out beside the page, once a state of the journal, and what it is read as.

Answers are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mentor.i18n import language
from mentor.i18n.language import LANGUAGES, Language, _
from mentor.jobs import Question
from mentor.journal import Journal
from mentor.report.finding import MentorReport
from mentor.report.mentor import mentor_report
from mentor.report.render import Page, page
from mentor.ui import long_work


@dataclass(frozen=True, slots=True)
class DayReport:
    """The report, from what was known on its day, and the pages that say it; the trades before that day are let go."""

    report: MentorReport
    pages: Mapping[Language, Page]

    @property
    def page(self) -> Page:
        """In the language spoken."""
        return self.pages[language.current()]


def question(day: date) -> Question[DayReport]:
    return long_work.question("report", (day,), lambda book: _of_day(book, day))


def of_day(day: date) -> DayReport | None:
    """The report of a day that has a session; `None` until it is worked out, which is said in its place."""
    return long_work.awaited(question(day), _("Holding the day against all days before it"))


def _of_day(book: Journal, day: date) -> DayReport:
    known = book.known_on(day)
    report, pages = mentor_report(known), dict[Language, Page]()
    for read_in in LANGUAGES:
        with language.spoken(read_in):
            pages[read_in] = page(known, report)
    return DayReport(report, pages)
