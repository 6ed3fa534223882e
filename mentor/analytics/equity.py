"""The money made so far after each closed trade, and how far below its best it stood."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.frames import EQUITY_DTYPES
from mentor.analytics.metrics import drawdowns, equity_path


def equity(trades: pd.DataFrame) -> pd.DataFrame:
    """Cumulative net P/L and drawdown (≥ 0) in base currency a closed trade (`EQUITY_DTYPES`).

    The path starts at zero before the first trade, so a first loss is already a drawdown.
    """
    rows = countable(trades).trades
    path = equity_path(rows["profit_loss"].to_numpy())
    return pd.DataFrame(
        {
            "number": np.arange(1, len(rows) + 1),
            "session_date": rows["session_date"].to_numpy(),
            "when": _when(rows),
            "profit_loss": rows["profit_loss"].to_numpy(),
            "equity": path[1:],
            "drawdown": drawdowns(path)[1:],
        }
    ).astype(EQUITY_DTYPES)


def thin(points: pd.DataFrame, limit: int = 2000) -> pd.DataFrame:
    """At most about `limit` rows of an equity frame, or of a day's run, that draw the same line.

    Of each of equally long stretches the lowest and highest equity and the deepest drawdown stay,
    as do the first and last row.
    """
    if len(points) <= limit:
        return points
    starts = np.linspace(0, len(points), max(1, limit // 3), endpoint=False).astype(np.int64)
    line = points["equity"].to_numpy()
    depth = points["drawdown"].to_numpy() if "drawdown" in points else -line
    kept = {0, len(points) - 1}
    for start, stop in zip(starts, [*starts[1:], len(points)], strict=True):
        stretch = slice(start, stop)
        kept |= {
            start + line[stretch].argmin(),
            start + line[stretch].argmax(),
            start + depth[stretch].argmax(),
        }
    return points.iloc[sorted(kept)].reset_index(drop=True)


def _when(rows: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """When each trade closed, kept near its session's day and never going back.

    A program may log a trade of last year today; the curve then shows it on its session's day.
    """
    day = rows["session_date"].to_numpy().astype("datetime64[us]")
    closed = rows["closed_at"].dt.tz_localize(None).to_numpy()
    near = np.clip(closed, day - np.timedelta64(1, "D"), day + np.timedelta64(2, "D"))
    known = np.where(np.isnat(near), np.where(np.isnat(day), closed, day), near)
    return pd.Series(pd.DatetimeIndex(known, tz="UTC")).cummax().ffill()
