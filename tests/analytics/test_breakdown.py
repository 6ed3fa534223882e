"""Results by one thing at a time: groups, means, what is in none, and bars that hold every result."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from mentor.analytics.breakdown import by, spread
from mentor.analytics.frames import empty_trades
from mentor.analytics.inference.seeds import seed_of
from mentor.analytics.intervals import mean_interval
from tests.analytics.frame_builders import trade_rows, trades

JAKARTA = ZoneInfo("Asia/Jakarta")


def test_symbols_come_best_mean_first() -> None:
    rows = trade_rows(
        [
            {"symbol": "EURUSD", "profit_loss": 10.0, "session_id": 1},
            {"symbol": "XAUUSD", "profit_loss": 50.0, "session_id": 1},
            {"symbol": "EURUSD", "profit_loss": -30.0, "session_id": 2},
        ]
    )
    groups, unsaid = by(rows, "symbol", JAKARTA)
    assert groups["key"].tolist() == ["XAUUSD", "EURUSD"]
    assert groups["mean"].tolist() == [50.0, -10.0]
    assert groups[["trades", "sessions", "wins"]].to_numpy().tolist() == [[1, 1, 1], [2, 2, 1]]
    assert (groups["net"].tolist(), unsaid) == ([50.0, -20.0], 0)
    assert groups["low"].isna().all(), "two sessions do not say how sessions differ"


def test_hours_are_the_traders_and_trades_without_one_are_counted() -> None:
    rows = trade_rows(
        [
            {"profit_loss": 1.0, "entry_time": "2025-01-01 20:30"},
            {"profit_loss": 2.0, "entry_time": "2025-01-02 02:00"},
            {"profit_loss": 4.0},
        ]
    )
    groups, unsaid = by(rows, "hour", JAKARTA)
    assert (groups["key"].tolist(), groups["mean"].tolist(), unsaid) == (["3", "9"], [1.0, 2.0], 1)


def test_weekdays_are_those_of_the_session() -> None:
    # 1 January 2025 was a Wednesday.
    assert by(trades(1.0, 2.0), "weekday", JAKARTA)[0]["key"].tolist() == ["2", "3"]


@pytest.mark.parametrize(("seconds", "key"), [(0, "0"), (59, "0"), (60, "1"), (3599, "3"), (3600, "4"), (86_400, "6")])
def test_holding_times_begin_at_their_step(seconds: int, key: str) -> None:
    start = pd.Timestamp("2025-01-01 08:00")
    row = {"profit_loss": 1.0, "entry_time": start, "exit_time": start + pd.Timedelta(seconds=seconds)}
    assert by(trade_rows([row]), "holding", JAKARTA)[0]["key"].tolist() == [key]


def test_a_trade_that_ends_before_it_begins_has_no_holding_time() -> None:
    row = {"profit_loss": 1.0, "entry_time": "2025-01-01 08:00", "exit_time": "2025-01-01 07:00"}
    groups, unsaid = by(trade_rows([row]), "holding", JAKARTA)
    assert (len(groups), unsaid) == (0, 1)


def test_other_currencies_and_strategies_nobody_named_are_in_no_group() -> None:
    rows = trade_rows(
        [
            {"profit_loss": 1.0, "strategy": "breakout"},
            {"profit_loss": 9.0, "strategy": ""},
            {"profit_loss": 99.0, "strategy": "breakout", "currency": "EUR"},
        ]
    )
    groups, unsaid = by(rows, "strategy", JAKARTA)
    assert (groups["key"].tolist(), groups["net"].tolist(), unsaid) == (["breakout"], [1.0], 1)


def test_the_interval_is_that_of_means_over_sessions() -> None:
    rows = trades(*[5.0, -3.0, 8.0, 1.0] * 5)
    groups, _ = by(rows, "symbol", JAKARTA)
    expected = mean_interval(rows["profit_loss"], rows, seed_of("breakdown", "symbol", "EURUSD"))
    assert (groups["low"][0], groups["high"][0]) == expected
    assert groups["low"][0] < groups["mean"][0] < groups["high"][0]


def test_no_trade_gives_no_group_and_no_bar() -> None:
    assert by(empty_trades(), "hour", JAKARTA)[0].empty
    assert spread(pd.Series([], dtype="float64")).empty


@pytest.mark.parametrize(
    "amounts", [[5.0], [0.0], [0.0, 0.0], [-1.0, 1.0], [7.0] * 30, [*range(-50, 50)], [1e-7, 2e-7], [1e12, -3.0]]
)
def test_every_result_is_in_one_bar_and_none_reaches_over_zero(amounts: list[float]) -> None:
    bars = spread(pd.Series(amounts, dtype="float64"))
    assert bars["n"].sum() == len(amounts)
    assert not ((bars["low"] < 0) & (bars["high"] > 1e-12)).any()
    assert len(bars) <= 60
    assert bars.loc[bars["low"] >= 0, "n"].sum() == sum(amount >= 0 for amount in amounts)


def test_what_lies_far_beyond_is_in_the_outermost_bar() -> None:
    bars = spread(pd.Series([*[float(n) for n in range(200)], 100_000.0]))
    assert bars["high"].max() < 300
    assert bars["n"].sum() == 201


def test_what_is_not_known_is_in_no_bar() -> None:
    assert spread(pd.Series([1.0, float("nan")]))["n"].sum() == 1
