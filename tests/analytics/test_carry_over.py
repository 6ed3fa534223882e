"""Whether a mood lasts from one traded day to the next."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mentor.analytics.carry_over import CarryOver, carry_over
from tests.analytics.mood_journals import heavy_tailed, mixed, session_table


def of(emotions: list[str], days: list[str] | None = None) -> CarryOver:
    sessions = session_table(heavy_tailed(len(emotions), 1), emotions).sessions
    sessions["basis"] = ["before" if emotion else None for emotion in emotions]
    if days is not None:
        sessions["session_date"] = pd.to_datetime(days).astype("datetime64[s]")
    return carry_over(sessions)


def test_transitions_are_counted_and_smoothed() -> None:
    """Half a transition is added to each: from calm 1 to calm and 1 to fear, from fear 1 to calm."""
    found = of(["tenang", "tenang", "takut", "tenang"])
    assert found.emotions == ("takut", "tenang")
    assert found.counts == ((0, 1), (1, 1))
    assert found.shares == ((0.25, 0.75), (0.5, 0.5))
    assert (found.transitions, found.stay, found.p_value) == (3, None, None)


def test_days_apart_and_unlabelled_days_do_not_follow_each_other() -> None:
    found = of(
        ["tenang", "", "tenang", "tenang", "takut"],
        ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-07", "2025-01-12"],
    )
    assert found.transitions == 1
    assert found.counts == ((0, 0), (0, 1))


def test_spells_are_found_and_their_absence_too() -> None:
    lasting = of([word for word in mixed(40, 3, "takut", "marah") for _ in range(4)])
    assert lasting.stay is not None
    assert lasting.expected is not None
    assert lasting.stay > lasting.expected + 0.3
    assert lasting.p_value == pytest.approx(1 / 158)
    random = [of(mixed(80, seed, "takut", "marah")).p_value or 1.0 for seed in range(100)]
    assert 0.01 <= np.mean([p <= 0.05 for p in random]) <= 0.10


def test_one_mood_only_has_nothing_to_compare() -> None:
    found = of(["tenang"] * 30)
    assert (found.stay, found.expected, found.p_value) == (1.0, 1.0, None)


@pytest.mark.parametrize("emotions", [[], ["tenang"], ["tenang", "takut"], ["", ""]])
def test_a_few_sessions(emotions: list[str]) -> None:
    found = of(emotions)
    assert (found.stay, found.p_value) == (None, None)
    assert found.transitions == max(0, sum(map(bool, emotions)) - 1)
