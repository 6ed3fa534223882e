"""How long trades were held, and of which nobody knows."""

from __future__ import annotations

from mentor.analytics.frames import empty_trades
from mentor.analytics.holding import holding
from mentor.analytics.metrics import Measure, Reason
from tests.analytics.frame_builders import trade_rows, trades


def test_median_and_mean_of_those_that_state_both_times() -> None:
    times = [("09:00:00", "09:01:00"), ("09:00:00", "09:03:00"), ("09:00:00", "10:00:00"), ("09:00:00", "08:00:00")]
    rows = [
        {"profit_loss": 1.0, "entry_time": f"2025-01-01 {entry}", "exit_time": f"2025-01-01 {leave}"}
        for entry, leave in times
    ]
    found = holding(trade_rows([*rows, {"profit_loss": 1.0}]))
    assert found.median == Measure(180.0, None, 3)
    assert found.mean == Measure((60 + 180 + 3600) / 3, None, 3)
    assert found.lower_quartile == Measure(120.0, None, 3)
    assert found.upper_quartile == Measure((180 + 3600) / 2, None, 3)
    assert found.unknown == 2, "one without times, one that ends before it begins"


def test_nothing_known() -> None:
    assert holding(trades(1, 2)).median == Measure(None, Reason.NO_TIMES, 0)
    assert holding(empty_trades()).mean == Measure(None, Reason.NO_TRADES, 0)
