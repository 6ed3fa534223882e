"""What the Emotions page shows, calculated once a state of the journal and filter.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from mentor.i18n import evidence
from mentor.i18n.language import _
from mentor.models import TradeFilter
from mentor.ui.current import NUMBERS, State, state

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


def emotions(filters: TradeFilter) -> Emotions:
    with st.spinner(_("Holding moods against results …")):
        return _emotions(state(), filters)


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=NUMBERS)
def _emotions(now: State, filters: TradeFilter) -> Emotions:
    book = now.journal
    return Emotions(report=book.emotions(filters), currency=book.currency, has_sessions=bool(book.sessions()))
