"""A measure by one code as bars with intervals, by two as coloured cells; what says too little is grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n import numbers
from mentor.i18n.language import _

_ROW, _AROUND, _CELL, _ABOVE = 34, 56, 36, 34
#: Signs of a column's name, columns whose cells have room for their number on a telephone and beside a sidebar.
_LONGEST_COLUMN, _NUMBERED = 12, 8
#: Opaque, and light enough for one dark text on all of it, on light pages and dark ones.
_NONE, _TEXT = "#bcc3cd", "#10151c"
_DIVERGING: Final = ((0.0, theme.LOSS), (0.5, _NONE), (1.0, theme.GAIN))
_GROWING: Final = ((0.0, _NONE), (1.0, theme.MOOD))
_HATCH: Final = {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": theme.HATCH, "bgcolor": "rgba(0,0,0,0)"}
#: Most rows of an answer that are drawn.
MOST_BARS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row: its name, its value as number and as written, its interval, how many it is over."""

    name: str
    value: float | None
    written: str
    n: int
    low: float | None
    high: float | None
    few: bool


def bars_chart(
    bars: Sequence[Bar],
    axis: str,
    neutral: float | None,
    colours: Mapping[str, str] = MappingProxyType({}),
    *,
    share: bool = False,
) -> go.Figure:
    """`neutral` is the value between good and bad, where there is one; `colours` are those of names that have one.

    Bars begin at zero; with `share` they are parts of 1.
    """
    known = [bar for bar in bars if bar.value is not None]
    if not known:
        return theme.empty(_("Nothing to draw: no value is defined"))
    frame = pd.DataFrame(
        [(bar.value, bar.low, bar.high) for bar in known], columns=["value", "low", "high"], dtype=float
    )
    chart = theme.figure(
        go.Bar(
            orientation="h",
            x=frame["value"],
            y=list(range(len(known))),
            marker=_marker(known, neutral, colours),
            error_x=_errors(frame),
            customdata=[[theme.safe(bar.name), theme.safe(bar.written)] for bar in known],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        ),
        height=_AROUND + _ROW * len(known),
    )
    names = [theme.counted(_marked(bar.name, theme.LONGEST_NAME, colours), bar.n) for bar in known]
    chart.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.5, -0.5], showgrid=False, zeroline=False
    )
    if neutral:
        chart.add_vline(x=neutral, line={"color": theme.NEUTRAL, "width": 1, "dash": "dot"})
    return chart.update_xaxes(title={"text": theme.safe(axis)}, zeroline=True, **_ticks(frame, share=share))


def cells_chart(
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    neutral: float | None,
    colours: Mapping[str, str] = MappingProxyType({}),
) -> go.Figure:
    """`cells` has row and column (places), value, short and written (texts), few; `rows` and `columns` name them."""
    known = cells[cells["value"].notna()]
    if known.empty:
        return theme.empty(_("Nothing to draw: no value is defined"))
    enough, few = known[~known["few"]], known[known["few"]]
    numbered = len(columns) <= _NUMBERED
    chart = theme.figure(
        _heat(enough, rows, columns, _scale(enough["value"], neutral), numbered=numbered, colour=_TEXT),
        _heat(few.assign(value=0.0), rows, columns, _FAINT, numbered=numbered, colour=None),
        height=_AROUND + _CELL * len(rows) + (0 if numbered else 40),
    )
    if numbered:  # plotly makes no room by itself above a row or two
        chart.update_layout(margin={"t": _ABOVE})
    chart.update_yaxes(**_names(rows, theme.LONGEST_NAME, colours), range=[len(rows) - 0.5, -0.5])
    return chart.update_xaxes(
        **_names(columns, _LONGEST_COLUMN, colours),
        side="top",
        tickangle=0 if numbered else -60,
        range=[-0.5, len(columns) - 0.5],
    )


