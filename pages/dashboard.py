"""The dashboard: what the trades came to, over time, by day and by mood."""

from __future__ import annotations

import streamlit as st

from mentor.ui import cards, data, filters, moods, overview, screens, tables

st.title("Dashboard", anchor=False)
chosen = filters.chosen()
shown = data.overview(chosen)
cards.note(f"Closed trades, {filters.in_words(chosen)}")

if not shown.has_sessions:
    todo = "Import a file of your broker, or say in the sidebar how you feel before your first trade."
    cards.empty("The journal is empty", todo, go_to=screens.imports())
elif not shown.performance.trades and not shown.recent:
    cards.empty("No session in this selection", "Widen the period or choose other symbols in the sidebar.")
else:
    cards.headline(shown.performance, shown.currency)
    overview.draw_equity(shown)
    overview.draw_calendar(shown)
    moods.draw(shown)
    st.subheader("Recent sessions", anchor=False)
    tables.recent_sessions(shown.recent, shown.currency)
    st.caption("Choose a row to open the session. Totals are of all symbols.")
