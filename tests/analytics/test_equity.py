"""The equity path and the line that is drawn for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mentor.analytics.equity import equity, thin
from mentor.analytics.frames import EQUITY_DTYPES, empty_trades
from mentor.analytics.metrics import performance
from tests.analytics.frame_builders import trade_rows, trades


def test_a_first_loss_is_already_a_drawdown() -> None:
    points = equity(trades(-10, 30, -5))
    assert points["equity"].tolist() == [-10.0, 20.0, 15.0]
    assert points["drawdown"].tolist() == [10.0, 0.0, 5.0]
    assert points["number"].tolist() == [1, 2, 3]


def test_no_trades_give_an_empty_frame_of_the_same_kind() -> None:
    points = equity(empty_trades())
    assert points.dtypes.astype(str).to_dict() == EQUITY_DTYPES
    assert thin(points).empty


def test_a_trade_of_last_year_logged_today_stays_near_its_day() -> None:
    points = equity(
        trade_rows(
            [
                {"session_date": "2024-03-01", "closed_at": "2026-11-22 08:00", "profit_loss": 1.0},
                {"session_date": "2024-03-05", "closed_at": "2024-03-05 09:00", "profit_loss": 1.0},
                {"session_date": "2024-03-06", "closed_at": None, "profit_loss": 1.0},
                {"session_date": None, "closed_at": None, "profit_loss": 1.0},
            ]
        )
    )
    days = points["when"].dt.strftime("%Y-%m-%d %H:%M").tolist()
    assert days == ["2024-03-03 00:00", "2024-03-05 09:00", "2024-03-06 00:00", "2024-03-06 00:00"]


@pytest.mark.parametrize("count", [1, 1999, 2000, 2001, 50_000])
def test_thinning_keeps_the_extremes_and_the_ends(count: int) -> None:
    points = equity(trades(*np.random.default_rng(7).normal(0, 100, 300)))
    points = pd.concat([points] * (count // 300 + 1), ignore_index=True).iloc[:count]
    drawn = thin(points)
    assert len(drawn) <= 2000
    for column in ("equity", "drawdown"):
        assert drawn[column].max() == points[column].max()
        assert drawn[column].min() == points[column].min()
    assert drawn.iloc[0].equals(points.iloc[0])
    assert drawn.iloc[-1].equals(points.iloc[-1])


def test_the_deepest_point_of_the_line_is_the_drawdown_of_the_figures() -> None:
    frame = trades(*np.random.default_rng(3).normal(1, 50, 400).round(2))
    assert equity(frame)["drawdown"].max() == performance(frame).max_drawdown.value


def test_the_run_of_a_day_is_thinned_like_it() -> None:
    run = pd.DataFrame({"equity": [float(place % 7) for place in range(5000)]})
    run.loc[1234, "equity"], run.loc[4321, "equity"] = -50.0, 99.0
    drawn = thin(run, 1000)["equity"]
    assert len(drawn) <= 1001
    assert (drawn.min(), drawn.max(), drawn.iloc[0], drawn.iloc[-1]) == (-50.0, 99.0, 0.0, 4999 % 7)
