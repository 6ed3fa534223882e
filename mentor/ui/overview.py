"""The dashboard's charts of results over time: equity with drawdown, and calendars whose days open their session."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from mentor.charts.calendar import WIDTH
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.ui import cards, current, data, filters, screens, tables
from mentor.ui.data import Overview

_CALENDAR: Final = "calendar"
#: The choices that are no year and no month: nothing at all could be cleared by a click.
_RECENT, _ALL = 0, ""
#: Pixels across: wider, the days of a month would stand far apart.
_MONTH_WIDTH: Final = 460
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
        "so far, and the mood of each session that had one before trading.",
        "Net P/L added up over {n} closed trades, from zero to {net}; beneath it the distance from the best result "
        "so far, and the mood of each session that had one before trading.",
        overview.performance.trades,
        net=net,
    )
    cards.chart(_("Equity"), overview.equity, caption, key="equity")
    chosen = filters.chosen()
    cards.numbers_behind(
        lambda: tables.days(data.days(chosen), overview.currency), _("Net P/L of each day"), "equity_numbers"
    )


def draw_calendar(overview: Overview) -> None:
    """Twelve months or a year of days; a click opens the session, the link beneath is for the keyboard."""
    if not overview.years:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(_("P/L calendar"), anchor=False)
        year = st.selectbox(
            _("Year"),
            [year or _RECENT for year in overview.years],
            format_func=lambda year: str(year) if year != _RECENT else _("Last 12 months"),
            label_visibility="collapsed",
            width=190,
            key="calendar_year",
        )
        month = st.selectbox(
            _("Month"),
            [_ALL, *(month.isoformat() for month in _months(overview, year or None))],
            format_func=lambda first: numbers.month(date.fromisoformat(first)) if first else _("All months"),
            label_visibility="collapsed",
            width=190,
            key="calendar_month",
        )
    if month == _ALL:
        _draw_year(year or None)
    else:
        first = date.fromisoformat(month)
        words = _("Net P/L of each session day of {month}", month=numbers.month(first))
        _draw(data.month(filters.chosen(), first), words, width=_MONTH_WIDTH)
    st.caption(
        _("Square: the day made money, circle: it lost. The stronger the colour, the more. Click a day to open it.")
    )
    st.page_link(screens.session(), label=_("Open a day by its date"))


def _months(overview: Overview, year: int | None) -> list[date]:
    """The months with a day among those the calendar shows, newest first."""
    first, last = data.calendar_days(year, current.journal().today())
    return [month for month in overview.months if first <= month <= last]


def _draw_year(year: int | None) -> None:
    words = (
        _("Net P/L of each session day of {year}", year=year)
        if year
        else _("Net P/L of each session day of the last twelve months")
    )
    st.html(_NEWEST_FIRST)
    with st.container(key="calendar_box"), st.grid(1, min_column_width=WIDTH, wrap=False):
        _draw(data.calendar(filters.chosen(), year), words)


def _draw(drawn: go.Figure, words: str, **options: Any) -> None:
    cards.bare_chart(drawn, words, key=_CALENDAR, on_select=_open_clicked, selection_mode="points", **options)


def _open_clicked() -> None:
    points = st.session_state[_CALENDAR]["selection"]["points"]
    if points:
        screens.open_day(date.fromisoformat(points[0]["customdata"][0]))
