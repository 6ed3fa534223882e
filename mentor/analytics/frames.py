"""The typed frames every analysis works on: their columns, dtypes and empty forms, declared once.

A *trade frame* has one row a closed round trip, ordered by (session_date, closed_at, id). Money is net of
fees in the trade's currency (missing: the journal's base currency), times are UTC, `session_date` is the
trader's local day without a zone. Missing is NaN or NaT, never zero.

A *mood frame* has one row a check-in, and one with timing `unknown` and no `recorded_at` for a session whose
word was written by another program.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

UTC: Final = "datetime64[us, UTC]"
DAY: Final = "datetime64[s]"

TRADE_DTYPES: Final[dict[str, str]] = {
    "id": "int64",
    "session_id": "int64",
    "session_date": DAY,
    "symbol": "category",
    "side": "category",
    "strategy": "category",
    "account": "category",
    "currency": "category",
    "entry_time": UTC,
    "exit_time": UTC,
    "closed_at": UTC,
    "profit_loss": "float64",
    "fees": "float64",
    "lot_size": "float64",
    "risk_percent": "float64",
    "stop_price": "float64",
    "stop_loss_used": "bool",
    "take_profit_used": "bool",
    "origin": "category",
}

MOOD_DTYPES: Final[dict[str, str]] = {
    "session_id": "int64",
    "session_date": DAY,
    "recorded_at": UTC,
    "emotion": "str",
    "timing": "str",
}

#: One row a session date, in order: what `mentor.analytics.daily` gives.
DAILY_DTYPES: Final[dict[str, str]] = {
    "session_date": DAY,
    "profit_loss": "float64",
    "trades": "int64",
    "wins": "int64",
}

#: One row a closed trade, in order: what `mentor.analytics.equity` gives. `when` never goes back.
EQUITY_DTYPES: Final[dict[str, str]] = {
    "number": "int64",
    "session_date": DAY,
    "when": UTC,
    "profit_loss": "float64",
    "equity": "float64",
    "drawdown": "float64",
}

#: One row a traded session: what `mentor.analytics.emotions` gives. `basis` is empty where no mood is known.
MOOD_SESSION_DTYPES: Final[dict[str, str]] = {
    "session_id": "int64",
    "session_date": DAY,
    "profit_loss": "float64",
    "trades": "int64",
    "emotion": "str",
    "basis": "str",
}

#: One row a traded session of the trader: what `mentor.analytics.session_frame` gives. Money is net, `result` in the
#: unit of the table, `yesterday` the normal score of the session before, `bots` the money bots made beside.
SESSION_DTYPES: Final[dict[str, str]] = {
    "session_id": "int64",
    "session_date": DAY,
    "trades": "int64",
    "money": "float64",
    "result": "float64",
    "emotion": "str",
    "basis": "str",
    "market": "str",
    "yesterday": "float64",
    "bots": "float64",
}

#: One row a cell of emotion × market, weekday, hour or strategy: what `mentor.analytics.mood_slices` gives.
SLICE_DTYPES: Final[dict[str, str]] = {
    "told": "str",
    "slice": "str",
    "category": "str",
    "emotion": "str",
    "sessions": "int64",
    "trades": "int64",
    "mean": "float64",
    "enough": "bool",
}

#: One point a closed trade of a day, a zero before them: what `mentor.analytics.intraday` gives.
DAY_RUN_DTYPES: Final[dict[str, str]] = {
    "when": UTC,
    "profit_loss": "float64",
    "equity": "float64",
    "symbol": "str",
}

#: One row a check-in of a day, at the money made by then.
DAY_MOOD_DTYPES: Final[dict[str, str]] = {
    "when": UTC,
    "emotion": "str",
    "intensity": "Int64",
    "note": "str",
    "equity": "float64",
}

#: One row a week or month with trades, newest first: what `mentor.analytics.periods` gives.
PERIOD_DTYPES: Final[dict[str, str]] = {
    "start": DAY,
    "profit_loss": "float64",
    "trades": "int64",
    "wins": "int64",
    "days": "int64",
    "winning_days": "int64",
}

#: The order of a trade frame; rows without a date or time come last.
TRADE_ORDER: Final = ("session_date", "closed_at", "id")


def empty_trades() -> pd.DataFrame:
    """A trade frame without rows."""
    return _empty(TRADE_DTYPES)


def empty_moods() -> pd.DataFrame:
    """A mood frame without rows."""
    return _empty(MOOD_DTYPES)


def ordered(trades: pd.DataFrame) -> pd.DataFrame:
    """A trade frame in its order, numbered from 0; most come in order, and of those nothing is copied."""
    keys = [_rising(trades[name]) for name in TRADE_ORDER]
    rows = trades if _in_order(keys) else trades.take(np.lexsort(keys[::-1]))
    return rows.reset_index(drop=True)


def _rising(values: pd.Series[Any]) -> npt.NDArray[np.int64]:
    """Numbers in the order of ids, days or moments; the unknown last."""
    if values.dtype == np.int64:
        return values.to_numpy(dtype=np.int64)
    moments = np.asarray(values.to_numpy(dtype="datetime64[us]"), dtype="datetime64[us]")
    return np.where(np.isnat(moments), np.iinfo(np.int64).max, moments.astype(np.int64))


def _in_order(keys: list[npt.NDArray[np.int64]]) -> bool:
    """Whether no row comes before the one above it, by the first key that differs."""
    tied: npt.NDArray[np.bool_] = np.ones(max(0, keys[0].size - 1), dtype=np.bool_)
    for key in keys:
        above, below = key[:-1], key[1:]
        if (tied & (above > below)).any():
            return False
        tied &= above == below
    return True


def _empty(dtypes: dict[str, str]) -> pd.DataFrame:
    # Through text, so that an empty category has text categories and joins to a filled one.
    return pd.DataFrame(columns=list(dtypes), dtype="str").astype(dtypes)
