"""Settings: what the trader decides, and the journal's file."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import access, current, preferences, trade_data

st.title(_("Settings"), anchor=False)
journal = current.journal()
preferences.draw_form(journal.preferences(), trade_data.accounts())
preferences.draw_file()
preferences.draw_export()
preferences.draw_check()
access.draw()
