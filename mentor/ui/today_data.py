"""Today as far as it went: its path, what it used of the risk plan, and what can be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.intraday import day_run, moods_on_run
from mentor.analytics.risk import said_risk
from mentor.analytics.risk_plan import DayDiscipline, discipline
from mentor.charts.day import day_chart
from mentor.i18n import labels
from mentor.models import RiskPlan, TradeFilter
from mentor.ui import data
from mentor.ui.current import KEYS, State, state
from mentor.ui.data import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day so far; `analysis` is the documented dict, `None` while the day has no session."""

    day: Day
    run: go.Figure
    plan: RiskPlan
    discipline: DayDiscipline
    analysis: dict[str, Any] | None


def today() -> Today:
    """Today in the trader's zone."""
    now = state()
    return _today(now, data.day(now.journal.today()))


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=KEYS | {Day: lambda day: str(day.date)})
def _today(now: State, day: Day) -> Today:
    book, every = now.journal, now.journal.trades()
    trades = book.trades(TradeFilter(start=day.date, end=day.date))
    plan = book.preferences().risk_plan
    return Today(
        day=day,
        run=_drawn(now, day, trades),
        plan=plan,
        discipline=discipline(
            trades,
            said_risk(every).loc[trades.index],
            stop_after=plan.stop_after_losses,
            risk_percent=plan.risk_percent,
        ),
        analysis=book.analyze_trading_session(day.date) if day.session and day.date else None,
    )


def _drawn(now: State, day: Day, trades: pd.DataFrame) -> go.Figure:
    run = day_run(trades)
    moods = moods_on_run(day.checkins, run)
    zone = now.journal.zone
    return day_chart(_local(run, zone), _local(moods, zone), labels.emotion, day.currency)


def _local(points: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    return points.assign(when=points["when"].dt.tz_convert(zone).dt.tz_localize(None))
