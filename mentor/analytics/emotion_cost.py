"""What each emotion comes with, beside the trader's own calm and neutral sessions, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.cost_split import CostSplit, cost_split
from mentor.analytics.inference import (
    Cause,
    Effect,
    Evidence,
    Findings,
    Grade,
    Pooled,
    Shift,
    Undetermined,
    cliffs_delta,
    grade,
    hedges_g,
    hierarchical_normal,
    hodges_lehmann,
    holm,
    negligible,
    normal_scores,
    robustness_value,
    shared_baseline_covariance,
)
from mentor.analytics.mood_checks import MoodChecks, mood_checks
from mentor.analytics.mood_groups import (
    CALM,
    FEWEST_TREATED,
    NEUTRAL,
    BaselineRule,
    Told,
    baseline_rule,
    compared_emotions,
    enough,
    pair,
    told_sessions,
)
from mentor.analytics.mood_model import Bools, Floats, coefficient, compared, largest, shifted_p_value
from mentor.analytics.session_frame import SessionTable, Unit

_PERCENT_90: Final = 0.90


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum over sessions with its interval; below 0 it was lost."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Emotion minus baseline a session, in one unit.

    `raw` is the plain difference of means, `effect` that after market and yesterday with its 95 % interval and test,
    `pooled` drawn together with the other emotions (90 % interval, the headline), `shift` Hodges–Lehmann.
    `cost` is effect × sessions of the emotion, `pooled_cost` pooled × sessions. What is missing could not be
    estimated.
    """

    unit: Unit
    raw: float | None
    effect: Effect | None
    pooled: Pooled | None
    shift: Shift | None
    cost: Amount | None
    pooled_cost: Amount | None

    @property
    def few_days(self) -> bool:
        """Whether mean and middle disagree in sign: a few extreme days drive the mean."""
        return self.effect is not None and self.shift is not None and self.effect.value * self.shift.value < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Whether another way of looking says the same; all `None` and false where there was no test.

    `scores_p_value` is the test on normal scores, `shifted_p_value` with results moved along the calendar.
    `survives_extremes`: the sign stays without the best and the worst session compared. `equivalent`: the whole 90 %
    interval is too small to matter.
    """

    scores_p_value: float | None
    shifted_p_value: float | None
    survives_extremes: bool
    same_sign_in_halves: bool
    equivalent: bool


_UNTESTED: Final = Sensitivity(
    scores_p_value=None, shifted_p_value=None, survives_extremes=False, same_sign_in_halves=False, equivalent=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionCost:
    """One emotion beside its baseline.

    `result` is the estimate in the report's unit, the one tested and graded; `money` and `r` are for the cost (`r`
    `None`: not known). `reason` says why there is no estimate, `only_market` names the one market the emotion always
    had ("" for days without a recorded one). `worse` is the chance that a session of the emotion goes worse than one
    of the baseline; `p_value` and Holm's over the trader's emotions are there with sessions enough for a verdict, the
    share of mood and result that a hidden cause would have to explain is `robustness`.
    """

    emotion: str
    told: Told
    n: int
    n_baseline: int
    result: Estimate
    money: Estimate
    r: Estimate | None
    reason: Cause | None
    only_market: str | None
    hedges_g: float | None
    cliffs_delta: float | None
    worse: float | None
    p_value: float | None
    holm_p_value: float | None
    sensitivity: Sensitivity
    robustness: float | None
    evidence: Evidence
    split: CostSplit | None
    checks: MoodChecks

    @property
    def grade(self) -> Grade:
        return self.evidence.grade

    @property
    def sessions_missing(self) -> int:
        return self.evidence.sessions_missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What emotions are compared with; `difference` is calm minus neutral, tested once and never acted upon
    (`None`: fewer than 5 of one)."""

    rule: BaselineRule
    sessions: int
    calm: int
    neutral: int
    difference: Effect | Undetermined | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Omnibus:
    """Whether any of the tested emotions differs at all: the largest |t| against that of shuffled results."""

    statistic: float
    p_value: float
    emotions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All emotions told at one kind of time, strongest evidence first; `deviation` is that of the sessions' results."""

    told: Told
    sessions: int
    deviation: float | None
    baseline: Baseline
    emotions: tuple[EmotionCost, ...]
    omnibus: Omnibus | None


@dataclass(frozen=True, slots=True, eq=False)
class _Contrast:
    """An emotion's sessions beside the baseline's, and the tests of `result` and `money`."""

    emotion: str
    rows: pd.DataFrame
    treated: Bools
    effects: dict[str, Effect | Undetermined]
    enough: bool

    @property
    def effect(self) -> Effect | None:
        return self.estimated("result")

    def estimated(self, column: str) -> Effect | None:
        found = self.effects[column]
        return found if isinstance(found, Effect) else None

    @property
    def tested(self) -> bool:
        return self.enough and self.effect is not None

    @property
    def n(self) -> int:
        return int(self.treated.sum())

    def values(self, column: str) -> tuple[Floats, Floats]:
        """Of the emotion's sessions and of the baseline's."""
        values = self.rows[column].to_numpy()
        return values[self.treated], values[~self.treated]


