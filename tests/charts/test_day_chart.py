"""The chart of a day: its path, and the moods on it."""

from __future__ import annotations

import pandas as pd

from mentor.analytics.frames import DAY_MOOD_DTYPES, DAY_RUN_DTYPES
from mentor.charts import theme
from mentor.charts.day import day_chart
from mentor.i18n import language

RUN = pd.DataFrame(
    {
        "when": pd.to_datetime(["2025-01-01 09:00", "2025-01-01 10:00"]),
        "profit_loss": [0.0, -5.0],
        "equity": [0.0, -5.0],
        "symbol": ["", "<b>EUR</b>"],
    }
)


def moods(*told: tuple[str, str, int | None, str]) -> pd.DataFrame:
    rows = [(pd.Timestamp(f"2025-01-01 {clock}"), emotion, strength, note) for clock, emotion, strength, note in told]
    frame = pd.DataFrame(rows, columns=["when", "emotion", "intensity", "note"])
    return frame.assign(equity=0.0).astype({"intensity": "Int64"})


MOODS = moods(("08:00", "<i>x</i>", None, "<script>"), ("09:30", "marah", 4, ""), ("09:45", "tenang", 1, "better"))


def empty(dtypes: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(dtypes))


def test_path_and_moods_are_drawn_and_foreign_text_is_no_markup() -> None:
    line, on_path, _, _ = day_chart(RUN, MOODS, "USD").data
    assert list(line.y) == [0.0, -5.0]
    assert line.text[1] == "&lt;b&gt;EUR&lt;/b&gt; −$5.00<br>net so far −$5.00"
    assert list(on_path.y) == [0.0, 0.0, 0.0]
    assert on_path.text == ("&lt;i&gt;x&lt;/i&gt;<br>&lt;script&gt;", "Angry, 4 of 5", "Calm, 1 of 5<br>better")


def test_every_mood_has_its_lane_and_lasts_until_the_next_one() -> None:
    chart = day_chart(RUN, MOODS, "USD")
    _, _, bars, starts = chart.data
    lanes = (theme.emotion_name("tenang"), theme.emotion_name("marah"), "&lt;i&gt;x&lt;/i&gt;")
    assert chart.layout.yaxis2.ticktext == lanes, "always in the order of the codes"
    assert list(starts.y) == [2, 1, 0]
    clocks = [None if when is None else f"{pd.Timestamp(when):%H:%M}" for when in bars.x]
    assert clocks == ["08:00", "09:30", None, "09:30", "09:45", None, "09:45", "10:00", None]


def test_a_mood_after_the_last_trade_ends_the_day() -> None:
    *_, bars, _ = day_chart(RUN, moods(("11:00", "lelah", None, "")), None).data
    assert bars.x[0] == bars.x[1]


def test_it_speaks_the_language_spoken() -> None:
    with language.spoken("id"):
        chart = day_chart(RUN, MOODS, "IDR")
    assert chart.data[0].text[1].startswith("&lt;b&gt;EUR&lt;/b&gt; −Rp")
    assert chart.data[1].text[1] == "Marah, 4 dari 5"


def test_moods_alone_trades_alone_and_nothing_at_all() -> None:
    assert len(day_chart(empty(DAY_RUN_DTYPES), MOODS, None).data) == 2
    assert len(day_chart(RUN, empty(DAY_MOOD_DTYPES), None).data) == 1
    assert day_chart(empty(DAY_RUN_DTYPES), empty(DAY_MOOD_DTYPES), None).layout.annotations[0].text
