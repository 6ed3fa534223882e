"""The documented statements run unchanged, through any SQLite client, on a journal made by the command line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mentor import Journal
from tests.contracts.code import ROOT

STATEMENTS = (Path(__file__).parent / "documented.sql").read_text(encoding="utf-8")
PYTHON = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
for statement in sys.stdin.read().splitlines():
    for row in connection.execute(statement):
        print(*row, sep="|")
connection.commit()
"""
CLIENTS = {"python": [sys.executable, "-c", PYTHON]}
if command_line_client := shutil.which("sqlite3"):
    CLIENTS["sqlite3"] = [command_line_client, "-bail"]


def run(client: list[str], path: Path, statements: str) -> str:
    """What the client prints; it must have nothing to complain about."""
    done = subprocess.run(
        [*client, str(path)], input=statements, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    command = [sys.executable, "-m", "mentor", "--database", str(path), "init", "--timezone", "Asia/Jakarta"]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return path


@pytest.fixture(params=CLIENTS)
def answer(request: pytest.FixtureRequest, fresh: Path) -> str:
    return run(CLIENTS[request.param], fresh, STATEMENTS.strip())


def test_the_statements_answer_as_documented(answer: str) -> None:
    assert "2025-01-15|250.5|tenang|Kamu hampir mencapai target bulanan! Teruskan!|" in answer


@pytest.mark.usefixtures("answer")
def test_the_journal_is_right_afterwards(fresh: Path) -> None:
    journal = Journal.open(fresh)
    session = journal.get_trading_session_data("2025-01-15")
    (report,) = journal.reports(1)
    journal.close()
    assert session is not None
    assert (session["session_id"], session["total_trades"], session["total_profit_loss"]) == (1, 1, 250.5)
    assert (session["emotions"], session["market_conditions"]) == ("tenang", "volatile")
    assert [(trade["symbol"], trade["profit"]) for trade in session["trades"]] == [("BTC/USD", 250.5)]
    assert report.risk_management_score == "7"
    assert report.motivation_message == "Kamu hampir mencapai target bulanan! Teruskan!"


@pytest.mark.usefixtures("answer")
def test_the_query_for_today_finds_the_session_of_the_utc_day(fresh: Path) -> None:
    todays_trade = """
INSERT INTO trading_sessions (session_date) VALUES (date('now'));
INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) VALUES (2, 101, 'EURUSD', 7, 0.1);
"""
    query = STATEMENTS.splitlines()[3]
    assert "date('now')" in query
    assert "|EURUSD|7.0|0.1" in run(CLIENTS["python"], fresh, f"{todays_trade.strip()}\n{query}")
