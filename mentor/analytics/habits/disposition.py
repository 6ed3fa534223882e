"""Whether losers are held longer than winners, beyond what stops and targets bring about by themselves.

From closed trades alone Odean's shares cannot be had. The ratio of holding times can, but 1 is not what it is without
a bias: where price has no drift, a stop at one distance and a target at another are hit after different times. So the
ratio is held against the whole range between 1 (exits by hand) and what stops and targets at the distances of this
trader's own average win and loss give by themselves; only beyond it is anything said. Nothing excuses a ratio above 1
where the journal tells which exits were the stop or the target, as only those by hand are compared then; nor where
exits lie at many distances that took no longer the farther they are, which no price brings about by itself. After
losing days against other days the mechanics cancel, and the ratio is compared directly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.habits.across_days import after_losing_day, session_means
from mentor.analytics.habits.between_sessions import shown
from mentor.analytics.habits.contrast import contrast
from mentor.analytics.habits.habit import FEWEST_SESSIONS, Finding, Missing, lacking
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.within import Bools, Floats, Ints, centred
from mentor.analytics.inference import seed_of

#: Winners and losers a symbol and strategy must have to be compared within themselves.
_FEWEST: Final = 5
#: Two exits whose logarithms of distance differ by more than this are at different distances; less is slippage.
_APART: Final = 0.1
#: Where price decides, of two exits the farther takes longer so much more often than not (0.2 to 0.5 in simulations).
_PRICE: Final = 0.15
_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class _Held:
    """Log holding time of each row beside its symbol and strategy (NaN: not compared), and what is no habit."""

    excess: Floats
    lost: Bools
    nothing: tuple[float, float]


def disposition(record: Record) -> Finding:
    """Holding time of losers over that of winners of the same session."""
    held = _held(record)
    if held is None:
        return lacking(Missing.TIMES, "ratio")
    found = contrast(
        held.excess,
        held.lost.astype(float),
        record.session,
        seed=seed_of("habit", "disposition"),
        permutations=record.permutations,
    )
    if found is None or found.sessions < FEWEST_SESSIONS:
        return lacking(Missing.SESSIONS, "ratio", sessions=found.sessions if found else 0)
    nothing = float(np.clip(found.value, *held.nothing))
    treated = found.used & held.lost
    return Finding(
        opportunities=int(treated.sum()),
        sessions=found.sessions,
        effect=shown(found.value, "ratio"),
        low=shown(found.value - found.width, "ratio"),
        high=shown(found.value + found.width, "ratio"),
        p_value=found.distance_p(found.value - nothing),
        unit="ratio",
        neutral=shown(nothing, "ratio"),
        steady=found.steady,
        halves=found.halves,
        trades=tuple(record.ids[treated & (held.excess * np.sign(found.value) > 0)].tolist()),
        chart=_chart(record, found.used, held),
    )


def disposition_after_losing_day(record: Record) -> Finding:
    """How much longer losers are held beside winners after a losing day than on other days."""
    held = _held(record)
    if held is None:
        return lacking(Missing.TIMES, "ratio")
    known = np.isfinite(held.excess)
    losers = session_means(record, held.excess, known & held.lost)
    winners = session_means(record, held.excess, known & ~held.lost)
    found = after_losing_day("disposition_after_losing_day", record, losers - winners, "ratio")
    losers_then = held.lost & np.isin(record.ids, np.array(found.trades, dtype=np.int64))
    return replace(found, trades=tuple(np.sort(record.ids[losers_then]).tolist()))


def mechanical_log_ratio(payoff: float) -> float:
    """E[log T | stop] − E[log T | target] of a driftless price with a stop at 1 and a target at `payoff`.

    With k = √(2λ) and a, b the distances, E[exp(−λT) | target] = (a + b)/a · sinh(ak)/sinh((a + b)k), and the same with
    a and b changed for the stop (Borodin & Salminen 2002, 1.3.0.5); by Frullani's integral E[log T] is the integral of
    exp(−λ) − E[exp(−λT)] over log λ.
    """
    # Over log k; log λ has twice its length.
    k = np.exp(np.linspace(-12.0, 8.0, 2001))
    difference = _transform(1.0, payoff, k) - _transform(payoff, 1.0, k)
    return float(2 * np.trapezoid(difference, np.log(k)))


def _transform(other: float, hit: float, k: Floats) -> Floats:
    """E[exp(−λT) | the barrier at `hit` and not the one at `other`]; written so that nothing overflows."""
    whole = other + hit
    return whole / other * np.exp(-hit * k) * np.expm1(-2 * other * k) / np.expm1(-2 * whole * k)


def _held(record: Record) -> _Held | None:
    """Compared within symbol and strategy, each side counting the same; the rest takes no part."""
    amounts = record.money
    known = np.isfinite(record.held) & (amounts != 0) & np.isfinite(amounts)
    if not known.any():
        return None
    by_order = (record.rows["stop_loss_used"] | record.rows["take_profit_used"]).to_numpy()
    told = bool(by_order.any())
    known &= ~by_order
    stratum = _strata(record)
    lost = amounts < 0
    cells = stratum * 2 + lost
    size = 2 * (int(stratum.max()) + 1)
    count = np.bincount(cells[known], minlength=size).reshape(-1, 2)
    logs = np.log(np.where(known, record.held, 1.0))
    mean = np.bincount(cells[known], weights=logs[known], minlength=size).reshape(-1, 2) / np.maximum(count, 1)
    kept = known & (count.min(axis=1) >= _FEWEST)[stratum]
    excess = np.where(kept, logs - mean.mean(axis=1)[stratum], np.nan)
    mechanical = _mechanical(record, stratum, lost, kept)
    excused = not told and not _by_hand(record, stratum, lost, kept)
    return _Held(excess, lost & kept, (min(0.0, mechanical), max(0.0, mechanical) if excused else 0.0))


def _strata(record: Record) -> Ints:
    """A number for each row's symbol and strategy."""
    symbol, strategy = (_numbered(record.rows[name]) for name in ("symbol", "strategy"))
    return np.asarray(pd.factorize(symbol * (strategy.max() + 1) + strategy)[0], dtype=np.int64)


