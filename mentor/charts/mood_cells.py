"""A grid of cells with the number of sessions in each: coloured where there are enough of them, hatched where not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n import evidence, numbers
from mentor.i18n.language import _

#: Pixels of a row of cells, and of what stands around them; width of a cell, 1 leaves no gap.
_ROW, _AROUND, _WIDE = 40, 44, 0.94
#: Signs of a column's name, signs of all names that stand level beside each other, pixels more for tilted ones.
_LONGEST_COLUMN, _LEVEL, _TILTED = 10, 60, 40
Names = Mapping[str, str]
#: What is said of a cell's value.
Told = Callable[[float], str]

#: Opaque, and light enough for one dark text on all of it, on light pages and dark ones.
_NONE, _TEXT = "#bcc3cd", "#10151c"
_RESULT_SCALE: Final = ((0.0, theme.LOSS), (0.5, _NONE), (1.0, theme.GAIN))
_SHARE_SCALE: Final = ((0.0, _NONE), (1.0, theme.MOOD))
_HATCH: Final = {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": theme.HATCH, "bgcolor": "rgba(0,0,0,0)"}


def result_cells(cells: pd.DataFrame, rows: Names, columns: Names, unit: str, limit: float) -> go.Figure:
    """Mean results; `limit` is the amount with the full colour, the same for grids that are compared.

    `cells` has row, column, value, n and enough (whether n reaches the minimum); `rows` and `columns` name them, in
    the order shown.
    """
    known = {"colorscale": _RESULT_SCALE, "cmin": -limit, "cmax": limit}
    return _grid(
        cells,
        rows,
        columns,
        known,
        lambda value: _("{amount} on average", amount=f"{evidence.signed(value)} {theme.safe(unit)}"),
    )


def share_cells(cells: pd.DataFrame, rows: Names, columns: Names) -> go.Figure:
    """Shares of a row from 0 to 1, of the same shape."""
    known = {"colorscale": _SHARE_SCALE, "cmin": 0, "cmax": 1}
    return _grid(cells, rows, columns, known, lambda value: _("{share} of its row", share=numbers.percent(value)))


def _grid(cells: pd.DataFrame, rows: Names, columns: Names, scale: dict[str, Any], told: Told) -> go.Figure:
    if cells.empty:
        return theme.empty(_("No session to show here"))
    placed = cells.assign(
        left=cells["column"].map({code: place for place, code in enumerate(columns)}) - _WIDE / 2,
        down=cells["row"].map({code: place for place, code in enumerate(rows)}),
        row=cells["row"].map(rows),
        column=cells["column"].map(columns),
    )
    enough, few = placed[placed["enough"]], placed[~placed["enough"]]
    tilted = len(columns) * max(len(name) for name in columns.values()) > _LEVEL
    chart = theme.figure(
        _bars(enough, {"color": enough["value"], **scale, "line": {"width": 0}}, told),
        _bars(few, {"color": theme.FAINT, "pattern": _HATCH, "line": {"width": 0}}, lambda _value: _("too few to say")),
        _counts(enough, _TEXT),
        _counts(few, None),
        height=_AROUND + _ROW * len(rows) + (_TILTED if tilted else 0),
    )
    chart.update_layout(barmode="overlay")
    chart.update_yaxes(**_names(rows, theme.LONGEST_NAME), range=[len(rows) - 0.5, -0.5])
    return chart.update_xaxes(
        **_names(columns, _LONGEST_COLUMN),
        range=[-0.5, len(columns) - 0.5],
        side="top",
        tickangle=-60 if tilted else 0,
    )


def _bars(cells: pd.DataFrame, marker: dict[str, Any], told: Told) -> go.Bar:
    return go.Bar(
        orientation="h",
        width=_WIDE,
        base=cells["left"],
        x=[_WIDE] * len(cells),
        y=cells["down"],
        marker=marker,
        text=[
            f"{theme.safe(row)}, {theme.safe(column)}<br>n = {numbers.number(n, 0)}<br>{told(value)}"
            for row, column, n, value in zip(cells["row"], cells["column"], cells["n"], cells["value"], strict=True)
        ],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def _counts(cells: pd.DataFrame, colour: str | None) -> go.Scatter:
    return go.Scatter(
        x=cells["left"] + _WIDE / 2,
        y=cells["down"],
        text=[f"<b>{n}</b>" for n in cells["n"]],
        mode="text",
        textfont={"color": colour},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _names(names: Names, longest: int) -> dict[str, Any]:
    shown = [theme.marked(theme.row_name(name, longest), theme.EMOTIONS.get(code)) for code, name in names.items()]
    return {"tickvals": list(range(len(shown))), "ticktext": shown, "showgrid": False, "zeroline": False}
