"""What an emotion costs: against the method done by hand, against what must not change it, and on nothing."""

from __future__ import annotations

import functools
import json
import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import norm, rankdata

from mentor.analytics import emotion_cost, mood_model
from mentor.analytics.emotion_cost import Comparison, EmotionCost, comparison
from mentor.analytics.emotion_report import EmotionReport, as_json, emotion_report
from mentor.analytics.frames import UTC, empty_moods, empty_trades
from mentor.analytics.inference import Cause, Effect, Grade, Rule, freedman_lane, holm
from tests.analytics.frame_builders import trade_rows, trades
from tests.analytics.inference.journals import invented
from tests.analytics.mood_journals import ZONE, heavy_tailed, known, mixed, report, session_table, told

WORDS = np.array(["tenang", "netral", "serakah", "takut", "frustasi"])
MARKETS = np.array(["trending", "sideways", "volatile"])


def only(found: EmotionReport) -> EmotionCost:
    [emotion] = found.emotions
    return emotion


def effect_of(emotion: EmotionCost) -> Effect:
    assert emotion.result.effect is not None
    return emotion.result.effect


def planted(n: int = 80, difference: float = -150.0) -> tuple[list[float], list[str]]:
    """Heavy-tailed results of a trader whose fearful sessions go worse by this much."""
    emotions = mixed(n, 11, "takut")
    return (heavy_tailed(n, 7) + difference * (np.array(emotions) == "takut")).tolist(), emotions


# Against the words of the method --------------------------------------------------------------------------------


def test_the_model_written_out() -> None:
    """Calm and neutral sessions are the baseline; unlabelled ones take part in what yesterday was, no more."""
    results = heavy_tailed(90, 2)
    emotions = np.array(mixed(90, 3, "netral", "takut", ""))
    markets = {number: "berita" for number in range(1, 91) if number % 3 == 0}
    found = only(report(results.tolist(), emotions.tolist(), markets=markets))
    scores = np.concatenate([[0.0], norm.ppf(rankdata(results[:-1]) / 90)])
    rows = emotions != ""
    columns = [np.ones(90), np.arange(1, 91) % 3 == 0, scores, emotions == "takut"]
    theirs = sm.OLS(results[rows], np.column_stack(columns)[rows].astype(float)).fit(cov_type="HC3")
    effect = effect_of(found)
    assert (effect.value, effect.standard_error) == pytest.approx((theirs.params[-1], theirs.bse[-1]), rel=1e-10)
    fearful, baseline = results[emotions == "takut"], results[(emotions == "tenang") | (emotions == "netral")]
    assert (found.n, found.n_baseline) == (fearful.size, baseline.size)
    assert found.result.raw == pytest.approx(fearful.mean() - baseline.mean())
    worse = np.mean(np.sign(np.subtract.outer(baseline, fearful))) / 2 + 0.5
    assert found.worse == pytest.approx(worse)
    assert found.result.shift is not None
    assert found.result.shift.value == pytest.approx(np.median(np.subtract.outer(fearful, baseline)))


def test_the_cost_is_the_effect_times_the_sessions() -> None:
    found = only(report(*planted()))
    effect, cost = effect_of(found), found.money.cost
    assert cost is not None
    assert (cost.value, cost.low, cost.high) == (found.n * effect.value, found.n * effect.low, found.n * effect.high)
    pooled, drawn = found.money.pooled_cost, found.money.pooled
    assert pooled is not None
    assert drawn is not None
    assert pooled.low == found.n * drawn.low
    assert (found.money, found.r) == (found.result, None)


def test_pooling_draws_towards_no_effect() -> None:
    found = only(report(*planted()))
    effect, drawn = effect_of(found), found.result.pooled
    assert drawn is not None
    assert effect.value < drawn.value < 0
    assert drawn.low < drawn.value < drawn.high < 0
    assert drawn.below_zero > 0.95


def test_money_and_r_side_by_side() -> None:
    """Twice the risk on fearful days: in R they are as good as others, in money they swing more."""
    random = np.random.default_rng(5)
    emotions, multiples = mixed(60, 6, "takut"), random.standard_t(5, 60).round(2)
    percents = [2.0 if emotion == "takut" else 1.0 for emotion in emotions]
    rows = trade_rows(
        {"profit_loss": 100 * percent * multiple, "risk_percent": percent}
        for percent, multiple in zip(percents, multiples, strict=True)
    )
    found = only(emotion_report(rows, told(emotions), known({}), zone=ZONE, starting_balance=1e9))
    assert found.r is found.result
    assert (found.r.unit, found.money.unit) == ("r", "money")
    fearful = np.array(emotions) == "takut"
    expected = (multiples * 100 * np.array(percents))[fearful].mean() - (multiples * 100)[~fearful].mean()
    assert found.money.raw == pytest.approx(expected)
    assert found.r.raw == pytest.approx((multiples[fearful].mean() - multiples[~fearful].mean()) / 1e5, rel=1e-3)


