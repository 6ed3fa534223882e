"""Small trade and mood frames, readable in the test that uses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from mentor.analytics.frames import MOOD_DTYPES, TRADE_DTYPES, empty_trades

_UNKNOWN: dict[str, Any] = {
    "symbol": "EURUSD",
    "stop_loss_used": False,
    "take_profit_used": False,
}


def trades(*amounts: float) -> pd.DataFrame:
    """One trade an amount, one a day from 2025-01-01 on, each closed at 12:00 UTC."""
    return trade_rows({"profit_loss": amount} for amount in amounts)


def trade_rows(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A trade frame of these cells; what a row leaves out is unknown, or one day and id after the other."""
    filled = [_row(number, row) for number, row in enumerate(rows)]
    if not filled:
        return empty_trades()
    frame = pd.DataFrame(filled, columns=list(TRADE_DTYPES))
    for name in ("entry_time", "exit_time", "closed_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame.astype(TRADE_DTYPES)


def _row(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    day = pd.Timestamp("2025-01-01") + pd.Timedelta(days=number)
    given = {"id": number + 1, "session_id": number + 1, "session_date": day, **_UNKNOWN, **row}
    return {"closed_at": pd.Timestamp(given["session_date"]) + pd.Timedelta(hours=12), **given}


def moods(*rows: tuple[int, str, str, str | None]) -> pd.DataFrame:
    """A mood frame of (session id, emotion, timing, time recorded in UTC)."""
    frame = pd.DataFrame(rows, columns=["session_id", "emotion", "timing", "recorded_at"])
    frame["recorded_at"] = pd.to_datetime(frame["recorded_at"], utc=True)
    frame["session_date"] = pd.Timestamp("2025-01-01")
    return frame[list(MOOD_DTYPES)].astype(MOOD_DTYPES)
