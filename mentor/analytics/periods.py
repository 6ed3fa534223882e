"""The result of each week or month."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from mentor.analytics.frames import PERIOD_DTYPES

Length = Literal["week", "month"]


def by_period(days: pd.DataFrame, length: Length) -> pd.DataFrame:
    """Sums of a daily frame (`PERIOD_DTYPES`) a week (from its Monday) or calendar month, newest first."""
    dates = pd.DatetimeIndex(days["session_date"])
    start = dates.to_period("W-SUN" if length == "week" else "M").start_time
    grouped = days.assign(start=start, won=days["profit_loss"] > 0).groupby("start")
    summed = grouped.agg(
        profit_loss=("profit_loss", "sum"),
        trades=("trades", "sum"),
        wins=("wins", "sum"),
        days=("won", "size"),
        winning_days=("won", "sum"),
    )
    return summed.iloc[::-1].reset_index().astype(PERIOD_DTYPES)
