"""Taking over the journal of the old system: everything it says comes along once, the file stays as it was."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mentor import Journal, errors
from tests.foreign import ForeignClient


@pytest.fixture
def bots(tmp_path: Path, foreign: ForeignClient) -> Path:
    return old_journal(tmp_path / "bots.db", foreign)


def old_journal(path: Path, foreign: ForeignClient) -> Path:
    """An old journal: two sessions for one date, totals of its own, a score as text, no times."""
    foreign.open(path)
    for statement in (
        "CREATE TABLE trading_sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, session_date DATE NOT NULL, "
        "user_id INTEGER DEFAULT 1, total_trades INTEGER DEFAULT 0, total_profit_loss REAL DEFAULT 0.0, "
        "emotions TEXT DEFAULT 'netral', market_conditions TEXT DEFAULT 'normal', personal_notes TEXT, "
        "risk_score INTEGER DEFAULT 5, created_at DATETIME DEFAULT CURRENT_TIMESTAMP)",
        "CREATE TABLE daily_trading_data (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id INTEGER NOT NULL, "
        "bot_id INTEGER NOT NULL, symbol TEXT NOT NULL, entry_time DATETIME, exit_time DATETIME, "
        "profit_loss REAL NOT NULL, lot_size REAL NOT NULL, stop_loss_used BOOLEAN DEFAULT 0, "
        "take_profit_used BOOLEAN DEFAULT 0, risk_percent REAL, strategy_used TEXT, "
        "created_at DATETIME DEFAULT CURRENT_TIMESTAMP)",
        "CREATE TABLE ai_mentor_reports (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id INTEGER NOT NULL, "
        "trading_patterns_analysis TEXT, emotional_analysis TEXT, risk_management_score INTEGER, recommendations TEXT, "
        "motivation_message TEXT, language TEXT DEFAULT 'bahasa_indonesia', "
        "created_at DATETIME DEFAULT CURRENT_TIMESTAMP)",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
        "INSERT INTO trading_sessions (session_date, total_trades, total_profit_loss, emotions, personal_notes) "
        "VALUES ('2025-01-13', 3, 99.0, 'serakah', 'pagi')",
        "INSERT INTO trading_sessions (session_date, emotions, personal_notes, market_conditions) "
        "VALUES ('2025-01-13', 'frustasi', 'sore', 'volatile')",
        "INSERT INTO trading_sessions (session_date, total_trades, total_profit_loss) VALUES ('2025-01-14', 2, -40.0)",
        "INSERT INTO trading_sessions (session_date) VALUES ('2025-01-15')",
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, created_at) VALUES "
        "(1, 7, 'EURUSD', 10.0, 0.1, '2025-01-13 04:00:00'), (1, 7, 'EURUSD', 10.0, 0.1, '2025-01-13 04:00:00'), "
        "(2, 8, 'XAUUSD', -5.0, 0.2, '2025-01-13 09:00:00')",
        "INSERT INTO ai_mentor_reports (session_id, risk_management_score, motivation_message) "
        "VALUES (1, '8/10 - GOOD', 'Teruskan!')",
    ):
        foreign.run(statement)
    return path


def test_everything_it_says_comes_along(journal: Journal, bots: Path) -> None:
    plan = journal.plan_import(bots)
    assert (plan.reading.format, plan.new, plan.net_profit_loss) == ("old_journal", 3, 15.0)
    record = journal.commit_import(plan)
    assert record.trades == 3
    first = journal.session("2025-01-13")
    assert first is not None
    assert (first.total_trades, first.total_profit_loss, first.stated_trades, first.stated_profit_loss) == (
        3,
        15.0,
        3,
        99.0,
    )
    assert (first.personal_notes, first.market_conditions, first.emotions) == ("pagi\nsore", "volatile", "frustasi")
    assert [(told.emotion, told.timing) for told in journal.check_ins("2025-01-13")] == [
        ("serakah", "unknown"),
        ("frustasi", "unknown"),
    ]
    stated = journal.session("2025-01-14")
    assert stated is not None
    assert (stated.stated, stated.total_trades, stated.total_profit_loss) == (True, 2, -40.0)
    assert [report.risk_management_score for report in journal.reports(first.id)] == ["8/10 - GOOD"]
    trades = journal.day_trades("2025-01-13")
    assert [trade.bot_id for trade in trades] == [7, 7, 8]
    assert all(trade.closed_at is not None and trade.closed_at.hour in (4, 9) for trade in trades)
    assert journal.moods()["timing"].tolist() == ["unknown", "unknown"]


def test_twice_adds_nothing(journal: Journal, bots: Path) -> None:
    journal.commit_import(journal.plan_import(bots))
    again = journal.plan_import(bots)
    assert (again.new, again.duplicates, again.words, again.adds) == (0, 3, 0, False)
    journal.commit_import(again)
    first = journal.session("2025-01-13")
    assert first is not None
    assert first.personal_notes == "pagi\nsore"
    assert len(journal.check_ins("2025-01-13")) == 2
    assert len(journal.reports(first.id)) == 1


def test_the_old_file_is_neither_changed_nor_locked(journal: Journal, bots: Path, foreign: ForeignClient) -> None:
    before = hashlib.sha256(bots.read_bytes()).hexdigest()
    foreign.run("BEGIN IMMEDIATE")  # the old bot is writing
    journal.commit_import(journal.plan_import(bots))
    foreign.run("INSERT INTO trading_sessions (session_date) VALUES ('2025-01-16')")
    foreign.run("ROLLBACK")
    assert hashlib.sha256(bots.read_bytes()).hexdigest() == before
    assert sorted(file.name for file in bots.parent.glob("bots*")) == ["bots.db"]


def test_undo_takes_everything_back(journal: Journal, bots: Path) -> None:
    journal.update_notes("2025-01-15", "mine")
    record = journal.commit_import(journal.plan_import(bots))
    journal.update_notes("2025-01-14", "written since")
    journal.undo_import(record.id)
    assert [session.date_text for session in journal.sessions()] == ["2025-01-15", "2025-01-14"]
    assert journal.moods().empty
    assert journal.trades().empty
    journal.commit_import(journal.plan_import(bots))
    assert len(journal.trades()) == 3


def test_an_uploaded_file_is_taken_over_too(journal: Journal, bots: Path) -> None:
    plan = journal.plan_import(("bots.db", bots.read_bytes()))
    assert (plan.new, plan.words > 0) == (3, True)


def test_other_databases_and_our_own_are_refused(journal: Journal, tmp_path: Path, foreign: ForeignClient) -> None:
    foreign.open(tmp_path / "other.db")
    foreign.run("CREATE TABLE invoices (id INTEGER)")
    with pytest.raises(errors.ImportRefused, match="database"):
        journal.plan_import(tmp_path / "other.db")
    with pytest.raises(errors.ImportRefused, match="journal itself"):
        journal.plan_import(journal.path)
    (tmp_path / "broken.db").write_bytes(b"SQLite format 3\x00" + bytes(3000))
    with pytest.raises(errors.ImportRefused):
        journal.plan_import(tmp_path / "broken.db")


def test_what_it_says_of_a_day_that_is_here_already_comes_too(
    journal: Journal, bots: Path, foreign: ForeignClient
) -> None:
    foreign.run("DELETE FROM daily_trading_data")
    foreign.run("DELETE FROM ai_mentor_reports")
    foreign.run("DELETE FROM trading_sessions WHERE session_date <> '2025-01-14'")
    foreign.run("UPDATE trading_sessions SET personal_notes = 'old', risk_score = 8, market_conditions = 'volatile'")
    journal.update_notes("2025-01-14", "nothing old\nmine")
    plan = journal.plan_import(bots)
    assert (plan.new, plan.words, plan.adds) == (0, 1, True)
    record = journal.commit_import(plan)
    merged = journal.session("2025-01-14")
    assert merged is not None
    assert (merged.personal_notes, merged.market_conditions, merged.risk_score) == (
        "nothing old\nmine\nold",
        "volatile",
        "8",
    )
    assert (merged.stated, merged.total_trades, merged.total_profit_loss) == (True, 2, -40.0)
    assert journal.plan_import(bots).adds is False
    foreign.run("UPDATE trading_sessions SET total_trades = 5, total_profit_loss = 30")
    journal.commit_import(journal.plan_import(bots))
    later = journal.session("2025-01-14")
    assert later is not None
    assert (later.total_trades, later.total_profit_loss) == (5, 30.0)
    assert record.trades == 0


def test_undo_puts_back_what_a_day_said_before(journal: Journal, bots: Path) -> None:
    journal.update_session_emotions_and_notes("2025-01-13", "tenang", "mine")
    record = journal.commit_import(journal.plan_import(bots))
    assert journal.moods()["emotion"].tolist() == ["tenang", "serakah", "frustasi"]
    journal.undo_import(record.id)
    back = journal.session("2025-01-13")
    assert back is not None
    assert (back.emotions, back.personal_notes, back.market_conditions) == ("tenang", "mine", "normal")
    assert (back.stated_trades, back.stated, back.total_trades) == (None, False, 0)
    assert journal.moods()["emotion"].tolist() == ["tenang"]
    # Today's session stays: a bot may hold its id.
    assert [session.date_text for session in journal.sessions()] == ["2025-01-15", "2025-01-13"]


def test_a_mood_corrected_or_removed_does_not_come_back(journal: Journal, bots: Path) -> None:
    journal.commit_import(journal.plan_import(bots))
    first, second = journal.check_ins("2025-01-13")
    journal.correct_check_in(first.id, emotion="tenang")
    journal.remove_check_in(second.id)
    assert journal.plan_import(bots).adds is False


def test_a_session_the_old_bot_adds_to_brings_only_what_is_new(
    journal: Journal, bots: Path, foreign: ForeignClient
) -> None:
    journal.commit_import(journal.plan_import(bots))
    foreign.run("INSERT INTO trading_sessions (session_date, personal_notes) VALUES ('2025-01-13', 'malam')")
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, created_at) "
        "VALUES (5, 7, 'EURUSD', 1.0, 0.1, '2025-01-13 12:00:00')"
    )
    plan = journal.plan_import(bots)
    assert (plan.new, plan.duplicates) == (1, 3)
    journal.commit_import(plan)
    session = journal.session("2025-01-13")
    assert session is not None
    assert session.personal_notes == "pagi\nsore\nmalam"


def test_a_bots_trade_of_an_unknown_moment_gets_none(journal: Journal, bots: Path, foreign: ForeignClient) -> None:
    foreign.run("UPDATE daily_trading_data SET created_at = NULL")
    journal.commit_import(journal.plan_import(bots))
    assert journal.trades()["closed_at"].isna().all()


def test_a_link_brings_the_log_of_the_file_it_leads_to(
    journal: Journal, bots: Path, tmp_path: Path, foreign: ForeignClient
) -> None:
    foreign.run("PRAGMA journal_mode = WAL")
    foreign.run("UPDATE daily_trading_data SET profit_loss = 100 WHERE id = 1")
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(bots)
    assert journal.plan_import(link).net_profit_loss == 105.0
    assert any("-wal" in notice for notice in journal.plan_import(("bots.db", bots.read_bytes())).reading.notices)
