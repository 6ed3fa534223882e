"""The registry of pages, and the way from one to another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import Page

from mentor.i18n.language import _

_PAGES: Final = Path(__file__).resolve().parents[2] / "pages"
_TARGET: Final = "open_session_of"


def dashboard() -> Page:
    return st.Page(_PAGES / "dashboard.py", title=_("Dashboard"), icon=":material/monitoring:", default=True)


def today() -> Page:
    return _page("today", _("Today"), "today")


def session() -> Page:
    return _page("session", _("Session"), "event")


def emotions() -> Page:
    return _page("emotions", _("Emotions"), "psychology")


def breakdown() -> Page:
    return _page("breakdown", _("Breakdown"), "stacked_bar_chart")


def habits() -> Page:
    return _page("habits", _("Habits"), "repeat")


def trades() -> Page:
    return _page("trades", _("Trades"), "table_rows")


def history() -> Page:
    return _page("history", _("History"), "history")


def review() -> Page:
    return _page("review", _("Review"), "date_range")


def explore() -> Page:
    return _page("explore", _("Explore"), "query_stats")


def imports() -> Page:
    return st.Page(_PAGES / "imports.py", title=_("Import"), icon=":material/upload_file:", url_path="import")


def settings() -> Page:
    return _page("settings", _("Settings"), "settings")


def all_pages() -> list[Page]:
    return [
        dashboard(),
        today(),
        emotions(),
        habits(),
        breakdown(),
        review(),
        trades(),
        history(),
        session(),
        explore(),
        imports(),
        settings(),
    ]


def open_day(day: date) -> None:
    """Ask for the session of a day, from a callback; the router goes there (`follow`).

    Going straight from a page would leave its address half-written: the browser refuses a switch
    while a widget that is bound to the address is drawn.
    """
    st.session_state[_TARGET] = {"date": day.isoformat()}


def open_session(day: date | None, session_id: int) -> None:
    """Ask for a session; one without a readable day goes by its id."""
    if day is not None:
        open_day(day)
    else:
        st.session_state[_TARGET] = {"id": str(session_id)}


def follow() -> None:
    """Go where the last callback asked to; call before anything is drawn."""
    target = st.session_state.pop(_TARGET, None)
    if target is not None:
        st.switch_page(session(), query_params=target)


def _page(name: str, title: str, icon: str) -> Page:
    return st.Page(_PAGES / f"{name}.py", title=title, icon=f":material/{icon}:", url_path=name)
