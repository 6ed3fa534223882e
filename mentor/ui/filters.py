"""What the figures are about: the period and the symbols chosen in the sidebar, for every page.

The address keeps them as codes, so that a view can be bookmarked: a widget bound to it would write translated labels.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.models import TradeFilter

_CHOSEN: Final = "chosen_filter"
_PERIOD: Final = "period"
_RANGE: Final = "period_range"
_SYMBOLS: Final = "symbols"
#: In the address, where the Review keeps its week or month as `period`.
_DAYS_ASKED: Final = "days"
_FROM: Final = "from"
_TO: Final = "to"
_ALL: Final = "all"
_CUSTOM: Final = "custom"
_EARLIEST, _LATEST = date(1970, 1, 1), date(2100, 1, 1)
#: Length of each period in days, today included.
_DAYS: Final[dict[str, int]] = {"7": 7, "30": 30, "90": 90, "365": 365}
#: The periods that end today, and all time.
PERIODS: Final = (*_DAYS, _ALL)


def chosen() -> TradeFilter:
    """The filter of this visitor."""
    filters: TradeFilter = st.session_state.get(_CHOSEN, TradeFilter())
    return filters


def choose(today: date, symbols: list[str]) -> None:
    """Draw the filters, remember what was chosen and write it into the address."""
    _follow_address(symbols)
    period = st.selectbox(_("Period"), [_ALL, *_DAYS, _CUSTOM], format_func=period_name, key=_PERIOD)
    start, end = _custom(today) if period == _CUSTOM else _last(period, today)
    wanted = st.multiselect(_("Symbols"), symbols, placeholder=_("All symbols"), key=_SYMBOLS) if symbols else []
    st.session_state[_CHOSEN] = TradeFilter(start=start, end=end, symbols=tuple(wanted))
    _keep(period, (start, end), wanted)


def forget() -> None:
    """Take the filters out of the address, from a callback: they mean nothing in another journal."""
    for name in (_DAYS_ASKED, _FROM, _TO, _SYMBOLS):
        if name in st.query_params:
            del st.query_params[name]


def in_words(filters: TradeFilter) -> str:
    """The filter as a phrase: `from Mon 6 Jan 2025 to Fri 10 Jan 2025, EURUSD`."""
    return ", ".join([_days_in_words(filters), *filters.symbols])


def say_unused() -> None:
    """On a page that shows a day or a period of its own: what is chosen in the sidebar changes nothing here."""
    if chosen() != TradeFilter():
        st.caption(_("The period and the symbols chosen in the sidebar change nothing on this page."))


def period() -> str | None:
    """Which of `PERIODS` is chosen; `None` for other days."""
    chosen = st.session_state.get(_PERIOD, _ALL)
    return chosen if chosen in PERIODS else None


def set_period(period: str | None) -> None:
    """Choose one of `PERIODS`, from a callback."""
    st.session_state[_PERIOD] = period or _ALL


def period_name(period: str) -> str:
    names = {_ALL: _("All time"), _CUSTOM: _("From … to …")}
    return names.get(period) or ngettext("Last {n} day", "Last {n} days", int(period))


def _follow_address(symbols: list[str]) -> None:
    """Choose what the address says when a visit begins; what nobody can read in it counts for nothing."""
    if _PERIOD in st.session_state:
        return
    asked = st.query_params.get(_DAYS_ASKED, _ALL)
    st.session_state[_PERIOD] = asked if asked in (*PERIODS, _CUSTOM) else _ALL
    days = [_day(st.query_params.get(name)) for name in (_FROM, _TO)]
    if asked == _CUSTOM and days[0] and (days[1] is None or days[0] <= days[1]):
        st.session_state[_RANGE] = tuple(filter(None, days))
    st.session_state[_SYMBOLS] = [symbol for symbol in st.query_params.get_all(_SYMBOLS) if symbol in symbols]


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if _EARLIEST <= day <= _LATEST else None


def _keep(period: str, days: tuple[date | None, date | None], symbols: list[str]) -> None:
    """Write only what differs from everything."""
    start, end = (day.isoformat() if day and period == _CUSTOM else "" for day in days)
    chosen = {_DAYS_ASKED: "" if period == _ALL else period, _FROM: start, _TO: end, _SYMBOLS: symbols}
    for name, value in chosen.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def _days_in_words(filters: TradeFilter) -> str:
    first, last = (numbers.day(day) if day else None for day in (filters.start, filters.end))
    if first and last:
        return _("from {first} to {last}", first=first, last=last)
    if first:
        return _("from {first}", first=first)
    return _("to {last}", last=last) if last else _("all time")


def _last(period: str, today: date) -> tuple[date | None, date | None]:
    if period == _ALL:
        return None, None
    return today - timedelta(days=_DAYS[period] - 1), today


def _custom(today: date) -> tuple[date | None, date | None]:
    month = (today - timedelta(days=29), today)
    picked = st.date_input(
        _("From and to"),
        value=month,
        min_value=_EARLIEST,
        max_value=_LATEST,
        format="YYYY-MM-DD",
        key=_RANGE,
        persist_state="session",
    )
    # While the second day is still to be picked the period is open-ended.
    return (picked[0], picked[1]) if len(picked) == 2 else (picked[0] if picked else None, None)
