"""Results of each emotion by market, weekday, hour and strategy: counts first, since most cells hold few sessions."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any, Final

import pandas as pd

from mentor.analytics.frames import SLICE_DTYPES
from mentor.analytics.session_frame import SessionTable

#: Sessions below which the mean of a cell is not shown as one.
FEWEST_OF_A_CELL: Final = 5
_TOLD: Final = {"before": "before", "later": "hindsight", "unknown": "hindsight"}


def mood_slices(table: SessionTable, zone: tzinfo) -> pd.DataFrame:
    """One row a cell (`SLICE_DTYPES`): `mean` is that of the sessions' results from their trades in the cell.

    Hours are those of `zone` at entry, weekdays 0 (Monday) to 6. Trades that do not know the hour, strategy or market
    are in no cell of it.
    """
    told = table.sessions[table.sessions["basis"].notna()].set_index("session_id")
    told = told.assign(told=told["basis"].map(_TOLD))
    trades = table.trades[table.trades["result"].notna() & table.trades["session_id"].isin(told.index)]
    session = trades["session_id"]
    keys = {
        "market": session.map(told["market"]).astype("category"),
        "weekday": trades["session_date"].dt.day_of_week,
        "hour": trades["entry_time"].dt.tz_convert(zone).dt.hour,
        "strategy": trades["strategy"],
    }
    cells = [_cells(trades["result"], session, key, told).assign(slice=name) for name, key in keys.items()]
    return pd.concat(cells, ignore_index=True)[list(SLICE_DTYPES)].astype(SLICE_DTYPES)


def _cells(
    results: pd.Series[float], session: pd.Series[int], category: pd.Series[Any], told: pd.DataFrame
) -> pd.DataFrame:
    """Trade by trade first by number, so that words are only compared session by session."""
    by_session = results.groupby([category.rename("category"), session], observed=True)
    sums = by_session.agg(trades="size", result="sum").reset_index()
    sums["category"] = pd.Series([_word(category) for category in sums["category"]], dtype="str")
    rows = sums[sums["category"] != ""].join(told[["told", "emotion"]], on="session_id")
    cells = rows.groupby(["told", "category", "emotion"]).agg(
        sessions=("session_id", "size"), trades=("trades", "sum"), mean=("result", "mean")
    )
    return cells.assign(enough=cells["sessions"] >= FEWEST_OF_A_CELL).reset_index()


def _word(category: str | float) -> str:
    return category if isinstance(category, str) else f"{category:.0f}"
