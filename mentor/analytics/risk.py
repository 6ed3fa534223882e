"""The risk a trade took, where it was said, and its result in units of that risk (R)."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.metrics import Measure, Reason, undefined

#: What the documented function writes when nobody said a risk.
_UNSAID: Final = 1.0


def said_risk(trades: pd.DataFrame) -> pd.Series[float]:
    """Risk percent a trade, NaN where nobody said one.

    Exactly 1.0 on every trade that carries a risk is the default of the function bots call, not an observation.
    """
    risk = trades["risk_percent"].where(trades["risk_percent"] > 0)
    if (risk.dropna() == _UNSAID).all():
        return pd.Series(np.nan, index=risk.index, dtype="float64")
    return risk


def r_multiples(trades: pd.DataFrame, starting_balance: float | None) -> pd.Series[float]:
    """R a countable trade of a whole journal, by its index: net over the money risked; NaN where not known.

    The money risked is `risk_percent` of the balance at entry: the starting balance and every result that was
    closed by then (a trade whose entry is not known: by its own closing).
    """
    rows = countable(trades).trades
    if starting_balance is None:
        return pd.Series(np.nan, index=rows.index, dtype="float64")
    balance = _balance_at_entry(rows, starting_balance)
    risked = said_risk(trades).loc[rows.index] / 100 * balance
    return (rows["profit_loss"] / risked).where(risked > 0)


def expectancy_r(multiples: pd.Series[float], trades: pd.DataFrame, starting_balance: float | None) -> Measure:
    """Mean R of a selection of trades: `multiples` is what `r_multiples` gave for the whole journal."""
    rows = countable(trades).trades
    if starting_balance is None:
        return undefined(Reason.NO_BALANCE, 0)
    known = multiples.reindex(rows.index).dropna()
    if known.empty:
        return undefined(Reason.NO_RISK if len(rows) else Reason.NO_TRADES, 0)
    return Measure(float(known.mean()), None, len(known))


def _balance_at_entry(rows: pd.DataFrame, starting_balance: float) -> npt.NDArray[np.float64]:
    closed = rows["closed_at"].sort_values()  # those without a moment come last
    path = np.concatenate(([0.0], np.cumsum(rows["profit_loss"].loc[closed.index].to_numpy())))
    entered = rows["entry_time"].fillna(rows["closed_at"])
    # Without the zone: with one each moment would become an object.
    moments, looked_for = (times.dt.tz_localize(None).to_numpy() for times in (closed.dropna(), entered))
    earlier = np.searchsorted(moments, looked_for, side="left")
    until = np.searchsorted(moments, looked_for, side="right")
    # What closed at the very moment of entry counts, but never the trade itself.
    before = np.where(entered < rows["closed_at"], until, earlier)
    return np.where(entered.isna(), np.nan, starting_balance + path[before])
