"""History: the sessions of a period with mood, result and notes, and what the period came to."""

from __future__ import annotations

import streamlit as st

from mentor.ui import cards, data, figures, filters, history, history_data, starting, tables

st.title("History", anchor=False)
search = history.choose()
chosen = filters.chosen()
shown = history_data.history(chosen, search)
cards.note(f"By date, {filters.in_words(chosen)}")

if not shown.sessions and not search and data.is_empty():
    starting.journal_is_empty()
elif not shown.sessions and not search:
    starting.empty("No session in this period", "Choose a longer period above.")
else:
    if search:
        cards.note("The figures are of the whole period; the search narrows the list of sessions only.")
    cards.headline(shown.performance, shown.currency)
    figures.draw(chosen)
    if len(shown.periods) > 1:
        st.subheader("By month" if shown.length == "month" else "By week", anchor=False)
        tables.periods(shown.periods, shown.length, shown.currency)
    st.subheader("Sessions", anchor=False)
    if shown.sessions:
        history.draw_sessions(shown.sessions, shown.currency)
    else:
        starting.empty("No notes of this period hold these words", "Search for another word, or clear the search.")
