"""Import: a broker's file, what it would add, and the imports made so far."""

from __future__ import annotations

import streamlit as st

from mentor.ui import cards, data, uploading

st.title("Import", anchor=False)
uploading.draw_upload()

st.subheader("Imports so far", anchor=False)
records = data.journal().imports()
if records:
    uploading.draw_imports(records)
else:
    cards.empty("Nothing imported yet", "Choose a file above: you see what it would add before anything is stored.")
