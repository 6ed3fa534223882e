"""Planted habits are found, their direction and trades are right, and traders without any are left alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mentor.analytics.habits import CATALOGUE, habits
from mentor.analytics.habits.habit import Finding, Missing
from mentor.analytics.habits.record import Record
from mentor.analytics.inference import Grade
from tests.analytics.habits.traders import Trader, draw, table

FIND = {detector.id: detector.find for detector in CATALOGUE}
DIRECTION = {detector.id: detector.direction for detector in CATALOGUE}
#: Enough for a test at 5 %, and fast.
PERMUTATIONS = 99
SEEDS = range(10)

#: Each habit, and the sizes at which `research/stats.md` and our own simulation find it in 120 to 250 sessions.
PLANTED: dict[str, dict[str, Any]] = {
    "revenge_size": {"size_after_loss": 1.2},
    "revenge_pace": {"pace_after_loss": 0.6},
    "chasing_size": {"size_after_losing_day": 1.25},
    "house_money": {"size_after_two_wins": 1.3},
    "overtrading": {"extra": 0.3, "busy_days": 0.3, "sessions": 220},
    "disposition": {"held_losers": 2.0},
    "tilt": {"tilt": 0.3, "sessions": 250},
    "overrun_after_loss": {"overrun": 0.5},
    "risk_escalation": {"growth": 1.0},
    "martingale": {"doubles": 0.6},
    "fatigue": {"hours": 0.12, "sessions": 250},
    "weekday": {"bad_weekday": 0.3, "sessions": 250},
    "streaks": {"hot": 0.25},
}


def found(code: str, trader: Trader, seed: int) -> Finding:
    return FIND[code](Record(table(draw(trader, seed)), permutations=PERMUTATIONS))


@pytest.mark.parametrize("code", PLANTED)
def test_a_planted_habit_is_found(code: str) -> None:
    seen = [found(code, Trader(**PLANTED[code]), seed) for seed in SEEDS]
    signs = [np.sign((one.effect or 0.0) - one.neutral) for one in seen]
    hits = [
        one.p_value is not None and one.p_value <= 0.05 and sign == (DIRECTION[code] or sign)
        for one, sign in zip(seen, signs, strict=True)
    ]
    assert sum(hits) >= 0.8 * len(hits)


@pytest.fixture(scope="module")
def clean() -> list[dict[str, Finding]]:
    """What every detector says of 200 traders without a habit; of half of them some days are volatile."""
    return [_every(Trader(sessions=45, volatile=bool(seed % 2)), seed) for seed in range(200)]


def _every(trader: Trader, seed: int) -> dict[str, Finding]:
    record = Record(table(draw(trader, seed)), permutations=PERMUTATIONS)
    return {code: find(record) for code, find in FIND.items()}


@pytest.mark.parametrize(
    "code", [code for code in FIND if code not in ("mood_carry_over", "fomo", "losses_beyond_plan")]
)
def test_traders_without_a_habit_are_left_alone(clean: list[dict[str, Finding]], code: str) -> None:
    """Nominal 5 % of those judged; three standard errors of 200 draws are allowed for."""
    judged = [one[code].p_value for one in clean if one[code].p_value is not None]
    rejected = sum(p <= 0.05 for p in judged)
    assert rejected <= 0.05 * len(judged) + 3 * (0.0475 * len(judged)) ** 0.5


def test_the_confounder_bites_where_trades_are_pooled() -> None:
    """Rule (i): size after a loss, all trades in one heap, is "significant" for many who have no such habit."""
    from scipy.stats import ttest_ind

    alarms = 0
    for seed in range(20):
        chain = Record(table(draw(Trader(volatile=True), seed))).chain
        lost, won = chain.before(chain.lost), chain.before(chain.won)
        known = np.isfinite(chain.size)
        alarms += ttest_ind(chain.size[lost & known], chain.size[won & known]).pvalue <= 0.05
    assert alarms >= 6


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("tilt", {"stop_after_losses": 3}),
        ("streaks", {"stop_after_losses": 3}),
        ("fatigue", {"stop_after_losses": 3}),
        ("tilt", {"stop_at": 200.0, "trades": 7}),
        ("fatigue", {"stop_at": 200.0, "trades": 7}),
        ("overtrading", {"stop_after_win": True}),
        ("disposition", {"barriers": True, "reward": 2.0}),
        ("disposition", {"barriers": True, "reward": 0.6}),
    ],
)
def test_discipline_and_mechanics_are_no_habit(code: str, rule: dict[str, Any]) -> None:
    """Who stops after three losses ends on losses; a near target is hit sooner than a far stop."""
    seen = [found(code, Trader(sessions=80, **rule), seed) for seed in range(12)]
    assert sum(one.p_value is not None and one.p_value <= 0.05 for one in seen) <= 3


def test_small_wins_and_large_losses_excuse_only_what_price_decides() -> None:
    """A near target and a far stop hold losers twice as long; exits at all distances, however long held, do not."""
    by_hand = [
        found("disposition", Trader(wins=0.65, reward=0.5, held_losers=2.0, scattered=True), s) for s in range(8)
    ]
    unbiased = [found("disposition", Trader(wins=0.65, reward=0.5, scattered=True), s) for s in range(8)]
    assert sum(one.neutral == 1.0 and one.p_value is not None and one.p_value <= 0.05 for one in by_hand) >= 6
    assert sum(one.p_value is not None and one.p_value <= 0.05 for one in unbiased) <= 2


def test_distances_that_take_the_longer_the_farther_are_those_of_price() -> None:
    """Stops set wider or closer every time, targets at half of that, and a price without drift: no habit."""
    seen = [found("disposition", Trader(barriers=True, reward=0.5, scattered=True), seed) for seed in range(8)]
    assert sum(one.p_value is not None and one.p_value <= 0.05 for one in seen) <= 2


def test_a_few_days_are_not_enough() -> None:
    for sessions in (1, 2, 5):
        for habit in habits(table(draw(Trader(sessions=sessions, size_after_loss=3.0), 1))):
            assert (habit.grade, habit.effect) == (Grade.NOT_ENOUGH, None)
            assert habit.missing in set(Missing)


def test_no_trades_at_all() -> None:
    nothing = table(draw(Trader(sessions=2), 1).iloc[:0])
    assert {habit.missing for habit in habits(nothing)} == {Missing.TRADES}


def test_strong_evidence_is_called_so_and_points_the_right_way() -> None:
    seen = {
        one.id: one for one in habits(table(draw(Trader(sessions=200, size_after_loss=1.6, pace_after_loss=0.3), 3)))
    }
    size, pace = seen["revenge_size"], seen["revenge_pace"]
    assert (size.grade, pace.grade) == (Grade.STRONG, Grade.STRONG)
    assert (size.harmful, pace.harmful) == (True, True)
    assert size.effect == pytest.approx(1.6, rel=0.12)
    assert size.low is not None
    assert size.high is not None
    assert size.low < 1.6 < size.high
    assert pace.effect == pytest.approx(0.3, rel=0.25)
