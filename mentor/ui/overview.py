"""The dashboard's charts of results over time: equity with drawdown, and the calendar whose day opens its session."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from mentor.charts.calendar import WIDTH
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.ui import cards, data, filters, screens
from mentor.ui.data import Overview

_CALENDAR: Final = "calendar"
#: A narrow screen shows the newest weeks first: the box begins at its end, its content still reads left to right.
_NEWEST_FIRST: Final = (
    "<style>.st-key-calendar_box [data-testid=stGrid] {direction: rtl}"
    ".st-key-calendar_box [data-testid=stGrid] > * {direction: ltr}</style>"
)


def draw_equity(overview: Overview) -> None:
    """The equity curve with the drawdown beneath."""
    net = numbers.money(overview.performance.net.value, overview.currency, signed=True)
    caption = ngettext(
        "Net P/L added up over {n} closed trade, from zero to {net}; beneath it the distance from the best result "
        "so far.",
        "Net P/L added up over {n} closed trades, from zero to {net}; beneath it the distance from the best result "
        "so far.",
        overview.performance.trades,
        net=net,
    )
    cards.chart(_("Equity"), overview.equity, caption, key="equity")


def draw_calendar(overview: Overview) -> None:
    """Twelve months or a year of days; a click opens the session, the link beneath is for the keyboard."""
    if not overview.years:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(_("P/L calendar"), anchor=False)
        year = st.selectbox(
            _("Year"),
            overview.years,
            format_func=lambda year: str(year) if year else _("Last 12 months"),
            label_visibility="collapsed",
            width=190,
            key="calendar_year",
        )
    st.html(_NEWEST_FIRST)
    with st.container(key="calendar_box"), st.grid(1, min_column_width=WIDTH, wrap=False):
        cards.bare_chart(
            data.calendar(filters.chosen(), year),
            _("Net P/L of each session day of {year}", year=year)
            if year
            else _("Net P/L of each session day of the last twelve months"),
            key=_CALENDAR,
            on_select=_open_clicked,
            selection_mode="points",
        )
    st.caption(
        _("Square: the day made money, circle: it lost. The stronger the colour, the more. Click a day to open it.")
    )
    st.page_link(screens.session(), label=_("Open a day by its date"))


def _open_clicked() -> None:
    points = st.session_state[_CALENDAR]["selection"]["points"]
    if points:
        screens.open_day(date.fromisoformat(points[0]["customdata"][0]))
