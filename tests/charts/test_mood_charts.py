"""Cells, steps and dots: counts in every cell, hatching instead of colour, parts that add up."""

from __future__ import annotations

import pandas as pd
import pytest

from mentor.charts import theme
from mentor.charts.mood_cells import result_cells, share_cells
from mentor.charts.mood_results import results_chart
from mentor.charts.mood_split import Step, split_chart

ROWS = {"serakah": "Greedy", "tenang": "Calm"}
DAYS = {"0": "Mon", "1": "Tue"}
CELLS = pd.DataFrame(
    [("serakah", "0", 9, -50.0, True), ("serakah", "1", 2, 900.0, False), ("tenang", "0", 7, 20.0, True)],
    columns=["row", "column", "n", "value", "enough"],
)


def test_cells_with_too_few_sessions_are_hatched_and_not_coloured() -> None:
    coloured, hatched, *counts = result_cells(CELLS, ROWS, DAYS, "USD", 100.0).data
    assert list(coloured.marker.color) == [-50.0, 20.0]
    assert (coloured.marker.cmin, coloured.marker.cmax) == (-100.0, 100.0)
    assert hatched.marker.pattern.shape == "/"
    assert hatched.marker.color == theme.FAINT
    assert "900" not in str(hatched.text), "a mean of two sessions is not shown"
    assert sorted(text for trace in counts for text in trace.text) == ["<b>2</b>", "<b>7</b>", "<b>9</b>"]


def test_rows_and_columns_stand_in_the_order_given() -> None:
    chart = result_cells(CELLS, ROWS, DAYS, "", 1.0)
    assert list(chart.layout.yaxis.ticktext) == [
        theme.marked(name, theme.EMOTIONS[code]) for code, name in ROWS.items()
    ]
    assert list(chart.layout.xaxis.ticktext) == ["Mon", "Tue"]
    assert list(chart.data[0].y) == [0, 1]
    assert chart.data[0].width == chart.data[1].width < 1, "left to plotly, few cells grow into the rows beside them"


def test_names_of_others_are_harmless_also_on_hover() -> None:
    chart = share_cells(CELLS, {"serakah": "<i>x</i>", "tenang": "Calm"}, DAYS)
    assert chart.layout.yaxis.ticktext[0].endswith("</b> &lt;i&gt;x&lt;/i&gt;")
    assert chart.data[0].text[0].startswith("&lt;i&gt;x&lt;/i&gt;, Mon")


def test_no_cell_says_so() -> None:
    assert "No session" in share_cells(CELLS.iloc[:0], ROWS, DAYS).layout.annotations[0].text


STEPS = [
    Step(label="Trades", value=-20.0),
    Step(label="Size", value=-30.0),
    Step(label="Edge", value=10.0),
    Step(label="Plain", value=-40.0, is_sum=True),
]


def test_the_steps_lead_to_the_sum() -> None:
    (drawn,) = split_chart(STEPS, "USD", known=True).data
    parts = [value for value, kind in zip(drawn.x, drawn.measure, strict=True) if kind == "relative"]
    assert sum(parts) == pytest.approx(drawn.x[-1])
    assert drawn.measure[-1] == "absolute"
    low, high = split_chart(STEPS, "USD", known=True).layout.xaxis.range
    assert low < -50
    assert high > 0


def test_steps_without_evidence_are_grey() -> None:
    (known,), (unknown,) = (split_chart(STEPS, "USD", known=known).data for known in (True, False))
    assert (known.increasing.marker.color, known.decreasing.marker.color) == (theme.GAIN, theme.LOSS)
    assert (unknown.increasing.marker.color, unknown.decreasing.marker.color) == (theme.NEUTRAL, theme.NEUTRAL)


def test_steps_of_nothing_still_draw() -> None:
    steps = [Step(label="Trades", value=0.0), Step(label="Plain", value=0.0, is_sum=True)]
    assert split_chart(steps, "USD", known=False).layout.xaxis.range == (-1.0, 1.0)


def test_every_session_is_a_dot_and_the_chosen_row_stands_out() -> None:
    sessions = pd.DataFrame(
        {
            "row": ["serakah"] * 5 + ["tenang"] * 2,
            "value": [1.0, 2.0, 3.0, 4.0, 5.0, 1.0, 1.0],
            "session_date": pd.to_datetime(["2025-01-01"] * 6 + [None]),
        }
    )
    dots, middle, others = results_chart(sessions, ROWS, "serakah", "R", "R").data
    assert list(dots.x) == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert list(middle.x) == [2.0, 3.0, 4.0]
    assert dots.marker.color == theme.EMOTIONS["serakah"]
    assert others.marker.color == theme.NEUTRAL
    assert others.text[1].startswith("without a readable date<br>+")
    assert others.y[0] != others.y[1], "equal results stay two dots"
