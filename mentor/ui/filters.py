"""What the figures are about: the period and the symbols chosen in the sidebar, for every page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from mentor.i18n import numbers
from mentor.models import TradeFilter

_CHOSEN: Final = "chosen_filter"
_PERIOD: Final = "period"
_ALL: Final = "all"
_CUSTOM: Final = "custom"
#: Length of each period in days, today included.
_DAYS: Final[dict[str, int]] = {"7": 7, "30": 30, "90": 90, "365": 365}
#: The periods that end today, and all time.
PERIODS: Final = (*_DAYS, _ALL)


def chosen() -> TradeFilter:
    """The filter of this visitor."""
    filters: TradeFilter = st.session_state.get(_CHOSEN, TradeFilter())
    return filters


def choose(today: date, symbols: list[str]) -> None:
    """Draw the filters and remember what was chosen."""
    period = st.selectbox("Period", [_ALL, *_DAYS, _CUSTOM], format_func=period_name, key=_PERIOD)
    start, end = _custom(today) if period == _CUSTOM else _last(period, today)
    wanted = st.multiselect("Symbols", symbols, placeholder="All symbols", key="symbols") if symbols else []
    st.session_state[_CHOSEN] = TradeFilter(start=start, end=end, symbols=tuple(wanted))


def in_words(filters: TradeFilter) -> str:
    """The filter as a phrase: `from Mon 6 Jan 2025 to Fri 10 Jan 2025, EURUSD`."""
    parts = []
    if filters.start:
        parts.append(f"from {numbers.day(filters.start)}")
    if filters.end:
        parts.append(f"to {numbers.day(filters.end)}")
    period = " ".join(parts) or "all time"
    return ", ".join([period, *filters.symbols])


def period() -> str | None:
    """Which of `PERIODS` is chosen; `None` for other days."""
    chosen = st.session_state.get(_PERIOD, _ALL)
    return chosen if chosen in PERIODS else None


def set_period(period: str | None) -> None:
    """Choose one of `PERIODS`, from a callback."""
    st.session_state[_PERIOD] = period or _ALL


def period_name(period: str) -> str:
    names = {_ALL: "All time", _CUSTOM: "From … to …"}
    return names.get(period) or f"Last {period} days"


def _last(period: str, today: date) -> tuple[date | None, date | None]:
    if period == _ALL:
        return None, None
    return today - timedelta(days=_DAYS[period] - 1), today


def _custom(today: date) -> tuple[date | None, date | None]:
    month = (today - timedelta(days=29), today)
    picked = st.date_input(
        "From and to",
        value=month,
        min_value=date(1970, 1, 1),
        max_value=date(2100, 1, 1),
        format="YYYY-MM-DD",
        key="period_range",
        persist_state="session",
    )
    # While the second day is still to be picked the period is open-ended.
    return (picked[0], picked[1]) if len(picked) == 2 else (picked[0] if picked else None, None)
