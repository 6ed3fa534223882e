"""What the result of the trade before does to the next one: its size, the pause before it, its worst losses.

Inside each session trades after a loss are compared with trades after a win, by the sign of the result only: its
amount holds the lots of then. A trade after a break-even one, and the last one's missing successor, do not take part.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mentor.analytics.habits.between_sessions import shown
from mentor.analytics.habits.contrast import Contrast, contrast
from mentor.analytics.habits.habit import FEWEST_SESSIONS, Finding, Missing, Unit, lacking
from mentor.analytics.habits.record import Chain, Record
from mentor.analytics.habits.within import Bools, Floats
from mentor.analytics.inference import seed_of

#: A loss beyond this many R is one that was let run past its plan.
BEYOND_PLAN = -1.2


def revenge_size(record: Record) -> Finding:
    """Lots after a loss over lots after a win, both beside the usual lots of the symbol."""
    chain = record.chain
    return _compared("revenge_size", record, chain.size, _after_loss(chain), Missing.LOTS)


def revenge_pace(record: Record) -> Finding:
    """Pause after a loss over pause after a win."""
    chain = record.chain
    return _compared("revenge_pace", record, np.log(chain.gap), _after_loss(chain), Missing.TIMES)


def house_money(record: Record) -> Finding:
    """Lots after two wins in a row over lots after any other two results."""
    chain = record.chain
    won, decided = chain.before(chain.won), chain.before(chain.won | chain.lost)
    twice, known = won & chain.before(won), decided & chain.before(decided)
    return _compared("house_money", record, chain.size, np.where(known, twice, np.nan), Missing.LOTS)


def overrun_after_loss(record: Record) -> Finding:
    """Share of losses beyond 1.2 R: after a loss less after a win."""
    chain = record.chain
    if not record.in_r:
        return lacking(Missing.RISK, "share")
    beyond = np.where(chain.lost, chain.result < BEYOND_PLAN, np.nan)
    beyond[np.isnan(chain.result)] = np.nan
    return _compared("overrun_after_loss", record, beyond, _after_loss(chain), Missing.RISK, unit="share")


def _after_loss(chain: Chain) -> Floats:
    """1 after a loss, 0 after a win, else NaN."""
    lost, won = chain.before(chain.lost), chain.before(chain.won)
    return np.where(lost | won, lost, np.nan)


def _compared(code: str, record: Record, y: Floats, x: Floats, without_y: Missing, *, unit: Unit = "ratio") -> Finding:
    """The contrast as a finding; a `ratio` is measured on the log scale."""
    chain = record.chain
    if not chain.id.size:
        return lacking(Missing.TIMES, unit)
    if not np.isfinite(y).any():
        return lacking(without_y, unit)
    found = contrast(y, x, chain.session, seed=seed_of("habit", code), permutations=record.permutations)
    if found is None or found.sessions < FEWEST_SESSIONS:
        return lacking(Missing.SESSIONS, unit, sessions=found.sessions if found else 0)
    value, low, high = (found.value, found.value - found.width, found.value + found.width)
    treated = found.used & (x == 1)
    return Finding(
        opportunities=int(treated.sum()),
        sessions=found.sessions,
        effect=shown(value, unit),
        low=shown(low, unit),
        high=shown(high, unit),
        p_value=found.p_value,
        unit=unit,
        neutral=shown(0.0, unit),
        steady=found.steady,
        halves=found.halves,
        trades=_speaking(chain, y, treated, found),
        chart=_chart(y, x, found, unit),
    )


def _speaking(chain: Chain, y: Floats, treated: Bools, found: Contrast) -> tuple[int, ...]:
    """The trades after the event that differ the way the effect does from the others of their session."""
    others = found.used & ~treated
    number = chain.session
    count = np.bincount(number[others], minlength=number[-1] + 1)
    mean = np.bincount(number[others], weights=y[others], minlength=number[-1] + 1) / np.maximum(count, 1)
    moved = (y - mean[number]) * np.sign(found.value) > 0
    return tuple(chain.id[treated & moved].tolist())


def _chart(y: Floats, x: Floats, found: Contrast, unit: Unit) -> pd.DataFrame:
    """The two groups, as far apart as inside sessions: `after` (0 or 1), `value`, `trades`."""
    groups = [found.used & (x == 0), found.used & (x == 1)]
    base = float(y[groups[0]].mean())
    return pd.DataFrame(
        {
            "after": [0, 1],
            "value": [shown(base, unit), shown(base + found.value, unit)],
            "trades": [int(group.sum()) for group in groups],
        }
    )
