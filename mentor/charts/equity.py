"""The equity curve with the drawdown beneath it."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n.language import _

#: Up to this many trades each is marked by a dot, so that one trade alone can be seen.
_DOTS: Final = 40


def equity_chart(points: pd.DataFrame, currency: str | None) -> go.Figure:
    """Cumulative net P/L and drawdown of an equity frame whose `when` is local time, in base currency."""
    if points.empty:
        return theme.empty(_("No closed trade in this selection"))
    chart = theme.figure(_line(points, currency), _depth(points, currency), height=360)
    chart.update_layout(
        hovermode="x unified",
        xaxis={"anchor": "y2", "hoverformat": "%Y-%m-%d %H:%M", **theme.time_ticks(points["when"])},
        yaxis={"domain": [0.34, 1.0], "title": {"text": theme.net(currency)}},
        yaxis2={**_lower_axis(), "title": {"text": _("Drawdown")}},
    )
    return chart


def _line(points: pd.DataFrame, currency: str | None) -> go.Scatter:
    return go.Scatter(
        x=points["when"],
        y=points["equity"],
        customdata=points[["number", "profit_loss"]],
        mode="lines+markers" if len(points) <= _DOTS else "lines",
        line={"color": theme.GAIN, "width": 2, "shape": "hv"},
        marker={"size": 6},
        hovertemplate="<br>".join(
            (
                _("Net so far {net}", net=f"%{{y:,.2f}}{theme.unit(currency)}"),
                _("trade {number}: {net}", number="%{customdata[0]:,d}", net="%{customdata[1]:+,.2f}"),
            )
        )
        + "<extra></extra>",
    )


def _depth(points: pd.DataFrame, currency: str | None) -> go.Scatter:
    return go.Scatter(
        x=points["when"],
        y=-points["drawdown"],
        yaxis="y2",
        mode="lines",
        line={"color": theme.LOSS, "width": 1, "shape": "hv"},
        fill="tozeroy",
        hovertemplate=_("{amount} from the best", amount=f"%{{y:,.2f}}{theme.unit(currency)}") + "<extra></extra>",
    )


def _lower_axis() -> dict[str, object]:
    return {"domain": [0.0, 0.26], "rangemode": "tozero", "nticks": 4, **theme.AXIS}
