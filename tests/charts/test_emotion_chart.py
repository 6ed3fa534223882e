"""The figure of results by emotion: counts beside names, foreign words harmless."""

from __future__ import annotations

from mentor.analytics.emotions import mood_results
from mentor.charts.emotions import emotion_chart
from mentor.charts.theme import EMOTIONS, GAIN, LOSS, emotion_name
from tests.analytics.frame_builders import moods, trades


def test_each_emotion_is_a_row_with_its_number_of_sessions() -> None:
    told = moods(
        (1, "tenang", "before", "2025-01-01 08:00"),
        (2, "tenang", "before", "2025-01-02 08:00"),
        (3, "takut", "before", "2025-01-03 08:00"),
        (4, "takut", "after", "2025-01-04 18:00"),
    )
    results = mood_results(trades(10.0, 20.0, -8.0, -100.0), told)
    before = [group for group in results.groups if group.basis == "before"]
    dots, means = emotion_chart(results.sessions, before, "USD").data
    assert list(means.y) == [f"{emotion_name('takut')}  (n = 1)", f"{emotion_name('tenang')}  (n = 2)"]
    assert EMOTIONS["takut"] in means.y[0]
    assert list(means.x) == [-8.0, 15.0]
    assert list(means.marker.line.color) == [LOSS, GAIN]
    assert sorted(dots.x) == [-8.0, 10.0, 20.0], "the session told afterwards is not among those told before"


def test_a_word_with_markup_stays_text() -> None:
    results = mood_results(trades(1.0), moods((1, "<a href='x'>click</a>", "unknown", None)))
    _, means = emotion_chart(results.sessions, results.groups, None).data
    assert means.y[0].startswith("&lt;a href='x'&gt;click")


def test_no_group_says_so() -> None:
    results = mood_results(trades(1.0), moods())
    assert "No session with a mood" in emotion_chart(results.sessions, (), None).layout.annotations[0].text
