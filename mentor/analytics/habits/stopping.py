"""A trader's own rules for ending a day, seen where nobody went on: after a run, a number, or a total of results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from mentor.analytics.habits.within import Admissible, Bools, Floats, Ints, by_length

#: In how many sessions a rule must have been reached, and the share of them that may go on all the same.
_REACHED: Final = 8
_GOES_ON: Final = 0.05
#: A total of the same results in another order differs by rounding.
_ROUNDING: Final = 1 - 1e-9

#: What has come together after each trade, along the last axis.
State = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Rule:
    """The day ends once the state is at least `limit`."""

    state: State
    limit: float

    def keeps(self, results: Floats) -> Bools:
        """Of m × k × n results: nothing follows, unless it did (the first order), and the end is as it was."""
        reached: Bools = np.asarray(self.state(results) >= self.limit * _ROUNDING, dtype=np.bool_)
        went_on: Bools = np.any(reached[..., :-1], axis=-1)
        ended: Bools = reached[..., -1]
        return np.asarray(((went_on == went_on[:, :1]) | ~went_on) & (ended == ended[:, :1]))


def own_orders(money: Floats, results: Floats, session: Ints) -> Admissible | None:
    """The orders (of row numbers) in which trades may have come, given the trader's own rules; `None` without any.

    Limits may be set in money or in the unit of the results.
    """
    units = [values for values in (money, results) if np.isfinite(values).all()]
    ruled = [(values, rules) for values in units if (rules := own_rules(values, session))]

    def admissible(order: Ints) -> Bools:
        allowed = np.ones(order.shape[:2], dtype=bool)
        for values, rules in ruled:
            drawn = values[order]
            for rule in rules:
                allowed &= rule.keeps(drawn)
        return allowed

    return admissible if ruled else None


def own_rules(results: Floats, session: Ints) -> list[Rule]:
    """The lowest limit of each state, after which hardly ever another trade followed."""
    limits = [(state, _limit(state, results, session)) for state in _STATES]
    return [Rule(state, limit) for state, limit in limits if limit is not None]


def _limit(state: State, results: Floats, session: Ints) -> float | None:
    rows = [state(results[some]) for some in by_length(session)]
    highest = np.sort(np.concatenate([one.max(axis=-1) for one in rows] or [np.zeros(0)]))
    before = np.sort(np.concatenate([one[:, :-1].max(axis=-1, initial=0) for one in rows] or [np.zeros(0)]))
    limits = np.unique(highest[highest > 0])
    reached, went_on = (some.size - np.searchsorted(some, limits * _ROUNDING) for some in (highest, before))
    found = limits[(reached >= _REACHED) & (went_on <= _GOES_ON * reached)]
    return float(found[0]) if found.size else None


def _run(marked: Bools) -> Floats:
    """The run of marked trades that each one ends."""
    place = np.arange(1, marked.shape[-1] + 1)
    return (place - np.maximum.accumulate(np.where(marked, 0, place), axis=-1)).astype(np.float64)


def _sum(values: Floats | Bools) -> Floats:
    return np.cumsum(values, axis=-1, dtype=np.float64)


#: Losses and wins in a row, in all, and what they come to.
_STATES: Final[tuple[State, ...]] = (
    lambda results: _run(results < 0),
    lambda results: _run(results > 0),
    lambda results: _sum(results < 0),
    lambda results: _sum(results > 0),
    lambda results: -_sum(results),
    _sum,
)
