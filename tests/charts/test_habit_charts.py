"""Charts of habits: grey until there is a hint, the interval drawn, text from files made harmless."""

from __future__ import annotations

import pandas as pd
import pytest

from mentor.analytics.inference.grades import Grade
from mentor.charts import theme
from mentor.charts.habits import Group, colour, course_chart, groups_chart, steps_chart

BASE = Group(label="After a <b>win", n=1200, value=16.0)
AFTER = Group(label="After a loss", n=3, value=4.0, low=3.0, high=5.0, spoken_of=True)
STEPS = pd.DataFrame({"label": ["1", "2"], "value": [0.5, -0.5], "n": [10, 1200], "spoken_of": [False, True]})


@pytest.mark.parametrize("harmful", [True, False, None])
@pytest.mark.parametrize("grade", [None, Grade.NOT_ENOUGH, Grade.NO_SIGN, Grade.ABOUT_THE_SAME])
def test_below_a_hint_everything_is_grey(grade: Grade | None, harmful: bool | None) -> None:
    assert colour(grade, harmful) == theme.NEUTRAL


def test_with_a_sign_the_habit_is_told_from_its_opposite() -> None:
    assert [colour(Grade.HINT, harmful) for harmful in (True, False, None)] == [theme.LOSS, theme.GAIN, theme.MOOD]


def test_groups_stand_beneath_each_other_with_their_interval() -> None:
    chart = groups_chart((BASE, AFTER), "minutes", theme.LOSS)
    base, after = chart.data
    assert (list(after.x), list(after.y)) == ([3.0, 4.0, 5.0], [1, 1, 1])
    assert (after.line.color, base.line.color) == (theme.LOSS, theme.NEUTRAL)
    assert (after.marker.symbol[1], base.marker.symbol[1]) == ("circle", "circle-open")
    assert list(chart.layout.yaxis.ticktext) == ["After a &lt;b&gt;win  (n = 1,200)", "After a loss  (n = 3)"]
    assert chart.layout.xaxis.range[0] == 0, "lengths can be compared"


def test_a_grey_group_is_hollow() -> None:
    [_, after] = groups_chart((BASE, AFTER), "minutes", theme.NEUTRAL).data
    assert (after.line.color, after.marker.symbol[1]) == (theme.NEUTRAL, "circle-open")


def test_nothing_but_zeros_still_has_room() -> None:
    zero = Group(label="Seen", n=None, value=0.0, low=0.0, high=0.0)
    assert groups_chart((zero,), "times", theme.NEUTRAL).layout.xaxis.range == (0.0, 1.0)


def test_only_the_step_spoken_of_is_coloured() -> None:
    [bars] = steps_chart(STEPS, "place", "mean", theme.LOSS).data
    assert list(bars.marker.color) == [theme.NEUTRAL, theme.LOSS]
    assert not bars.error_y.visible


def test_steps_with_intervals_show_them() -> None:
    [bars] = steps_chart(STEPS.assign(low=[0.0, -1.0], high=[1.5, 0.0]), "wins", "points", theme.MOOD).data
    assert (list(bars.error_y.array), list(bars.error_y.arrayminus)) == ([1.0, 0.5], [0.5, 0.5])


def test_no_steps_say_so() -> None:
    assert steps_chart(STEPS.iloc[:0], "place", "mean", theme.LOSS).layout.annotations


def test_the_course_has_a_median_for_each_month_with_sessions() -> None:
    days = pd.to_datetime(["2025-01-02", "2025-01-20", "2025-03-03"])
    dots, line = course_chart(pd.DataFrame({"session_date": days, "value": [1.0, 2.0, 5.0]}), "%", theme.MOOD).data
    assert len(dots.x) == 3
    assert list(line.y) == [1.5, 5.0]
