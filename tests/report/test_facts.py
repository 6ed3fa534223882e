"""What is gathered of a session: from the real journal, with what other programs and currencies may have left there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mentor import Journal
from mentor.analytics.risk_score import Unscored
from mentor.models import Trade
from mentor.report.facts import SessionFacts, as_json, session_facts
from tests.foreign import ForeignClient


def facts(journal: Journal, day: str) -> SessionFacts:
    session = journal.session(day)
    assert session is not None
    return session_facts(
        session,
        journal.analyze_trading_session(day),
        journal.session_trades(session.id),
        journal.check_ins(day),
        journal.currency,
    )


def log(journal: Journal, amount: float, **more: Any) -> int:
    return journal.log_trade_for_ai_analysis(7, more.pop("symbol", "EURUSD"), amount, 0.1, **more)


def test_results_exits_and_strategies(journal: Journal) -> None:
    log(journal, 30.0, strategy_used="breakout", take_profit_used=True)
    worst = log(journal, -50.0, strategy_used="reversal", stop_loss_used=True, symbol="XAUUSD")
    best = log(journal, 40.0, strategy_used="reversal")
    log(journal, 0.0)
    found = facts(journal, "2025-01-15")
    assert (found.trades, found.counted, found.wins, found.losses, found.break_evens) == (4, 4, 2, 1, 1)
    assert (found.net, found.win_rate, found.profit_factor) == (20.0, 0.5, 1.4)
    assert found.best is not None
    assert found.worst is not None
    assert (found.best.id, found.worst.id) == (best, worst)
    assert found.strategies == (("breakout", 30.0), ("reversal", -10.0))
    assert (found.exits_at_stop, found.exits_at_target, found.exits_at_neither) == (1, 1, 2)
    assert (found.without_strategy, found.stop_known, found.session_date) == (1, 0, date(2025, 1, 15))


def test_best_and_worst_need_different_results(journal: Journal) -> None:
    log(journal, 5.0)
    log(journal, 5.0)
    assert (facts(journal, "2025-01-15").best, facts(journal, "2025-01-15").worst) == (None, None)


def test_other_currencies_and_unreadable_amounts_are_kept_apart(journal: Journal, foreign: ForeignClient) -> None:
    journal.add_trade(Trade(symbol="A", profit_loss=10.0, lot_size=1.0, currency="USD"))
    journal.add_trade(Trade(symbol="B", profit_loss=-4.0, lot_size=1.0))
    journal.add_trade(Trade(symbol="C", profit_loss=900_000.0, lot_size=1.0, currency="IDR"))
    foreign.open(journal.path)
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) VALUES (0, 7, 'D', 'x', 1)"
    )
    foreign.run("UPDATE daily_trading_data SET session_id = 1")
    found = facts(journal, "2025-01-15")
    assert (found.currency, found.trades, found.counted, found.net) == ("USD", 4, 2, 6.0)
    assert (found.other_currency, found.unreadable) == (1, 1)
    assert found.best is not None
    assert found.best.symbol == "A"


def test_a_mood_is_known_with_its_time_or_not_at_all(journal: Journal, foreign: ForeignClient) -> None:
    log(journal, 5.0)
    found = facts(journal, "2025-01-15")
    assert (found.moods, found.word, found.mood_before) == ((), None, False)
    foreign.open(journal.path)
    foreign.run("UPDATE trading_sessions SET emotions = 'galau', market_conditions = 'volatile'")
    found = facts(journal, "2025-01-15")
    assert (found.word, found.market, found.mood_before) == ("galau", "volatile", False)


def test_a_mood_told_before_the_first_trade_counts_as_told_before(journal: Journal) -> None:
    journal.check_in("netral")
    assert facts(journal, "2025-01-15").mood_before


def test_stated_totals_are_no_result(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run(
        "INSERT INTO trading_sessions (session_date, total_trades, total_profit_loss) VALUES ('2025-01-10', 4, 80.5)"
    )
    found = facts(journal, "2025-01-10")
    assert (found.stated, found.trades, found.net) == ((4, 80.5), 0, None)


def test_json_holds_ids_and_numbers_only(journal: Journal) -> None:
    journal.check_in("tenang", intensity=4)
    best, worst = log(journal, 12.5, strategy_used="breakout"), log(journal, -2.5)
    answer = json.loads(json.dumps(as_json(facts(journal, "2025-01-15")), allow_nan=False))
    assert answer["session_date"] == "2025-01-15"
    assert (answer["net"], answer["win_rate"], answer["profit_factor"]) == (10.0, 0.5, 5.0)
    assert answer["best"] == {"id": best, "symbol": "EURUSD", "profit_loss": 12.5}
    assert answer["worst"]["id"] == worst
    assert answer["net_by_strategy"] == {"breakout": 12.5}
    [mood] = answer["moods"]
    assert (mood["emotion"], mood["intensity"]) == ("tenang", 4)
    assert mood["recorded_at"] == "2025-01-15 08:00:00"
    assert (answer["undefined"], answer["stated"]) == ({}, None)
    assert not [value for value in answer.values() if isinstance(value, str) and " " in value]


def test_the_risk_score_comes_with_its_parts_and_what_holds_it_down(journal: Journal) -> None:
    day = {"symbol": "EURUSD", "profit_loss": -1.0, "lot_size": 0.1, "stop_price": 1.0}
    for risk in (0.5, 7.0):
        journal.add_trade(Trade(**day | {"risk_percent": risk}), session_date="2025-01-15")
    found = facts(journal, "2025-01-15")
    assert (found.risk_score, found.risk_unscored, found.risk_caps) == (5, None, ("risk_above_5",))
    assert found.risk_components["stop"] == 1.0
    assert found.risk_components["lots"] is None
    assert as_json(found)["risk_score"] == 5


def test_a_risk_score_that_is_not_known_says_why(journal: Journal) -> None:
    log(journal, 5.0)
    found = facts(journal, "2025-01-15")
    assert (found.risk_score, found.risk_unscored) == (None, Unscored.LITTLE_KNOWN)
    assert as_json(found)["risk_unscored"] == "little_known"


def test_json_money_is_free_of_the_noise_of_binary_fractions(journal: Journal) -> None:
    for amount in (100.1, 4.2, 2.73):
        log(journal, amount, strategy_used="breakout")
    answer = as_json(facts(journal, "2025-01-15"))
    assert (answer["net"], answer["net_by_strategy"]) == (107.03, {"breakout": 107.03})
    log(journal, 0.1 + 0.2)
    assert as_json(facts(journal, "2025-01-15"))["worst"]["profit_loss"] == 0.3


@pytest.mark.parametrize("null", [False, True])
def test_every_session_of_the_demo_can_be_gathered(tmp_path: Path, null: bool) -> None:
    from mentor.demo import fill

    with Journal.open(tmp_path / "demo.db", timezone="Asia/Jakarta") as journal:
        fill(journal, null=null)
        for session in journal.sessions()[:20]:
            found = facts(journal, session.date_text)
            assert found.net == pytest.approx(session.total_profit_loss)
            assert found.exits_at_stop + found.exits_at_target + found.exits_at_neither == session.total_trades
