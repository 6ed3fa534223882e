"""History: the sessions of a period with mood, result and notes, and what the period came to."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import cards, data, figures, filters, history, history_data, starting, tables

st.title(_("History"), anchor=False)
search, beside = history.choose()
chosen = filters.chosen()
shown = history_data.history(chosen, search)
cards.note(_("By date, {period}", period=filters.in_words(chosen)))

if shown is None:
    pass  # its place says how far it is
elif not shown.sessions and not search and data.is_empty():
    starting.journal_is_empty()
elif not shown.sessions and not search:
    starting.empty(_("No session in this period"), _("Choose a longer period above."))
else:
    sessions, filtered = history.narrowed(shown, beside)
    if search or filtered:
        cards.note(_("The figures are of the whole period; search and filters narrow the list of sessions only."))
    cards.headline(shown.performance, shown.currency)
    figures.draw(chosen)
    if len(shown.periods) > 1:
        st.header(_("By month") if shown.length == "month" else _("By week"), anchor=False)
        tables.periods(shown.periods, shown.length, shown.currency)
    st.header(_("Sessions"), anchor=False)
    if sessions:
        history.draw_sessions(sessions, shown.currency)
    elif filtered:
        starting.empty(_("No session fits these filters"), _("Choose other ones, or clear the filters."))
    else:
        starting.empty(
            _("No notes of this period hold these words"), _("Search for another word, or clear the search.")
        )
