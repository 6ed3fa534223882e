"""The router: page frame, sidebar, then the page that the address asks for."""

from __future__ import annotations

import streamlit as st

from mentor.ui import warming

warming.wait()

from mentor.ui import checkins, current, data, languages, live, look, screens, sidebar, starting  # noqa: E402
from mentor.ui.messages import announce, reported  # noqa: E402

st.set_page_config(page_title="Mentor", page_icon=look.ICON, layout="wide")
st.html(look.STYLE)
languages.begin()
languages.tell_browser()
page = st.navigation(screens.all_pages())
screens.follow()
current.keep_in_address()
starting.draw_banner()
announce()
with reported(), live.followed():
    sidebar.draw_check_in()
    shown, behind = st.container(), st.container()
    with behind:  # there before the page is, and last for whoever goes by keys: what it opens follows the page too
        checkins.draw_quick()
    with shown:
        if data.loaded():
            sidebar.draw()
            page.run()
