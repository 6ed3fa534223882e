"""Estimates beneath each other with their intervals: grey as long as nobody knows, colour only with evidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from mentor.analytics.inference import Grade
from mentor.charts import theme
from mentor.i18n import evidence, numbers
from mentor.i18n.language import _

Write = Callable[[float | None], str]

#: Pixels of a row, and of what stands around all rows.
_ROW, _AROUND = 54, 64
#: Signs of a name: the words above a line need the room on a narrow screen.
_LONGEST: Final = 18
#: Width of the interval by grade: the surer, the broader.
_WIDTHS: Final = {Grade.HINT: 2, Grade.MODERATE: 4, Grade.STRONG: 6}
#: Ratios that are written at an axis of ratios.
_RATIOS: Final = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow:
    """What is compared, in its own colour if it has one, in how many sessions, what is said of it, and the estimate."""

    label: str
    n: int
    words: str
    grade: Grade
    colour: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def known(self) -> bool:
        return self.value is not None and self.grade.strength >= Grade.HINT.strength


def forest_chart(rows: Sequence[ForestRow], axis: str) -> go.Figure:
    """Differences, first row on top; left of 0 is worse, `axis` says the unit.

    A triangle points to the side of an estimate with evidence behind it, a hollow circle is one without, a diamond
    one so near to 0 that the difference hardly matters.
    """
    chart = _forest(rows, 0.0, evidence.signed, lambda row: theme.sign_colour(row.value or 0.0))
    room = _range(rows, 0.0)
    return chart.update_xaxes(title={"text": theme.safe(axis)}, range=room, **theme.ticks(room))


def ratio_chart(rows: Sequence[ForestRow], axis: str) -> go.Figure:
    """Ratios beside 1, on a scale on which half is as far away as twice; neither side is the better one."""
    chart = _forest(rows, 1.0, numbers.number, lambda _: theme.MOOD)
    logs = [[math.log10(end) for end in ends] for ends in _ends(rows)]
    lowest, highest = min([-0.35, *map(min, logs)]), max([0.35, *map(max, logs)])
    shown = [ratio for ratio in _RATIOS if lowest <= math.log10(ratio) <= highest]
    return chart.update_xaxes(
        title={"text": theme.safe(axis)},
        type="log",
        range=[lowest - 0.05, highest + 0.05],
        tickvals=shown,
        ticktext=[f"{numbers.exact(ratio)} ×" for ratio in shown],
    )


def _forest(rows: Sequence[ForestRow], neutral: float, write: Write, colour: Any) -> go.Figure:
    if not rows:
        return theme.empty(_("Nothing to compare in this selection"))
    placed = list(enumerate(rows))
    chart = theme.figure(
        *(
            _line(row, place, neutral, write, colour(row) if row.known else theme.NEUTRAL)
            for place, row in placed
            if row.value is not None
        ),
        height=_AROUND + _ROW * len(rows),
    )
    for place, row in placed:
        chart.add_annotation(**_words(row, place))
    chart.add_vline(x=neutral, line={"color": theme.NEUTRAL, "width": 1, "dash": "dot"}, layer="below")
    chart.update_yaxes(
        tickvals=[place for place, _ in placed],
        ticktext=[theme.counted(_name(row), row.n) for row in rows],
        range=[len(rows) - 0.5, -0.62],
        showgrid=False,
        zeroline=False,
    )
    return chart.update_xaxes(zeroline=False).update_layout(hovermode="closest")


def _name(row: ForestRow) -> str:
    return theme.marked(theme.row_name(row.label, _LONGEST), row.colour)


def _line(row: ForestRow, place: int, neutral: float, write: Write, colour: str) -> go.Scatter:
    """The interval with the estimate in it."""
    return go.Scatter(
        x=[row.low, row.value, row.high],
        y=[place, place, place],
        mode="lines+markers",
        line={"color": colour, "width": _WIDTHS.get(row.grade, 2)},
        marker={
            "symbol": ["line-ns", _symbol(row, neutral), "line-ns"],
            "size": [8, 15, 8],
            "color": colour,
            "opacity": 1,
            "line": {"width": 2, "color": colour},
        },
        text=[
            f"{name} {write(end)}"
            for name, end in zip(
                (_("from"), theme.safe(row.label), _("to")), (row.low, row.value, row.high), strict=True
            )
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def _symbol(row: ForestRow, neutral: float) -> str:
    if row.grade is Grade.ABOUT_THE_SAME:
        return "diamond"
    if not row.known:
        return "circle-open"
    return "triangle-right" if (row.value or 0.0) > neutral else "triangle-left"


def _words(row: ForestRow, place: int) -> dict[str, object]:
    """What is said of a row, above its line, from the left edge on: there is room for it on a narrow screen too."""
    return {
        "text": theme.safe(row.words),
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": place,
        "yshift": 16,
        "showarrow": False,
        "font": {"size": 12},
    }


def _ends(rows: Sequence[ForestRow]) -> list[list[float]]:
    ends = [[end for end in (row.low, row.value, row.high) if end is not None] for row in rows]
    return [row for row in ends if row]


def _range(rows: Sequence[ForestRow], neutral: float) -> list[float]:
    """Every interval and the line of no difference, with some air."""
    ends = [neutral, *(end for ends in _ends(rows) for end in ends)]
    air = (max(ends) - min(ends)) * 0.06 or 1.0
    return [min(ends) - air, max(ends) + air]
