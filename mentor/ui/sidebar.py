"""The sidebar of every page: the check-in, today's numbers, the filters."""

from __future__ import annotations

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _
from mentor.ui import cards, checkins, current, data, filters, languages


def draw_check_in() -> None:
    """What never waits, not even for the trades to be read."""
    with st.sidebar:
        checkins.draw_new()


def draw() -> None:
    """The rest of it."""
    journal = current.journal()
    today = data.day(journal.today())
    with st.sidebar:
        checkins.draw_list(today.checkins, journal.zone, place="sidebar")
        _today(today)
        filters.choose(journal.today(), data.symbols())
        languages.draw_switch()


def _today(today: data.Day) -> None:
    net = numbers.money(today.performance.net.value, today.currency)
    with st.grid(2, min_column_width=cards.room([net], 80)):
        st.metric(_("Net today"), net)
        st.metric(_("Trades"), numbers.number(today.performance.trades, 0))