def test_holm_over_the_emotions_with_sessions_enough() -> None:
    emotions = mixed(120, 5, "takut", "marah", "fomo")
    emotions[3] = "lelah"  # a single session is no test
    found = report(heavy_tailed(120, 9).tolist(), emotions).before
    tested = [one for one in found.emotions if one.n > 1]
    assert [one.holm_p_value for one in tested] == list(holm([one.p_value or 0.0 for one in tested]))
    [single] = [one for one in found.emotions if one.n == 1]
    assert (single.p_value, single.holm_p_value, single.reason) == (None, None, Cause.ONE_DECIDES)
    assert single.grade is Grade.NOT_ENOUGH
    assert found.omnibus is not None
    assert found.omnibus.emotions == 3


def test_strongest_evidence_comes_first() -> None:
    emotions = np.array(mixed(200, 5, "takut", "marah", "fomo"))
    emotions[:4] = "lelah"
    results = heavy_tailed(200, 9) - 250 * (emotions == "marah")
    order = [(one.emotion, one.grade) for one in report(results.tolist(), emotions.tolist()).emotions]
    assert order[0] == ("marah", Grade.STRONG)
    assert order[-1] == ("lelah", Grade.NOT_ENOUGH)
    assert [grade.strength for _, grade in order] == sorted((grade.strength for _, grade in order), reverse=True)


def test_calm_against_neutral_is_told_and_not_acted_upon() -> None:
    emotions = mixed(80, 2, "netral", "takut")
    results = heavy_tailed(80, 1) + 500 * (np.array(emotions) == "netral")
    baseline = report(results.tolist(), emotions).before.baseline
    assert baseline.rule == "calm_and_neutral"
    assert isinstance(baseline.difference, Effect)
    assert baseline.difference.value < -300
    assert baseline.difference.p_value <= 0.01
    assert baseline.sessions == baseline.calm + baseline.neutral


def test_without_ten_calm_sessions_every_other_one_is_the_baseline() -> None:
    emotions = ["tenang"] * 9 + ["takut"] * 20 + ["marah"] * 15
    results = heavy_tailed(44, 4)
    found = report(results.tolist(), emotions).before
    assert found.baseline.rule == "everything_else"
    sides = {one.emotion: (one.n, one.n_baseline) for one in found.emotions}
    assert sides == {"tenang": (9, 35), "takut": (20, 24), "marah": (15, 29)}
    assert report([*results.tolist(), 3.0], [*emotions, "netral"]).before.baseline.rule == "calm_and_neutral"


