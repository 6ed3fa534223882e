"""The one look of all figures: colours that differ also without red and green, spacing, and text made safe.

Text and background colours are left to the page, so that a figure works on light and dark ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from mentor.i18n import evidence, labels, numbers
from mentor.i18n.language import _

#: Blue-green against orange stay apart for colour-blind readers; shape or position says the sign as well.
GAIN: Final = "#12947f"
LOSS: Final = "#d9662b"
#: A word of the trader, not a result.
MOOD: Final = "#7b6fd8"
#: Each emotion has its colour everywhere; far enough apart for colour-blind readers, on light pages and dark ones.
EMOTIONS: Final[dict[str, str]] = {
    "tenang": "#286f5d",
    "percaya_diri": "#5985e7",
    "netral": "#767d81",
    "ragu": "#359db6",
    "takut": "#6052d8",
    "serakah": "#ba8811",
    "fomo": "#c2571c",
    "frustasi": "#9b4795",
    "marah": "#b73340",
    "lelah": "#879768",
}
#: The same, no lighter than white words on them can be read.
CHIPS: Final[dict[str, str]] = EMOTIONS | {
    "percaya_diri": "#4d73c7",
    "netral": "#6f7579",
    "ragu": "#2a7c8e",
    "serakah": "#94690e",
    "fomo": "#c0561b",
    "lelah": "#697651",
}
#: Results in words on light and on dark pages: won, lost.
SIGN_TEXT: Final[dict[str, tuple[str, str]]] = {"light": ("#0b7a68", "#b2481a"), "dark": ("#35b79f", "#ef8a55")}
#: The ten colours of what else has kinds, those of `.streamlit/config.toml`.
COLOURS: Final = tuple(EMOTIONS.values())
NEUTRAL: Final = "rgba(128, 137, 150, 0.85)"
FAINT: Final = "rgba(128, 137, 150, 0.14)"
GRID: Final = "rgba(128, 137, 150, 0.22)"
#: Strokes on what says nothing, faint enough for a number on top.
HATCH: Final = "rgba(128, 137, 150, 0.5)"
#: From the worst to the best result, through nothing.
RESULT_SCALE: Final = ((0.0, LOSS), (0.5, "rgba(128, 137, 150, 0.35)"), (1.0, GAIN))

#: Most names of months or days along an axis, and after how many months one may stand.
_TICKS: Final = 6
_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
#: The first and the last moment that can be written: a session of another program may lie at either end of time.
_FIRST, _LAST = pd.Timestamp("0001-01-01"), pd.Timestamp("9999-12-31 23:59:59")

#: Signs of a row's name: more would leave no room for the row.
LONGEST_NAME: Final = 22

#: What the page passes to the plotly toolbar: nothing floats over a figure, nothing is sent anywhere.
CONFIG: Final[dict[str, Any]] = {"displayModeBar": False, "scrollZoom": False, "showTips": False}

AXIS: Final[dict[str, Any]] = {
    "gridcolor": GRID,
    "zerolinecolor": NEUTRAL,
    "zerolinewidth": 1,
    "showline": False,
    "fixedrange": True,
    "automargin": True,
    # In full: plotly's `M` is a million, in Indonesian `M` is a thousand of them.
    "exponentformat": "none",
    "separatethousands": True,
    "title": {"font": {"size": 12}, "standoff": 8},
}
#: Names of colours, at the foot of the figure, whatever the names along its axis need.
LEGEND: Final[dict[str, Any]] = {
    "orientation": "h",
    "x": 0,
    "y": 0,
    "yref": "container",
    "yanchor": "bottom",
    "itemclick": False,
    "itemdoubleclick": False,
}
TEMPLATE: Final = go.layout.Template(
    layout={
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "colorway": COLOURS,
        "dragmode": False,
        "hoverlabel": {"align": "left"},
        "xaxis": AXIS,
        "yaxis": AXIS,
    }
)


def figure(*traces: Any, height: int) -> go.Figure:
    """A figure of these traces in our look, `height` in pixels, its numbers written as the language does."""
    layout = {"template": TEMPLATE, "height": height, "separators": numbers.separators()}
    return go.Figure(data=traces, layout=layout)


def empty(text: str, height: int = 160) -> go.Figure:
    """A figure that only says why there is nothing to draw."""
    blank = figure(height=height)
    blank.update_xaxes(visible=False).update_yaxes(visible=False)
    return blank.add_annotation(text=text, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)


def time_ticks(when: pd.Series[pd.Timestamp]) -> dict[str, Any]:
    """Months or days along an axis of these moments, by name: plotly itself knows those of English only.

    Less than two days have hours, which need no name.
    """
    known = when.dropna()
    if known.nunique() == 1:
        return _one_moment(known.iloc[0])
    if known.empty or known.max() - known.min() < pd.Timedelta(days=2):
        return {"tickformat": "%H:%M"}
    first, last = known.min().normalize(), known.max()
    months = pd.date_range(first, last, freq="MS")
    if len(months) > 2:
        every = next((step for step in _MONTHS if len(months) <= step * _TICKS), len(months))
        shown = months[(months.year * 12 + months.month - 1) % every == 0]
        return {"tickvals": shown, "ticktext": [numbers.month(tick) for tick in shown]}
    days = pd.date_range(first, last, freq="D")
    shown = days[:: -(-len(days) // _TICKS)]
    return {"tickvals": shown, "ticktext": [numbers.short_day(tick) for tick in shown]}


def _one_moment(when: pd.Timestamp) -> dict[str, Any]:
    """It stands in the middle and says which it is: plotly would name parts of a second around it."""
    around = pd.Timedelta(hours=1)
    name = f"{numbers.short_day(when)} {when:%H:%M}" if when != when.normalize() else numbers.short_day(when)
    first, last = _FIRST.tz_localize(when.tz), _LAST.tz_localize(when.tz)
    return {"tickvals": [when], "ticktext": [name], "range": [max(when - around, first), min(when + around, last)]}


def ticks(amounts: Iterable[float], most: int = 5, *, beyond: str = "", least: float = 0.0) -> dict[str, Any]:
    """Round numbers along an axis of these amounts, zero among them, at most so many steps, as the page writes numbers.

    Plotly's own have another minus, and in some places the separators of English. `beyond` follows each number,
    `least` is the smallest step between them: 1 for what is counted.
    """
    known = [amount for amount in amounts if math.isfinite(amount)]
    low, high = min([0.0, *known]), max([0.0, *known])
    if low == high:
        return {"tickvals": [0.0], "ticktext": [f"{written(0.0, 0)}{beyond}"]}
    step = _round_step(max(least, (high - low) / (most + 1)))
    while math.floor(high / step) - math.ceil(low / step) > most:
        step = _round_step(1.5 * step)
    places = range(math.floor(low / step), math.ceil(high / step) + 1)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    shown = [place * step for place in places]
    return {"tickvals": shown, "ticktext": [f"{written(amount, decimals)}{beyond}" for amount in shown]}


def _round_step(least: float) -> float:
    """The smallest 1, 2 or 5 times a power of ten that is not below."""
    power: float = 10.0 ** math.floor(math.log10(least))
    return next((times * power for times in (1, 2, 5) if times * power >= least * (1 - 1e-9)), 10 * power)


def written(amount: float, decimals: int = 2) -> str:
    """A number with the minus the page has elsewhere."""
    return evidence.signed(amount, decimals).removeprefix("+")


def money(amounts: pd.Series[float], currency: str | None) -> list[str]:
    """Results as they are shown when pointed at."""
    return [safe(numbers.money(amount, currency, signed=True)) for amount in amounts]


def days(dates: pd.Series[pd.Timestamp]) -> list[str]:
    """Days as they are shown when pointed at."""
    return [_("without a readable date") if pd.isna(day) else numbers.day(day) for day in dates]


def counted(name: str, n: int) -> str:
    """A row's name, made safe before, with the number of things in it."""
    return f"{name}  (n = {numbers.number(n, 0)})"


