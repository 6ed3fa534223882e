"""The day's curve with its moods as a drawing inside the page: the same numbers, no script, sharp on paper."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mentor.i18n import labels, numbers
from mentor.i18n.language import _
from mentor.report.export.safe import html
from mentor.report.render import Page

#: Units of the drawing: its width, and the frame of the curve inside.
_WIDTH: Final = 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 86, 708, 12, 172
#: Names of moods stand below the hours in so many rows, so that near ones do not cover each other.
_ROWS: Final = 3
_MOST_NAMES: Final = 12
#: With more trades than this their points would cover the line.
_MOST_POINTS: Final = 150
_MINUTES: Final = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880)
_MOST_HOURS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where a moment and an amount stand in the drawing."""

    first: pd.Timestamp
    seconds: float
    low: float
    high: float

    def x(self, when: pd.Timestamp) -> str:
        return f"{_LEFT + (_RIGHT - _LEFT) * (when - self.first).total_seconds() / self.seconds:.1f}"

    def y(self, amount: float) -> str:
        return f"{_BOTTOM - (_BOTTOM - _TOP) * (amount - self.low) / (self.high - self.low):.1f}"


def curve(page: Page) -> str:
    """An `svg` element; empty without a closed trade."""
    if page.run.empty:
        return ""
    scale = _scale(page)
    parts = [*_money_axis(scale, page), *_hours(scale), *_path(scale, page.run), *_moods(scale, page)]
    name = html(_("Net result through the day, with the moods told"))
    height = _row(min(len(page.felt), _ROWS) - 1 if len(page.felt) <= _MOST_NAMES else -1) + 6
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{name}">{"".join(parts)}</svg>'


def _scale(page: Page) -> _Scale:
    moments = pd.concat([page.run["when"], page.felt["when"]])
    first, last = moments.min(), moments.max()
    margin = max((last - first) * 0.03, pd.Timedelta(minutes=5))
    low, high = min(0.0, page.run["equity"].min()), max(0.0, page.run["equity"].max())
    room = (high - low) * 0.08 or 1.0
    return _Scale(
        first=first - margin,
        seconds=(last - first + 2 * margin).total_seconds(),
        low=low - room if low < 0 else low - room / 2,
        high=high + room,
    )


def _money_axis(scale: _Scale, page: Page) -> Iterator[str]:
    step = _round_step((scale.high - scale.low) / 4)
    for amount in (step * place for place in range(math.ceil(scale.low / step), math.floor(scale.high / step) + 1)):
        y = scale.y(amount)
        kind = "zero" if amount == 0 else "grid"
        yield f'<line class="{kind}" x1="{_LEFT}" y1="{y}" x2="{_RIGHT}" y2="{y}"/>'
        told = html(numbers.money(amount, page.currency))
        yield f'<text class="amount" x="{_LEFT - 6}" y="{y}" dy="3">{told}</text>'


def _round_step(about: float) -> float:
    """The next of 1, 2, 5, 10, 20 …"""
    size = 10.0 ** math.floor(math.log10(about))
    return next(size * times for times in (1, 2, 5, 10) if size * times >= about)


def _hours(scale: _Scale) -> Iterator[str]:
    minutes = next((step for step in _MINUTES if scale.seconds / 60 / step <= _MOST_HOURS), _MINUTES[-1])
    step = pd.Timedelta(minutes=minutes)
    last = scale.first + pd.Timedelta(seconds=scale.seconds)
    for when in pd.date_range(scale.first.ceil(step), last, freq=step):
        x = scale.x(when)
        yield f'<line class="grid" x1="{x}" y1="{_BOTTOM}" x2="{x}" y2="{_BOTTOM + 4}"/>'
        yield f'<text class="hour" x="{x}" y="{_BOTTOM + 16}">{when:%H:%M}</text>'


def _path(scale: _Scale, run: pd.DataFrame) -> Iterator[str]:
    points = [(scale.x(when), scale.y(equity)) for when, equity in zip(run["when"], run["equity"], strict=True)]
    yield f'<path class="run" d="M{points[0][0]} {points[0][1]}{"".join(f"H{x}V{y}" for x, y in points[1:])}"/>'
    if len(points) > _MOST_POINTS:
        return
    for (x, y), amount in zip(points[1:], run["profit_loss"].iloc[1:], strict=True):
        if amount < 0:
            yield f'<rect class="lost" x="{float(x) - 3:.1f}" y="{float(y) - 3:.1f}" width="6" height="6"/>'
        else:
            yield f'<circle class="won" cx="{x}" cy="{y}" r="3"/>'


def _moods(scale: _Scale, page: Page) -> Iterator[str]:
    felt = page.felt
    for number, (when, equity, emotion) in enumerate(zip(felt["when"], felt["equity"], felt["emotion"], strict=True)):
        x, y = scale.x(when), float(scale.y(equity))
        yield f'<path class="mood" d="M{x} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>'
        if len(felt) <= _MOST_NAMES:
            row = _row(number % _ROWS)
            yield f'<line class="told" x1="{x}" y1="{y + 6:.1f}" x2="{x}" y2="{row - 10}"/>'
            yield f'<text class="felt" x="{x}" y="{row}">{html(_short(labels.emotion(emotion)))}</text>'


def _row(number: int) -> int:
    """Where the names of moods of a row stand; the hours are the row before the first."""
    return _BOTTOM + 34 + 15 * number


def _short(word: str, longest: int = 18) -> str:
    return word if len(word) <= longest else f"{word[: longest - 1]}…"
