"""The equity curve, beneath it the drawdown and the mood each session began with."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n import labels, numbers
from mentor.i18n.language import _

#: Up to this many trades each is marked by a dot, so that one trade alone can be seen.
_DOTS: Final = 40


def equity_chart(points: pd.DataFrame, moods: pd.DataFrame, currency: str | None) -> go.Figure:
    """Cumulative net P/L and drawdown of an equity frame whose `when` is local time, in base currency.

    `moods` has the `session_date` and `emotion` of the sessions whose mood was told before trading.
    """
    if points.empty:
        return theme.empty(_("No closed trade in this selection"))
    told = [_moods(str(code), days) for code, days in moods.groupby("emotion", sort=False)]
    chart = theme.figure(_line(points, currency), _depth(points, currency), *told, height=430 if told else 360)
    chart.update_layout(
        hovermode="x unified",
        xaxis={"anchor": "y3" if told else "y2", "hoverformat": "%Y-%m-%d %H:%M", **theme.time_ticks(points["when"])},
        yaxis={"domain": [0.40, 1.0], "rangemode": "tozero", **theme.ticks(points["equity"])},
        yaxis_title_text=theme.net(currency),
        yaxis2={**_lower_axis(), "title": {"text": _("Drawdown")}, **theme.ticks(-points["drawdown"], most=3)},
        yaxis3={"domain": [0.0, 0.06], "range": [-1, 1], "fixedrange": True, "visible": False},
        showlegend=bool(told),
        legend=theme.LEGEND,
    )
    return chart


def _moods(code: str, days: pd.DataFrame) -> go.Scatter:
    """The sessions that began with an emotion, in its colour, at noon of their days."""
    name = theme.row_name(labels.emotion(code))
    return go.Scatter(
        x=days["session_date"] + pd.Timedelta(hours=12),
        y=[0] * len(days),
        yaxis="y3",
        name=name,
        mode="markers",
        marker={"symbol": "line-ns", "size": 9, "line": {"width": 3, "color": theme.emotion_colour(code)}},
        hovertemplate=f"{name}<extra></extra>",
    )


def _line(points: pd.DataFrame, currency: str | None) -> go.Scatter:
    return go.Scatter(
        x=points["when"],
        y=points["equity"],
        text=_told(points, currency),
        mode="lines+markers" if len(points) <= _DOTS else "lines",
        showlegend=False,
        line={"color": theme.GAIN, "width": 2, "shape": "hv"},
        marker={"size": 6},
        hovertemplate="%{text}<extra></extra>",
    )


def _told(points: pd.DataFrame, currency: str | None) -> list[str]:
    """The money made by then and the trade that came last."""
    so_far, results = theme.money(points["equity"], currency), theme.money(points["profit_loss"], currency)
    return [
        _("Net so far {net}", net=net) + "<br>" + _("trade {number}: {net}", number=numbers.number(n, 0), net=result)
        for n, net, result in zip(points["number"], so_far, results, strict=True)
    ]


def _depth(points: pd.DataFrame, currency: str | None) -> go.Scatter:
    return go.Scatter(
        x=points["when"],
        y=-points["drawdown"],
        yaxis="y2",
        mode="lines",
        showlegend=False,
        line={"color": theme.LOSS, "width": 1, "shape": "hv"},
        fill="tozeroy",
        text=theme.money(-points["drawdown"], currency),
        hovertemplate=_("{amount} from the best", amount="%{text}") + "<extra></extra>",
    )


def _lower_axis() -> dict[str, object]:
    return {"domain": [0.12, 0.34], "rangemode": "tozero", **theme.AXIS}
