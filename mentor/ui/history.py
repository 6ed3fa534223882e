"""The History page's parts: the period, the search, weeks or months, and the sessions a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mentor.i18n.language import _, ngettext
from mentor.ui import address, filters, history_filters, risk, tables
from mentor.ui.data import RatedSession
from mentor.ui.history_data import History

_PERIOD: Final = "history_period"
_SEARCH: Final = "history_search"
_PAGE_ROWS: Final = 50


def choose() -> tuple[str, DeltaGenerator]:
    """Draw the period, which is the sidebar's as well, and the search; its text, and the place beside it."""
    if st.session_state.get(_PERIOD) != filters.period():
        st.session_state[_PERIOD] = filters.period()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            _("Period"),
            filters.PERIODS,
            format_func=filters.period_name,
            key=_PERIOD,
            on_change=lambda: filters.set_period(st.session_state[_PERIOD]),
            wrap=True,
        )
        if _SEARCH not in st.session_state:
            st.session_state[_SEARCH] = st.query_params.get("search", "")
        found = st.text_input(_("Search in notes"), type="search", placeholder=_("A word"), key=_SEARCH, width=260)
        address.keep("search", (found or "").strip(), "")
        beside = st.container(width="content")
    return (found or "").strip(), beside


def narrowed(found: History, beside: DeltaGenerator) -> tuple[tuple[RatedSession, ...], bool]:
    """The sessions that fit the filters drawn beside the search, and whether any is chosen."""
    with beside:
        wanted = history_filters.choose(found.sessions)
    return history_filters.fitting(found.sessions, wanted, found.reported), bool(wanted)


def draw_sessions(rows: Sequence[RatedSession], currency: str | None) -> None:
    """The sessions, newest first; a row opens its session."""
    pages = max(1, -(-len(rows) // _PAGE_ROWS))
    key = f"history_page_{hash(tuple(row.session.id for row in rows))}"
    number = min(int(st.session_state.get(key, 1)), pages)
    shown = rows[(number - 1) * _PAGE_ROWS : number * _PAGE_ROWS]
    words = ngettext(
        "{n} session. Choose a row to open its session. Totals are of all symbols.",
        "{n} sessions. Choose a row to open its session. Totals are of all symbols.",
        len(rows),
    )
    st.caption(words)
    tables.sessions(shown, currency, key=f"{key}_{number}")
    risk.draw_period(rows)
    if pages > 1:
        st.pagination(pages, key=key)
