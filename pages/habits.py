"""Habits: what the trades themselves show of how they are made, strongest evidence first."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import cards, data, filters, habit_data, habit_list, screens, starting

st.title(_("Habits"), anchor=False)
chosen = filters.chosen()
period = filters.in_words(chosen)
cards.note(_("Closed trades, {period}. Bots' trades are left out where there are others.", period=period))
shown = habit_data.habits(chosen)

if data.is_empty():
    starting.journal_is_empty()
elif not data.has_trades():
    starting.empty(_("No trade yet"), _("Import a file of your broker, or add a trade by hand."), screens.imports())
elif shown is None:
    pass  # its place says how far it is
elif not shown.trades:
    starting.empty(_("No trade in this selection"), _("Widen the period or choose other symbols in the sidebar."))
else:
    habit_list.draw(shown)
