"""What a session holds beside its trades: the way to other days, the trader's notes, what the day was called."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from mentor.i18n import labels, numbers
from mentor.models import Session
from mentor.ui import data
from mentor.ui.messages import attempt
from mentor.ui.plain import plain

_DATE: Final = "date"
_FIRST, _LAST = date(1970, 1, 1), date(2100, 12, 31)


def choose_day(today: date) -> date:
    """The day of the address (`/session?date=2025-01-15`), today when it names none; with buttons around it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button("Previous", icon=":material/chevron_left:", help="The day before", on_click=_move, args=(-1, today))
        st.date_input(
            "Session date",
            value=today,
            min_value=_FIRST,
            max_value=_LAST,
            format="YYYY-MM-DD",
            key=_DATE,
            bind="query-params",
            width=145,
        )
        st.button("Next", icon=":material/chevron_right:", help="The day after", on_click=_move, args=(1, today))
    return _chosen(today)


def draw_notes(day: data.Day) -> None:
    """The day's notes, to be written and saved; without a session saving makes one."""
    key = f"notes_{day.date.isoformat()}"
    stored = day.session.personal_notes if day.session else ""
    with st.form(f"form_{key}", border=False):
        st.text_area(
            "Notes",
            value=stored,
            key=key,
            height=140,
            placeholder="What happened, what to repeat, what not",
            label_visibility="collapsed",
        )
        st.form_submit_button("Save notes", on_click=_save_notes, args=(day.date, key))


def draw_words(session: Session, currency: str | None, *, told: bool) -> None:
    """What is written on the session itself, also by other programs; its word only while no check-in is `told`."""
    if session.stated:
        net = numbers.money(session.total_profit_loss, currency)
        trades = numbers.count(session.total_trades, "trade")
        st.info(plain(f"Another program stated {trades} and net {net} for this day; no trade stands behind it."))
    mood = "" if told else f"Mood: {labels.stored_mood(session.emotions)} · "
    st.caption(plain(f"{mood}Market: {labels.stored_market(session.market_conditions)}"))


def _chosen(today: date) -> date:
    return st.session_state.get(_DATE) or today


def _move(days: int, today: date) -> None:
    moved = _chosen(today) + timedelta(days=days)
    st.session_state[_DATE] = min(max(moved, _FIRST), _LAST)


def _save_notes(day: date, key: str) -> None:
    attempt(lambda: _saved(day, st.session_state[key]))


def _saved(day: date, notes: str) -> str:
    data.journal().update_notes(day, notes)
    return f"Notes of {numbers.day(day)} saved."
