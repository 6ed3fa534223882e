"""The detectors' arithmetic, their oracles, what they need, and what must not change them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mentor.analytics.habits import CATALOGUE, Habit, habits
from mentor.analytics.habits.contrast import contrast
from mentor.analytics.habits.disposition import mechanical_log_ratio
from mentor.analytics.habits.habit import Finding, Missing, graded
from mentor.analytics.habits.ordered import _after_wins
from mentor.analytics.habits.overtrading import _usual
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.stopping import own_rules
from mentor.analytics.habits.within import permute_within
from mentor.analytics.inference import Grade
from mentor.analytics.risk_score import CAPS, WEIGHTS
from mentor.analytics.usual_lots import usual_lots
from tests.analytics.habits.traders import Trader, draw, table

TRADER = draw(Trader(sessions=80, size_after_loss=1.3), 5)


def by_id(frame: pd.DataFrame, *, in_r: bool = True, moods: pd.Series[str] | None = None) -> dict[str, Habit]:
    return {one.id: one for one in habits(table(frame, moods, in_r=in_r), permutations=199)}


# Oracles


def test_wins_after_wins_are_rarer_by_themselves() -> None:
    """Miller & Sanjurjo 2018: over all sequences of four coins the mean share of heads after a head is 17/42."""
    sequences = np.array(list(product((False, True), repeat=4)))[:, np.newaxis]
    follows, wins = _after_wins(sequences)[:, 0, 0], _after_wins(sequences)[:, 0, 1]
    assert (wins[follows > 0] / follows[follows > 0]).mean() == pytest.approx(17 / 42, abs=1e-15)


@pytest.mark.parametrize(
    ("payoff", "log_ratio"), [(1.0, 0.0), (2.0, -np.log(2)), (0.5, np.log(2)), (3.0, -mechanical_log_ratio(1 / 3))]
)
def test_what_stops_and_targets_bring_by_themselves(payoff: float, log_ratio: float) -> None:
    """By scaling the ratio at 1/b is that at b upside down; at 1 nothing differs."""
    assert mechanical_log_ratio(payoff) == pytest.approx(log_ratio, abs=1e-6)


def test_the_mean_time_to_a_barrier_follows_from_the_same_transform() -> None:
    """First passage (`research/stats.md` oracle 18): stop 1, target 2 take 5/3 and 8/3 on average."""
    from mentor.analytics.habits.disposition import _transform

    k = np.array([1e-4])
    mean_target, mean_stop = ((1 - _transform(other, hit, k)) / (k**2 / 2) for other, hit in ((1.0, 2.0), (2.0, 1.0)))
    assert mean_target[0] == pytest.approx(8 / 3, rel=1e-4)
    assert mean_stop[0] == pytest.approx(5 / 3, rel=1e-4)


def test_a_contrast_is_the_weighted_difference_inside_sessions() -> None:
    sessions = np.array([0, 0, 0, 1, 1, 2, 2])
    x = np.array([1.0, 0, 0, 1, 0, 1, 1])
    y = np.array([5.0, 1, 3, 10, 4, 99, -99])
    found = contrast(y, x, sessions, seed=1, permutations=99)
    assert found is not None
    weights = np.array([2 / 3, 1 / 2])
    assert found.value == pytest.approx((weights * [3, 6]).sum() / weights.sum())
    assert (found.sessions, found.used.sum()) == (2, 5)


def test_the_p_value_is_that_of_every_order() -> None:
    """One session of five: two of ten pairs lie as far out as the highest two (themselves and the lowest two)."""
    found = contrast(np.arange(5.0), np.array([0.0, 0, 0, 1, 1]), np.zeros(5, dtype=int), seed=1, permutations=4999)
    assert found is not None
    assert found.p_value == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize("length", [4, 9])
def test_permutation_keeps_every_session_to_itself(length: int) -> None:
    sessions = np.repeat(np.arange(12), length)
    values = sessions * 100.0 + np.tile(np.arange(length), 12)
    drawn = permute_within(
        values, sessions, lambda permuted, _: permuted[:, :, :1] * 1.0, seed=3, permutations=500
    ).drawn[:, 0]
    whole = 100.0 * np.arange(12).sum()
    assert drawn.min() >= whole
    assert drawn.max() <= whole + 12 * (length - 1)
    assert drawn.mean() == pytest.approx(whole + 12 * (length - 1) / 2, rel=0.01)


def test_usual_lots_are_those_of_earlier_sessions() -> None:
    symbols, sessions = np.array([0, 0, 1, 0, 0, 1]), np.array([0, 0, 0, 1, 2, 2])
    lots = np.array([1.0, 3, 9, 8, 5, 7])
    nothing = np.nan
    np.testing.assert_array_equal(usual_lots(symbols, sessions, lots, None), [nothing, nothing, nothing, 2, 3, 9])
    np.testing.assert_array_equal(usual_lots(symbols, sessions, lots, 1), [nothing, nothing, nothing, 2, 8, 9])


def test_the_usual_number_of_trades_is_known_beforehand() -> None:
    limits = _usual(pd.Series([2, 4, 2, 4, 2, 4, 2, 4, 2, 4, 50]))
    assert np.isnan(limits[:10]).all()
    assert limits[10] == 3 + 2 * 1


# Stopping rules


@pytest.mark.parametrize(
    ("day", "limits"),
    [
        ([1, -1, -1, -1], [3, 3, 2]),  # losses in a row, in all, together
        ([-1, 1, -1, -1, 1, -1], [4]),  # losses in all
        ([-2, 1, -3], [2, 4]),  # losses in all, together
        ([1, -1, 2, 3], [2, 3, 5]),  # wins in a row, in all, together
    ],
)
def test_a_stopping_rule_is_seen_where_nobody_goes_on(day: list[float], limits: list[float]) -> None:
    results = np.array(day * 10, dtype=float)
    assert [rule.limit for rule in own_rules(results, np.repeat(np.arange(10), len(day)))] == limits
    more = np.array([*day, -np.sign(day[-1]), -np.sign(day[-1]) / 2] * 10, dtype=float)
    gone = own_rules(more, np.repeat(np.arange(10), len(day) + 2))
    assert not {(rule.state, rule.limit) for rule in gone} & {
        (rule.state, rule.limit) for rule in own_rules(results, np.repeat(np.arange(10), len(day)))
    }


def test_only_orders_that_keep_the_rule_may_stand() -> None:
    orders = np.array([[[1, -1, -1], [-1, 1, -1], [-1, -1, 1]], [[-1, 1, -1], [1, -1, -1], [-1, -1, 1]]], dtype=float)
    (in_a_row, *_) = own_rules(np.tile(orders[0, 0], 10), np.repeat(np.arange(10), 3))
    assert in_a_row.limit == 2
    np.testing.assert_array_equal(in_a_row.keeps(orders), [[True, False, False], [True, False, False]])


# What they need


def test_without_times_nobody_guesses_the_order() -> None:
    unknown = TRADER["entry_time"].mask(TRADER["id"] > 0)
    seen = by_id(TRADER.assign(entry_time=unknown, exit_time=unknown))
    for code in (
        "revenge_size",
        "revenge_pace",
        "house_money",
        "tilt",
        "fatigue",
        "streaks",
        "martingale",
        "disposition",
    ):
        assert seen[code].missing is Missing.TIMES
        assert seen[code].grade is Grade.NOT_ENOUGH


def test_without_lots_and_risk() -> None:
    seen = by_id(TRADER.assign(lot_size=np.nan, risk_percent=np.nan), in_r=False)
    lots = {code for code, one in seen.items() if one.missing is Missing.LOTS}
    risk = {code for code, one in seen.items() if one.missing is Missing.RISK}
    assert lots == {"revenge_size", "chasing_size", "house_money", "martingale"}
    assert risk == {"tilt_slope", "losses_beyond_plan", "overrun_after_loss", "risk_escalation"}


def test_moods_that_stay_are_found_and_missing_ones_named() -> None:
    days = np.arange(1, 81)
    turns = np.cumsum(np.random.default_rng(1).random(80) < 0.2)
    staying = pd.Series(np.where(turns % 2, "tenang", "takut"), index=days)
    assert by_id(TRADER)["mood_carry_over"].missing is Missing.MOODS
    found = by_id(TRADER, moods=staying)["mood_carry_over"]
    assert found.effect is not None
    assert found.effect > 0.2
    assert found.p_value is not None
    assert found.p_value < 0.05
    assert set(found.chart["before"]) == {"tenang", "takut"}


def test_lots_that_never_change_say_no_sign() -> None:
    seen = by_id(TRADER.assign(lot_size=0.5))
    assert (seen["revenge_size"].effect, seen["revenge_size"].p_value) == (1.0, 1.0)
    assert seen["martingale"].grade is Grade.NO_SIGN


# What must not change them


def same(one: dict[str, Habit], two: dict[str, Habit]) -> None:
    for code, habit in one.items():
        assert two[code].p_value == habit.p_value, code
        assert two[code].grade == habit.grade, code
        assert set(two[code].trades) == set(habit.trades), code


def test_shuffled_rows_change_nothing() -> None:
    same(by_id(TRADER), by_id(TRADER.sample(frac=1, random_state=3)))


def test_another_unit_of_money_and_lots_changes_no_p() -> None:
    scaled = TRADER.assign(profit_loss=TRADER["profit_loss"] * 15_500.0, lot_size=TRADER["lot_size"] * 1000)
    same(by_id(TRADER, in_r=False), by_id(scaled, in_r=False))


def test_a_later_start_changes_nothing_but_the_calendar() -> None:
    week = pd.Timedelta(days=7)
    moved = TRADER.assign(**{name: TRADER[name] + week for name in ("entry_time", "exit_time", "closed_at")})
    same(by_id(TRADER), by_id(moved.assign(session_date=moved["session_date"] + week).astype(TRADER.dtypes)))


def test_huge_and_tiny_results_together_stay_finite() -> None:
    amounts = TRADER["profit_loss"].to_numpy().copy()
    amounts[3], amounts[9] = 1e12, 1e-9
    for habit in by_id(TRADER.assign(profit_loss=amounts), in_r=False).values():
        for value in (habit.effect, habit.low, habit.high, habit.p_value):
            assert value is None or np.isfinite(value)


def test_a_session_of_thousands_of_trades() -> None:
    one_day = draw(Trader(sessions=1, trades=1500), 2)
    assert {habit.grade for habit in habits(table(one_day), permutations=99)} <= {Grade.NOT_ENOUGH, None}


def test_trades_open_at_the_same_time_are_not_one_after_the_other() -> None:
    together = TRADER.groupby("session_id")["entry_time"].transform("first")
    chain = Record(table(TRADER.assign(entry_time=together))).chain
    assert chain.first.all()


# Answers


def test_every_detector_answers_once_with_trades_of_the_journal() -> None:
    seen = by_id(TRADER)
    assert list(seen) == [detector.id for detector in CATALOGUE]
    known = set(TRADER["id"])
    assert all(set(habit.trades) <= known for habit in seen.values())


@pytest.mark.parametrize(
    ("adjusted", "sessions", "steady", "halves", "grade"),
    [
        (0.2, 99, True, True, Grade.NO_SIGN),
        (0.09, 10, True, True, Grade.HINT),
        (0.001, 14, True, True, Grade.HINT),
        (0.001, 99, False, True, Grade.HINT),
        (0.04, 99, True, True, Grade.MODERATE),
        (0.001, 29, True, True, Grade.MODERATE),
        (0.001, 99, True, False, Grade.MODERATE),
        (0.01, 30, True, True, Grade.STRONG),
    ],
)
def test_a_grade_needs_all_its_rules(adjusted: float, sessions: int, steady: bool, halves: bool, grade: Grade) -> None:
    found = Finding(
        opportunities=99, sessions=sessions, unit="share", effect=1.0, p_value=0.001, steady=steady, halves=halves
    )
    assert graded(found, adjusted, exploratory=False) is grade
    assert graded(found, adjusted, exploratory=True) is (grade if grade is Grade.NO_SIGN else Grade.HINT)


def test_what_is_only_counted_has_no_grade() -> None:
    assert graded(Finding(opportunities=9, sessions=20, unit="share", effect=0.5), None, exploratory=True) is None


def test_every_detector_component_and_cap_is_documented() -> None:
    methods = (Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
    named = [detector.id for detector in CATALOGUE] + list(WEIGHTS) + list(CAPS)
    assert [name for name in named if f"`{name}`" not in methods] == []
