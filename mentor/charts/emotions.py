"""The result of each session beside the mood it began with: a dot a session, a bar at the mean."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from mentor.analytics.emotions import MoodGroup
from mentor.charts import theme
from mentor.i18n import evidence, numbers
from mentor.i18n.language import _


def emotion_chart(sessions: pd.DataFrame, groups: Sequence[MoodGroup], currency: str | None) -> go.Figure:
    """Net P/L of the sessions of these groups (all of one basis), an emotion a row."""
    if not groups:
        return theme.empty(_("No session with a mood in this selection"))
    names = {group.emotion: theme.counted(theme.emotion_name(group.emotion), group.sessions) for group in groups}
    shown = sessions[(sessions["basis"] == groups[0].basis) & sessions["emotion"].isin(names)]
    chart = theme.figure(_dots(shown, names, currency), _means(groups, names, currency), height=_height(groups))
    chart.update_yaxes(categoryorder="array", categoryarray=list(names.values())[::-1], showgrid=False)
    title = _("Net P/L of a session") + theme.in_brackets(currency)
    return chart.update_xaxes(title={"text": title}, zeroline=True, **theme.ticks(shown["profit_loss"]))


def _height(groups: Sequence[MoodGroup]) -> int:
    return 90 + 44 * len(groups)


def _dots(shown: pd.DataFrame, names: dict[str, str], currency: str | None) -> go.Scatter:
    return go.Scatter(
        x=shown["profit_loss"],
        y=shown["emotion"].map(names),
        text=theme.days(shown["session_date"]),
        customdata=theme.money(shown["profit_loss"], currency),
        mode="markers",
        marker={"size": 9, "color": [theme.emotion_colour(code) for code in shown["emotion"]], "opacity": 0.6},
        hovertemplate="%{text}<br>%{customdata}<extra></extra>",
    )


def _means(groups: Sequence[MoodGroup], names: dict[str, str], currency: str | None) -> go.Scatter:
    return go.Scatter(
        x=[group.mean for group in groups],
        y=[names[group.emotion] for group in groups],
        mode="markers+text",
        text=[evidence.signed(group.mean) for group in groups],
        customdata=[theme.safe(numbers.money(group.mean, currency, signed=True)) for group in groups],
        textposition="top center",
        marker={
            "symbol": "line-ns",
            "size": 22,
            "line": {"width": 4, "color": [theme.sign_colour(group.mean) for group in groups]},
        },
        cliponaxis=False,
        hovertemplate=_("mean of these sessions {net}", net="%{customdata}") + "<extra></extra>",
    )
