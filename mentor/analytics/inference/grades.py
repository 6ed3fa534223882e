"""How much may be said of an emotion: the grades, and which rule keeps it from the next one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mentor.analytics.inference.effect_size import sessions_to_tell


class Grade(StrEnum):
    """From nothing to much."""

    NOT_ENOUGH = "not_enough"
    NO_SIGN = "no_sign"
    ABOUT_THE_SAME = "about_the_same"
    HINT = "hint"
    MODERATE = "moderate"
    STRONG = "strong"

    @property
    def strength(self) -> int:
        """0 for not enough data to 5 for strong evidence."""
        return list(Grade).index(self)


class Rule(StrEnum):
    """What a grade asks for."""

    SESSIONS = "sessions"
    TREATED = "treated"
    BASELINE = "baseline"
    ESTIMABLE = "estimable"
    P_VALUE = "p_value"
    #: The mood was told before the first trade.
    TIMING = "timing"
    #: The sign stays when the best and the worst session are left out.
    EXTREMES = "extremes"
    #: The test on normal scores agrees.
    SCORES = "scores"
    #: Both halves of the time have the same sign.
    HALVES = "halves"
    ROBUSTNESS = "robustness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is known of one emotion; `sessions` are all that take part in the analysis.

    `p_value` is Holm's (`None`: no estimate), `scores_p_value` that of the normal scores, `equivalent` whether the
    whole 90 % interval is negligible, `beforehand` whether the mood was told before the first trade.
    """

    sessions: int
    n_treated: int
    n_baseline: int
    p_value: float | None
    scores_p_value: float | None
    survives_extremes: bool
    same_sign_in_halves: bool
    robustness: float
    equivalent: bool
    beforehand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A grade, the rules that the next one asks for and that failed, and how many more sessions it takes at least.

    Without any sign, `sessions_missing` are those that would show half a deviation 4 times in 5.
    """

    grade: Grade
    failed: tuple[Rule, ...]
    sessions_missing: int


#: Sessions of all, of the emotion and of the baseline that each grade asks for.
_COUNTS: Final = {Grade.HINT: (30, 5, 10), Grade.MODERATE: (30, 8, 15), Grade.STRONG: (30, 20, 30)}
#: Largest adjusted p-value of each grade.
_P_VALUES: Final = {Grade.HINT: 0.20, Grade.MODERATE: 0.05, Grade.STRONG: 0.01}
_SCORES_P_VALUE: Final = 0.05
_ROBUSTNESS: Final = 0.10


def grade(found: Findings) -> Evidence:
    """The highest grade all of whose rules hold, those of the lower grades included."""
    too_few = _failed_counts(found, Grade.HINT)
    if too_few or found.p_value is None:
        return Evidence(
            grade=Grade.NOT_ENOUGH,
            failed=too_few or (Rule.ESTIMABLE,),
            sessions_missing=_missing(found, Grade.HINT),
        )
    reached = Grade.NO_SIGN
    for higher in (Grade.HINT, Grade.MODERATE, Grade.STRONG):
        failed = _failed(found, higher)
        if failed:
            return _below(found, reached, higher, failed)
        reached = higher
    return Evidence(grade=reached, failed=(), sessions_missing=0)


def _below(found: Findings, reached: Grade, higher: Grade, failed: tuple[Rule, ...]) -> Evidence:
    if reached is not Grade.NO_SIGN:
        return Evidence(grade=reached, failed=failed, sessions_missing=_missing(found, higher))
    if found.equivalent:
        return Evidence(grade=Grade.ABOUT_THE_SAME, failed=failed, sessions_missing=0)
    compared = found.n_treated + found.n_baseline
    missing = max(0, sessions_to_tell(found.n_treated, found.n_baseline) - compared)
    return Evidence(grade=reached, failed=failed, sessions_missing=missing)


def _failed(found: Findings, wanted: Grade) -> tuple[Rule, ...]:
    """The rules of one grade that do not hold."""
    p_value = 1.0 if found.p_value is None else found.p_value
    holds = {Rule.P_VALUE: p_value <= _P_VALUES[wanted]}
    if wanted is not Grade.HINT:
        holds |= {Rule.TIMING: found.beforehand, Rule.EXTREMES: found.survives_extremes}
    if wanted is Grade.STRONG:
        scores = found.scores_p_value
        holds |= {
            Rule.SCORES: scores is not None and scores <= _SCORES_P_VALUE,
            Rule.HALVES: found.same_sign_in_halves,
            Rule.ROBUSTNESS: found.robustness >= _ROBUSTNESS,
        }
    return _failed_counts(found, wanted) + tuple(rule for rule, held in holds.items() if not held)


def _failed_counts(found: Findings, wanted: Grade) -> tuple[Rule, ...]:
    have = (found.sessions, found.n_treated, found.n_baseline)
    rules = (Rule.SESSIONS, Rule.TREATED, Rule.BASELINE)
    return tuple(rule for rule, n, least in zip(rules, have, _COUNTS[wanted], strict=True) if n < least)


def _missing(found: Findings, wanted: Grade) -> int:
    """A session of the emotion or of the baseline also counts among all."""
    sessions, treated, baseline = _COUNTS[wanted]
    both = max(0, treated - found.n_treated) + max(0, baseline - found.n_baseline)
    return max(both, sessions - found.sessions, 0)
