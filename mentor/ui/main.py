"""The router: page frame, sidebar, then the page that the address asks for."""

from __future__ import annotations

import streamlit as st

from mentor.ui import cards, current, languages, live, screens, sidebar, starting
from mentor.ui.messages import announce, reported

st.set_page_config(page_title="Mentor", page_icon="📈", layout="wide")
st.html(cards.LOOK)
languages.begin()
page = st.navigation(screens.all_pages())
screens.follow()
current.keep_in_address()
starting.draw_banner()
announce()
with reported(), live.followed():
    sidebar.draw()
    page.run()
