"""What a comparison of treated with baseline sessions came to, or why it cannot be made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Why there is no estimate."""

    NO_TREATED = "no_treated"
    NO_BASELINE = "no_baseline"
    #: The covariates alone say which sessions are treated: an emotion that always comes with one market.
    NOT_SEPARABLE = "not_separable"
    #: A single session decides the estimate, or there are as many unknowns as sessions: no error can be told.
    ONE_DECIDES = "one_decides"
    #: The results do not scatter around the fit.
    NO_SPREAD = "no_spread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Treated minus baseline after the covariates, in the outcome's unit, with its interval and test.

    `statistic` is `value / standard_error`; `degrees_of_freedom` are rows less estimated coefficients.
    """

    value: float
    standard_error: float
    statistic: float
    p_value: float
    low: float
    high: float
    n_treated: int
    n_baseline: int
    method: str
    degrees_of_freedom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undetermined:
    """No estimate, and why."""

    reason: Cause
    n_treated: int
    n_baseline: int
