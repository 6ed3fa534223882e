"""The grades: every rule keeps its grade back, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor.analytics.inference import Evidence, Findings, Grade, Rule, grade

#: Everything that the strongest grade asks for, just so.
BEST = Findings(
    sessions=50,
    n_treated=20,
    n_baseline=30,
    p_value=0.01,
    scores_p_value=0.05,
    survives_extremes=True,
    same_sign_in_halves=True,
    robustness=0.10,
    equivalent=False,
    beforehand=True,
)

shares = st.floats(0, 1)
findings = st.builds(
    Findings,
    sessions=st.integers(0, 300),
    n_treated=st.integers(0, 60),
    n_baseline=st.integers(0, 100),
    p_value=st.none() | shares,
    scores_p_value=st.none() | shares,
    survives_extremes=st.booleans(),
    same_sign_in_halves=st.booleans(),
    robustness=shares,
    equivalent=st.booleans(),
    beforehand=st.booleans(),
)


def test_the_strongest() -> None:
    assert grade(BEST) == Evidence(grade=Grade.STRONG, failed=(), sessions_missing=0)


@pytest.mark.parametrize(
    ("change", "said", "rule", "missing"),
    [
        ({"n_treated": 19}, Grade.MODERATE, Rule.TREATED, 1),
        ({"n_baseline": 28}, Grade.MODERATE, Rule.BASELINE, 2),
        ({"p_value": 0.011}, Grade.MODERATE, Rule.P_VALUE, 0),
        ({"scores_p_value": 0.051}, Grade.MODERATE, Rule.SCORES, 0),
        ({"scores_p_value": None}, Grade.MODERATE, Rule.SCORES, 0),
        ({"same_sign_in_halves": False}, Grade.MODERATE, Rule.HALVES, 0),
        ({"robustness": 0.099}, Grade.MODERATE, Rule.ROBUSTNESS, 0),
        ({"n_treated": 7}, Grade.HINT, Rule.TREATED, 1),
        ({"n_baseline": 14}, Grade.HINT, Rule.BASELINE, 1),
        ({"p_value": 0.051}, Grade.HINT, Rule.P_VALUE, 0),
        ({"survives_extremes": False}, Grade.HINT, Rule.EXTREMES, 0),
        ({"beforehand": False}, Grade.HINT, Rule.TIMING, 0),
        ({"p_value": 0.201}, Grade.NO_SIGN, Rule.P_VALUE, 81),
        ({"p_value": 0.201, "equivalent": True}, Grade.ABOUT_THE_SAME, Rule.P_VALUE, 0),
        ({"p_value": None}, Grade.NOT_ENOUGH, Rule.ESTIMABLE, 0),
        ({"n_treated": 4}, Grade.NOT_ENOUGH, Rule.TREATED, 1),
        ({"n_baseline": 9}, Grade.NOT_ENOUGH, Rule.BASELINE, 1),
        ({"sessions": 29}, Grade.NOT_ENOUGH, Rule.SESSIONS, 1),
    ],
)
def test_one_rule_that_fails(change: dict[str, object], said: Grade, rule: Rule, missing: int) -> None:
    found = replace(BEST, **change)  # type: ignore[arg-type]
    assert grade(found) == Evidence(grade=said, failed=(rule,), sessions_missing=missing)


@pytest.mark.parametrize(
    ("sessions", "treated", "baseline", "missing"), [(0, 0, 0, 30), (29, 2, 20, 3), (20, 5, 12, 10), (40, 1, 4, 10)]
)
def test_a_session_counts_for_its_group_and_for_all(sessions: int, treated: int, baseline: int, missing: int) -> None:
    found = grade(replace(BEST, sessions=sessions, n_treated=treated, n_baseline=baseline))
    assert (found.grade, found.sessions_missing) == (Grade.NOT_ENOUGH, missing)


def test_a_small_effect_that_is_sure_is_not_called_the_same() -> None:
    assert grade(replace(BEST, equivalent=True)).grade is Grade.STRONG


def test_grades_are_ordered() -> None:
    assert [step.strength for step in Grade] == [0, 1, 2, 3, 4, 5]


@given(findings)
def test_nothing_but_the_strongest_is_without_a_failed_rule(found: Findings) -> None:
    said = grade(found)
    assert bool(said.failed) is (said.grade is not Grade.STRONG)
    assert said.sessions_missing >= 0


@given(findings, st.floats(0, 1))
def test_a_smaller_p_value_never_lowers_the_grade(found: Findings, factor: float) -> None:
    if found.p_value is not None and not found.equivalent:
        surer = replace(found, p_value=found.p_value * factor)
        assert grade(surer).grade.strength >= grade(found).grade.strength


@given(findings)
def test_hindsight_is_a_hint_at_most(found: Findings) -> None:
    assert grade(replace(found, beforehand=False)).grade.strength <= Grade.HINT.strength
