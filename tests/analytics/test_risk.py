"""R: the result in units of the money risked, only where the risk was said."""

from __future__ import annotations

import math
from typing import Any

import pytest

from mentor.analytics.metrics import Measure, Reason
from mentor.analytics.risk import expectancy_r, r_multiples, said_risk
from tests.analytics.frame_builders import trade_rows

BALANCE = 10_000.0


def row(profit: float, risk: float | None, entry: str | None, closed: str, **more: Any) -> dict[str, Any]:
    moments = {"entry_time": f"2025-01-01 {entry}" if entry else None, "closed_at": f"2025-01-01 {closed}"}
    return {"profit_loss": profit, "risk_percent": risk, "session_date": "2025-01-01", **moments, **more}


def test_the_money_risked_is_a_share_of_the_balance_at_entry() -> None:
    frame = trade_rows(
        [
            row(200, 2.0, "09:00", "10:00"),  # 2 % of 10,000: one R
            row(-51, 0.5, "09:30", "11:00"),  # entered before the first closed: 0.5 % of 10,000
            row(101.49, 1.0, "11:00", "12:00"),  # both had closed: 1 % of 10,149
        ]
    )
    assert r_multiples(frame, BALANCE).tolist() == pytest.approx([1.0, -1.02, 1.0])
    assert expectancy_r(r_multiples(frame, BALANCE), frame, BALANCE) == Measure(pytest.approx(0.98 / 3), None, 3)


def test_a_trade_without_entry_time_counts_from_its_own_closing_and_never_itself() -> None:
    frame = trade_rows([row(100, 1.0, None, "10:00"), row(50, 0.5, None, "10:00"), row(202, 2.0, None, "11:00")])
    assert r_multiples(frame, BALANCE).tolist() == pytest.approx([1.0, 1.0, 202 / (0.02 * 10_150)])


def test_one_percent_everywhere_is_nobodys_word() -> None:
    frame = trade_rows([row(100, 1.0, None, "10:00"), row(100, 1.0, None, "11:00"), row(100, None, None, "12:00")])
    assert said_risk(frame).isna().all()
    assert expectancy_r(r_multiples(frame, BALANCE), frame, BALANCE) == Measure(None, Reason.NO_RISK, 0)


def test_no_risk_no_r() -> None:
    frame = trade_rows([row(100, 0.0, None, "10:00"), row(100, -1.0, None, "11:00"), row(300, 2.0, None, "12:00")])
    multiples = r_multiples(frame, BALANCE)
    assert [math.isnan(multiple) for multiple in multiples] == [True, True, False]
    assert expectancy_r(multiples, frame, BALANCE).n == 1


def test_a_lost_account_has_no_r() -> None:
    frame = trade_rows([row(-100, 2.0, None, "10:00"), row(10, 1.0, None, "11:00")])
    assert r_multiples(frame, 100.0).isna().tolist() == [False, True]


def test_without_a_starting_balance_there_is_none() -> None:
    frame = trade_rows([row(100, 2.0, None, "10:00")])
    assert expectancy_r(r_multiples(frame, None), frame, None) == Measure(None, Reason.NO_BALANCE, 0)