def emotion_colour(code: str) -> str:
    """The colour of an emotion; a word of another program has none of its own."""
    return EMOTIONS.get(code, NEUTRAL)


def emotion_name(code: str, longest: int = LONGEST_NAME) -> str:
    """The name of an emotion along an axis, behind a dot in its colour."""
    return marked(row_name(labels.emotion(code), longest), EMOTIONS.get(code))


def marked(name: str, colour: str | None) -> str:
    """A name, made safe before, behind a dot in a colour of its own."""
    return f'<b style="color:{colour}">●</b> {name}' if colour else name


def sign_colour(amount: float) -> str:
    return GAIN if amount > 0 else LOSS if amount < 0 else NEUTRAL


def safe(text: str) -> str:
    """Text from a file or another program: plotly would read its tags as HTML."""
    return escape(text, quote=False)


def row_name(text: str, longest: int = LONGEST_NAME) -> str:
    """Such text as the name of a row or column, with no more than so many signs."""
    return safe(text if len(text) <= longest else f"{text[: longest - 1]}…")


def unit(currency: str | None) -> str:
    """The currency as it follows a number in a figure; nothing when it is not known."""
    return f" {safe(currency)}" if currency else ""


def net(currency: str | None) -> str:
    """The title of an axis of results."""
    return _("Net P/L") + in_brackets(currency)


def in_brackets(currency: str | None) -> str:
    """The currency as it follows the title of an axis; nothing when it is not known."""
    return f" ({safe(currency)})" if currency else ""
