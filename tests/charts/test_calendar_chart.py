"""The P/L calendar: each day at its week and weekday, with a sign that is not only a colour."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from mentor.analytics.daily import daily
from mentor.analytics.frames import empty_trades
from mentor.charts.calendar import calendar_chart, month_chart
from mentor.i18n import language
from mentor.i18n.numbers import MINUS
from tests.analytics.frame_builders import trade_rows

YEAR = date(2025, 1, 1), date(2025, 12, 31)


def days(**results: float) -> pd.DataFrame:
    return daily(
        trade_rows(
            [{"session_date": day.strip("d").replace("_", "-"), "profit_loss": net} for day, net in results.items()]
        )
    )


def test_days_stand_at_their_week_and_weekday() -> None:
    # 1 January 2025 was a Wednesday, so Monday 6 January opens the second week.
    _, marks = calendar_chart(days(d2025_01_01=5.0, d2025_01_06=-5.0, d2025_01_07=0.0), *YEAR, None).data
    assert list(marks.x) == [0, 1, 1]
    assert list(marks.y) == [2, 0, 1]


def test_the_sign_is_a_shape_as_well_as_a_colour() -> None:
    _, marks = calendar_chart(days(d2025_01_01=5.0, d2025_01_06=-5.0, d2025_01_07=0.0), *YEAR, None).data
    assert list(marks.marker.symbol) == ["square", "circle", "x"]
    assert marks.marker.cmin == -marks.marker.cmax


def test_a_mark_carries_its_date_and_other_years_stay_out() -> None:
    _, marks = calendar_chart(days(d2024_12_31=5.0, d2025_01_06=-5.0), *YEAR, "USD").data
    assert [row[0] for row in marks.customdata] == ["2025-01-06"]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2028])
def test_every_day_of_a_year_has_its_own_place_in_54_weeks(year: int) -> None:
    blank, _ = calendar_chart(daily(empty_trades()), date(year, 1, 1), date(year, 12, 31), None).data
    places = list(zip(blank.x, blank.y, strict=True))
    assert len(set(places)) == len(places) == (date(year + 1, 1, 1) - date(year, 1, 1)) / timedelta(days=1)
    assert min(blank.x) == 0
    assert max(blank.x) <= 53


def test_twelve_months_may_begin_anywhere() -> None:
    # 1 June 2025 was a Sunday: the second of June opens the second week.
    chart = calendar_chart(
        days(d2025_05_31=1.0, d2025_06_01=5.0, d2025_06_02=5.0, d2026_05_31=-5.0),
        date(2025, 6, 1),
        date(2026, 5, 31),
        None,
    )
    blank, marks = chart.data
    assert list(marks.x) == [0, 1, 52]
    assert list(marks.y) == [6, 0, 6]
    assert len(blank.x) == 365
    assert chart.layout.xaxis.ticktext[0] == "Jun"


def test_it_speaks_the_language_spoken() -> None:
    with language.spoken("id"):
        chart = calendar_chart(days(d2025_05_05=-1234.5), *YEAR, "IDR")
    assert list(chart.layout.yaxis.ticktext) == ["Sen", "Rab", "Jum", "Min"]
    assert chart.layout.xaxis.ticktext[4] == "Mei"
    assert (chart.data[1].text[0], chart.data[1].customdata[0][1]) == (
        "Sen 5 Mei 2025",
        f"{MINUS}Rp1.234,50<br>1 trade",
    )


def test_a_month_has_every_day_at_its_weekday_with_its_result_written() -> None:
    # 1 May 2025 was a Thursday.
    chart = month_chart(days(d2025_05_01=12.4, d2025_05_05=-5.0, d2025_06_01=7.0), date(2025, 5, 1), "USD")
    blank, marks, words = chart.data
    assert len(blank.x) == 31
    assert (list(marks.x), list(marks.y)) == ([3, 0], [0, 1])
    assert [row[0] for row in marks.customdata] == ["2025-05-01", "2025-05-05"]
    assert words.text[0] == "1<br><b>+12</b>"
    assert words.text[4] == f"5<br><b>{MINUS}5</b>"
    assert words.text[1] == "2"


def test_the_names_of_weekdays_stand_where_the_newest_days_are() -> None:
    assert calendar_chart(days(d2025_05_01=1.0), *YEAR, None).layout.yaxis.side == "right"
