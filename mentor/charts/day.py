"""One day as it ran: the money made after each trade, and the moods told on the way."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme


def day_chart(run: pd.DataFrame, moods: pd.DataFrame, label: Callable[[str], str], currency: str | None) -> go.Figure:
    """A day's path and moods (`DAY_RUN_DTYPES`, `DAY_MOOD_DTYPES`) whose `when` is local time; `label` names a mood."""
    if run.empty and moods.empty:
        return theme.empty("No closed trade and no mood on this day")
    traces = [trace for trace in (_line(run, currency), _moods(moods, label)) if len(trace.x)]
    chart = theme.figure(*traces, height=300)
    chart.update_xaxes(hoverformat="%H:%M:%S", tickformat="%H:%M", nticks=8)
    chart.update_yaxes(title={"text": f"Net P/L{theme.in_brackets(currency)}"}, zeroline=True)
    return chart.update_layout(hovermode="closest", margin={"t": 28})


def _line(run: pd.DataFrame, currency: str | None) -> go.Scatter:
    texts = [
        f"{theme.safe(symbol)} {amount:+,.2f}{theme.unit(currency)}" if symbol else "start"
        for symbol, amount in zip(run["symbol"], run["profit_loss"], strict=True)
    ]
    return go.Scatter(
        x=run["when"],
        y=run["equity"],
        text=texts,
        mode="lines+markers",
        line={"color": theme.GAIN, "width": 2, "shape": "hv"},
        marker={"size": 7, "color": [theme.sign_colour(amount) for amount in run["profit_loss"]]},
        hovertemplate=f"%{{x}}<br>%{{text}}<br>net so far %{{y:+,.2f}}{theme.unit(currency)}<extra></extra>",
    )


def _moods(moods: pd.DataFrame, label: Callable[[str], str]) -> go.Scatter:
    return go.Scatter(
        x=moods["when"],
        y=moods["equity"],
        text=[theme.safe(label(emotion)) for emotion in moods["emotion"]],
        mode="markers+text",
        textposition="top center",
        cliponaxis=False,
        marker={"symbol": "diamond", "size": 12, "color": theme.MOOD, "line": {"width": 0}},
        hovertemplate="%{x}<br>felt: %{text}<extra></extra>",
    )
