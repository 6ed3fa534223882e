"""The dashboard: what the trades came to, over time, by day and by mood."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import cards, data, figures, filters, moods, overview, reports, starting, tables

st.title(_("Dashboard"), anchor=False)
chosen = filters.chosen()
shown = data.overview(chosen)
cards.note(_("Closed trades, {period}", period=filters.in_words(chosen)))

if not shown.has_sessions:
    starting.journal_is_empty()
elif not shown.performance.trades and not shown.recent:
    starting.empty(_("No session in this selection"), _("Widen the period or choose other symbols in the sidebar."))
else:
    cards.headline(shown.performance, shown.currency)
    figures.draw(chosen)
    overview.draw_equity(shown)
    overview.draw_calendar(shown)
    moods.draw(shown)
    st.subheader(_("Recent sessions"), anchor=False)
    tables.sessions(shown.recent, shown.currency, key="recent_sessions")
    st.caption(_("Choose a row to open the session. Totals are of all symbols."))
    reports.draw_recent(shown.reports, shown.currency)
