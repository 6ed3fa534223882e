"""How session results are spread, a row an emotion: every session a dot, the middle half a bar, the median a tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n import evidence
from mentor.i18n.language import _

_ROW, _AROUND = 56, 56
#: How far dots of a row may stray from its middle, so that equal results stay visible beside each other.
_STRAY: Final = 0.28
#: Sessions that have a middle half.
_FEWEST: Final = 4
#: A step round the circle that never comes back to where it was: the strays look random and are always the same.
_GOLDEN: Final = 0.618034


def results_chart(sessions: pd.DataFrame, rows: Mapping[str, str], chosen: str, axis: str, unit: str) -> go.Figure:
    """`sessions` has row, value and session_date; `rows` names the rows, first on top; `chosen` stands out."""
    if sessions.empty:
        return theme.empty(_("No session to show here"))
    chart = theme.figure(height=_AROUND + _ROW * len(rows))
    names = []
    for place, (row, name) in enumerate(rows.items()):
        results = sessions[sessions["row"] == row]
        colour = theme.EMOTIONS.get(row, theme.MOOD) if row == chosen else theme.NEUTRAL
        chart.add_trace(_dots(results, place, colour, unit))
        if len(results) >= _FEWEST:
            chart.add_trace(_middle(results, place, colour, unit))
        names.append(theme.counted(theme.marked(theme.row_name(name), theme.EMOTIONS.get(row)), len(results)))
    chart.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=names, range=[len(rows) - 0.5, -0.5], showgrid=False, zeroline=False
    )
    return chart.update_xaxes(title={"text": theme.safe(axis)}, zeroline=True, **theme.ticks(sessions["value"]))


def _dots(results: pd.DataFrame, place: int, colour: str, unit: str) -> go.Scatter:
    strays = (np.arange(len(results)) * _GOLDEN % 1 - 0.5) * 2 * _STRAY
    return go.Scatter(
        x=results["value"],
        y=place + strays,
        text=_told(theme.days(results["session_date"]), results["value"], unit, "<br>"),
        mode="markers",
        marker={"size": 7, "color": colour, "opacity": 0.4, "line": {"width": 0}},
        hovertemplate="%{text}<extra></extra>",
    )


def _middle(results: pd.DataFrame, place: int, colour: str, unit: str) -> go.Scatter:
    quarters = results["value"].quantile([0.25, 0.5, 0.75]).tolist()
    return go.Scatter(
        x=quarters,
        y=[place] * 3,
        mode="lines+markers",
        line={"color": colour, "width": 3},
        marker={
            "symbol": "line-ns",
            "size": [12, 26, 12],
            "color": colour,
            "line": {"width": [2, 4, 2], "color": colour},
        },
        text=_told([_("a quarter lies below"), _("median"), _("a quarter lies above")], quarters, unit, ": "),
        hovertemplate="%{text}<extra></extra>",
    )


def _told(names: Iterable[str], values: Iterable[float], unit: str, between: str) -> list[str]:
    amounts = [f"{evidence.signed(value)} {theme.safe(unit)}".rstrip() for value in values]
    return [f"{name}{between}{amount}" for name, amount in zip(names, amounts, strict=True)]
