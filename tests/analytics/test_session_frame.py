"""What one row a session says: its result and unit, its label, its market, and what the session before brought."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from mentor.analytics.frames import SESSION_DTYPES, empty_moods, empty_trades
from mentor.analytics.session_frame import SessionTable, previous_scores, recorded_markets, session_table
from mentor.models import Session
from tests.analytics.frame_builders import moods, trade_rows, trades
from tests.analytics.mood_journals import known


def a_table(rows: pd.DataFrame, told: pd.DataFrame | None = None, **given: Any) -> SessionTable:
    markets = given.pop("markets", {})
    given = {"journal": rows, "starting_balance": None} | given
    return session_table(rows, empty_moods() if told is None else told, known(markets), **given)


def test_a_session_is_the_sum_of_its_trades_in_order_of_day_and_id() -> None:
    rows = trade_rows(
        [
            {"session_id": 9, "session_date": "2025-01-03", "profit_loss": 5.0},
            {"session_id": 2, "session_date": "2025-01-03", "profit_loss": -4.0},
            {"session_id": 7, "session_date": "2025-01-02", "profit_loss": 10.0},
            {"session_id": 2, "session_date": "2025-01-03", "profit_loss": 1.5},
            {"session_id": 8, "session_date": "2025-01-02", "profit_loss": 3.0, "currency": "JPY"},
            {"session_id": 6, "session_date": None, "profit_loss": 3.0},
        ]
    )
    found = a_table(rows).sessions
    assert found[["session_id", "money", "trades"]].to_numpy().tolist() == [[7, 10.0, 1], [2, -2.5, 2], [9, 5.0, 1]]
    assert found["result"].tolist() == found["money"].tolist()
    assert found.dtypes.astype(str).to_dict() == SESSION_DTYPES


def test_the_label_is_the_last_word_before_the_first_entry() -> None:
    told = moods(
        (1, "tenang", "before", "2025-01-01 08:00"),
        (1, "takut", "before", "2025-01-01 08:30"),
        (1, "marah", "after", "2025-01-01 18:00"),
        (3, "Percaya  Diri", "unknown", None),
    )
    found = a_table(trades(1.0, 2.0, 3.0), told).sessions
    assert found[["emotion", "basis"]].fillna("").to_numpy().tolist() == [
        ["takut", "before"],
        ["", ""],
        ["percaya_diri", "unknown"],
    ]


def test_yesterday_is_the_normal_score_of_the_session_before_labelled_or_not() -> None:
    """Three sessions come before another: −5, 20 and 20 have ranks 1, 2.5 and 2.5 of 3."""
    found = a_table(trades(20.0, -5.0, 20.0, 7.0), moods((3, "takut", "before", "2025-01-01 08:00"))).sessions
    middle = norm.ppf(2.5 / 4)
    assert found["yesterday"].tolist() == pytest.approx([0.0, middle, norm.ppf(1 / 4), middle])


def test_an_unknown_yesterday_says_nothing() -> None:
    assert previous_scores(np.array([math.nan, 3.0, 1.0])).tolist() == pytest.approx([0.0, 0.0, 0.0])
    assert previous_scores(np.array([])).tolist() == []


def test_results_are_in_r_where_four_in_five_trades_know_their_risk() -> None:
    """1 % of 10,000, then 2 % of 10,150; the last trade says nothing and adds nothing."""
    rows = trade_rows(
        {"session_id": number // 3, "session_date": f"2025-01-0{1 + number // 3}", "profit_loss": amount} | risk
        for number, (amount, risk) in enumerate(
            [(50.0, {"risk_percent": 1.0})] * 3
            + [(-101.5, {"risk_percent": 2.0}), (203.0, {"risk_percent": 2.0}), (9, {})]
        )
    )
    rows["closed_at"] = pd.to_datetime(rows["session_date"]).dt.tz_localize("UTC").astype("datetime64[us, UTC]")
    found = a_table(rows, starting_balance=10_000.0)
    assert (found.unit, found.size_unit, found.risk_coverage) == ("r", "risk_percent", 5 / 6)
    assert found.sessions["result"].tolist() == pytest.approx([1.5, 0.5])
    assert found.sessions["money"].tolist() == pytest.approx([150.0, 110.5])
    per_percent = a_table(rows)
    assert per_percent.unit == "per_percent"
    assert per_percent.sessions["result"].tolist() == pytest.approx([150.0, 50.75])


def test_a_session_that_says_no_risk_has_no_result_in_r() -> None:
    rows = trade_rows({"profit_loss": 5.0, "risk_percent": None if number == 3 else 2.0} for number in range(6))
    found = a_table(rows)
    assert found.sessions["result"].isna().tolist() == [False, False, False, True, False, False]
    assert found.sessions["yesterday"].iloc[4] == 0.0


@pytest.mark.parametrize("risks", [[1.0] * 5, [2.0, 2.0, 2.0, None, None], [0.0] * 5])
def test_a_risk_nobody_said_leaves_money(risks: list[float | None]) -> None:
    """1.0 on every trade is what the documented function writes by itself."""
    found = a_table(trade_rows({"profit_loss": 5.0, "risk_percent": risk} for risk in risks), starting_balance=1e4)
    assert (found.unit, found.size_unit) == ("money", None)
    assert found.sessions["result"].tolist() == [5.0] * 5


def test_without_risk_the_size_is_lots_beside_the_usual_ones_of_the_symbol() -> None:
    rows = trade_rows(
        {"profit_loss": 5.0, "symbol": symbol, "lot_size": lots}
        for symbol, lots in [("EURUSD", 1.0), ("EURUSD", 3.0), ("XAUUSD", 0.1), ("EURUSD", 1.0), ("XAUUSD", 0.3)]
    )
    found = a_table(rows)
    assert found.size_unit == "usual_lots"
    assert found.trades["size"].tolist() == pytest.approx([1.0, 3.0, 0.5, 1.0, 1.5])


def test_bots_are_left_out_beside_a_person_and_counted_apart() -> None:
    rows = trade_rows(
        [
            {"session_id": 1, "session_date": "2025-01-01", "profit_loss": 10.0, "origin": "hand"},
            {"session_id": 1, "session_date": "2025-01-01", "profit_loss": -3.0, "origin": "bot"},
            {"session_id": 2, "session_date": "2025-01-02", "profit_loss": 4.0, "origin": "import"},
            {"session_id": 3, "session_date": "2025-01-03", "profit_loss": 8.0, "origin": "bot"},
        ]
    )
    found = a_table(rows).sessions
    assert found["money"].tolist() == [10.0, 4.0]
    assert found["bots"].fillna(0.0).tolist() == [-3.0, 0.0]


def test_where_bots_do_most_of_the_trading_theirs_are_the_results() -> None:
    rows = trade_rows({"profit_loss": float(number), "origin": "hand" if number == 4 else "bot"} for number in range(5))
    found = a_table(rows).sessions
    assert found["money"].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert found["bots"].isna().all()


def test_the_market_is_the_recorded_one() -> None:
    found = a_table(trades(1.0, 2.0), markets={2: "berita", 99: "volatile"}).sessions
    assert found["market"].fillna("").tolist() == ["", "berita"]
    assert recorded_markets([session(1, "normal"), session(2, "berita"), session(3, "")]).to_dict() == {2: "berita"}
    assert recorded_markets([]).to_dict() == {}


def session(number: int, market: str) -> Session:
    return Session(
        id=number,
        date=date(2025, 1, number),
        date_text=f"2025-01-0{number}",
        total_trades=1,
        total_profit_loss=1.0,
        emotions="netral",
        market_conditions=market,
        personal_notes="",
        risk_score=None,
        created_at=None,
        stated=False,
    )


def test_risk_and_balance_follow_from_the_whole_journal() -> None:
    """1.0 is an observation when other trades say something else, also where those are filtered away."""
    rows = trade_rows({"profit_loss": 5.0, "risk_percent": risk} for risk in (1.0, 1.0, 0.5))
    assert a_table(rows.iloc[:2], journal=rows).unit == "per_percent"
    assert a_table(rows.iloc[:2]).unit == "money"


def test_nothing_gives_a_table_without_rows() -> None:
    found = a_table(empty_trades())
    assert found.sessions.dtypes.astype(str).to_dict() == SESSION_DTYPES
    assert (len(found.sessions), found.unit, found.size_unit) == (0, "money", None)
