"""What can be counted but not tested: hasty returns after a win, and losses beyond their plan."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mentor.analytics.habits.after_result import BEYOND_PLAN
from mentor.analytics.habits.habit import FEWEST_SESSIONS, Finding, Missing, lacking
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.within import Bools, Ints, how_many
from mentor.analytics.inference import wilson

#: Share of a trader's own pauses that are his shortest.
_SHORT = 0.10


def fomo(record: Record) -> Finding:
    """Share of returns to a symbol just won on that come within the trader's shortest tenth of pauses.

    A proxy: no measure of the fear of missing out from trades alone has ever been validated.
    """
    chain = record.chain
    paused = np.isfinite(chain.gap)
    if not paused.any():
        return lacking(Missing.TIMES, "share")
    same = np.concatenate(([False], chain.symbol[1:] == chain.symbol[:-1]))
    again = paused & same & chain.before(chain.won)
    hasty = again & (chain.gap <= np.quantile(chain.gap[paused], _SHORT))
    return _share(again, hasty, chain.session, chain.id, neutral=_SHORT)


def losses_beyond_plan(record: Record) -> Finding:
    """Share of the losing trades that lost more than 1.2 R."""
    if not record.in_r:
        return lacking(Missing.RISK, "share")
    lost = record.result < 0
    return _share(lost, record.result < BEYOND_PLAN, record.session, record.ids, neutral=0.0)


def _share(of: Bools, marked: Bools, session: Ints, ids: Ints, *, neutral: float) -> Finding:
    """A share with its interval (Wilson), and no test."""
    sessions = how_many(session[of])
    share = wilson(int(marked.sum()), int(of.sum()))
    if share is None or sessions < FEWEST_SESSIONS:
        return lacking(Missing.SESSIONS, "share", opportunities=int(of.sum()), sessions=sessions)
    return Finding(
        opportunities=share.n,
        sessions=sessions,
        effect=share.value,
        low=share.low,
        high=share.high,
        unit="share",
        neutral=neutral,
        trades=tuple(ids[marked].tolist()),
        chart=pd.DataFrame({"marked": [0, 1], "trades": [share.n - int(marked.sum()), int(marked.sum())]}),
    )