def _numbered(words: pd.Series[str]) -> Ints:
    """A number for each word, the same for a missing and an empty one."""
    codes, found = pd.factorize(words)
    return np.where(codes == found.get_indexer(pd.Index([""]))[0], 0, codes + 1).astype(np.int64)


def _by_hand(record: Record, stratum: Ints, lost: Bools, kept: Bools) -> bool:
    """Whether exits lie at many distances, and those farther away took no longer; see the module.

    Each winner is set beside the next winner of its session, each loser beside the next loser.
    """
    distance = np.log(np.where(kept, _a_lot(record), 1.0))
    agreed, far = np.zeros((2, record.starts.size))
    for side in (kept & lost, kept & ~lost):
        session = record.session[side]
        pairs = np.diff(session) == 0
        farther = np.diff(centred(distance[side], stratum[side]))[pairs]
        longer, session = np.diff(record.held[side])[pairs], session[1:][pairs]
        apart = np.abs(farther) > _APART
        if apart.sum() <= apart.size / 2:
            return False
        far += np.bincount(session, apart, far.size)
        agreed += np.bincount(session, np.where(apart, np.sign(farther) * np.sign(longer), 0.0), far.size)
    share = agreed.sum() / far.sum()
    error = np.linalg.norm(agreed - share * far) / far.sum()
    return bool(share + _Z * error < _PRICE)


def _a_lot(record: Record) -> Floats:
    lots = record.rows["lot_size"].to_numpy()
    return np.abs(record.money) / np.where(lots > 0, lots, 1.0)


def _mechanical(record: Record, stratum: Ints, lost: Bools, kept: Bools) -> float:
    """The log ratio stops and targets give, each symbol and strategy at its own average win and loss a lot."""
    a_lot = _a_lot(record)
    total, whole = 0.0, int(kept.sum())
    for number in np.flatnonzero(np.bincount(stratum[kept])):
        own = kept & (stratum == number)
        payoff = a_lot[own & ~lost].mean() / a_lot[own & lost].mean()
        total += own.sum() / whole * mechanical_log_ratio(float(np.clip(payoff, 0.02, 50)))
    return total


def _chart(record: Record, used: Bools, held: _Held) -> pd.DataFrame:
    """Seconds held, one row a compared trade's quartiles: `lost` (0 or 1), `low`, `value`, `high`, `trades`."""
    seconds = pd.Series(record.held[used]).groupby(held.lost[used].astype(int))
    return pd.DataFrame(
        {
            "lost": seconds.size().index.to_numpy(),
            "low": seconds.quantile(0.25).to_numpy(),
            "value": seconds.median().to_numpy(),
            "high": seconds.quantile(0.75).to_numpy(),
            "trades": seconds.size().to_numpy(),
        }
    )
