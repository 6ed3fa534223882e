"""The chart of a day: its path, and the moods on it."""

from __future__ import annotations

import pandas as pd

from mentor.analytics.frames import DAY_MOOD_DTYPES, DAY_RUN_DTYPES
from mentor.charts.day import day_chart

RUN = pd.DataFrame(
    {
        "when": pd.to_datetime(["2025-01-01 09:00", "2025-01-01 10:00"]),
        "profit_loss": [0.0, -5.0],
        "equity": [0.0, -5.0],
        "symbol": ["", "<b>EUR</b>"],
    }
)
MOODS = pd.DataFrame({"when": pd.to_datetime(["2025-01-01 08:00"]), "emotion": ["<i>x</i>"], "equity": [0.0]})


def empty(dtypes: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(dtypes))


def test_path_and_moods_are_drawn_and_foreign_text_is_no_markup() -> None:
    line, moods = day_chart(RUN, MOODS, str.upper, "USD").data
    assert list(line.y) == [0.0, -5.0]
    assert line.text[1] == "&lt;b&gt;EUR&lt;/b&gt; -5.00 USD"
    assert list(moods.y) == [0.0]
    assert moods.text[0] == "&lt;I&gt;X&lt;/I&gt;"


def test_moods_alone_and_nothing_at_all() -> None:
    assert len(day_chart(empty(DAY_RUN_DTYPES), MOODS, str, None).data) == 1
    assert day_chart(empty(DAY_RUN_DTYPES), empty(DAY_MOOD_DTYPES), str, None).layout.annotations[0].text
