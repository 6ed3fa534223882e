"""Results of each emotion by market, weekday, hour and strategy: counts first, since most cells hold few sessions."""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

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
    told = table.sessions[table.sessions["basis"].notna()]
    told = told.assign(told=told["basis"].map(_TOLD)).drop(columns=["trades", "result"])
    trades = table.trades[["session_id", "entry_time", "strategy", "result"]].merge(told, on="session_id")
    keys = {
        "market": trades["market"],
        "weekday": trades["session_date"].dt.day_of_week.astype("str"),
        "hour": _hours(trades["entry_time"], zone),
        "strategy": trades["strategy"].astype("str").replace("", None),
    }
    cells = [_cells(trades.assign(slice=name, category=key)) for name, key in keys.items()]
    return pd.concat(cells, ignore_index=True)[list(SLICE_DTYPES)].astype(SLICE_DTYPES)


def _hours(entries: pd.Series[pd.Timestamp], zone: tzinfo) -> pd.Series[str]:
    hours = entries.dt.tz_convert(zone).dt.hour
    return hours.map("{:.0f}".format, na_action="ignore").astype("str")


def _cells(trades: pd.DataFrame) -> pd.DataFrame:
    known = trades[trades["category"].notna() & trades["result"].notna()]
    keys = ["told", "slice", "category", "emotion"]
    sums = known.groupby([*keys, "session_id"]).agg(trades=("result", "size"), result=("result", "sum")).reset_index()
    cells = sums.groupby(keys).agg(sessions=("session_id", "size"), trades=("trades", "sum"), mean=("result", "mean"))
    return cells.assign(enough=cells["sessions"] >= FEWEST_OF_A_CELL).reset_index()
