"""The P/L calendar: a year with a mark a session day, weeks across; a month with the result in each day."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n import evidence, numbers
from mentor.i18n.language import ngettext

#: Pixels of a mark, of the space a week takes across, and of the figure down.
_MARK, _WEEK, _HEIGHT = 12, 14, 176
#: Pixels the figure needs across for its marks not to touch: weeks and the names of the weekdays.
WIDTH: Final = 54 * _WEEK + 48
#: The same of a day in a month, and what stands above and below the weeks.
_DAY, _WEEK_DOWN, _AROUND = 42, 56, 36
_PALE: Final = 0.35


def calendar_chart(days: pd.DataFrame, first: date, last: date, currency: str | None) -> go.Figure:
    """The days of a daily frame from `first` to `last`, a year at most; a mark's first `customdata` is its ISO date.

    A square is a day that made money, a circle one that lost, a small cross one that did neither.
    """
    shown = days[days["session_date"].between(pd.Timestamp(first), pd.Timestamp(last))]
    chart = theme.figure(_blank_days(first, last), _marks(shown, days, first, currency), height=_HEIGHT)
    months = pd.date_range(first.replace(day=1), last, freq="MS")
    months = months[months >= pd.Timestamp(first)]
    chart.update_xaxes(
        tickvals=_week(months, first),
        ticktext=[numbers.month(month, year=False) for month in months],
        range=[-0.8, 53.8],
        side="top",
        showgrid=False,
    )
    chart.update_yaxes(
        tickvals=[0, 2, 4, 6],
        ticktext=[numbers.weekday(place, short=True) for place in (0, 2, 4, 6)],
        range=[6.6, -0.6],
        # Where the newest days are: a narrow screen begins there.
        side="right",
        showgrid=False,
        zeroline=False,
    )
    return chart.update_xaxes(zeroline=False).update_layout(clickmode="event+select", hovermode="closest")


def month_chart(days: pd.DataFrame, first: date, currency: str | None) -> go.Figure:
    """The days of the month that begins on `first`, weekdays across; marks and `customdata` as in the year."""
    last = (pd.Timestamp(first) + pd.offsets.MonthEnd(0)).date()
    shown = days[days["session_date"].between(pd.Timestamp(first), pd.Timestamp(last))]
    every = pd.date_range(first, last)
    weeks = int(_week(every, first).max()) + 1
    traces = (_turned(_blank_days(first, last)), _turned(_marks(shown, days, first, currency)), _written(every, shown))
    chart = theme.figure(*traces, height=_AROUND + _WEEK_DOWN * weeks)
    chart.update_xaxes(
        tickvals=list(range(7)),
        ticktext=[numbers.weekday(place, short=True) for place in range(7)],
        range=[-0.6, 6.6],
        side="top",
        showgrid=False,
        zeroline=False,
    )
    chart.update_yaxes(visible=False, range=[weeks - 0.4, -0.5])
    return chart.update_layout(clickmode="event+select", hovermode="closest")


def _turned(marks: go.Scatter) -> go.Scatter:
    """Weekdays across and weeks down, in larger marks, pale enough for words on them."""
    marks.x, marks.y = marks.y, marks.x
    return marks.update(marker={"size": _DAY, "opacity": _PALE}, unselected_marker_opacity=_PALE)


def _written(every: pd.DatetimeIndex, shown: pd.DataFrame) -> go.Scatter:
    """The number of each day, beneath it what it came to."""
    results = {day: evidence.shortly(net) for day, net in zip(shown["session_date"], shown["profit_loss"], strict=True)}
    return go.Scatter(
        x=every.day_of_week,
        y=_week(every, every[0].date()),
        mode="text",
        text=[f"{day.day}<br><b>{results[day]}</b>" if day in results else str(day.day) for day in every],
        textfont={"size": 11},
        hoverinfo="skip",
    )


def _blank_days(first: date, last: date) -> go.Scatter:
    days = pd.date_range(first, last)
    return go.Scatter(
        x=_week(days, first),
        y=days.day_of_week,
        mode="markers",
        marker={"symbol": "square", "size": _MARK, "color": theme.FAINT, "line": {"width": 0}},
        hoverinfo="skip",
        selected={"marker": {"color": theme.FAINT}},
        unselected={"marker": {"opacity": 1}},
    )


def _marks(shown: pd.DataFrame, days: pd.DataFrame, first: date, currency: str | None) -> go.Scatter:
    dates = pd.DatetimeIndex(shown["session_date"])
    limit = _limit(days["profit_loss"])
    return go.Scatter(
        x=_week(dates, first),
        y=dates.day_of_week,
        mode="markers",
        marker={
            "symbol": np.select([shown["profit_loss"] > 0, shown["profit_loss"] < 0], ["square", "circle"], "x"),
            "size": _MARK,
            "color": shown["profit_loss"],
            "colorscale": theme.RESULT_SCALE,
            "cmin": -limit,
            "cmax": limit,
            "line": {"width": 0},
        },
        customdata=np.column_stack([dates.strftime("%Y-%m-%d"), _told(shown, currency)]),
        text=theme.days(shown["session_date"]),
        hovertemplate="%{text}<br>%{customdata[1]}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
    )


def _told(shown: pd.DataFrame, currency: str | None) -> list[str]:
    """What is said of each day when it is pointed at."""
    trades = [ngettext("{n} trade", "{n} trades", n) for n in shown["trades"].tolist()]
    return [f"{net}<br>{n}" for net, n in zip(theme.money(shown["profit_loss"], currency), trades, strict=True)]


def _week(days: pd.DatetimeIndex, first: date) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The column of each day: weeks begin on Monday, that of `first` is column 0."""
    monday = pd.Timestamp(first) - pd.Timedelta(days=first.weekday())
    return np.asarray((days - monday).days // 7)


def _limit(amounts: pd.Series[float]) -> float:
    """The amount with the full colour: 19 of 20 days stay under it, so that one day cannot pale all."""
    return float(amounts.abs().quantile(0.95)) or 1.0 if len(amounts) else 1.0
