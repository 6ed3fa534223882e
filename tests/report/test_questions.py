"""Three questions after a week or a month: each from a measure, in a fixed order, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from mentor.analytics.emotions import Coverage, MoodGroup
from mentor.analytics.frames import empty_moods, empty_trades
from mentor.analytics.habits import Habit
from mentor.analytics.inference import Grade
from mentor.analytics.periods import Period
from mentor.analytics.review import Review, RiskOverview, review
from mentor.i18n import language
from mentor.report.questions import questions, sentence
from tests.analytics.frame_builders import trade_rows

WEEK = Period("week", date(2025, 1, 13))
ROWS = [
    {"session_date": "2025-01-13", "profit_loss": -30.0},
    {"session_date": "2025-01-14", "profit_loss": 40.0},
]


def week(**changes: Any) -> Review:
    """A week whose moods were all told before trading; −30 on Monday, +40 on Tuesday."""
    found = review(WEEK, trade_rows(ROWS), empty_moods(), {})
    told = replace(found.moods, coverage=Coverage(sessions=2, before=2, later=0, unknown=0))
    return replace(found, moods=told, **changes)


def habit(**changes: Any) -> Habit:
    values: dict[str, Any] = {
        "id": "revenge_pace",
        "opportunities": 40,
        "sessions": 20,
        "effect": 0.5,
        "low": 0.3,
        "high": 0.7,
        "p_value": 0.001,
        "adjusted": 0.01,
        "grade": Grade.STRONG,
        "unit": "ratio",
        "neutral": 1.0,
        "direction": -1,
        "trades": (1, 99),
        "missing": None,
        "exploratory": False,
        "chart": pd.DataFrame(),
    }
    return Habit(**values | changes)


def asked(found: Review, *habits: Habit) -> list[str]:
    return [one.id for one in questions(found, habits)]


def test_days_are_asked_about_where_nothing_else_is() -> None:
    found = questions(week(), ())
    assert [one.id for one in found] == ["worst_day", "best_day"]
    assert sentence(found[0], "USD") == "Mon 13 Jan 2025 came to −$30.00. Which of its trades would you not take again?"
    with language.spoken("id"):
        assert (
            sentence(found[0], "IDR") == "Hasil Sen 13 Jan 2025: −Rp30,00. Trade mana yang tidak akan kamu ambil lagi?"
        )


def test_what_was_done_comes_first_and_three_are_enough() -> None:
    risk = RiskOverview(
        sessions=2, known=2, median=6.0, weakest=("stop", 0.5, 2), caps=(("few_stops", 2), ("little_known", 1))
    )
    found = week(risk=risk)
    assert asked(found, habit()) == ["habit", "cap", "weak_part"]
    told = [sentence(one, "USD") for one in questions(found, (habit(),))]
    assert told[0].startswith("“faster after a loss” (Strong evidence): 1 trade of this period is among them.")
    assert told[1].startswith(
        "On 2 days the risk score was held down: fewer than half of the trades whose stop is known had one."
    )
    assert "“Stops” (50% reached)" in told[2]
    with language.spoken("id"):
        assert all("{" not in sentence(one, "USD") for one in questions(found, (habit(),)))


@pytest.mark.parametrize(
    "changes",
    [
        {"trades": (99,)},
        {"grade": Grade.NO_SIGN},
        {"grade": None},
        {"effect": 1.5},
    ],
    ids=["none of the period", "no sign", "only counted", "the good way"],
)
def test_a_habit_is_asked_about_only_with_evidence_and_trades_here(changes: dict[str, Any]) -> None:
    assert "habit" not in asked(week(), habit(**changes))


def test_a_mood_is_asked_about_from_two_losing_days_on() -> None:
    group = MoodGroup(
        emotion="serakah", basis="before", sessions=2, trades=5, net=-35.0, mean=-17.5, winning_sessions=0
    )
    for changed, expected in ((group, True), (replace(group, sessions=1), False), (replace(group, net=1.0), False)):
        found = week()
        found = replace(found, moods=replace(found.moods, groups=(changed,)))
        assert ("mood" in asked(found)) is expected


def test_a_mood_told_afterwards_explains_no_loss() -> None:
    late = MoodGroup(emotion="marah", basis="later", sessions=5, trades=5, net=-35.0, mean=-7.0, winning_sessions=0)
    assert "mood" not in asked(replace(week(), moods=replace(week().moods, groups=(late,))))


def test_days_without_a_mood_are_asked_about() -> None:
    found = review(WEEK, trade_rows(ROWS), empty_moods(), {})
    told = sentence(questions(found, ())[0], None)
    assert told.startswith("On 2 of 2 days you told no mood before the first trade.")


def test_a_period_without_trades_asks_nothing() -> None:
    assert questions(review(WEEK, empty_trades(), empty_moods(), {}), (habit(),)) == ()
