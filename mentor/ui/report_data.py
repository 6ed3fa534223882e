"""The mentor's report of a day, calculated once a state of the journal, and what it is read and taken along as.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from mentor.i18n.language import _
from mentor.report.finding import MentorReport
from mentor.report.known import Known
from mentor.report.mentor import mentor_report
from mentor.report.render import Page, page
from mentor.ui.current import KEYS, NUMBERS, State, state


@dataclass(frozen=True, slots=True)
class DayReport:
    """The report, from what was known on its day, and the page that says it in the language spoken."""

    report: MentorReport
    page: Page


def of_day(day: date) -> DayReport:
    """The report of a day that has a session."""
    now = state()
    with st.spinner(_("Holding the day against all days before it …")):
        report = _measured(now, day)[1]
    return DayReport(report, _page(now, day))


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=NUMBERS)
def _measured(now: State, day: date) -> tuple[Known, MentorReport]:
    known = now.journal.known_on(day)
    return known, mentor_report(known)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=KEYS)
def _page(now: State, day: date) -> Page:
    return page(*_measured(now, day))
