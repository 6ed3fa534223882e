"""The Emotions page: what each mood came with, how sure that is, and how it came about."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import cards, emotion_data, emotion_details, emotion_overview, emotion_record, filters, starting

st.title(_("Emotions"), anchor=False)
chosen = filters.chosen()
cards.note(_("Sessions with closed trades, {period}", period=filters.in_words(chosen)))
cards.note(_("Bots' trades are left out where there are others."))
shown = emotion_data.emotions(chosen)

if shown is None:
    pass  # its place says how far it is
elif not shown.has_sessions:
    starting.journal_is_empty()
elif not shown.report.coverage.sessions:
    starting.empty(_("No session in this selection"), _("Widen the period or choose other symbols in the sidebar."))
elif not shown.told:
    starting.empty(
        _("No mood is known for these sessions"),
        _("Say how you feel before your first trade; what you feel cannot be read from trades."),
        demo=True,
    )
else:
    emotion_overview.draw(shown)
    emotion_details.draw(shown)
    emotion_record.draw(shown)
