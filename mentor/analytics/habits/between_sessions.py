"""Sessions against sessions: the product's test (Freedman–Lane, HC3) as a finding."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mentor.analytics.habits.habit import Finding, Missing, Unit, same_in_halves, steady
from mentor.analytics.habits.within import Bools, Floats
from mentor.analytics.inference import Undetermined, freedman_lane, seed_of

#: Sessions in all, and of each kind, that a comparison asks for.
FEWEST, FEWEST_OF_A_KIND = 30, 10


def compared(
    code: str, outcome: Floats, treated: Bools, covariates: Floats, unit: Unit, *, permutations: int
) -> Finding:
    """Treated less other sessions, in order; for a `ratio` the outcome is on the log scale."""
    fewer = int(min(treated.sum(), (~treated).sum()))
    nothing = Finding(opportunities=int(treated.sum()), sessions=fewer, unit=unit, missing=Missing.SESSIONS)
    if treated.size < FEWEST or fewer < FEWEST_OF_A_KIND:
        return nothing
    found = freedman_lane(outcome, treated, covariates, permutations=permutations, seed=seed_of("habit", code))
    if isinstance(found, Undetermined):
        return replace(nothing, missing=Missing.SPREAD)
    cause = treated - treated.mean()
    parts = cause * (outcome - outcome.mean())
    return replace(
        nothing,
        missing=None,
        effect=shown(found.value, unit),
        low=shown(found.low, unit),
        high=shown(found.high, unit),
        p_value=found.p_value,
        neutral=shown(0.0, unit),
        steady=steady(parts, cause**2),
        halves=same_in_halves(parts),
    )


def shown(value: float, unit: Unit) -> float:
    """A ratio from its logarithm, anything else as it is."""
    # Cut where a ratio would overflow: nobody trades lots or pauses so far apart.
    return float(np.exp(np.clip(value, -50, 50))) if unit == "ratio" else value
