"""The order of results inside a session: deterioration after losses or hours, and streaks.

The results of each session's chain are put in every order in which they might have come, and the statistic is taken
anew from each, so that what a small number of trades brings about by itself is in the comparison (Miller & Sanjurjo
2018). Who ends a day by its results brings about an order too: where a trader never goes on after so many losses, say,
or with so much lost, only orders are drawn in which nothing follows that, and which end by it as the session did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.habits.habit import FEWEST_SESSIONS, Finding, Missing, Unit, lacking, same_in_halves, steady
from mentor.analytics.habits.record import Chain, Record
from mentor.analytics.habits.stopping import own_orders
from mentor.analytics.habits.within import (
    Bools,
    Floats,
    Ints,
    centred,
    half_width,
    permute_within,
    share_at_least,
    sums,
)
from mentor.analytics.inference import after_streaks, seed_of

#: Losses so far from which on a trader may be on tilt.
_TILTED: Final = 2
#: A loss of at least this many R can start a slide.
_BIG_LOSS: Final = -1.0

#: Wins in a row after which the next result is looked at; the first one is what is tested.
_STREAKS: Final = (1, 2, 3)

#: From permuted results (m × k × n) and row numbers (m × n) what each result is set against: of the same shape, or
#: m × 1 × n where the order of the results changes nothing in it.
Cause = Callable[[Floats, Ints], Floats | Ints | Bools]


@dataclass(frozen=True, slots=True)
class _Played:
    """The trades of the chain whose sessions know all their results, in order, sessions numbered anew."""

    chain: Chain
    kept: Bools
    session: Ints

    def of(self, values: Floats) -> Floats:
        return values[self.kept]

    def ids(self, marked: Bools) -> tuple[int, ...]:
        return tuple(self.chain.id[self.kept][marked].tolist())


def tilt(record: Record) -> Finding:
    """Result of a trade after two or more losses in the session less that of the others."""
    return _sloped("tilt", record, lambda results, _: _so_far(results < 0) >= _TILTED)


def tilt_slope(record: Record) -> Finding:
    """How much the result falls with each trade after the first loss of 1 R or more."""
    if not record.in_r:
        return lacking(Missing.RISK, "r")
    return _sloped("tilt_slope", record, lambda results, _: _since(results <= _BIG_LOSS))


def fatigue(record: Record) -> Finding:
    """How much the result changes with each hour since the session's first entry."""
    played = _played(record.chain)
    hours = played.of(record.chain.hours)
    return _sloped("fatigue", record, lambda _, rows: hours[rows][:, np.newaxis])


def streaks(record: Record) -> Finding:
    """Share of wins after a win less what the same results in another order give; chart: after 1, 2 and 3 wins.

    A break-even trade is passed over.
    """
    chain = record.chain
    if not chain.id.size:
        return lacking(Missing.TIMES, "share")
    decided = chain.won | chain.lost
    won, session = chain.won[decided], _renumbered(chain.session[decided])
    found = permute_within(
        np.arange(won.size),
        session,
        lambda order, _: _after_wins(won[order]),
        seed=seed_of("habit", "streaks"),
        permutations=record.permutations,
        admissible=own_orders(chain.money[decided], chain.result[decided], session),
    )
    run = _run_before(won, session)
    after = [
        _streak(run >= length, won, session, found.drawn[:, 2 * place : 2 * place + 2])
        for place, length in enumerate(_STREAKS)
    ]
    rows = [
        {"wins": length, "value": one.effect, "low": one.low, "high": one.high, "trades": one.opportunities}
        for length, one in zip(_STREAKS, after, strict=True)
        if one.missing is None
    ]
    trades = chain.id[decided][(run >= _STREAKS[0]) & won]
    chart = pd.DataFrame(rows, columns=["wins", "value", "low", "high", "trades"])
    return replace(after[0], trades=tuple(trades.tolist()), chart=chart)


def _streak(after: Bools, won: Bools, session: Ints, drawn: Floats) -> Finding:
    """Wins among the trades after a streak, less their share in the draws (trades after one, wins among them)."""
    follows = sums(session, after)
    wins, follows = sums(session, after & won)[follows > 0], follows[follows > 0]
    opportunities = int(follows.sum())
    if follows.size < FEWEST_SESSIONS:
        return lacking(Missing.SESSIONS, "share", opportunities=opportunities, sessions=follows.size)
    shares = drawn[:, 1] / np.maximum(drawn[:, 0], 1)
    expected = float(shares.mean())
    value, width = float(wins.sum() / follows.sum()) - expected, half_width(shares - expected)
    parts = wins - expected * follows
    return Finding(
        effect=value,
        low=value - width,
        high=value + width,
        p_value=share_at_least(value, shares - expected),
        unit="share",
        steady=steady(parts, follows),
        halves=same_in_halves(parts),
        opportunities=opportunities,
        sessions=follows.size,
    )


