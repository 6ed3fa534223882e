"""One day as it ran: the money made after each trade, and beneath it the moods told on the way, each in its lane."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from mentor.charts import theme
from mentor.i18n import labels, numbers
from mentor.i18n.language import _
from mentor.models import EMOTIONS

#: Pixels of the path, of a lane, and of what lies around them.
_PATH, _LANE, _AROUND = 240, 26, 70
#: Share of the day's length left free on both sides, and the least of it.
_MARGIN: Final = 0.04
_LEAST_MARGIN: Final = pd.Timedelta(minutes=10)


def day_chart(run: pd.DataFrame, moods: pd.DataFrame, currency: str | None) -> go.Figure:
    """A day's path and moods (`DAY_RUN_DTYPES`, `DAY_MOOD_DTYPES`) whose `when` is local time.

    Every emotion told that day has its lane, always in the same order; a bar reaches to the next mood told.
    """
    if run.empty and moods.empty:
        return theme.empty(_("No closed trade and no mood on this day"))
    lanes = _lanes(moods)
    traces = [_line(run, currency)] if len(run) else []
    traces += [_told(moods)] if len(run) and lanes else []
    traces += [_bars(moods, run, lanes), _starts(moods, lanes)] if lanes else []
    chart = theme.figure(*traces, height=_AROUND + (_PATH if len(run) else 0) + _LANE * len(lanes))
    _draw_axes(chart, _span(run, moods), lanes, path=bool(len(run)))
    if len(run):
        chart.update_yaxes(title={"text": _("Net P/L") + theme.in_brackets(currency)}, zeroline=True, selector=0)
    for when in moods["when"]:
        chart.add_shape(type="line", x0=when, x1=when, y0=0, y1=1, yref="paper", line={"color": theme.GRID, "width": 1})
    return chart.update_layout(hovermode="closest", margin={"t": 12})


def _lanes(moods: pd.DataFrame) -> list[str]:
    """The emotions told, ours in their own order, words of others behind them; the first is drawn on top."""
    told = list(dict.fromkeys(moods["emotion"]))
    return [code for code in EMOTIONS if code in told] + [word for word in told if word not in EMOTIONS]


def _draw_axes(chart: go.Figure, span: list[pd.Timestamp], lanes: list[str], *, path: bool) -> None:
    share = _LANE * len(lanes) / (_LANE * len(lanes) + _PATH) if path else 1.0
    chart.update_layout(
        xaxis={
            "range": span,
            "hoverformat": "%H:%M:%S",
            "tickformat": "%H:%M",
            "nticks": 8,
            "anchor": "y2" if lanes else "y",
        },
        yaxis={"domain": [min(1.0, share + 0.06) if lanes else 0.0, 1.0], "visible": path},
        yaxis2={
            **theme.AXIS,
            "domain": [0.0, share],
            "range": [len(lanes) - 0.5, -0.5],
            "tickvals": list(range(len(lanes))),
            "ticktext": [theme.emotion_name(lane) for lane in lanes],
            "zeroline": False,
            "visible": bool(lanes),
        },
    )


def _span(run: pd.DataFrame, moods: pd.DataFrame) -> list[pd.Timestamp]:
    moments = pd.concat([run["when"], moods["when"]])
    first, last = moments.min(), moments.max()
    margin = max((last - first) * _MARGIN, _LEAST_MARGIN)
    return [first - margin, last + margin]


def _line(run: pd.DataFrame, currency: str | None) -> go.Scatter:
    return go.Scatter(
        x=run["when"],
        y=run["equity"],
        text=[
            _trade(symbol, amount, equity, currency)
            for symbol, amount, equity in zip(run["symbol"], run["profit_loss"], run["equity"], strict=True)
        ],
        mode="lines+markers",
        line={"color": theme.GAIN, "width": 2, "shape": "hv"},
        marker={
            "size": [0 if not symbol else 8 for symbol in run["symbol"]],
            "color": [theme.sign_colour(amount) for amount in run["profit_loss"]],
            "symbol": ["circle" if amount >= 0 else "square" for amount in run["profit_loss"]],
        },
        hovertemplate="%{x}<br>%{text}<extra></extra>",
    )


def _trade(symbol: str, amount: float, equity: float, currency: str | None) -> str:
    if not symbol:
        return _("start")
    result = theme.safe(numbers.money(amount, currency, signed=True))
    so_far = _("net so far {net}", net=theme.safe(numbers.money(equity, currency, signed=True)))
    return f"{theme.safe(symbol)} {result}<br>{so_far}"


def _told(moods: pd.DataFrame) -> go.Scatter:
    """The moods at the money made by then."""
    return go.Scatter(
        x=moods["when"],
        y=moods["equity"],
        text=_felt(moods),
        mode="markers",
        cliponaxis=False,
        marker={"symbol": "diamond", "size": 12, "color": _colours(moods), "line": {"width": 0}},
        hovertemplate="%{x}<br>%{text}<extra></extra>",
    )


def _bars(moods: pd.DataFrame, run: pd.DataFrame, lanes: list[str]) -> go.Scatter:
    """From each mood to the next one told, the last to the end of the day: one line with gaps."""
    ends = [*moods["when"].iloc[1:], max([moods["when"].iloc[-1], *run["when"].tail(1)])]
    places = [lanes.index(emotion) for emotion in moods["emotion"]]
    return go.Scatter(
        x=[x for start, end in zip(moods["when"], ends, strict=True) for x in (start, end, None)],
        y=[y for place in places for y in (place, place, None)],
        yaxis="y2",
        mode="lines",
        line={"color": theme.NEUTRAL, "width": 6},
        opacity=0.45,
        hoverinfo="skip",
    )


def _starts(moods: pd.DataFrame, lanes: list[str]) -> go.Scatter:
    """The same moods in their lanes; the stronger, the larger."""
    return go.Scatter(
        x=moods["when"],
        y=[lanes.index(emotion) for emotion in moods["emotion"]],
        yaxis="y2",
        text=_felt(moods),
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": "diamond",
            "size": [12 if pd.isna(strength) else 7 + 2 * strength for strength in moods["intensity"]],
            "color": _colours(moods),
            "line": {"width": 0},
        },
        hovertemplate="%{x}<br>%{text}<extra></extra>",
    )


def _colours(moods: pd.DataFrame) -> list[str]:
    return [theme.emotion_colour(emotion) for emotion in moods["emotion"]]


def _felt(moods: pd.DataFrame) -> list[str]:
    """`Calm, 3 of 5` and the note beneath, nothing of it markup."""
    rows = zip(moods["emotion"], moods["intensity"], moods["note"], strict=True)
    return ["<br>".join(filter(None, (_mood(emotion, strength), _note(note)))) for emotion, strength, note in rows]


def _mood(emotion: str, strength: int | None) -> str:
    name = theme.safe(labels.emotion(emotion))
    return name if pd.isna(strength) else _("{mood}, {strength} of 5", mood=name, strength=strength)


def _note(note: str, longest: int = 80) -> str:
    return theme.row_name(" ".join(note.split()), longest)
