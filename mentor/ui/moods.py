"""P/L by emotion: a chart for each basis, coverage first, and what it does not prove."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.emotions import Basis
from mentor.i18n import evidence, labels
from mentor.i18n.language import _
from mentor.ui import cards, screens, starting, tables
from mentor.ui.breakdown_data import Breakdown


def draw(shown: Breakdown) -> None:
    """The results of the sessions beside their mood, those told before the first trade first."""
    st.header(_("P/L by emotion"), anchor=False)
    st.caption(evidence.coverage(shown.moods.coverage))
    cards.note(_("Bots' trades are left out where there are others."))
    if not shown.emotions:
        starting.empty(_("No mood is known for these sessions"), _("Check in before your first trade."))
        return
    for basis, drawn in shown.emotions.items():
        draw_one = _chart if basis == "before" else _apart
        draw_one(basis, drawn)
    st.caption(
        _(
            "Each dot is a session, each bar the mean of the n sessions beside it. This describes what happened; it "
            "is no evidence that a mood cost or earned money: that takes a test and an interval."
        )
    )
    cards.numbers_behind(
        lambda: tables.moods(shown.moods.groups, shown.currency),
        _("Results by emotion"),
        "emotion_numbers",
        results=[_("Net P/L"), _("Mean")],
        emotions=[_("Emotion")],
    )
    st.page_link(screens.emotions(), label=_("What each emotion comes with, and how sure that is"))


def _apart(basis: Basis, drawn: go.Figure) -> None:
    with st.expander(_(labels.BASES[basis])):
        st.caption(_("Shown apart: the result may have coloured the mood, so this can never be read as its cause."))
        _chart(basis, drawn)


def _chart(basis: Basis, drawn: go.Figure) -> None:
    alt = _("Net P/L of each session by emotion. {told}.", told=_(labels.BASES[basis]))
    cards.bare_chart(drawn, alt, key=f"emotions_{basis}")
