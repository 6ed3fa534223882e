"""The History page's parts: the period, the search, weeks or months, and the sessions a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from mentor.i18n.numbers import count
from mentor.ui import filters, risk, tables
from mentor.ui.data import RatedSession

_PERIOD: Final = "history_period"
_PAGE_ROWS: Final = 50


def choose() -> str:
    """Draw the period, which is the sidebar's as well, and the search; the text searched for."""
    if st.session_state.get(_PERIOD) != filters.period():
        st.session_state[_PERIOD] = filters.period()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Period",
            filters.PERIODS,
            format_func=filters.period_name,
            key=_PERIOD,
            on_change=lambda: filters.set_period(st.session_state[_PERIOD]),
            wrap=True,
        )
        found = st.text_input("Search in notes", type="search", placeholder="A word", key="history_search", width=260)
    return (found or "").strip()


def draw_sessions(rows: Sequence[RatedSession], currency: str | None) -> None:
    """The sessions, newest first; a row opens its session."""
    pages = max(1, -(-len(rows) // _PAGE_ROWS))
    key = f"history_page_{hash(tuple(row.session.id for row in rows))}"
    number = min(int(st.session_state.get(key, 1)), pages)
    shown = rows[(number - 1) * _PAGE_ROWS : number * _PAGE_ROWS]
    st.caption(f"{count(len(rows), 'session')}. Choose a row to open its session. Totals are of all symbols.")
    tables.sessions(shown, currency, key=f"{key}_{number}")
    risk.draw_period(rows)
    if pages > 1:
        st.pagination(pages, key=key)
