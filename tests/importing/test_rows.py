"""Trades as storage wants them: UTC text to the second, nulls for the unknown, the session of their day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mentor.importing.rows import to_rows
from tests.importing.files import read

NOW = datetime(2024, 2, 1, 8, tzinfo=UTC)


def test_times_become_text_and_days_become_sessions() -> None:
    rows_of_file = "A,2024-01-02 10:00:00.750,,1,5\nB,2024-01-01 23:00,2024-01-03 00:30,1,6\n"
    reading = read("Symbol,Open Time,Close Time,Lots,Profit\n" + rows_of_file, source_timezone="Asia/Jakarta")

    rows = to_rows(reading.trades, {date(2024, 1, 2): 7, date(2024, 1, 3): 8}, NOW).to_pylist()

    assert [(row["symbol"], row["session_id"], row["entry_time"], row["exit_time"]) for row in rows] == [
        ("A", 7, "2024-01-02 03:00:00", None),
        ("B", 8, "2024-01-01 16:00:00", "2024-01-02 17:30:00"),
    ]
    assert {(row["stop_loss_used"], row["bot_id"], row["created_at"]) for row in rows} == {
        (0, 0, "2024-02-01 08:00:00")
    }
