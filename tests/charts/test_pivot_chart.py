"""Pivot charts: intervals where there are any, grey where there is too little, nothing read as markup."""

from __future__ import annotations

import pandas as pd

from mentor.charts import theme
from mentor.charts.pivot import MOST_BARS, Bar, answer_chart, bars_chart, cells_chart
from mentor.i18n import language
from mentor.i18n.numbers import MINUS

CELLS = pd.DataFrame(
    [(0, 0, 12.0, "12", "12 (n = 9)", False), (0, 1, 900.0, "900", "900 (n = 1)", True)],
    columns=["row", "column", "value", "short", "written", "few"],
)


def bar(name: str, value: float | None, *, low: float | None = None, few: bool = False) -> Bar:
    return Bar(name=name, value=value, written="w", n=7, low=low, high=None if low is None else 9.0, few=few)


def test_bars_carry_intervals_and_few_are_hatched() -> None:
    (drawn,) = bars_chart([bar("<b>A", -2.0, low=-5.0), bar("B", 4.0, few=True), bar("C", None)], "Net", 0.0).data
    assert list(drawn.x) == [-2.0, 4.0], "what is not defined is not drawn"
    assert (list(drawn.error_x.arrayminus), list(drawn.error_x.array)) == ([3.0, 0.0], [11.0, 0.0])
    assert list(drawn.marker.color) == [theme.LOSS, theme.FAINT]
    assert list(drawn.marker.pattern.shape) == ["", "/"]
    assert drawn.customdata[0][0] == "&lt;b&gt;A"


def test_the_neutral_value_decides_the_colour() -> None:
    (drawn,) = bars_chart([bar("A", 0.4), bar("B", 0.6)], "Win rate", 0.5).data
    assert list(drawn.marker.color) == [theme.LOSS, theme.GAIN]
    (counts,) = bars_chart([bar("A", 3.0)], "Trades", None).data
    assert list(counts.marker.color) == [theme.MOOD], "a count is neither good nor bad"


def test_shares_and_numbers_are_written_as_the_language_does_and_emotions_have_their_colour() -> None:
    with language.spoken("id"):
        axis = bars_chart([bar("A", 0.25), bar("Serakah", 0.5)], "", None, {"Serakah": "#ba8811"}, share=True).layout
        answer = answer_chart(pd.DataFrame({"x": ["a", "b"], "net": [-1.5, 1000.0]}), "x", "net")
    assert axis.xaxis.ticktext[-1] == "50%"
    assert axis.xaxis.tickvals[-1] == 0.5
    assert axis.yaxis.ticktext == ("A  (n = 7)", '<b style="color:#ba8811">●</b> Serakah  (n = 7)')
    assert answer.data[0].customdata[0][1] == f"{MINUS}1,5"
    assert answer.layout.xaxis.ticktext[-1] == "1.000"


def test_cells_of_few_do_not_decide_the_colours() -> None:
    enough, few = cells_chart(CELLS, ["Row"], ["<i>", "B"], 0.0).data
    assert list(enough.z) == [12.0]
    assert (enough.zmin, enough.zmax) == (-12.0, 12.0)
    assert list(few.z) == [0.0]
    assert "&lt;i&gt;" in enough.customdata[0][1]


def test_nothing_defined_says_so() -> None:
    assert "no value is defined" in bars_chart([bar("A", None)], "Net", 0.0).layout.annotations[0].text
    assert "no value is defined" in cells_chart(CELLS.iloc[:0], [], [], 0.0).layout.annotations[0].text


def test_an_answer_is_drawn_row_for_row() -> None:
    rows = pd.DataFrame({"symbol": ["<b>", None, *["S"] * 100], "net": [1.5, -2.0, *[0.0] * 100]})
    chart = answer_chart(rows, "symbol", "net")
    assert len(chart.data[0].x) == MOST_BARS
    assert chart.layout.yaxis.ticktext[:2] == ("&lt;b&gt;", "empty")
