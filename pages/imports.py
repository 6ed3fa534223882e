"""Import: a broker's file, what it would add, and the imports made so far."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import current, import_list, starting, uploading

st.title(_("Import"), anchor=False)
uploading.draw_upload()

import_list.draw_open_positions()
st.header(_("Imports so far"), anchor=False)
records = current.journal().imports()
if records:
    import_list.draw(records)
else:
    starting.empty(
        _("Nothing imported yet"), _("Choose a file above: you see what it would add before anything is stored.")
    )
