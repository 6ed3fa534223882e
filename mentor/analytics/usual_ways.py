"""A trader's own usual size and pauses, over the latest sessions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from mentor.analytics.habits.record import USUAL_SESSIONS, Record
from mentor.analytics.habits.within import Bools, Floats

#: Pauses of a kind from which on one is called usual.
FEWEST_PAUSES: Final = 5
#: Latest sessions whose pauses count.
_PAUSE_SESSIONS: Final = 60
_MOST_DECIMALS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualSize:
    """The middle lot of the symbol traded on most of the last 20 sessions, and half of it.

    `half` is rounded down to the decimals the trader's lots have; `None` where nothing is left then.
    """

    symbol: str
    lots: float
    half: float | None
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualPause:
    """Median seconds from a closed trade to the next entry in the last 60 sessions; `None`: fewer than 5 of them."""

    after_loss: float | None
    after_win: float | None


def usual_size(record: Record) -> UsualSize | None:
    """`None` where no trade of the last 20 sessions knows its lots."""
    rows = record.rows[(record.session > _last(record) - USUAL_SESSIONS) & (record.rows["lot_size"] > 0).to_numpy()]
    if rows.empty:
        return None
    sessions = rows.groupby(rows["symbol"].astype("str"))["session_id"].nunique()
    symbol = min(sessions.index, key=lambda name: (-sessions[name], name))
    lots = rows["lot_size"][rows["symbol"] == symbol].to_numpy()
    usual, decimals = float(np.quantile(lots, 0.5, method="inverted_cdf")), _decimals(lots)
    half = math.floor(usual / 2 * 10**decimals + 1e-9) / 10**decimals
    return UsualSize(symbol=symbol, lots=usual, half=half or None, decimals=decimals)


def usual_pause(record: Record) -> UsualPause:
    """After a lost and after a won trade of the same session."""
    chain = record.chain
    recent = chain.session > _last(record) - _PAUSE_SESSIONS
    return UsualPause(
        after_loss=_median(chain.gap, recent & chain.before(chain.lost)),
        after_win=_median(chain.gap, recent & chain.before(chain.won)),
    )


def _last(record: Record) -> int:
    return int(record.session.max(initial=-1))


def _median(gaps: Floats, wanted: Bools) -> float | None:
    known = gaps[wanted & np.isfinite(gaps)]
    return float(np.median(known)) if known.size >= FEWEST_PAUSES else None


def _decimals(lots: Floats) -> int:
    """The fewest decimals with which all lots can be written."""
    exact = (places for places in range(_MOST_DECIMALS) if np.allclose(lots, lots.round(places), rtol=0, atol=1e-9))
    return next(exact, _MOST_DECIMALS)