def _after_wins(won: Bools) -> Floats:
    """For m × k × n trades, m × k × 6: those after 1, 2 and 3 wins in a row, each with the wins among them."""
    lines = won.reshape(-1, won.shape[-1])
    counts = [count for length in _STREAKS for count in after_streaks(lines, length)]
    return np.stack(counts, axis=-1).astype(np.float64).reshape(*won.shape[:2], -1)


def _run_before(marked: Bools, session: Ints) -> Ints:
    """The run of marked trades that stands before each trade of its session."""
    before = np.concatenate(([0], _run_lengths(marked, session)[:-1]))
    return np.where(np.diff(session, prepend=-1) != 0, 0, before)


def _renumbered(session: Ints) -> Ints:
    return np.cumsum(np.diff(session, prepend=session[:1]) != 0)


def _sloped(code: str, record: Record, cause: Cause) -> Finding:
    """Slope of the results on their cause inside sessions, less its mean over the orders that might have been."""
    unit: Unit = record.unit
    played = _played(record.chain)
    results = played.of(record.chain.result)
    if not record.chain.id.size:
        return lacking(Missing.TIMES, unit)
    if not results.size:
        return lacking(Missing.SESSIONS, unit)
    scale = float(np.abs(results).max()) or 1.0

    def parts(order: Ints, rows: Ints) -> Floats:
        permuted = results[order]
        x = cause(permuted, rows).astype(np.float64)
        x -= (x @ np.ones(x.shape[-1]))[..., np.newaxis] / x.shape[-1]
        return np.stack(np.broadcast_arrays(np.vecdot(x, permuted) / scale, np.vecdot(x, x)), axis=-1)

    found = permute_within(
        np.arange(results.size),
        played.session,
        parts,
        seed=seed_of("habit", code),
        permutations=record.permutations,
        admissible=own_orders(played.of(record.chain.money), results, played.session),
    )
    x, slope_parts, weights = _seen(results, played.session, cause)
    opportunities, sessions = int((x > 0).sum()), int((weights > 0).sum())
    if sessions < FEWEST_SESSIONS:
        return lacking(Missing.SESSIONS, unit, opportunities=opportunities, sessions=sessions)
    drawn = np.divide(found.drawn[:, 0], found.drawn[:, 1], out=np.zeros(len(found.drawn)), where=found.drawn[:, 1] > 0)
    expected = float(drawn.mean())
    value = float(found.seen[0] / found.seen[1]) - expected
    width = half_width(drawn - expected)
    centred_parts = (slope_parts / scale - expected * weights)[weights > 0]
    return Finding(
        effect=value * scale,
        low=(value - width) * scale,
        high=(value + width) * scale,
        p_value=share_at_least(value, drawn - expected),
        unit=unit,
        steady=steady(centred_parts, weights[weights > 0]),
        halves=same_in_halves(centred_parts),
        trades=played.ids((x > 0) & (results < 0)),
        chart=_chart(x, results),
        opportunities=opportunities,
        sessions=sessions,
    )


def _seen(results: Floats, session: Ints, cause: Cause) -> tuple[Floats, Floats, Floats]:
    """The cause at each row, and each session's part of the slope and weight, as it happened."""
    x = np.empty(results.size)
    starts = np.flatnonzero(np.diff(session, prepend=-1))
    lengths = np.diff(np.append(starts, session.size))
    for length in np.unique(lengths):
        rows = starts[lengths == length][:, np.newaxis] + np.arange(length)
        x[rows] = cause(results[rows][:, np.newaxis], rows)[:, 0]
    within = centred(x, session)
    return x, sums(session, within * results), sums(session, within**2)


def _played(chain: Chain) -> _Played:
    """Sessions of two trades and more whose results are all known."""
    if not chain.id.size:
        nothing = np.zeros(0, dtype=np.int64)
        return _Played(chain, nothing.astype(bool), nothing)
    count = np.bincount(chain.session)
    known = sums(chain.session, np.isfinite(chain.result))
    kept = ((known == count) & (count > 1))[chain.session]
    return _Played(chain, kept, _renumbered(chain.session[kept]))


def _so_far(marked: Bools) -> Ints:
    """How many marked trades came before each, along the last axis."""
    return np.cumsum(marked, axis=-1) - marked


def _since(marked: Bools) -> Ints:
    """How many trades have passed since the first marked one; 0 up to it."""
    begun = np.maximum.accumulate(marked, axis=-1)
    return np.cumsum(begun, axis=-1) - begun


def _run_lengths(marked: Bools, session: Ints) -> Ints:
    """The run of marked trades that each trade ends, inside its session."""
    place = np.arange(marked.size)
    first = np.diff(session, prepend=-1) != 0
    broken = np.maximum.accumulate(np.where(~marked, place + 1, np.where(first, place, 0)))
    return place + 1 - broken


def _chart(x: Floats, results: Floats) -> pd.DataFrame:
    """Mean result by the cause, in up to six steps: `cause`, `value`, `trades`."""
    steps = np.minimum(np.floor(x), 5).astype(np.int64)
    grouped = pd.DataFrame({"cause": steps, "value": results}).groupby("cause")["value"]
    return grouped.agg(value="mean", trades="size").reset_index()
