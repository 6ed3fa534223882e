"""The dashboard's charts of results over time: equity with drawdown, and calendars whose days open their session."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.charts.calendar import WIDTH
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.ui import cards, data, filters, screens, tables
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
    if overview.newest is None:
        return
    _follow_address(overview, overview.newest)
    year, month = _choose(overview, overview.newest)
    _keep_in_address(year, month)
    first, last = _span(overview.newest, year, month)
    words = _("Net P/L of each session day, {span}", span=_name(overview.newest, year, month))
    if month == _ALL:
        st.html(_NEWEST_FIRST)
        with st.container(key="calendar_box"), st.grid(1, min_column_width=WIDTH, wrap=False):
            _draw(data.calendar(filters.chosen(), first, last), words)
    else:
        _draw(data.month(filters.chosen(), first), words, width=_MONTH_WIDTH)
    st.caption(
        _("Square: the day made money, circle: it lost. The stronger the colour, the more. Click a day to open it.")
    )
    cards.numbers_behind(
        lambda: tables.calendar(_days(first, last), overview.currency),
        words,
        "calendar_numbers",
        results=[tables.net(overview.currency)],
    )


def _choose(overview: Overview, newest: date) -> tuple[int, str]:
    """The year and the month to show, and beside them a day to open."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(_("P/L calendar"), anchor=False)
        year = st.selectbox(
            _("Year"),
            [_RECENT, *overview.years],
            format_func=lambda year: _name(newest, year, _ALL),
            label_visibility="collapsed",
            width=190,
            key=_YEAR,
        )
        months = [_ALL, *(month.isoformat() for month in _months(overview, newest, year))]
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


def _follow_address(overview: Overview, newest: date) -> None:
    """Begin with the year or month of the address, `2025` or `2025-01`, if the calendar has it."""
    if _YEAR in st.session_state:
        return
    asked = st.query_params.get(_CALENDAR, "")
    month = next((month for month in overview.months if f"{month:%Y-%m}" == asked), None)
    a_year = asked in map(str, overview.years) or (month and month not in _months(overview, newest, _RECENT))
    st.session_state[_YEAR] = int(asked[:4]) if a_year else _RECENT
    st.session_state[_MONTH] = month.isoformat() if month else _ALL


def _keep_in_address(year: int, month: str) -> None:
    code = month[:7] or (str(year) if year != _RECENT else "")
    if code:
        st.query_params[_CALENDAR] = code
    elif _CALENDAR in st.query_params:
        del st.query_params[_CALENDAR]


def _span(newest: date, year: int, month: str) -> tuple[date, date]:
    """The first and the last day of a month, else of a year, else of the twelve months up to that of the newest day."""
    if month == _ALL and year != _RECENT:
        return date(year, 1, 1), date(year, 12, 31)
    first = date.fromisoformat(month) if month else newest.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return first if month else _months_before(first, 11), last


def _months_before(first: date, months: int) -> date:
    """The first day of the month so many before; there is none before the year 1."""
    year, month = divmod(max(first.year * 12 + first.month - 1 - months, 12), 12)
    return date(year, month + 1, 1)


def _name(newest: date, year: int, month: str) -> str:
    if month != _ALL:
        return numbers.month(date.fromisoformat(month))
    return str(year) if year != _RECENT else _("12 months to {month}", month=numbers.month(newest))


def _days(first: date, last: date) -> pd.DataFrame:
    """The days the calendar shows (`DAILY_DTYPES`)."""
    days = data.days(filters.chosen())
    return days[days["session_date"].between(pd.Timestamp(first), pd.Timestamp(last))]


def _months(overview: Overview, newest: date, year: int) -> list[date]:
    """The months with a day among those of the year or of the twelve months, newest first."""
    first, last = _span(newest, year, _ALL)
    return [month for month in overview.months if first <= month <= last]


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
