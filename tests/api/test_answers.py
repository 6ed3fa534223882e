"""What the door answers about the journal: the same numbers as the pages, nothing where nothing is known."""

from __future__ import annotations

from mentor import Journal
from mentor.models import Trade
from tests.api.client import Client


def test_an_empty_journal_has_no_figures(program: Client) -> None:
    told = program.get("/ai-mentor/").json
    assert told["net"] == told["win_rate"] == {"value": None, "reason": "no_trades", "n": 0}
    assert (told["today"]["session_id"], told["today"]["emotion"], told["latest_report"]) == (None, None, None)
    assert told["risk_score"] == {"session_date": None, "score": None, "reason": "no_trades"}
    assert told["text"] == "No trades yet."


def test_the_summary_has_the_journals_numbers(program: Client, journal: Journal) -> None:
    for amount in (10.0, -4.0, 0.0):
        journal.add_trade(Trade(symbol="EURUSD", profit_loss=amount, lot_size=0.1, currency="USD"))
    journal.check_in("tenang")
    journal.write_mentor_report("2025-01-15")
    told = program.get("/api/dashboard-summary", Accept_Language="id").json
    assert (told["net"]["value"], told["trades"], told["currency"]) == (6.0, 3, "USD")
    assert told["win_rate"] == {"value": 1 / 3, "reason": None, "n": 3}
    assert told["today"]["net"]["value"] == 6.0
    assert (told["today"]["emotion"], told["mood_coverage"]["sessions"]) == ("tenang", 1)
    assert told["latest_report"]["session_date"] == "2025-01-15"
    assert "6,00" in told["text"]


def test_moods_are_kept_and_notes_replaced_when_sent(program: Client, journal: Journal) -> None:
    first = program.post("/ai-mentor/update-emotions", {"emotions": "fomo", "notes": "first"}).json
    assert (first["success"], first["session_date"], first["personal_notes"]) == (True, "2025-01-15", "first")
    program.post("/ai-mentor/update-emotions", {"emotions": "tenang"})
    session = journal.session("2025-01-15")
    assert session is not None
    assert (session.emotions, session.personal_notes) == ("tenang", "first")
    program.post("/ai-mentor/update-emotions", {"emotions": "tenang", "notes": "second"})
    assert [told.emotion for told in journal.check_ins("2025-01-15")] == ["fomo", "tenang", "tenang"]
    assert program.get("/ai-mentor/session/2025-01-15").json["personal_notes"] == "second"


def test_a_mood_told_again_under_its_key_is_one(program: Client, journal: Journal) -> None:
    path, sent = "/ai-mentor/update-emotions", {"emotions": "fomo", "notes": "first"}
    first = program.post(path, sent, Idempotency_Key="a")
    journal.update_notes("2025-01-15", "written since")
    again = program.post(path, sent, Idempotency_Key="a")
    assert (first.status, first.body) == (again.status, again.body)
    assert [told.emotion for told in journal.check_ins("2025-01-15")] == ["fomo"]
    assert program.get("/ai-mentor/session/2025-01-15").json["personal_notes"] == "written since"
    assert program.post(path, {"emotions": "marah"}, Idempotency_Key="a").json["error"]["code"] == "key_reused"
    trade = {"symbol": "XAUUSD", "profit_loss": 12.5, "lot_size": 0.1}
    assert program.post("/ai-mentor/api/trades", trade, Idempotency_Key="a").status == 409


def test_feedback_stores_nothing(program: Client, journal: Journal) -> None:
    asked = {"emotions": "marah", "notes": "again", "current_pnl": -50}
    told = program.post("/ai-mentor/api/generate-instant-feedback", asked).json
    assert (told["feedback"]["emotion"], told["feedback"]["suggestion"]["action"]) == ("marah", "smaller")
    assert told["text"]
    assert journal.sessions() == []


def test_a_mood_must_be_said(program: Client) -> None:
    for path in ("/ai-mentor/update-emotions", "/ai-mentor/api/generate-instant-feedback"):
        for sent in ({}, {"emotions": ""}, {"emotions": 3}, {"emotions": "a\nb"}, {"emotions": "x" * 65}):
            assert program.post(path, sent).status == 422, sent


def test_history_goes_on_where_it_ended(program: Client, journal: Journal) -> None:
    for day in ("2025-01-13", "2025-01-14", "2025-01-15"):
        journal.add_trade(Trade(symbol="EURUSD", profit_loss=1.0, lot_size=0.1), session_date=day)
    first = program.get("/ai-mentor/history?limit=2").json
    assert [row["session_date"] for row in first["sessions"]] == ["2025-01-15", "2025-01-14"]
    assert [row["emotions"] for row in first["sessions"]] == [None, None]
    rest = program.get(f"/ai-mentor/history?before={first['next_before']}").json
    assert ([row["session_date"] for row in rest["sessions"]], rest["next_before"]) == (["2025-01-13"], None)
    for wrong in ("limit=0", "limit=1001", "limit=x", "limit=-1", "before=x"):
        assert program.get(f"/ai-mentor/history?{wrong}").status == 422, wrong


def test_today_is_reported_in_ids_and_words(program: Client, journal: Journal) -> None:
    assert program.get("/ai-mentor/today-report").status == 404
    journal.add_trade(Trade(symbol="EURUSD", profit_loss=-5.0, lot_size=0.1))
    english = program.get("/ai-mentor/today-report").json
    indonesian = program.get("/ai-mentor/today-report", Accept_Language="id").json
    assert english["findings"] == indonesian["findings"]
    assert english["text"] != indonesian["text"]
