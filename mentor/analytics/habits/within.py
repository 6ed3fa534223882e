"""Permutation inside sessions: what would have been seen, had the values of each session come in another order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations as orders_of
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mentor import progress

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PERMUTATIONS: Final = 1999
LEVEL: Final = 0.95
#: Up to here all orders of a session are enumerated; longer ones draw from a pool of random orders.
_ENUMERATED: Final = 6
#: Numbers drawn at once, and over the whole journal in pools of random orders.
_BLOCK: Final = 2_000_000
_POOLED: Final = 40_000_000
#: Numbers worked on at once: few enough for the processor's cache.
_CACHED: Final = 65_536

#: From permuted values (m sessions × k orders × n trades) and row numbers (m × n) to m × k × q parts that are summed.
Parts = Callable[[Any, Ints], Floats]
#: Which of the permuted values (m × k × n; the first order is the one that happened) may stand: m × k.
Admissible = Callable[[Any], Bools]


@dataclass(frozen=True, slots=True)
class Permuted:
    """A statistic as it was (`seen`, q numbers) and under permutation (`drawn`, permutations × q)."""

    seen: Floats
    drawn: Floats


def permute_within(
    values: Floats | Ints,
    sessions: Ints,
    parts: Parts,
    *,
    seed: int,
    permutations: int = PERMUTATIONS,
    admissible: Admissible | None = None,
) -> Permuted:
    """Sum `parts` over the sessions, for the values as they are and with each session's own values shuffled.

    Rows of a session stand together. Every session's order is drawn by itself and uniformly: from all orders of up to
    six trades, else from a pool of random ones that sessions of the same length share.
    """
    random = np.random.default_rng(seed)
    seen: Floats = np.zeros(1)
    drawn: Floats = np.zeros((permutations, 1))
    for rows in by_length(sessions):
        orders = _orders(rows.shape[1], sessions.size, permutations, random)
        for some in _chunks(rows, max(orders.size, permutations)):
            found, allowed = _judged(values, some, orders, parts, admissible)
            picked = _picked(found, allowed, permutations, random)
            seen, drawn = seen + found[:, 0].sum(axis=0), drawn + picked
    return Permuted(seen, drawn)


def by_length(sessions: Ints) -> Iterator[Ints]:
    """The row numbers of all sessions of a length (m × n), for each length."""
    starts = np.flatnonzero(np.diff(sessions, prepend=-1))
    lengths = np.diff(np.append(starts, sessions.size))
    for length in np.unique(lengths):
        yield starts[lengths == length][:, np.newaxis] + np.arange(length)


def _orders(length: int, rows: int, permutations: int, random: np.random.Generator) -> Ints:
    """Orders of `length` places (k × length), the present one first."""
    if length <= _ENUMERATED:
        return np.array(list(orders_of(range(length))), dtype=np.int64)
    count = max(200, min(permutations, _POOLED // rows))
    pool = random.permuted(np.broadcast_to(np.arange(length), (count, length)), axis=1)
    pool[0] = np.arange(length)
    return pool


def _chunks(rows: Ints, size: int, most: int = _BLOCK) -> Iterator[Ints]:
    """Some of the rows at a time, `size` numbers each and `most` together."""
    height = max(1, most // size)
    for start in range(0, len(rows), height):
        progress.breathe()
        yield rows[start : start + height]


def _judged(
    values: Floats | Ints, rows: Ints, orders: Ints, parts: Parts, admissible: Admissible | None
) -> tuple[Floats, Bools | None]:
    """The parts of every order of the sessions, and which orders may stand."""
    found, allowed = [], []
    for few in _chunks(rows, orders.size, _CACHED):
        permuted = np.take(values[few], orders, axis=1)
        found.append(parts(permuted, few))
        if admissible:
            allowed.append(admissible(permuted))
    return np.concatenate(found), np.concatenate(allowed) if allowed else None


def _picked(found: Floats, allowed: Bools | None, permutations: int, random: np.random.Generator) -> Floats:
    """The sum over sessions (permutations × q) when each picks one of its allowed orders (m × k × q)."""
    sessions, count, _ = found.shape
    if allowed is None:
        places = random.integers(count, size=(permutations, sessions))
    else:
        ranked = np.argsort(~allowed, axis=1, kind="stable")
        choice = (random.random((permutations, sessions)) * allowed.sum(axis=1)).astype(np.int64)
        places = ranked[np.arange(sessions), choice]
    chosen = np.take(found.reshape(sessions * count, -1), places + np.arange(sessions) * count, axis=0)
    totals: Floats = np.einsum("pmq->pq", chosen)
    return totals


def sums(numbers: Ints, values: Floats | Bools, count: int = 0) -> Floats:
    """Sum of the values of each number from 0 on."""
    return np.bincount(numbers, weights=values, minlength=count).astype(np.float64)


def how_many(numbers: Ints) -> int:
    """How many different numbers from 0 on there are."""
    return int(np.count_nonzero(np.bincount(numbers)))


def centred(values: Floats, sessions: Ints) -> Floats:
    """Values less the mean of their session; sessions are numbered from 0. What is left by rounding is 0."""
    counts = np.maximum(np.bincount(sessions), 1)
    left = values - (sums(sessions, values) / counts)[sessions]
    return np.where(np.abs(left) > 1e-12 * np.abs(values).max(initial=0.0), left, 0.0)


def share_at_least(seen: float, drawn: Floats) -> float:
    """Two-sided p-value: the share of draws at least as far from zero, the observed one counted in."""
    # Equal statistics must stay equal whatever the rounding of their unit.
    bar = abs(seen) * (1 - 1e-9) - 1e-12 * float(np.abs(drawn).max(initial=0.0))
    return (1 + int(np.count_nonzero(np.abs(drawn) >= bar))) / (drawn.size + 1)


def half_width(drawn: Floats) -> float:
    """The 95 % quantile of distances from zero."""
    place = int(np.ceil(LEVEL * (drawn.size + 1) - 1e-9))
    return float(np.partition(np.abs(drawn), place - 1)[place - 1])
