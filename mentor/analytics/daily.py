"""The result of each session date."""

from __future__ import annotations

import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.frames import DAILY_DTYPES


def daily(trades: pd.DataFrame) -> pd.DataFrame:
    """Net P/L in base currency, trades and winning trades a session date (`DAILY_DTYPES`), in order.

    A trade without a readable date has no day and is not in it.
    """
    rows = countable(trades).trades
    amounts = rows["profit_loss"]
    days = (
        pd.DataFrame({"session_date": rows["session_date"], "profit_loss": amounts, "won": amounts > 0})
        .groupby("session_date", sort=True)
        .agg(profit_loss=("profit_loss", "sum"), trades=("won", "size"), wins=("won", "sum"))
    )
    return days.reset_index().astype(DAILY_DTYPES)
