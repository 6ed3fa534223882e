"""Small journals with a mood, a market and a result for each session, readable in the test that uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.emotion_report import EmotionReport, emotion_report
from mentor.analytics.frames import SESSION_DTYPES
from mentor.analytics.session_frame import SessionTable, previous_scores
from tests.analytics.frame_builders import moods, trade_rows

ZONE = ZoneInfo("Asia/Jakarta")


def report(
    results: Sequence[float],
    emotions: Sequence[str],
    *,
    markets: Mapping[int, str] | None = None,
    timing: str = "before",
    **given: Any,
) -> EmotionReport:
    """The report on one trade a session with these results, and one mood ("": none); sessions are numbered from 1."""
    rows = trade_rows({"profit_loss": result} for result in results)
    return emotion_report(rows, told(emotions, timing), known(markets or {}), zone=ZONE, **given)


def told(emotions: Sequence[str], timing: str = "before") -> pd.DataFrame:
    """The mood frame of sessions 1, 2, …"""
    moment = None if timing == "unknown" else "2025-01-01 08:00"
    return moods(*((number, emotion, timing, moment) for number, emotion in enumerate(emotions, 1) if emotion))


def known(markets: Mapping[int, str]) -> pd.Series[str]:
    return pd.Series(dict(markets), dtype="str")


def session_table(
    results: npt.NDArray[np.float64], emotions: Sequence[str], markets: Sequence[str] | None = None
) -> SessionTable:
    """The session table of such a journal in money, made directly: thousands of them are needed."""
    n = len(results)
    sessions = pd.DataFrame(
        {
            "session_id": np.arange(1, n + 1),
            "session_date": pd.date_range("2025-01-01", periods=n),
            "trades": 1,
            "money": results,
            "result": results,
            "emotion": emotions,
            "basis": "before",
            "market": markets,
            "yesterday": previous_scores(results),
            "bots": np.nan,
        }
    )
    trades = pd.DataFrame({"session_id": np.arange(1, n + 1), "profit_loss": results, "size": np.nan})
    return SessionTable(
        sessions=sessions.astype(SESSION_DTYPES), trades=trades, unit="money", size_unit=None, risk_coverage=0.0
    )


def heavy_tailed(n: int, seed: int) -> npt.NDArray[np.float64]:
    """Results in cents."""
    return np.round(np.random.default_rng(seed).standard_t(3, n) * 100, 2)


def mixed(n: int, seed: int, *emotions: str) -> list[str]:
    """Calm on half of the days, the emotions on the others."""
    random = np.random.default_rng(seed)
    return [
        str(word) for word in random.choice(["tenang", *emotions], n, p=[0.5, *[0.5 / len(emotions)] * len(emotions)])
    ]
