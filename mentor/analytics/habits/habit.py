"""What a detector says: how often, how much, how sure, of which trades; and when it may say nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

import numpy as np
import pandas as pd

from mentor.analytics.habits.within import Floats
from mentor.analytics.inference import Grade

#: `r`, `per_percent`, `money`: results in the unit of the session table.
Unit = Literal["ratio", "share", "correlation", "count", "r", "per_percent", "money"]

#: Sessions in which a habit could have shown, that any verdict asks for.
FEWEST_SESSIONS: Final = 10
#: Largest adjusted p-value, fewest such sessions of each grade.
_GRADES: Final = {Grade.HINT: (0.10, 10), Grade.MODERATE: (0.05, 15), Grade.STRONG: (0.01, 30)}


class Missing(StrEnum):
    """What a detector would need and has not."""

    TRADES = "trades"
    TIMES = "times"
    LOTS = "lots"
    RISK = "risk"
    MOODS = "moods"
    #: Too few sessions in which the habit could have shown.
    SESSIONS = "sessions"
    #: What is compared is always the same, or cannot be told from something else.
    SPREAD = "spread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a detector found before the family of detectors is considered.

    `neutral` is the effect of somebody without the habit. `steady` says that the sign stays without the session that
    speaks most for it and the one that speaks most against it, `halves` that both halves of the time have it.
    """

    opportunities: int
    sessions: int
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    unit: Unit
    neutral: float = 0.0
    steady: bool = False
    halves: bool = False
    trades: tuple[int, ...] = ()
    missing: Missing | None = None
    chart: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """A detector's answer.

    `opportunities` are trades or sessions in which the habit could have shown, `sessions` those of them that carry
    information. `effect`, `low`, `high` are in `unit`; `p_value` is the detector's own, `adjusted` that of the family;
    a description that is no test has neither, and no grade. `direction` is the sign of (effect − neutral) that would be
    the habit, 0 either.
    `missing` says what was lacking; then there is no effect. `trades` are ids.
    """

    id: str
    opportunities: int
    sessions: int
    effect: float | None
    low: float | None
    high: float | None
    p_value: float | None
    adjusted: float | None
    grade: Grade | None
    unit: Unit
    neutral: float
    direction: Literal[-1, 0, 1]
    trades: tuple[int, ...]
    missing: Missing | None
    exploratory: bool
    chart: pd.DataFrame = field(compare=False)

    @property
    def harmful(self) -> bool | None:
        """Whether the effect points the way of the habit; `None` without an effect or a direction."""
        if self.effect is None or not self.direction:
            return None
        return (self.effect - self.neutral) * self.direction > 0


def graded(found: Finding, adjusted: float | None, *, exploratory: bool) -> Grade | None:
    """The highest grade whose rules hold; a look without a plan beforehand stops at a hint."""
    if found.missing is not None:
        return Grade.NOT_ENOUGH
    if adjusted is None:
        return None
    if not _holds(Grade.HINT, found, adjusted):
        return Grade.NO_SIGN
    if exploratory or not (found.steady and _holds(Grade.MODERATE, found, adjusted)):
        return Grade.HINT
    return Grade.STRONG if found.halves and _holds(Grade.STRONG, found, adjusted) else Grade.MODERATE


def strongest_first(habit: Habit) -> tuple[int, float]:
    """The key that sorts habits by evidence: grade, then p-value, what is only counted or lacks data last."""
    strength = -1 if habit.grade is None else habit.grade.strength
    return -strength, 2.0 if habit.adjusted is None else habit.adjusted


def lacking(missing: Missing, unit: Unit, *, opportunities: int = 0, sessions: int = 0) -> Finding:
    """A finding without an effect."""
    return Finding(opportunities=opportunities, sessions=sessions, unit=unit, missing=missing)


def steady(parts: Floats, weights: Floats) -> bool:
    """Whether the sign of Σparts / Σweights stays without the sessions that pull most each way."""
    effect = parts.sum() / weights.sum()
    order = np.argsort(parts - effect * weights, kind="stable")
    return bool(parts[order[1:-1]].sum() * effect > 0)


def same_in_halves(parts: Floats) -> bool:
    """Whether both halves of the sessions, in order, have the same sign."""
    middle = parts.size // 2
    return bool(parts[:middle].sum() * parts[middle:].sum() > 0)


def _holds(grade: Grade, found: Finding, adjusted: float) -> bool:
    largest, fewest = _GRADES[grade]
    return adjusted <= largest and found.sessions >= fewest
