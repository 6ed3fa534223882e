"""Cells of emotion × market, weekday, hour and strategy: what is in them, and when there is too little."""

from __future__ import annotations

import pandas as pd

from mentor.analytics.emotion_report import emotion_report
from mentor.analytics.frames import SLICE_DTYPES, empty_moods, empty_trades
from tests.analytics.frame_builders import moods, trade_rows
from tests.analytics.mood_journals import ZONE, known

ROWS = trade_rows(
    [
        # Wednesday 1 January, 23:30 UTC is Thursday 06:30 in Jakarta; the day is the session's.
        {"session_id": 1, "session_date": "2025-01-01", "profit_loss": 4.0, "strategy": "breakout"}
        | {"entry_time": "2025-01-01 23:30"},
        {"session_id": 1, "session_date": "2025-01-01", "profit_loss": 2.0, "strategy": "breakout"}
        | {"entry_time": "2025-01-01 23:40"},
        {"session_id": 2, "session_date": "2025-01-02", "profit_loss": -8.0, "strategy": "breakout"},
        {"session_id": 2, "session_date": "2025-01-02", "profit_loss": 1.0, "strategy": ""},
        {"session_id": 3, "session_date": "2025-01-03", "profit_loss": 9.0},
    ]
)
TOLD = moods(
    (1, "takut", "before", "2025-01-01 08:00"),
    (2, "takut", "before", "2025-01-02 08:00"),
    (3, "marah", "unknown", None),
)


def cells() -> dict[tuple[str, str, str, str], tuple[int, int, float]]:
    found = emotion_report(ROWS, TOLD, known({1: "berita"}), zone=ZONE).slices
    return {
        (row["told"], row["slice"], row["category"], row["emotion"]): (row["sessions"], row["trades"], row["mean"])
        for row in found.to_dict("records")
    }


def test_a_cell_counts_sessions_and_gives_the_mean_of_their_results() -> None:
    assert cells() == {
        ("before", "market", "berita", "takut"): (1, 2, 6.0),
        ("before", "weekday", "2", "takut"): (1, 2, 6.0),
        ("before", "weekday", "3", "takut"): (1, 2, -7.0),
        ("before", "hour", "6", "takut"): (1, 2, 6.0),
        ("before", "strategy", "breakout", "takut"): (2, 3, -1.0),
        ("hindsight", "weekday", "4", "marah"): (1, 1, 9.0),
    }


def test_fewer_than_five_sessions_are_too_few() -> None:
    rows = trade_rows({"profit_loss": 1.0, "strategy": "a" if number < 5 else "b"} for number in range(9))
    told = moods(*((number, "takut", "before", "2025-01-01 08:00") for number in range(1, 10)))
    found = emotion_report(rows, told, known({}), zone=ZONE).slices
    strategies = found[found["slice"] == "strategy"]
    assert strategies[["category", "sessions", "enough"]].to_numpy().tolist() == [["a", 5, True], ["b", 4, False]]


def test_nothing_gives_a_frame_without_rows() -> None:
    found = emotion_report(empty_trades(), empty_moods(), known({}), zone=ZONE).slices
    assert found.dtypes.astype(str).to_dict() == SLICE_DTYPES
    assert isinstance(found, pd.DataFrame)
    assert found.empty
