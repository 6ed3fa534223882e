"""Pivots: hand-worked cells, pandas beside them, and what is not known or too little to say."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from mentor.analytics.dimensions import HOLDING_BOUNDS, ORDERED, described, in_currency
from mentor.analytics.frames import empty_moods, empty_trades
from mentor.analytics.intervals import large_mean_interval, mean_interval
from mentor.analytics.metrics import Reason
from mentor.analytics.pivot import FEWEST, MEASURES, MOST_ROWS, Cell, MeasureName, Pivot, pivot
from tests.analytics.frame_builders import moods, trade_rows

JAKARTA = ZoneInfo("Asia/Jakarta")
NO_WORDS = pd.Series({}, dtype="str")


def seen(rows: list[dict[str, Any]], told: pd.DataFrame | None = None, markets: dict[int, str] | None = None) -> Any:
    trades = in_currency(trade_rows(rows), None)
    words = pd.Series(markets or {}, dtype="str")
    r = pd.Series(np.nan, index=trades.index)
    return described(trades, empty_moods() if told is None else told, words, r, JAKARTA)


def cells(found: Pivot) -> dict[tuple[str, str], Cell]:
    """By the codes, or kinds, of row and column."""
    return {
        (row.code or row.kind, column.code or column.kind): cell
        for row, line in zip(found.rows, found.cells, strict=True)
        for column, cell in zip(found.columns, line, strict=True)
    }


def asked(frame: Any, rows: Any, columns: Any, measure: MeasureName) -> dict[tuple[str, str], Cell]:
    return cells(pivot(frame, rows, columns, measure, balance_known=False))


TWO_BY_TWO = [
    {"symbol": "EURUSD", "side": "long", "profit_loss": 10.0, "fees": 1.0},
    {"symbol": "EURUSD", "side": "long", "profit_loss": -4.0},
    {"symbol": "EURUSD", "side": "short", "profit_loss": 0.0, "fees": 0.5},
    {"symbol": "XAUUSD", "side": "short", "profit_loss": -6.0},
    {"symbol": "XAUUSD", "profit_loss": 3.0},
]


def test_every_measure_of_a_small_table_by_hand() -> None:
    frame = seen(TWO_BY_TWO)

    def value(measure: MeasureName, row: str, column: str) -> float | None:
        return asked(frame, "symbol", "side", measure)[row, column].measure.value

    assert value("net", "EURUSD", "long") == 6.0
    assert value("net", "XAUUSD", "unknown") == 3.0, "a side nobody stated is neither long nor short"
    assert value("net", "all", "short") == -6.0
    assert value("net", "all", "all") == 3.0
    assert value("expectancy", "EURUSD", "all") == 2.0
    assert value("median", "EURUSD", "all") == 0.0
    assert value("win_rate", "EURUSD", "all") == pytest.approx(1 / 3), "break-even counts among all"
    assert value("profit_factor", "EURUSD", "all") == 2.5
    assert value("profit_factor", "all", "all") == 1.3
    assert value("fees", "EURUSD", "all") == 1.5
    assert value("trades", "EURUSD", "all") == 3
    assert value("sessions", "all", "all") == 5


def test_an_empty_cell_and_an_undefined_one_are_no_zero() -> None:
    frame = seen(TWO_BY_TWO)
    assert asked(frame, "symbol", "side", "net")["XAUUSD", "long"].measure.reason == Reason.NO_TRADES
    by_side = asked(frame, "side", None, "profit_factor")
    assert by_side["unknown", "all"].measure.reason == Reason.NO_LOSSES
    assert asked(frame, "symbol", None, "fees")["XAUUSD", "all"].measure.reason == Reason.NO_FEES
    assert asked(frame, "symbol", None, "expectancy_r")["XAUUSD", "all"].measure.reason == Reason.NO_BALANCE
    assert asked(frame, "symbol", "side", "trades")["XAUUSD", "long"].measure.value == 0, (
        "none is a count that is known"
    )


def many(seed: int, n: int = 400) -> list[dict[str, Any]]:
    draw = np.random.default_rng(seed)
    start = pd.Timestamp("2025-01-06 00:30")
    return [
        {
            "session_id": nth // 4 + 1,
            "session_date": (start + pd.Timedelta(days=nth // 4)).normalize(),
            "symbol": str(draw.choice(["A", "B", "C"])),
            "side": str(draw.choice(["long", "short"])),
            "profit_loss": float(draw.normal(1, 20)),
            "entry_time": start + pd.Timedelta(days=nth // 4, hours=int(draw.integers(0, 9))),
            "exit_time": start + pd.Timedelta(days=nth // 4, hours=12),
        }
        for nth in range(n)
    ]


@pytest.mark.parametrize(("measure", "how"), [("net", "sum"), ("expectancy", "mean"), ("median", "median")])
def test_cells_and_totals_are_those_of_pandas(measure: MeasureName, how: str) -> None:
    frame = seen(many(1))
    beside = pd.pivot_table(
        frame.astype({"symbol": "str", "weekday": "str"}),
        values="profit_loss",
        index="symbol",
        columns="weekday",
        aggfunc=how,
        margins=True,
        margins_name="all",
    )
    found = asked(frame, "symbol", "weekday", measure)
    assert {key: cell.measure.value for key, cell in found.items()} == pytest.approx(beside.stack().to_dict())


def test_hours_are_the_traders_and_months_those_of_the_session() -> None:
    frame = seen([{"profit_loss": 1.0, "entry_time": "2025-01-31 20:15", "session_date": pd.Timestamp("2025-02-01")}])
    assert (frame["hour"].tolist(), frame["month"].tolist()) == (["3"], ["2025-02"])
    assert frame["weekday"].tolist() == ["5"], "1 February 2025 was a Saturday"


def test_months_stand_in_order_and_the_newest_are_kept() -> None:
    days = pd.date_range("2015-01-15", periods=60, freq="MS")
    frame = seen([{"profit_loss": 1.0, "session_date": day} for day in days])
    found = pivot(frame, "month", None, "net", balance_known=False)
    codes = [row.code for row in found.rows]
    assert codes[:MOST_ROWS] == sorted(codes[:MOST_ROWS])
    assert codes[MOST_ROWS - 1] == "2020-01"
    assert [row.kind for row in found.rows[MOST_ROWS:]] == ["rest", "all"]
    assert found.cells[MOST_ROWS][0].trades == 20


def test_too_many_symbols_are_put_together_and_nothing_is_lost() -> None:
    frame = seen([{"symbol": f"S{nth:03d}", "profit_loss": 1.0} for nth in range(100)])
    found = pivot(frame, "symbol", None, "net", balance_known=False)
    assert len(found.rows) == MOST_ROWS + 2
    assert sum(line[0].measure.value or 0 for line in found.cells[:-1]) == 100.0


def test_only_a_mood_told_before_the_first_entry_counts() -> None:
    told = moods((1, "takut", "before", "2025-01-01 08:00"), (2, "marah", "after", "2025-01-02 20:00"))
    found = asked(seen([{"profit_loss": 1.0}, {"profit_loss": -9.0}], told), "mood", None, "net")
    assert set(found) == {("takut", "all"), ("unknown", "all"), ("all", "all")}
    assert found["unknown", "all"].measure.value == -9.0


def test_beside_a_mood_bots_do_not_count_and_are_counted() -> None:
    rows = [{"profit_loss": 1.0, "origin": "hand"}, {"profit_loss": 50.0, "origin": "bot", "session_id": 1}]
    told = moods((1, "takut", "before", "2025-01-01 08:00"))
    found = pivot(seen(rows, told), "mood", "symbol", "net", balance_known=False)
    assert (found.bots, found.cells[-1][-1].measure.value) == (1, 1.0)
    assert pivot(seen(rows, told), "symbol", None, "net", balance_known=False).cells[-1][-1].measure.value == 51.0


def test_few_counts_trades_but_sessions_where_a_session_says_one_thing() -> None:
    same_day = [{"profit_loss": 1.0, "session_id": 1, "session_date": pd.Timestamp("2025-01-01")}] * FEWEST
    frame = seen(same_day, markets={1: "volatile"})
    assert not asked(frame, "symbol", None, "expectancy")["EURUSD", "all"].few
    assert asked(frame, "market", None, "expectancy")["volatile", "all"].few
    assert asked(frame, "symbol", None, "session_mean")["EURUSD", "all"].few
    assert not asked(frame, "market", None, "trades")["volatile", "all"].few, "a count is a fact"


def test_the_mean_of_a_session_counts_sessions() -> None:
    rows = [{"profit_loss": amount, "session_id": s, "session_date": pd.Timestamp("2025-01-01") + pd.Timedelta(days=s)}
            for s, amount in ((1, 5.0), (1, 7.0), (2, -3.0))]  # fmt: skip
    cell = asked(seen(rows), "symbol", None, "session_mean")["EURUSD", "all"]
    assert (cell.measure.value, cell.measure.n) == (4.5, 2)


def test_intervals_hold_the_estimate_and_come_from_ten_sessions_on() -> None:
    frame = seen(many(2))
    for measure in ("expectancy", "win_rate", "session_mean"):
        cell = asked(frame, "symbol", None, measure)["A", "all"]  # type: ignore[arg-type]
        assert cell.measure.low is not None
        assert cell.measure.low < (cell.measure.value or 0) < (cell.measure.high or 0)
    assert asked(seen(TWO_BY_TWO), "symbol", None, "expectancy")["all", "all"].measure.low is None


def test_of_many_sessions_students_interval_is_that_of_the_resamples() -> None:
    frame = seen(many(3, n=1600))
    resampled = mean_interval(frame["profit_loss"], frame, 1)
    quick = large_mean_interval(frame["profit_loss"], frame)
    assert resampled is not None
    assert quick == pytest.approx(resampled, abs=0.05 * (resampled[1] - resampled[0]))
    one_each = frame.drop_duplicates("session_id")
    amounts = one_each["profit_loss"]
    beside = student.interval(0.95, len(amounts) - 1, amounts.mean(), amounts.sem())
    assert large_mean_interval(amounts, one_each) == pytest.approx(beside), "a trade a session: the textbook's"


def test_holding_times_fall_between_their_bounds() -> None:
    seconds = [0, HOLDING_BOUNDS[0], HOLDING_BOUNDS[-1] - 1, HOLDING_BOUNDS[-1], -5]
    start = pd.Timestamp("2025-01-01")
    rows = [{"profit_loss": 1.0, "entry_time": start, "exit_time": start + pd.Timedelta(seconds=s)} for s in seconds]
    codes = seen(rows)["holding"]
    last = len(ORDERED["holding"] or ()) - 1
    assert codes.tolist()[:4] == ["0", "1", str(last - 1), str(last)]
    assert codes.isna().tolist() == [False] * 4 + [True], "an exit before the entry is no time"


def test_a_stop_nobody_spoke_of_is_not_known() -> None:
    rows = [{"stop_price": 1.1}, {"stop_price": 0.0}, {}, {"stop_loss_used": True}]
    codes = seen([{"profit_loss": 1.0, **row} for row in rows])["stop"]
    assert [None if pd.isna(code) else code for code in codes] == ["yes", "no", None, "yes"]


def test_other_currencies_stand_alone() -> None:
    trades = trade_rows(
        [{"profit_loss": 1.0}, {"profit_loss": 700.0, "currency": "JPY"}, {"profit_loss": float("inf")}]
    )
    assert in_currency(trades, None)["profit_loss"].tolist() == [1.0]
    assert in_currency(trades, "JPY")["profit_loss"].tolist() == [700.0]


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_to_put_together_is_nothing(measure: MeasureName) -> None:
    frame = described(empty_trades(), empty_moods(), NO_WORDS, pd.Series([], dtype="float64"), JAKARTA)
    found = pivot(frame, "mood", "hour", measure, balance_known=False)
    assert [(row.kind) for row in found.rows] == ["all"]
    assert found.cells[0][0].trades == 0