def comparison(table: SessionTable, told: Told) -> Comparison:
    """Compare every emotion told then with the baseline told then."""
    rows = told_sessions(table.sessions, told)
    rule = baseline_rule(rows)
    contrasts = [_contrast(rows, emotion, rule, table.unit) for emotion in compared_emotions(rows, rule)]
    tested = [one for one in contrasts if one.tested]
    adjusted = dict(zip((one.emotion for one in tested), holm([_p_value(one) for one in tested]), strict=True))
    pooled = {"result": _pooled(contrasts, "result", rows, rule)}
    pooled["money"] = pooled["result"] if table.unit == "money" else _pooled(contrasts, "money", rows, rule)
    deviation = float(rows["result"].std()) if len(rows) > 1 else None
    emotions = [
        _emotion_cost(table, one, told, _Whole(len(rows), deviation, adjusted.get(one.emotion), pooled))
        for one in contrasts
    ]
    return Comparison(
        told=told,
        sessions=len(rows),
        deviation=deviation,
        baseline=_baseline(rows, rule),
        emotions=tuple(sorted(emotions, key=_strongest_first)),
        omnibus=_omnibus(rows, tested),
    )


@dataclass(frozen=True, slots=True)
class _Whole:
    """What an emotion's answer takes from all emotions together."""

    sessions: int
    deviation: float | None
    holm: float | None
    pooled: dict[str, dict[str, Pooled]]


def _contrast(every: pd.DataFrame, emotion: str, rule: BaselineRule, unit: Unit) -> _Contrast:
    rows, treated = pair(every, emotion, rule)
    result = compared(rows, treated, "result", emotion)
    money = result if unit == "money" else compared(rows, treated, "money", emotion)
    n = int(treated.sum())
    return _Contrast(emotion, rows, treated, {"result": result, "money": money}, enough(len(every), n, len(rows) - n))


def _p_value(one: _Contrast) -> float:
    return one.effect.p_value if one.effect else 1.0


def _pooled(contrasts: list[_Contrast], column: str, rows: pd.DataFrame, rule: BaselineRule) -> dict[str, Pooled]:
    """Every estimate pooled with those of emotions with sessions enough; the others join one at a time."""
    estimated = [one for one in contrasts if one.estimated(column)]
    family = [one for one in estimated if one.n >= FEWEST_TREATED]
    pooled = dict(zip((one.emotion for one in family), _together(family, column, rows, rule), strict=True))
    for one in estimated:
        if one not in family:
            pooled[one.emotion] = _together([*family, one], column, rows, rule)[-1]
    return pooled


def _together(contrasts: list[_Contrast], column: str, rows: pd.DataFrame, rule: BaselineRule) -> list[Pooled]:
    """The joint posterior, in deviations of the sessions' results and back."""
    effects = [found for one in contrasts if (found := one.estimated(column))]
    if not effects:
        return []
    unit = float(rows[column].std())
    shared = 0.0
    if rule == "calm_and_neutral":
        baseline = contrasts[0].values(column)[1] / unit
        shared = float(baseline.var(ddof=1)) / baseline.size
    covariance = shared_baseline_covariance([effect.standard_error / unit for effect in effects], shared)
    joint = hierarchical_normal([effect.value / unit for effect in effects], covariance, tau_scale=1.0)
    return [
        Pooled(value=one.value * unit, low=one.low * unit, high=one.high * unit, below_zero=one.below_zero)
        for one in joint.effects
    ]


def _emotion_cost(table: SessionTable, one: _Contrast, told: Told, whole: _Whole) -> EmotionCost:
    money = _estimate(one, "money", "money", whole.pooled)
    result = money if table.unit == "money" else _estimate(one, "result", table.unit, whole.pooled)
    failure = one.effects["result"]
    delta = cliffs_delta(*one.values("result"))
    effect = one.effect
    robustness = robustness_value(effect.statistic, effect.degrees_of_freedom) if effect else None
    sensitivity = _sensitivity(one, whole.deviation) if one.tested else _UNTESTED
    findings = Findings(
        sessions=whole.sessions,
        n_treated=one.n,
        n_baseline=len(one.rows) - one.n,
        p_value=whole.holm,
        scores_p_value=sensitivity.scores_p_value,
        survives_extremes=sensitivity.survives_extremes,
        same_sign_in_halves=sensitivity.same_sign_in_halves,
        robustness=robustness or 0.0,
        equivalent=sensitivity.equivalent,
        beforehand=told == "before",
    )
    return EmotionCost(
        emotion=one.emotion,
        told=told,
        n=one.n,
        n_baseline=findings.n_baseline,
        result=result,
        money=money,
        r=result if table.unit == "r" else None,
        reason=failure.reason if isinstance(failure, Undetermined) else None,
        only_market=_only_market(one),
        hedges_g=hedges_g(*one.values("result")),
        cliffs_delta=delta,
        worse=None if delta is None else (1 - delta) / 2,
        p_value=effect.p_value if effect and one.tested else None,
        holm_p_value=whole.holm,
        sensitivity=sensitivity,
        robustness=robustness,
        evidence=grade(findings),
        split=_split(table, one),
        checks=mood_checks(table.sessions, one.rows, one.treated, one.emotion),
    )


