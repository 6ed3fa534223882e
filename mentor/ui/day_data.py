"""A day as it ran, and what it used of the risk plan, calculated once a state of the journal.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.equity import thin
from mentor.analytics.intraday import day_run, moods_on_run
from mentor.analytics.risk import said_risk
from mentor.analytics.risk_plan import DayDiscipline, discipline
from mentor.charts.day import day_chart
from mentor.models import RiskPlan, TradeFilter
from mentor.ui.current import KEYS, NUMBERS, State, state
from mentor.ui.data import Day

#: Points of the path: a bot's day of thousands of trades would only take longer to send.
_POINTS: Final = 1000
_DAY: Final[dict[str | type[Any], Callable[[Any], Any]]] = {Day: lambda day: str(day.date)}


def path(day: Day) -> go.Figure:
    """The chart of a dated day: its trades, and the moods told on the way."""
    return _path(state(), day)


def plan_kept(day: Day) -> tuple[RiskPlan, DayDiscipline]:
    """The trader's plan, and the day beside it."""
    return _plan_kept(state(), day)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=KEYS | _DAY)
def _path(now: State, day: Day) -> go.Figure:
    run, zone = day_run(_trades(now, day)), now.journal.zone
    moods = moods_on_run(day.checkins, run)
    return day_chart(_local(thin(run, _POINTS), zone), _local(moods, zone), day.currency)


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=NUMBERS | _DAY)
def _plan_kept(now: State, day: Day) -> tuple[RiskPlan, DayDiscipline]:
    assert day.date is not None, "a plan is kept on a day"
    plan, every = now.journal.preferences().risk_plan, now.journal.trades()
    here = every["session_date"] == pd.Timestamp(day.date)  # of one reading: the next may have other rows
    trades, risk = every[here], said_risk(every)[here]
    return plan, discipline(trades, risk, stop_after=plan.stop_after_losses, risk_percent=plan.risk_percent)


def _trades(now: State, day: Day) -> pd.DataFrame:
    return now.journal.trades(TradeFilter(start=day.date, end=day.date))


def _local(points: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    return points.assign(when=points["when"].dt.tz_convert(zone).dt.tz_localize(None))
