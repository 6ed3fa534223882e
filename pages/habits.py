"""Habits: what the trades themselves show of how they are made, strongest evidence first."""

from __future__ import annotations

import streamlit as st

from mentor.ui import cards, data, filters, habit_data, habit_list, screens, starting

st.title("Habits", anchor=False)
chosen = filters.chosen()
shown = habit_data.habits(chosen)
cards.note(f"Closed trades, {filters.in_words(chosen)}. Bots' trades are left out where there are others.")

if data.is_empty():
    starting.journal_is_empty()
elif not data.has_trades():
    starting.empty("No trade yet", "Import a file of your broker, or add a trade by hand.", screens.imports())
elif not shown.trades:
    starting.empty("No trade in this selection", "Widen the period or choose other symbols in the sidebar.")
else:
    habit_list.draw(shown)
