"""Breakdown: what trades brought by symbol, strategy, time and mood, and how the results are spread."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import breakdown, breakdown_data, cards, data, filters, moods, starting

st.title(_("Breakdown"), anchor=False)
chosen = filters.chosen()
cards.note(_("Closed trades, {period}", period=filters.in_words(chosen)))
shown = breakdown_data.breakdown(chosen)

if shown is None:
    pass  # its place says how far it is
elif not shown.performance.trades and data.is_empty():
    starting.journal_is_empty()
elif not shown.performance.trades:
    starting.empty(
        _("No closed trade in this selection"), _("Widen the period or choose other symbols in the sidebar.")
    )
else:
    cards.left_out(shown.performance)
    breakdown.draw_groups(chosen, shown.currency)
    breakdown.draw_spread(shown)
    moods.draw(shown)
    breakdown.draw_emotions(shown)
