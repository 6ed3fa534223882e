"""What was done after a loss, against days worked out by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mentor.analytics.after_losses import holding_ratios, lots_after_losses, pauses
from tests.analytics.frame_builders import trade_rows


def day(*rows: dict[str, Any]) -> pd.DataFrame:
    return trade_rows(
        {"session_id": 1, "session_date": pd.Timestamp("2025-01-01"), "lot_size": 0.1, **row} for row in rows
    )


def at(entry: str, exit_: str, amount: float | None, **more: Any) -> dict[str, Any]:
    times = {"entry_time": f"2025-01-01 {entry}", "exit_time": f"2025-01-01 {exit_}"}
    return times | {"closed_at": f"2025-01-01 {exit_}", "profit_loss": amount, **more}


def test_a_pause_runs_from_being_flat_to_the_next_entry() -> None:
    """The second overlaps the first, so the third waits for both; what closed last had lost."""
    found = pauses(
        day(
            at("09:00", "09:10", 5),
            at("09:05", "09:20", -3),
            at("09:25", "09:30", 1),
            at("09:30", "09:40", 2),
        )
    )
    assert found.values.tolist() == [[3, 1, 300, -3], [4, 1, 0, 1]]


def test_no_pause_where_a_trade_of_the_session_knows_no_time() -> None:
    assert pauses(day(at("09:00", "09:10", 5), at("09:20", "09:30", 5), {"profit_loss": 1.0})).empty
    assert pauses(trade_rows([])).empty


def test_sessions_do_not_touch_each_other() -> None:
    rows = day(at("09:00", "09:10", -5), at("09:20", "09:30", 5, session_id=2))
    assert pauses(rows).empty


def test_lots_are_held_against_the_same_symbol_closed_before() -> None:
    found = lots_after_losses(
        day(
            at("09:00", "09:10", -5, lot_size=0.1),
            at("09:05", "09:15", 5, lot_size=0.9),  # entered before the loss was closed
            at("09:12", "09:20", -1, lot_size=0.2, symbol="XAUUSD"),  # another symbol
            at("09:12", "09:30", -1, lot_size=0.3),
            at("09:30", "09:40", -1, lot_size=0.1),  # the very moment counts as after
        )
    )
    assert found.values.tolist() == [[4, "EURUSD", 0.3, 0.1], [5, "EURUSD", 0.1, 0.3]]


def test_without_times_trades_come_in_the_order_they_were_closed() -> None:
    found = lots_after_losses(
        day(
            {"profit_loss": -1.0, "lot_size": 0.1, "closed_at": "2025-01-01 09:00"},
            {"profit_loss": 1.0, "lot_size": 0.2, "closed_at": "2025-01-01 10:00"},
            {"profit_loss": 1.0, "lot_size": 0.4, "closed_at": "2025-01-01 11:00"},
        )
    )
    assert found.values.tolist() == [[2, "EURUSD", 0.2, 0.1]]


def test_a_trade_without_a_duration_does_not_come_after_itself() -> None:
    assert lots_after_losses(day(at("09:00", "09:00", -5))).empty
    assert lots_after_losses(trade_rows([])).empty


def test_unknown_lots_and_results_take_no_part() -> None:
    rows = day(at("09:00", "09:10", None), at("09:20", "09:30", -1, lot_size=0), at("09:40", "09:50", 1))
    assert lots_after_losses(rows).empty


def test_holding_times_are_medians_of_each_side() -> None:
    found = holding_ratios(
        day(
            at("09:00", "09:30", -1),
            at("09:00", "09:10", -1),
            at("09:00", "09:05", 1),
            at("09:00", "09:15", 1),
            at("09:00", "12:00", 0),  # neither won nor lost
        ),
        2,
    )
    assert found.loc[1].tolist() == [1200, 600, 2]
    assert holding_ratios(day(at("09:00", "09:30", -1), at("09:00", "09:05", 1)), 2).empty
    assert holding_ratios(trade_rows([]), 1).empty
