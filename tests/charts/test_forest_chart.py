"""The forest plot: grey and hollow without evidence, and nothing drawn where nothing is known."""

from __future__ import annotations

import math

import pytest

from mentor.analytics.inference import Grade
from mentor.charts import theme
from mentor.charts.forest import ForestRow, forest_chart, ratio_chart


def row(grade: Grade, value: float | None, label: str = "Greedy") -> ForestRow:
    low, high = (None, None) if value is None else (value - 1, value + 1)
    return ForestRow(label=label, n=7, words=f"{grade}: words", grade=grade, value=value, low=low, high=high)


@pytest.mark.parametrize(
    ("grade", "value", "symbol", "colour"),
    [
        (Grade.STRONG, -3.0, "triangle-left", theme.LOSS),
        (Grade.MODERATE, 3.0, "triangle-right", theme.GAIN),
        (Grade.HINT, -3.0, "triangle-left", theme.LOSS),
        (Grade.NO_SIGN, -3.0, "circle-open", theme.NEUTRAL),
        (Grade.ABOUT_THE_SAME, 0.1, "diamond", theme.NEUTRAL),
    ],
)
def test_shape_and_colour_say_what_is_known(grade: Grade, value: float, symbol: str, colour: str) -> None:
    (drawn,) = forest_chart([row(grade, value)], "R").data
    assert list(drawn.x) == [value - 1, value, value + 1]
    assert drawn.marker.symbol[1] == symbol
    assert (drawn.marker.color, drawn.line.color) == (colour, colour)


def test_the_surer_the_broader() -> None:
    lines = forest_chart([row(grade, 1.0) for grade in (Grade.HINT, Grade.MODERATE, Grade.STRONG)], "R").data
    widths = [line.line.width for line in lines]
    assert widths == sorted(set(widths))


def test_without_an_estimate_there_are_words_and_no_line() -> None:
    chart = forest_chart([row(Grade.STRONG, -3.0), row(Grade.NOT_ENOUGH, None, "Tired")], "R")
    assert len(chart.data) == 1
    assert [note.text for note in chart.layout.annotations] == ["strong: words", "not_enough: words"]
    assert list(chart.layout.yaxis.ticktext) == ["Greedy  (n = 7)", "Tired  (n = 7)"]


def test_everything_is_inside_the_axis_with_the_line_of_no_difference() -> None:
    low, high = forest_chart([row(Grade.NO_SIGN, 5.0)], "R").layout.xaxis.range
    assert low < 0
    assert high > 6


def test_ratios_lie_on_a_log_scale_around_one() -> None:
    found = ForestRow(label="Size", n=9, words="", grade=Grade.HINT, value=2.0, low=1.5, high=2.6)
    chart = ratio_chart([found], "times")
    assert chart.layout.xaxis.type == "log"
    low, high = chart.layout.xaxis.range
    assert low < 0 < math.log10(2.6) < high
    assert chart.data[0].line.color == theme.MOOD, "more is not better"
    assert chart.layout.shapes[0].x0 == 1.0


def test_nothing_known_at_all_still_draws() -> None:
    assert forest_chart([row(Grade.NOT_ENOUGH, None)], "R").layout.xaxis.range == (-1.0, 1.0)
    assert ratio_chart([row(Grade.NOT_ENOUGH, None)], "times").data == ()
    assert "Nothing to compare" in forest_chart([], "R").layout.annotations[0].text


def test_words_of_others_are_harmless_and_short() -> None:
    chart = forest_chart([row(Grade.NO_SIGN, 1.0, "<b>a word of another program, much too long</b>")], "R")
    assert chart.layout.yaxis.ticktext[0].startswith("&lt;b&gt;a word")
    assert len(chart.layout.yaxis.ticktext[0]) < 45
