"""Results by groups with their intervals, how results are spread, and what each emotion added up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n import evidence, labels, numbers
from mentor.i18n.language import _, ngettext

_ROW, _AROUND, _SPREAD, _COURSE = 34, 60, 260, 360
#: Pixels that one row takes: with less its axis and the title of it would lie upon each other.
_LEAST: Final = 130
#: Groups of one chart; the table beneath has all.
MOST: Final = 20


def groups_chart(groups: pd.DataFrame, names: Sequence[str], currency: str | None) -> go.Figure:
    """Mean net a trade of each group (`GROUP_DTYPES`), the first on top, with its 95 % interval.

    Grey and hollow where the interval holds zero or there is none; a triangle points to the side it lies on.
    """
    if groups.empty:
        return theme.empty(_("No closed trade says it in this selection"))
    sure = ((groups["low"] > 0) | (groups["high"] < 0)).tolist()
    shades = [
        theme.sign_colour(mean) if known else theme.NEUTRAL for mean, known in zip(groups["mean"], sure, strict=True)
    ]
    places = list(range(len(groups)))
    chart = theme.figure(
        *_intervals(groups, shades),
        go.Scatter(
            x=groups["mean"],
            y=places,
            mode="markers",
            marker={"symbol": _symbols(groups["mean"], sure), "size": 12, "color": shades, "line": {"width": 2}},
            text=_told(groups, names, currency),
            hovertemplate="%{text}<extra></extra>",
        ),
        height=max(_LEAST, _AROUND + _ROW * len(groups)),
    )
    chart.update_yaxes(
        tickvals=places,
        ticktext=[theme.counted(theme.row_name(name), n) for name, n in zip(names, groups["trades"], strict=True)],
        range=[len(groups) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
    )
    title = _("Net P/L of a trade") + theme.in_brackets(currency)
    ends = np.append(groups[["low", "mean", "high"]].to_numpy().ravel(), 0.0)
    air = float(np.nanmax(ends) - np.nanmin(ends)) * 0.06 or 1.0
    room = [float(np.nanmin(ends)) - air, float(np.nanmax(ends)) + air]
    chart.update_xaxes(title={"text": title}, zeroline=True, range=room, **theme.ticks(ends))
    return chart.update_layout(hovermode="closest")


def _intervals(groups: pd.DataFrame, shades: Sequence[str]) -> list[go.Scatter]:
    """A line a group that has one."""
    return [
        go.Scatter(x=[low, high], y=[place, place], mode="lines", line={"color": shade, "width": 3}, hoverinfo="skip")
        for place, (low, high, shade) in enumerate(zip(groups["low"], groups["high"], shades, strict=True))
        if low == low
    ]


def _symbols(means: pd.Series[float], sure: Sequence[bool]) -> list[str]:
    sides = ["triangle-right" if mean > 0 else "triangle-left" for mean in means]
    return [side if known else "circle-open" for side, known in zip(sides, sure, strict=True)]


def _told(groups: pd.DataFrame, names: Sequence[str], currency: str | None) -> list[str]:
    means = theme.money(groups["mean"], currency)
    return [
        f"{theme.safe(name)}<br>{mean}<br>{interval}<br>{n}"
        for name, mean, interval, n in zip(
            names, means, intervals(groups, currency), map(_trades, groups["trades"]), strict=True
        )
    ]


def intervals(groups: pd.DataFrame, currency: str | None) -> list[str]:
    """The 95 % intervals in words, a dash where there is none."""
    lows, highs = theme.money(groups["low"], currency), theme.money(groups["high"], currency)
    return [
        evidence.span(low, high) if known else numbers.DASH
        for low, high, known in zip(lows, highs, groups["low"].notna(), strict=True)
    ]


def _trades(n: int) -> str:
    return ngettext("{n} trade", "{n} trades", n)


def spread_chart(bars: pd.DataFrame, write: Callable[[float], str], axis: str) -> go.Figure:
    """How many results lie where (`SPREAD_DTYPES`); those above zero stand right of it and in another colour."""
    if bars.empty:
        return theme.empty(_("Nothing to show in this selection"))
    middles = (bars["low"] + bars["high"]) / 2
    drawn = go.Bar(
        x=middles,
        y=bars["n"],
        width=(bars["high"] - bars["low"]) * 0.94,
        marker={"color": [theme.GAIN if middle > 0 else theme.LOSS for middle in middles], "line": {"width": 0}},
        text=_where(bars, write),
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    chart = theme.figure(drawn, height=_SPREAD)
    ends = bars[["low", "high"]].to_numpy().ravel()
    told = theme.ticks(ends, most=8)
    chart.update_xaxes(title={"text": axis}, zeroline=True, showgrid=False, rangemode="tozero", **told)
    return chart.update_yaxes(title={"text": _("How many")}, **theme.ticks(bars["n"], most=4, least=1))


def _where(bars: pd.DataFrame, write: Callable[[float], str]) -> list[str]:
    """What each bar holds; the outermost everything beyond as well."""
    last = len(bars) - 1
    words = []
    for place, (low, high, n) in enumerate(zip(bars["low"], bars["high"], bars["n"], strict=True)):
        if place == 0 < last:
            where = _("below {amount}", amount=theme.safe(write(high)))
        elif place == last > 0:
            where = _("from {amount} on", amount=theme.safe(write(low)))
        else:
            where = evidence.span(theme.safe(write(low)), theme.safe(write(high)))
        words.append(f"{where}<br>n = {numbers.number(n, 0)}")
    return words


def emotions_chart(sessions: pd.DataFrame, currency: str | None) -> go.Figure:
    """The results of the sessions of each emotion added up; `sessions` has session_date, emotion, profit_loss."""
    if sessions.empty:
        return theme.empty(_("No session with a mood in this selection"))
    groups = sessions.sort_values("session_date").groupby("emotion", sort=False)
    chart = theme.figure(*(_course(str(code), rows, currency) for code, rows in groups), height=_COURSE)
    chart.update_layout(
        hovermode="closest",
        showlegend=True,
        legend=theme.LEGEND,
        xaxis=theme.time_ticks(sessions["session_date"]),
    )
    sums = np.concatenate([rows["profit_loss"].cumsum().to_numpy() for _code, rows in groups])
    return chart.update_yaxes(title={"text": theme.net(currency)}, **theme.ticks(sums))


def _course(code: str, rows: pd.DataFrame, currency: str | None) -> go.Scatter:
    name, so_far = theme.safe(labels.emotion(code)), rows["profit_loss"].cumsum()
    days, sums = theme.days(rows["session_date"]), theme.money(so_far, currency)
    return go.Scatter(
        x=rows["session_date"],
        y=so_far,
        name=theme.counted(theme.row_name(labels.emotion(code)), len(rows)),
        mode="lines+markers",
        line={"color": theme.emotion_colour(code), "width": 2, "shape": "hv"},
        marker={"size": 5, "color": theme.emotion_colour(code)},
        text=[f"{name}<br>{day}<br>{net}" for day, net in zip(days, sums, strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )
