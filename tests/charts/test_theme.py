"""The look of all figures: numbers and names of days as the language writes them."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from mentor.analytics.inference import Grade
from mentor.charts import theme
from mentor.charts.forest import ForestRow, ratio_chart
from mentor.i18n import language


def moments(*when: str) -> pd.Series[pd.Timestamp]:
    return pd.Series([datetime.fromisoformat(moment) for moment in when], dtype="datetime64[us]")


def test_numbers_of_axes_and_hover_are_written_as_the_language_does() -> None:
    assert theme.figure(height=100).layout.separators == ".,"
    with language.spoken("id"):
        assert theme.figure(height=100).layout.separators == ",."


def test_millions_stand_in_full() -> None:
    """`5M` is five million to one reader and five thousand million to the other."""
    axis = theme.figure(height=100).layout.template.layout.yaxis
    assert (axis.exponentformat, axis.separatethousands) == ("none", True)


def test_an_axis_has_as_many_round_numbers_as_fit() -> None:
    """Between them, not beyond the ends: an interval from −3.9 to 1.7 has more to show than −2 and 0."""
    assert theme.ticks([-3.9, 1.7])["ticktext"] == ["−4", "−3", "−2", "−1", "0", "1", "2"]
    assert theme.ticks([0.0, 0.5])["ticktext"] == ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"]
    assert theme.ticks([0.0, 0.61])["ticktext"] == ["0.0", "0.2", "0.4", "0.6", "0.8"]


def test_a_long_time_has_months_by_name() -> None:
    when = moments("2024-01-10", "2025-12-20")
    assert theme.time_ticks(when)["ticktext"] == ["Jul 2024", "Jan 2025", "Jul 2025"]
    with language.spoken("id"):
        assert theme.time_ticks(moments("2025-04-20", "2025-08-20"))["ticktext"] == [
            "Mei 2025",
            "Jun 2025",
            "Jul 2025",
            "Agu 2025",
        ]


def test_a_few_weeks_have_days_and_one_day_has_hours() -> None:
    assert theme.time_ticks(moments("2025-01-06 08:00", "2025-01-10 12:00"))["ticktext"] == [
        "6 Jan",
        "7 Jan",
        "8 Jan",
        "9 Jan",
        "10 Jan",
    ]
    assert theme.time_ticks(moments("2025-01-06 08:00", "2025-01-06 12:00")) == {"tickformat": "%H:%M"}


@pytest.mark.parametrize("when", [(), ("0001-01-01", "9999-12-31"), ("1970-01-01", "2100-01-01")])
def test_no_time_at_all_and_very_long_ones_have_few_names(when: tuple[str, ...]) -> None:
    assert len(theme.time_ticks(moments(*when)).get("tickvals", [])) <= 7


def test_results_and_days_are_told_in_the_language() -> None:
    with language.spoken("id"):
        assert theme.money(pd.Series([-1234.5]), "IDR") == ["−Rp1.234,50"]
        assert theme.days(pd.Series([pd.Timestamp("2025-05-05"), pd.NaT])) == [
            "Sen 5 Mei 2025",
            "tanpa tanggal yang terbaca",
        ]
        assert theme.counted("x", 1200) == "x  (n = 1.200)"


def test_ratios_of_an_axis_too() -> None:
    row = ForestRow(label="Size", n=9, words="", grade=Grade.HINT, value=2.0, low=1.5, high=2.6)
    with language.spoken("id"):
        assert "0,5 ×" in ratio_chart([row], "kali").layout.xaxis.ticktext
