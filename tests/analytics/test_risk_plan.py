"""A day held against the trader's plan; what nobody said stays unknown."""

from __future__ import annotations

import pandas as pd

from mentor.analytics.frames import empty_trades
from mentor.analytics.risk_plan import DayDiscipline, discipline
from tests.analytics.frame_builders import trade_rows


def day(
    *amounts: float | None, entries: tuple[str | None, ...] = (), stop_after: int | None = 2, risk: float | None = 1.0
) -> DayDiscipline:
    """Trades that close at 10:00, 11:00, …; risk percent 0.5, 1.0, 1.5, then unknown."""
    frame = trade_rows(
        {
            "profit_loss": amount,
            "session_date": "2025-01-01",
            "closed_at": f"2025-01-01 {10 + place}:00",
            "entry_time": f"2025-01-01 {entries[place]}" if place < len(entries) and entries[place] else None,
            "risk_percent": (0.5, 1.0, 1.5)[place] if place < 3 else None,
        }
        for place, amount in enumerate(amounts)
    )
    return discipline(frame, frame["risk_percent"], stop_after=stop_after, risk_percent=risk)


def test_losses_in_a_row_at_the_end_and_at_worst() -> None:
    found = day(-1, -1, 5, -1)
    assert (found.trades, found.losses_in_a_row, found.longest_run) == (4, 1, 2)


def test_a_break_even_trade_neither_ends_nor_lengthens_a_run() -> None:
    assert day(-1, 0, -1).losses_in_a_row == 2


def test_trades_entered_after_the_stop_are_counted_those_already_open_are_not() -> None:
    found = day(-1, -1, 5, 5, entries=("09:00", "10:30", "10:45", "11:30"))
    assert (found.after_stop, found.perhaps_after_stop) == (1, 0)


def test_later_trades_without_entry_time_are_unknown() -> None:
    found = day(-1, -1, 5, -1)
    assert (found.after_stop, found.perhaps_after_stop) == (0, 2)


def test_a_stop_that_was_not_reached_or_not_set() -> None:
    assert day(-1, 1, -1).after_stop == day(-1, 1, -1).perhaps_after_stop == 0
    assert day(-1, -1, -1, stop_after=None).perhaps_after_stop == 0


def test_risk_above_the_plan_among_those_that_said_it() -> None:
    found = day(1, 1, 1, 1)
    assert (found.risk_known, found.above_plan) == (3, 1)
    assert day(1, risk=None).above_plan is None


def test_an_unreadable_amount_is_neither_won_nor_lost() -> None:
    found = day(-1, None, -1)
    assert (found.unreadable, found.losses_in_a_row) == (1, 2)


def test_a_day_without_trades() -> None:
    found = discipline(empty_trades(), pd.Series(dtype="float64"), stop_after=2, risk_percent=1.0)
    assert (found.trades, found.losses_in_a_row, found.longest_run, found.above_plan) == (0, 0, 0, 0)
