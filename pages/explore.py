"""Explore: questions of one's own, put together by rows, columns and a measure, or asked in SQL."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import data, explore, explore_sql, filters, screens, starting

st.title(_("Explore"), anchor=False)

if data.is_empty():
    starting.journal_is_empty()
elif explore.view() == "sql":
    explore_sql.draw()
elif data.has_trades():
    explore.draw(filters.chosen())
else:
    starting.empty(_("No trade yet"), _("Import a file of your broker, or add a trade by hand."), screens.imports())
