"""The dashboard: how it goes, how the trader feels, what that costs and what to do next; then the course of it."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import cards, data, figures, filters, first_steps, glance, overview, reports, starting, tables

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    st.title(_("Dashboard"), anchor=False)
    with st.container(horizontal=True, width="content"):
        figures.draw_formulas()
        first_steps.draw_tour()
chosen = filters.chosen()
cards.note(_("Closed trades, {period}", period=filters.in_words(chosen)))
shown = data.overview(chosen)

first_steps.draw()
if shown is None:
    pass  # its place says how far it is
elif shown.has_sessions and not shown.performance.trades and not shown.recent:
    starting.empty(_("No session in this selection"), _("Widen the period or choose other symbols in the sidebar."))
elif shown.has_sessions:
    cards.headline(shown.performance, shown.currency)
    answers = st.container()
    overview.draw_equity(shown)
    overview.draw_calendar(shown)
    st.header(_("Recent sessions"), anchor=False)
    tables.sessions(shown.recent, shown.currency, key="recent_sessions")
    st.caption(_("Choose a row to open the session. Totals are of all symbols."))
    reports.draw_recent(shown.reports, shown.currency)
    figures.draw(chosen)
    with answers:
        glance.draw(shown, chosen)
