"""The lots a trader usually takes of a symbol, as they were known before a session began."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

#: A day that stands for the first session with a symbol: windows over time count sessions.
_EPOCH: Final = pd.Timestamp("2000-01-01")


def usual_lots(
    symbols: npt.NDArray[np.integer],
    sessions: npt.NDArray[np.integer],
    lots: npt.NDArray[np.float64],
    window: int | None,
) -> npt.NDArray[np.float64]:
    """Median lot of each row's symbol over its last `window` earlier sessions (`None`: all); NaN when it has none.

    `symbols` are codes (-1: unknown), `sessions` numbers that rise with time; lots that are not above 0 are unknown.
    """
    rows = pd.DataFrame({"symbol": symbols, "session": sessions, "lot": lots})
    known = rows[(rows["lot"] > 0) & (rows["symbol"] >= 0)].sort_values(["symbol", "session"], kind="stable")
    usual = np.full(len(rows), np.nan)
    if known.empty:
        return usual
    begun = ~known.duplicated(["symbol", "session"]).to_numpy()
    last = np.flatnonzero(np.append(begun[1:], True))
    medians = _medians(known, begun, window)[last]
    symbol = known["symbol"].to_numpy()[last]
    before = np.concatenate(([np.nan], np.where(symbol[1:] == symbol[:-1], medians[:-1], np.nan)))
    usual[known.index.to_numpy()] = before[np.cumsum(begun) - 1]
    return usual


def _medians(known: pd.DataFrame, begun: npt.NDArray[np.bool_], window: int | None) -> npt.NDArray[np.float64]:
    """The running median after each row, over its symbol's sessions so far."""
    if window is None:
        return np.asarray(known.groupby("symbol")["lot"].expanding().median(), dtype=np.float64)
    place = pd.Series(begun, index=known.index).groupby(known["symbol"]).cumsum()
    timed = known.assign(place=_EPOCH + pd.to_timedelta(place, unit="D"))
    return np.asarray(timed.groupby("symbol").rolling(f"{window}D", on="place")["lot"].median(), dtype=np.float64)
