"""Groups with intervals, bars of results, and the course of each emotion."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mentor.analytics.breakdown import GROUP_DTYPES, spread
from mentor.charts import theme
from mentor.charts.breakdown import emotions_chart, groups_chart, spread_chart
from mentor.i18n import evidence, language
from mentor.i18n.numbers import MINUS

GROUPS = pd.DataFrame(
    [
        ("a", 40, 20, 30, 400.0, 10.0, 4.0, 16.0),
        ("b", 30, 15, 10, -30.0, -1.0, -4.0, 2.0),
        ("c", 30, 15, 3, -300.0, -10.0, -14.0, -6.0),
        ("d", 2, 2, 2, 1800.0, 900.0, np.nan, np.nan),
    ],
    columns=list(GROUP_DTYPES),
)
NAMES = ["A", "<b>B</b>", "C", "D"]


def test_only_groups_whose_interval_leaves_zero_out_have_colour_and_a_side() -> None:
    *lines, means = groups_chart(GROUPS, NAMES, "USD").data
    assert list(means.marker.color) == [theme.GAIN, theme.NEUTRAL, theme.LOSS, theme.NEUTRAL]
    assert list(means.marker.symbol) == ["triangle-right", "circle-open", "triangle-left", "circle-open"]
    assert len(lines) == 3, "without an interval nothing is drawn as one"


def test_names_have_their_number_and_are_harmless() -> None:
    chart = groups_chart(GROUPS, NAMES, "USD")
    assert chart.layout.yaxis.ticktext[1] == "&lt;b&gt;B&lt;/b&gt;  (n = 30)"
    assert chart.data[-1].text[1] == f"&lt;b&gt;B&lt;/b&gt;<br>{MINUS}$1.00<br>{MINUS}$4.00 to +$2.00<br>30 trades"
    assert "<br>–<br>" in chart.data[-1].text[3]


def test_a_single_group_and_none_are_drawn_too() -> None:
    low, high = groups_chart(GROUPS.iloc[3:], ["D"], None).layout.xaxis.range
    assert low < 0 < 900 < high
    assert "No closed trade" in groups_chart(GROUPS.iloc[:0], [], None).layout.annotations[0].text


def test_bars_have_the_sign_as_place_and_colour_and_tell_what_they_hold() -> None:
    bars = spread(pd.Series([-20.0, -10.0, 0.0, 10.0, 30.0]))
    with language.spoken("id"):
        (drawn,) = spread_chart(bars, evidence.signed, "USD").data
    assert [colour == theme.GAIN for colour in drawn.marker.color] == [middle > 0 for middle in drawn.x]
    assert sum(drawn.y) == 5
    assert drawn.text[0].endswith("<br>n = 1")


def test_of_one_result_there_is_one_and_no_half() -> None:
    layout = spread_chart(spread(pd.Series([12.5])), str, "USD").layout
    assert list(layout.yaxis.ticktext) == ["0", "1"]
    assert layout.xaxis.rangemode == "tozero"


def test_no_result_says_so() -> None:
    assert spread_chart(spread(pd.Series([], dtype="float64")), str, "").layout.annotations


def test_each_emotion_adds_up_by_itself_in_its_colour() -> None:
    days = pd.to_datetime(["2025-01-02", "2025-01-01", "2025-01-03", "2025-01-04"])
    sessions = pd.DataFrame(
        {"session_date": days, "emotion": ["takut", "takut", "fomo", "takut"], "profit_loss": [5.0, -10.0, 3.0, 1.0]}
    )
    fearful, fomo = emotions_chart(sessions, "USD").data
    assert (list(fearful.y), list(fomo.y)) == ([-10.0, -5.0, -4.0], [3.0])
    assert fearful.line.color == theme.EMOTIONS["takut"]
    assert fearful.name == "Fearful  (n = 3)"
    assert emotions_chart(sessions.iloc[:0], None).layout.annotations
