"""The dashboard's charts of results over time: equity with drawdown, and calendars whose days open their session."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.charts.calendar import WIDTH
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.ui import cards, current, data, filters, screens, tables
from mentor.ui.data import Overview

_CALENDAR: Final = "calendar"
_YEAR, _MONTH, _DAY = "calendar_year", "calendar_month", "calendar_day"
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
        lambda: tables.days(data.days(chosen), overview.currency),
        _("Net P/L of each day"),
        "equity_numbers",
        results=[tables.net(overview.currency)],
    )


def draw_calendar(overview: Overview) -> None:
    """Twelve months, a year or a month of days; a click opens the session, the date beside them does so by keyboard."""
    if not overview.years:
        return
    _follow_address(overview)
    year, month = _choose(overview)
    _keep_in_address(overview, year, month)
    if month == _ALL:
        words = _draw_year(year or None)
    else:
        words = _("Net P/L of each session day of {month}", month=numbers.month(date.fromisoformat(month)))
        _draw(data.month(filters.chosen(), date.fromisoformat(month)), words, width=_MONTH_WIDTH)
    st.caption(
        _("Square: the day made money, circle: it lost. The stronger the colour, the more. Click a day to open it.")
    )
    cards.numbers_behind(
        lambda: tables.calendar(_days(year or None, month), overview.currency),
        words,
        "calendar_numbers",
        results=[tables.net(overview.currency)],
    )


def _choose(overview: Overview) -> tuple[int, str]:
    """The year and the month to show, and beside them a day to open."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(_("P/L calendar"), anchor=False)
        year = st.selectbox(
            _("Year"),
            [year or _RECENT for year in overview.years],
            format_func=lambda year: str(year) if year != _RECENT else _("Last 12 months"),
            label_visibility="collapsed",
            width=190,
            key=_YEAR,
        )
        months = [_ALL, *(month.isoformat() for month in _months(overview, year or None))]
        if st.session_state.get(_MONTH) not in months:
            st.session_state[_MONTH] = _ALL
        month = st.selectbox(
            _("Month"),
            months,
            format_func=lambda first: numbers.month(date.fromisoformat(first)) if first else _("All months"),
            label_visibility="collapsed",
            width=190,
            key=_MONTH,
        )
        st.date_input(
            _("Open a day by its date"), value=None, format="YYYY-MM-DD", width=190, key=_DAY, on_change=_open_typed
        )
    return year, month


def _follow_address(overview: Overview) -> None:
    """Begin with the year or month of the address, `2025` or `2025-01`, if the calendar has it."""
    if _YEAR in st.session_state:
        return
    asked = st.query_params.get(_CALENDAR, "")
    month = next((month for month in overview.months if f"{month:%Y-%m}" == asked), None)
    shown = overview.years[0] or _RECENT
    years = [str(year) for year in overview.years if year]
    if asked in years or (month and month not in _months(overview, overview.years[0])):
        shown = int(asked[:4])
    st.session_state[_YEAR], st.session_state[_MONTH] = shown, month.isoformat() if month else _ALL


def _keep_in_address(overview: Overview, year: int, month: str) -> None:
    first = overview.years[0] or _RECENT
    code = month[:7] or (str(year) if year != first else "")
    if code:
        st.query_params[_CALENDAR] = code
    elif _CALENDAR in st.query_params:
        del st.query_params[_CALENDAR]


def _days(year: int | None, month: str) -> pd.DataFrame:
    """The days the calendar shows (`DAILY_DTYPES`)."""
    first, last = data.calendar_days(year, current.journal().today())
    if month != _ALL:
        first = date.fromisoformat(month)
        last = (pd.Timestamp(first) + pd.offsets.MonthEnd(0)).date()
    days = data.days(filters.chosen())
    return days[days["session_date"].between(pd.Timestamp(first), pd.Timestamp(last))]


def _months(overview: Overview, year: int | None) -> list[date]:
    """The months with a day among those the calendar shows, newest first."""
    first, last = data.calendar_days(year, current.journal().today())
    return [month for month in overview.months if first <= month <= last]


def _draw_year(year: int | None) -> str:
    words = (
        _("Net P/L of each session day of {year}", year=year)
        if year
        else _("Net P/L of each session day of the last twelve months")
    )
    st.html(_NEWEST_FIRST)
    with st.container(key="calendar_box"), st.grid(1, min_column_width=WIDTH, wrap=False):
        _draw(data.calendar(filters.chosen(), year), words)
    return words


def _draw(drawn: go.Figure, words: str, **options: Any) -> None:
    alt = _("{calendar}. With the keyboard a day is opened by its date, in the field above.", calendar=words)
    cards.bare_chart(drawn, alt, key=_CALENDAR, on_select=_open_clicked, selection_mode="points", **options)


def _open_typed() -> None:
    day: date | None = st.session_state.get(_DAY)
    if day is not None:
        screens.open_day(day)


def _open_clicked() -> None:
    points = st.session_state[_CALENDAR]["selection"]["points"]
    if points:
        screens.open_day(date.fromisoformat(points[0]["customdata"][0]))
