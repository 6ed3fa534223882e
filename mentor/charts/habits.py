"""What a habit looks like: groups beside each other, steps, and a course over time; grey as long as nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from mentor.analytics.inference.grades import Grade
from mentor.charts import theme
from mentor.i18n import evidence, numbers
from mentor.i18n.language import _

_ROW, _AROUND, _STEPS = 56, 64, 260


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is compared, of how many, with its interval where it has one; `spoken_of` is the one the habit is about."""

    label: str
    n: int | None
    value: float
    low: float | None = None
    high: float | None = None
    spoken_of: bool = False


def colour(grade: Grade | None, harmful: bool | None) -> str:
    """Grey below a hint; orange is the habit, green its opposite, violet where neither is meant."""
    if grade is None or grade.strength < Grade.HINT.strength:
        return theme.NEUTRAL
    if harmful is None:
        return theme.MOOD
    return theme.LOSS if harmful else theme.GAIN


def groups_chart(groups: Sequence[Group], axis: str, shade: str) -> go.Figure:
    """A row a group, the first on top, the intervals as lines; only the one spoken of has `shade`."""
    chart = theme.figure(
        *(_interval(group, place, shade) for place, group in enumerate(groups)),
        height=_AROUND + _ROW * len(groups),
    )
    names = [theme.row_name(group.label) for group in groups]
    chart.update_yaxes(
        tickvals=list(range(len(groups))),
        ticktext=[
            name if group.n is None else theme.counted(name, group.n) for name, group in zip(names, groups, strict=True)
        ],
        range=[len(groups) - 0.5, -0.6],
        showgrid=False,
        zeroline=False,
    )
    room = _room(groups)
    return chart.update_xaxes(title={"text": axis}, range=room, zeroline=False, **theme.ticks(room))


def steps_chart(steps: pd.DataFrame, across: str, up: str, shade: str, *, decimals: int = 2) -> go.Figure:
    """A bar a step: `label`, `value`, `n`, `spoken_of`, and `low` and `high` where there are intervals."""
    if steps.empty:
        return theme.empty(_("Nothing to compare in this selection"))
    bars = go.Bar(
        x=steps["label"].map(theme.safe),
        y=steps["value"],
        marker={"color": [shade if marked else theme.NEUTRAL for marked in steps["spoken_of"]], "line": {"width": 0}},
        error_y=_errors(steps),
        text=[
            f"{evidence.signed(value, decimals)}<br>n = {numbers.number(n, 0)}"
            for value, n in zip(steps["value"], steps["n"], strict=True)
        ],
        textposition="none",
        hovertemplate="%{x}: %{text}<extra></extra>",
    )
    chart = theme.figure(bars, height=_STEPS)
    chart.update_layout(bargap=0.35)
    chart.update_xaxes(title={"text": across}, type="category", showgrid=False)
    ends = steps[["value", *({"low", "high"} & set(steps))]].to_numpy().ravel()
    return chart.update_yaxes(title={"text": up}, zeroline=True, **theme.ticks(ends))


def course_chart(sessions: pd.DataFrame, up: str, shade: str) -> go.Figure:
    """Every session a dot (`session_date`, `value`), the median of each month a line."""
    monthly = sessions.set_index("session_date")["value"].resample("MS").median().dropna()
    dots = go.Scatter(
        x=sessions["session_date"],
        y=sessions["value"],
        mode="markers",
        marker={"size": 6, "color": theme.NEUTRAL, "opacity": 0.45, "line": {"width": 0}},
        text=_beside(theme.days(sessions["session_date"]), sessions["value"]),
        hovertemplate="%{text}<extra></extra>",
    )
    months = pd.DatetimeIndex(monthly.index)
    line = go.Scatter(
        x=months + pd.Timedelta(days=14),
        y=monthly,
        mode="lines+markers",
        line={"color": shade, "width": 3},
        marker={"size": 6, "color": shade},
        text=[
            _("median of {month}: {value}", month=numbers.month(month), value=theme.written(value))
            for month, value in zip(months, monthly, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )
    chart = theme.figure(dots, line, height=_STEPS).update_xaxes(**theme.time_ticks(sessions["session_date"]))
    return chart.update_yaxes(title={"text": up}, **theme.ticks(sessions["value"]))


def _beside(names: Sequence[str], values: pd.Series[float]) -> list[str]:
    return [f"{name}: {theme.written(value)}" for name, value in zip(names, values, strict=True)]


def _interval(group: Group, place: int, shade: str) -> go.Scatter:
    """The estimate with its number above it; hollow while it is grey."""
    drawn = shade if group.spoken_of else theme.NEUTRAL
    sure = group.spoken_of and shade != theme.NEUTRAL
    return go.Scatter(
        x=[group.low, group.value, group.high],
        y=[place, place, place],
        mode="lines+markers+text",
        line={"color": drawn, "width": 4 if sure else 2},
        marker={
            "symbol": ["line-ns", "circle" if sure else "circle-open", "line-ns"],
            "size": [10, 10, 10],
            "color": drawn,
            "opacity": 1,
            "line": {"width": 2, "color": drawn},
        },
        text=["", theme.written(group.value), ""],
        textposition="top center",
        cliponaxis=False,
        hovertext=["" if end is None else theme.written(end) for end in (group.low, group.value, group.high)],
        hovertemplate=f"{theme.safe(group.label)}: %{{hovertext}}<extra></extra>",
    )


def _room(groups: Sequence[Group]) -> list[float]:
    """From zero, or below it, to the last end with some air: lengths stay comparable."""
    ends = [end for group in groups for end in (group.low, group.value, group.high) if end is not None]
    lowest, highest = min(0.0, *ends), max(0.0, *ends)
    return [lowest * 1.08, highest * 1.08 or 1.0]


def _errors(steps: pd.DataFrame) -> dict[str, object]:
    if "low" not in steps:
        return {"visible": False}
    return {
        "array": steps["high"] - steps["value"],
        "arrayminus": steps["value"] - steps["low"],
        "color": theme.NEUTRAL,
        "thickness": 2,
    }
