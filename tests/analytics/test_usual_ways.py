"""A trader's usual lots and pauses, worked out by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from mentor.analytics.habits.record import Record
from mentor.analytics.session_frame import session_table
from mentor.analytics.usual_ways import UsualPause, UsualSize, usual_pause, usual_size
from tests.analytics.frame_builders import empty_trades, moods, trade_rows


def record(rows: list[dict[str, Any]]) -> Record:
    trades = trade_rows(rows) if rows else empty_trades()
    markets = pd.Series({}, dtype="str")
    return Record(session_table(trades, moods(), markets, journal=trades, starting_balance=None))


def lots(*sizes: float, symbol: str = "EURUSD") -> list[dict[str, Any]]:
    """One trade a session with these lots."""
    return [{"profit_loss": 1.0, "lot_size": size, "symbol": symbol} for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "usual", "half", "decimals"),
    [
        ((0.3, 0.35, 0.4), 0.35, 0.17, 2),  # 0.175 rounded down, never up
        ((2.0, 3.0, 4.0), 3.0, 1.0, 0),
        ((1.0, 1.0, 1.0), 1.0, None, 0),  # half a contract cannot be traded
        ((0.1, 0.2), 0.1, None, 1),  # of two the smaller: a size that was traded
        ((0.0012, 0.003, 0.0048), 0.003, 0.0015, 4),
    ],
)
def test_half_of_the_usual_lots(sizes: tuple[float, ...], usual: float, half: float | None, decimals: int) -> None:
    assert usual_size(record(lots(*sizes))) == UsualSize(symbol="EURUSD", lots=usual, half=half, decimals=decimals)


def test_the_symbol_of_most_sessions_and_only_the_last_twenty() -> None:
    rows = [*lots(*[9.0] * 5, symbol="GOLD"), *lots(*[1.0] * 8, symbol="GOLD"), *lots(*[0.4] * 12)]
    found = usual_size(record([row | {"id": number} for number, row in enumerate(rows, 1)]))
    assert found == UsualSize(symbol="EURUSD", lots=0.4, half=0.2, decimals=1)


def test_nobody_knows_the_lots() -> None:
    assert usual_size(record([])) is None
    assert usual_size(record([{"profit_loss": 1.0}])) is None
    assert usual_pause(record([])) == UsualPause(after_loss=None, after_win=None)


def test_the_middle_pause_after_a_loss_and_after_a_win() -> None:
    rows, number = [], 0
    for session, (result, minutes) in enumerate([*((-1.0, gap) for gap in (1, 2, 3, 4, 90)), *((1.0, 30),) * 4]):
        begun = pd.Timestamp("2025-01-01 09:00", tz="UTC") + timedelta(days=session)
        for start, money in ((begun, result), (begun + timedelta(minutes=10 + minutes), 5.0)):
            number += 1
            times = {"entry_time": start, "exit_time": start + timedelta(minutes=10)}
            rows.append(
                {"id": number, "session_id": session, "session_date": begun.date(), "profit_loss": money, **times}
            )
    found = usual_pause(record(rows))
    assert found == UsualPause(after_loss=180.0, after_win=None), "3 minutes in the middle; four pauses are too few"