def _estimate(one: _Contrast, column: str, unit: Unit, pooled: dict[str, dict[str, Pooled]]) -> Estimate:
    treated, baseline = one.values(column)
    effect, drawn = one.estimated(column), pooled[column].get(one.emotion)
    return Estimate(
        unit=unit,
        raw=float(treated.mean() - baseline.mean()) if baseline.size else None,
        effect=effect,
        pooled=drawn,
        shift=hodges_lehmann(treated, baseline),
        cost=_sum(effect, one.n),
        pooled_cost=_sum(drawn, one.n),
    )


def _sum(each: Effect | Pooled | None, sessions: int) -> Amount | None:
    if each is None:
        return None
    return Amount(value=sessions * each.value, low=sessions * each.low, high=sessions * each.high)


def _sensitivity(one: _Contrast, deviation: float | None) -> Sensitivity:
    assert one.effect is not None, "only a tested emotion is looked at again"
    rows, treated, value = one.rows, one.treated, one.effect.value
    scores = compared(rows.assign(result=normal_scores(rows["result"])), treated, "result", one.emotion)
    narrow = compared(rows, treated, "result", one.emotion, level=_PERCENT_90)
    outcome = rows["result"].to_numpy()
    inner = np.ones(len(rows), dtype=np.bool_)
    inner[[int(outcome.argmin()), int(outcome.argmax())]] = False
    early = np.arange(len(rows)) < len(rows) // 2
    return Sensitivity(
        scores_p_value=scores.p_value if isinstance(scores, Effect) else None,
        shifted_p_value=shifted_p_value(rows, treated, "result"),
        survives_extremes=_same_sign(rows, treated, inner, value),
        same_sign_in_halves=_same_sign(rows, treated, early, value) and _same_sign(rows, treated, ~early, value),
        equivalent=isinstance(narrow, Effect)
        and deviation is not None
        and negligible(narrow.low, narrow.high, deviation),
    )


def _same_sign(rows: pd.DataFrame, treated: Bools, kept: Bools, value: float) -> bool:
    found = coefficient(rows[kept], treated[kept], "result")
    return found is not None and found * value > 0


def _only_market(one: _Contrast) -> str | None:
    found = one.effects["result"]
    if not (isinstance(found, Undetermined) and found.reason is Cause.NOT_SEPARABLE):
        return None
    words = set(one.rows["market"][one.treated].fillna(""))
    return words.pop() if len(words) == 1 else None


def _split(table: SessionTable, one: _Contrast) -> CostSplit | None:
    if one.n == len(one.rows):
        return None
    ids, money = one.rows["session_id"], one.estimated("money")
    of_emotion, of_baseline = (
        table.trades[table.trades["session_id"].isin(ids[side])] for side in (one.treated, ~one.treated)
    )
    return cost_split(of_emotion, of_baseline, money.value if money else None, table.size_unit)


def _baseline(rows: pd.DataFrame, rule: BaselineRule) -> Baseline:
    calm, neutral = (int((rows["emotion"] == emotion).sum()) for emotion in (CALM, NEUTRAL))
    both = rows[rows["emotion"].isin((CALM, NEUTRAL))]
    tested = min(calm, neutral) >= FEWEST_TREATED
    return Baseline(
        rule=rule,
        sessions=calm + neutral if rule == "calm_and_neutral" else len(rows),
        calm=calm,
        neutral=neutral,
        difference=compared(both, (both["emotion"] == CALM).to_numpy(), "result", CALM) if tested else None,
    )


def _omnibus(rows: pd.DataFrame, tested: list[_Contrast]) -> Omnibus | None:
    if not tested:
        return None
    statistic, p = largest(rows, [(one.rows, one.treated) for one in tested], "result")
    return Omnibus(statistic=statistic, p_value=p, emotions=len(tested))


def _strongest_first(one: EmotionCost) -> tuple[int, float, float, int, str]:
    holm_p, p = (1.0 if p is None else p for p in (one.holm_p_value, one.p_value))
    return -one.grade.strength, holm_p, p, -one.n, one.emotion
