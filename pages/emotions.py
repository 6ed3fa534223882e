"""The Emotions page: what each mood came with, how sure that is, and how it came about."""

from __future__ import annotations

import streamlit as st

from mentor.ui import cards, emotion_data, emotion_details, emotion_overview, emotion_record, filters, starting

st.title("Emotions", anchor=False)
chosen = filters.chosen()
shown = emotion_data.emotions(chosen)
cards.note(f"Sessions with closed trades, {filters.in_words(chosen)}")

if not shown.has_sessions:
    starting.journal_is_empty()
elif not shown.report.coverage.sessions:
    starting.empty("No session in this selection", "Widen the period or choose other symbols in the sidebar.")
elif not shown.told:
    starting.empty(
        "No mood is known for these sessions",
        "Say in the sidebar how you feel before your first trade; what you feel cannot be read from trades.",
        demo=True,
    )
else:
    emotion_overview.draw(shown)
    emotion_details.draw(shown)
    emotion_record.draw(shown)