def answer_chart(rows: pd.DataFrame, name: str, value: str) -> go.Figure:
    """A number of an answer by another of its columns, row for row."""
    shown = rows.head(MOST_BARS)
    texts = [_("empty") if pd.isna(cell) else str(cell) for cell in shown[name]]
    amounts = shown[value].astype("float64")
    write = numbers.exact if pd.api.types.is_float_dtype(shown[value]) else str
    hover = [[theme.safe(text), theme.safe(write(cell))] for text, cell in zip(texts, shown[value], strict=True)]
    places = list(range(len(shown)))
    chart = theme.figure(
        go.Bar(
            orientation="h",
            x=amounts,
            y=places,
            marker={"color": [theme.sign_colour(amount) for amount in amounts]},
            customdata=hover,
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        ),
        height=_AROUND + 26 * len(shown),
    )
    chart.update_yaxes(**_names(texts, theme.LONGEST_NAME), range=[len(places) - 0.5, -0.5])
    return chart.update_xaxes(title={"text": theme.safe(value)}, zeroline=True, **theme.ticks(amounts))


_FAINT: Final[dict[str, Any]] = {"colorscale": ((0.0, theme.FAINT), (1.0, theme.FAINT))}


def _marker(bars: Sequence[Bar], neutral: float | None, colours: Mapping[str, str]) -> dict[str, Any]:
    """Pale enough for the intervals to be seen on them."""
    return {
        "color": [theme.FAINT if bar.few else _colour(bar, neutral, colours) for bar in bars],
        "opacity": [1.0 if bar.few else 0.6 for bar in bars],
        "pattern": _HATCH | {"shape": ["/" if bar.few else "" for bar in bars]},
        "line": {"width": 0},
    }


def _colour(bar: Bar, neutral: float | None, colours: Mapping[str, str]) -> str:
    """Of good or bad; where there is neither, the name's own."""
    if neutral is None:
        return colours.get(bar.name, theme.NEUTRAL if colours else theme.MOOD)
    return theme.sign_colour((bar.value or 0.0) - neutral)


def _ticks(frame: pd.DataFrame, *, share: bool) -> dict[str, Any]:
    ends = frame[["value", "low", "high"]].to_numpy().ravel()
    if not share:
        return theme.ticks(ends)
    told = theme.ticks(100 * ends, beyond="%")
    return told | {"tickvals": [place / 100 for place in told["tickvals"]]}


def _errors(frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": (frame["high"] - frame["value"]).fillna(0).tolist(),
        "arrayminus": (frame["value"] - frame["low"]).fillna(0).tolist(),
        "color": theme.NEUTRAL,
        "thickness": 1.5,
        "width": 4,
        "visible": bool(frame["low"].notna().any()),
    }


def _heat(
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    scale: dict[str, Any],
    *,
    numbered: bool,
    colour: str | None,
) -> go.Heatmap:
    hover = [
        [theme.safe(rows[row]), theme.safe(columns[column]), theme.safe(written)]
        for row, column, written in zip(cells["row"], cells["column"], cells["written"], strict=True)
    ]
    return go.Heatmap(
        x=cells["column"],
        y=cells["row"],
        z=cells["value"],
        text=cells["short"].map(theme.safe),
        texttemplate="%{text}" if numbered else None,
        textfont={"color": colour},
        customdata=hover,
        hovertemplate="%{customdata[0]}, %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        showscale=False,
        xgap=3,
        ygap=3,
        **scale,
    )


def _scale(values: pd.Series[float], neutral: float | None) -> dict[str, Any]:
    """The same distance from the neutral value, the same strength; 19 of 20 cells stay under the full colour."""
    if neutral is None:
        return {"colorscale": _GROWING, "zmin": 0.0, "zmax": float(values.max()) or 1.0} if len(values) else {}
    limit = float((values - neutral).abs().quantile(0.95)) if len(values) else 1.0
    return {"colorscale": _DIVERGING, "zmin": neutral - (limit or 1.0), "zmax": neutral + (limit or 1.0)}


def _marked(name: str, longest: int, colours: Mapping[str, str]) -> str:
    return theme.marked(theme.row_name(name, longest), colours.get(name))


def _names(names: Sequence[str], longest: int, colours: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    shown = [_marked(name, longest, colours) for name in names]
    return {"tickvals": list(range(len(shown))), "ticktext": shown, "showgrid": False, "zeroline": False}
