"""How a difference comes about: steps from nothing to the whole, each as long as its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n import evidence

_ROW, _AROUND = 40, 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part that is added to what stands above it, or the sum so far; `value` is the part or that sum."""

    label: str
    value: float
    is_sum: bool = False


def split_chart(steps: Sequence[Step], axis: str, *, known: bool) -> go.Figure:
    """The steps from top to bottom; without evidence (`known`) every part stays grey."""
    gain, loss = (theme.GAIN, theme.LOSS) if known else (theme.NEUTRAL, theme.NEUTRAL)
    chart = theme.figure(
        go.Waterfall(
            orientation="h",
            y=[theme.safe(step.label) for step in steps],
            x=[step.value for step in steps],
            measure=["absolute" if step.is_sum else "relative" for step in steps],
            increasing={"marker": {"color": gain}},
            decreasing={"marker": {"color": loss}},
            totals={"marker": {"color": theme.NEUTRAL}},
            connector={"line": {"color": theme.GRID, "width": 1}},
            text=[evidence.signed(step.value) for step in steps],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        ),
        height=_AROUND + _ROW * len(steps),
    )
    chart.update_yaxes(autorange="reversed", showgrid=False, zeroline=False)
    room = _range(steps)
    return chart.update_xaxes(title={"text": theme.safe(axis)}, zeroline=True, range=room, **theme.ticks(room))


def _range(steps: Sequence[Step]) -> list[float]:
    """Every end of a bar, with room for its number beside it."""
    ends, so_far = [0.0], 0.0
    for step in steps:
        so_far = step.value if step.is_sum else so_far + step.value
        ends.append(so_far)
    air = (max(ends) - min(ends)) * 0.22 or 1.0
    return [min(ends) - air, max(ends) + air]
