"""One day as it ran: the money made after each closed trade, and where a mood was told on that way."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.equity import equity
from mentor.analytics.frames import DAY_MOOD_DTYPES, DAY_RUN_DTYPES
from mentor.models import MoodCheckin


def day_run(trades: pd.DataFrame) -> pd.DataFrame:
    """The day's path (`DAY_RUN_DTYPES`): zero at the first entry, then each countable trade when it closed."""
    points = equity(trades)
    if points.empty:
        return points.assign(symbol="")[list(DAY_RUN_DTYPES)].astype(DAY_RUN_DTYPES)
    run = points.assign(symbol=_symbols(trades, points))
    first = pd.Series([trades["entry_time"].min(), run["when"].iloc[0]]).min()
    start = {"when": first, "profit_loss": 0.0, "equity": 0.0, "symbol": ""}
    return pd.concat([pd.DataFrame([start]), run], ignore_index=True)[list(DAY_RUN_DTYPES)].astype(DAY_RUN_DTYPES)


def moods_on_run(checkins: Sequence[MoodCheckin], run: pd.DataFrame) -> pd.DataFrame:
    """Each check-in whose moment is known (`DAY_MOOD_DTYPES`), at the money made by then."""
    names = ("when", "emotion", "intensity", "note")
    told = [(one.recorded_at, one.emotion, one.intensity, one.note) for one in checkins if one.recorded_at is not None]
    frame = pd.DataFrame(told, columns=list(names)).astype({name: DAY_MOOD_DTYPES[name] for name in names})
    placed: pd.DataFrame = pd.merge_asof(
        frame.sort_values("when"), run[["when", "equity"]].sort_values("when"), on="when"
    )
    return placed.fillna({"equity": 0.0})[list(DAY_MOOD_DTYPES)].astype(DAY_MOOD_DTYPES)


def _symbols(trades: pd.DataFrame, points: pd.DataFrame) -> pd.Series[str]:
    names = [str(symbol) for symbol in countable(trades).trades["symbol"]]
    return pd.Series(names, index=points.index)
