"""A plan's new trades as the rows storage inserts: session ids for days, UTC text for times, nulls for the unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import pandas as pd
import pyarrow as pa

from mentor.importing.reading import strings


def to_rows(trades: pd.DataFrame, session_ids: Mapping[date, int], now: datetime) -> pa.Table:
    """Trades (`TRADE_COLUMNS`) → an Arrow table with `session_id` and storable columns.

    A taken-over journal also names the bot that logged a trade and when; without it is bot 0, `now`.
    """
    if "bot_id" not in trades:
        trades = trades.assign(bot_id=0, created_at=pd.Timestamp(now))
    ids = pd.Series({pd.Timestamp(day): session_id for day, session_id in session_ids.items()}, dtype="int64")
    rows = trades.drop(columns=["session_date", "line"]).assign(
        session_id=ids.reindex(trades["session_date"]).to_numpy(),
        entry_time=_utc_text(trades["entry_time"]),
        exit_time=_utc_text(trades["exit_time"]),
        created_at=_utc_text(trades["created_at"]),  # unknown stays unknown: for a bot's trade it is when it closed
        stop_loss_used=trades["stop_loss_used"].astype("int64"),
        take_profit_used=trades["take_profit_used"].astype("int64"),
    )
    return pa.Table.from_pandas(rows, preserve_index=False)


def _utc_text(times: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    # Arrow casts a million of them in 0.1 s; `strftime` takes 2 s
    whole = pa.Array.from_pandas(times).cast(pa.timestamp("s"), safe=False)
    return strings(whole.cast(pa.string())).set_axis(times.index)