def test_the_split_adds_up_from_raw_to_adjusted() -> None:
    """Stats 2.9 step 9: 4 trades of size 100 at +0.10 against 8 of 150 at −0.20 are −30, −20 and −230 of −280."""
    rows = []
    for number in range(40):
        fearful = number % 2 == 1
        count, percent, edge = (8, 1.5, -0.20) if fearful else (4, 1.0, 0.10)
        wobble = 1 + 0.1 * (-1) ** (number // 2)
        day = {"session_id": number + 1, "session_date": pd.Timestamp("2025-01-01") + pd.Timedelta(days=number)}
        rows += [day | {"profit_loss": 100 * percent * edge * wobble, "risk_percent": percent}] * count
    frame = trade_rows({"id": number} | row for number, row in enumerate(rows))
    found = only(emotion_report(frame, told(["tenang", "takut"] * 20), known({}), zone=ZONE, starting_balance=1e9))
    split = found.split
    assert split is not None
    assert (split.frequency, split.size, split.edge) == pytest.approx((-30, -20, -230))
    assert split.size_unit == "risk_percent"
    assert split.raw == pytest.approx(found.money.raw or 0.0)
    assert split.adjusted == pytest.approx(found.money.effect.value if found.money.effect else 0.0)
    assert split.raw + (split.market_and_yesterday or 0.0) == pytest.approx(split.adjusted)


# Grades -----------------------------------------------------------------------------------------------------------


def test_a_strong_effect_is_strong() -> None:
    found = only(report(*planted(200, -400.0)))
    assert found.evidence.grade is Grade.STRONG
    assert found.sensitivity.survives_extremes
    assert found.sensitivity.same_sign_in_halves
    assert (found.sensitivity.scores_p_value or 1) <= 0.05
    assert found.robustness is not None
    assert found.robustness >= 0.10


@pytest.mark.parametrize("timing", ["between", "after", "unknown"])
def test_moods_told_later_are_apart_and_at_most_a_hint(timing: str) -> None:
    results, emotions = planted(200, -400.0)
    found = report(results, emotions, timing=timing)
    assert found.emotions == ()
    [hindsight] = found.hindsight.emotions
    assert hindsight.grade is Grade.HINT
    assert Rule.TIMING in hindsight.evidence.failed
    assert found.coverage.before == 0
    assert found.coverage.later + found.coverage.unknown == 200


def test_one_extreme_day_does_not_make_moderate_evidence() -> None:
    results = heavy_tailed(60, 3) / 10
    emotions = np.array(["tenang", "tenang", "takut"] * 20)
    results[5] = -5000.0
    found = only(report(results.tolist(), emotions.tolist()))
    assert found.result.few_days or not found.sensitivity.survives_extremes
    assert found.grade.strength <= Grade.HINT.strength


def test_a_sign_of_one_half_only_is_not_strong() -> None:
    emotions = np.array(["tenang", "takut"] * 60)
    results = heavy_tailed(120, 3) - np.where(np.arange(120) < 60, 700, -60) * (emotions == "takut")
    found = only(report(results.tolist(), emotions.tolist()))
    assert not found.sensitivity.same_sign_in_halves
    assert Rule.HALVES in found.evidence.failed
    assert found.grade is Grade.MODERATE


def test_no_difference_in_many_sessions_is_about_the_same() -> None:
    random = np.random.default_rng(1)
    emotions = ["tenang", "takut"] * 300
    found = only(report((random.normal(size=600) * 100).round(2).tolist(), emotions))
    assert found.grade is Grade.ABOUT_THE_SAME
    assert found.sensitivity.equivalent


def test_an_emotion_that_always_comes_with_one_market_is_not_separable() -> None:
    emotions = ["tenang", "takut", "tenang", "marah"] * 15
    markets = {number: "berita" for number, emotion in enumerate(emotions, 1) if emotion == "takut"}
    found = {one.emotion: one for one in report(heavy_tailed(60, 1).tolist(), emotions, markets=markets).emotions}
    assert (found["takut"].reason, found["takut"].only_market) == (Cause.NOT_SEPARABLE, "berita")
    assert found["takut"].grade is Grade.NOT_ENOUGH
    assert found["takut"].evidence.failed == (Rule.ESTIMABLE,)
    assert found["takut"].split is not None
    assert (found["marah"].reason, found["marah"].only_market) == (None, None)


# What must not change an answer ------------------------------------------------------------------------------------


def unitless(found: EmotionReport) -> list[tuple[Any, ...]]:
    """All that has no unit."""
    return [
        (
            one.emotion,
            one.n,
            one.p_value,
            one.holm_p_value,
            one.sensitivity,
            one.evidence,
            one.checks.yesterday.n_treated,
        )
        for one in found.emotions
    ]


def amounts(found: EmotionReport) -> list[float]:
    return [
        figure
        for one in found.emotions
        if one.result.effect and one.result.pooled
        for figure in (
            *(one.result.effect.value, one.result.effect.low, one.result.effect.high),
            *(one.result.pooled.value, one.result.pooled.low, one.result.pooled.high),
        )
    ]


THREE = mixed(90, 12, "takut", "marah", "")


@pytest.mark.parametrize("factor", [1e-7, 0.01, 15_900.0, 1e8])
def test_the_unit_of_money_changes_no_p(factor: float) -> None:
    results = heavy_tailed(90, 7)
    one, other = report(results.tolist(), THREE), report((results * factor).tolist(), THREE)
    assert unitless(other) == unitless(one)
    assert amounts(other) == pytest.approx([factor * amount for amount in amounts(one)], rel=1e-9)
    assert other.before.omnibus is not None
    assert one.before.omnibus is not None
    assert other.before.omnibus.p_value == one.before.omnibus.p_value


def test_the_order_of_rows_changes_nothing() -> None:
    rows, moods = trades(*heavy_tailed(90, 7)), told(THREE)
    one = emotion_report(rows, moods, known({}), zone=ZONE)
    other = emotion_report(
        rows.sample(frac=1, random_state=1), moods.sample(frac=1, random_state=2), known({}), zone=ZONE
    )
    assert json.dumps(as_json(other)) == json.dumps(as_json(one))


def test_a_constant_added_to_every_session_changes_no_difference() -> None:
    results = heavy_tailed(90, 7)
    one, other = report(results.tolist(), THREE), report((results + 1e4).tolist(), THREE)
    assert [row[:4] for row in unitless(other)] == [row[:4] for row in unitless(one)]
    assert amounts(other) == pytest.approx(amounts(one), rel=1e-6)


def test_a_trade_split_in_two_halves_changes_no_p_and_no_interval() -> None:
    results = heavy_tailed(90, 7)
    whole = trades(*results)
    halves = trade_rows(
        {"id": 2 * number + part, "session_id": number + 1, "session_date": day, "profit_loss": result / 2}
        for number, (result, day) in enumerate(zip(results, whole["session_date"], strict=True))
        for part in range(2)
    )
    one, other = (emotion_report(rows, told(THREE), known({}), zone=ZONE) for rows in (whole, halves))
    assert unitless(other) == unitless(one)
    assert amounts(other) == amounts(one)


def test_baseline_and_emotion_swapped_turn_the_sign() -> None:
    results, emotions = planted()
    swapped = [{"tenang": "takut", "takut": "tenang"}[emotion] for emotion in emotions]
    one, other = only(report(results, emotions)), only(report(results, swapped))
    assert (other.n, other.n_baseline) == (one.n_baseline, one.n)
    assert (other.p_value, other.sensitivity.scores_p_value) == (one.p_value, one.sensitivity.scores_p_value)
    assert effect_of(other).value == pytest.approx(-effect_of(one).value)
    assert effect_of(other).low == pytest.approx(-effect_of(one).high)
    assert other.worse == pytest.approx(1 - (one.worse or 0.0))


def test_another_name_changes_chance_only() -> None:
    results, emotions = planted()
    one = only(report(results, emotions))
    other = only(report(results, ["euforia <b>" if emotion == "takut" else emotion for emotion in emotions]))
    assert effect_of(other).statistic == effect_of(one).statistic
    assert other.p_value == pytest.approx(one.p_value, abs=0.02)


def test_moved_by_a_week_all_stays() -> None:
    rows = trades(*heavy_tailed(90, 7))
    later = rows.assign(session_date=rows["session_date"] + pd.Timedelta(days=7))
    one, other = (emotion_report(frame, told(THREE), known({}), zone=ZONE) for frame in (rows, later))
    assert other.emotions == one.emotions


# Bad input --------------------------------------------------------------------------------------------------------


def finite(found: EmotionReport) -> EmotionReport:
    """For machines there is no number that is none."""
    json.dumps(as_json(found), allow_nan=False)
    return found


@pytest.mark.parametrize("sessions", [0, 1, 2, 3, 7])
def test_a_few_sessions_are_not_enough(sessions: int) -> None:
    found = finite(report(heavy_tailed(sessions, 1).tolist(), (["tenang", "takut"] * 4)[:sessions]))
    assert all(one.grade is Grade.NOT_ENOUGH for one in found.emotions)
    assert all(one.sessions_missing == 30 - sessions for one in found.emotions)
    assert found.before.omnibus is None


def test_no_journal_at_all() -> None:
    found = finite(emotion_report(empty_trades(), empty_moods(), known({}), zone=ZONE))
    assert (found.emotions, found.effects, found.before.sessions, found.coverage.sessions) == ((), (), 0, 0)


def test_twenty_nine_sessions_miss_one() -> None:
    results, emotions = planted(29, -900.0)
    assert only(report(results, emotions)).sessions_missing == 1
    assert only(report([*results, 5.0], [*emotions, "tenang"])).grade.strength > Grade.NOT_ENOUGH.strength


@pytest.mark.parametrize(("emotion", "rows"), [("tenang", 0), ("takut", 1)])
def test_one_emotion_only(emotion: str, rows: int) -> None:
    found = finite(report(heavy_tailed(60, 1).tolist(), [emotion] * 60))
    assert len(found.emotions) == rows
    assert all(
        (one.grade, one.reason, one.split) == (Grade.NOT_ENOUGH, Cause.NO_BASELINE, None) for one in found.emotions
    )


@pytest.mark.parametrize("amount", [0.0, 0.1, -25.0])
def test_all_results_equal(amount: float) -> None:
    found = only(finite(report([amount] * 60, ["tenang", "takut"] * 30)))
    assert (found.reason, found.grade, found.result.effect) == (Cause.NO_SPREAD, Grade.NOT_ENOUGH, None)


def test_huge_and_tiny_amounts_together() -> None:
    random = np.random.default_rng(1)
    results = random.choice([1e12, -1e12, 1e-9, -1e-9, 0.0], 60).tolist()
    found = only(finite(report(results, ["tenang", "takut"] * 30)))
    assert found.p_value is not None


def test_a_session_of_five_thousand_trades() -> None:
    many = [{"id": number, "session_id": 1, "session_date": "2025-01-01", "profit_loss": 0.1} for number in range(5000)]
    results, emotions = planted(40)
    others = [
        {
            "id": 5000 + number,
            "session_id": number,
            "session_date": f"2025-02-{number % 28 + 1:02}",
            "profit_loss": result,
        }
        for number, result in enumerate(results, 2)
    ]
    moods = told(["takut", *emotions])
    found = only(finite(emotion_report(trade_rows([*many, *others]), moods, known({}), zone=ZONE)))
    assert found.n + found.n_baseline == 41
    assert found.split is not None
    assert found.split.emotion.frequency > 200


def test_trades_without_times_or_names() -> None:
    rows = trades(*heavy_tailed(60, 1)).assign(closed_at=pd.Series(pd.NaT, index=range(60), dtype=UTC))
    found = finite(emotion_report(rows, told(["tenang", "takut"] * 30), known({}), zone=ZONE))
    assert only(found).p_value is not None
    assert all(one.value is None for one in found.effects if one.behaviour in ("pause", "holding", "size", "stops"))
    assert set(found.slices["slice"]) == {"weekday"}


# How often it is wrong, and finds what is there ---------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Comparison]:
    """The comparison with fewer permutations, and without what no grade asks for."""
    monkeypatch.setattr(mood_model, "freedman_lane", functools.partial(freedman_lane, permutations=399))
    monkeypatch.setattr(emotion_cost, "_pooled", lambda *_: {})
    for name in ("mood_checks", "shifted_p_value", "_split", "_baseline", "_omnibus"):
        monkeypatch.setattr(emotion_cost, name, lambda *_: None)
    return lambda *row: comparison(session_table(*row), "before")


@pytest.mark.parametrize("confounded", [False, True], ids=["plain", "confounded"])
def test_where_nothing_is_true_little_is_said(quick: Callable[..., Comparison], confounded: bool) -> None:
    """400 traders of 60 sessions: any moderate evidence in at most 8 of 100, any strong in 2 (oracle 22)."""
    journals = invented(200, 60, seed=20260105, confounded=confounded)
    best: Counter[Grade] = Counter()
    for results, emotions, markets in zip(
        journals.results, WORDS[journals.moods], MARKETS[journals.markets], strict=True
    ):
        best[
            max((one.grade for one in quick(results, emotions, markets).emotions), key=lambda grade: grade.strength)
        ] += 1
    assert best[Grade.MODERATE] + best[Grade.STRONG] <= 0.08 * 200
    assert best[Grade.STRONG] <= 0.02 * 200
    assert best[Grade.HINT] <= 0.20 * 200


def test_what_is_there_is_found(quick: Callable[..., Comparison]) -> None:
    """At 250 sessions a loss of 0.8 deviations on greedy days is nearly always at least moderate, others rarely are."""
    journals = invented(40, 250, seed=5, confounded=True)
    hits = misses = 0
    for results, emotions, markets in zip(
        journals.results, WORDS[journals.moods], MARKETS[journals.markets], strict=True
    ):
        bad = results - 0.8 * results.std() * (emotions == "serakah")
        found = {one.emotion: one for one in quick(bad, emotions, markets).emotions}
        hits += found["serakah"].grade.strength >= Grade.MODERATE.strength and effect_of(found["serakah"]).value < 0
        misses += any(one.grade.strength >= Grade.MODERATE.strength for name, one in found.items() if name != "serakah")
    assert hits >= 0.85 * 40
    assert misses <= 0.15 * 40


def test_figures_are_never_none_of_a_kind() -> None:
    """Of everything a report says, each number is finite."""
    for found in (report(*planted(31)), report(*planted(200, -400.0), timing="unknown")):
        for one in (*found.emotions, *found.hindsight.emotions):
            assert all(
                math.isfinite(figure) for figure in (one.worse or 0.0, one.hedges_g or 0.0, one.robustness or 0.0)
            )
