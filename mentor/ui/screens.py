"""The registry of pages, and the way from one to another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import Page

_PAGES: Final = Path(__file__).resolve().parents[2] / "pages"
_TARGET: Final = "open_session_of"


def dashboard() -> Page:
    return st.Page(_PAGES / "dashboard.py", title="Dashboard", icon=":material/monitoring:", default=True)


def session() -> Page:
    return st.Page(_PAGES / "session.py", title="Session", icon=":material/event:", url_path="session")


def imports() -> Page:
    return st.Page(_PAGES / "imports.py", title="Import", icon=":material/upload_file:", url_path="import")


def all_pages() -> list[Page]:
    return [dashboard(), session(), imports()]


def open_session(day: date) -> None:
    """Ask for the session of a day, from a callback; the router goes there (`follow`).

    Going straight from a page would leave its address half-written: the browser refuses a switch
    while a widget that is bound to the address is drawn.
    """
    st.session_state[_TARGET] = day


def follow() -> None:
    """Go where the last callback asked to; call before anything is drawn."""
    target = st.session_state.pop(_TARGET, None)
    if target is not None:
        st.switch_page(session(), query_params={"date": target.isoformat()})
