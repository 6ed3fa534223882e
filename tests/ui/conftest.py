"""The whole app on a journal of its own, and journals of three sizes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.demo import beside, demo_path
from mentor.ui import long_work
from tests.conftest import NOW
from tests.foreign import ForeignClient

MAIN = Path(__file__).resolve().parents[2] / "mentor" / "ui" / "main.py"
PAGES = MAIN.parents[2] / "pages"
Start = Callable[..., AppTest]

#: What other programs write, also in shapes we would not write.
SMALL = (
    "INSERT INTO trading_sessions (id, session_date, emotions, market_conditions, personal_notes) "
    "VALUES (1, '2025-01-15', 'tenang', 'volatile', 'Fokus pada <b>risk</b> $5 $6')",
    "INSERT INTO trading_sessions (id, session_date, emotions) VALUES (2, '2025-01-16', 'euforia :red[x] <b>')",
    "INSERT INTO trading_sessions (id, session_date, total_trades, total_profit_loss) "
    "VALUES (3, '2025-01-17', 4, 99.5)",
    "INSERT INTO trading_sessions (id, session_date, emotions) VALUES (4, 'kemarin', 'takut')",
    "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, take_profit_used, "
    "risk_percent, strategy_used) VALUES (1, 101, 'BTC/USD', 250.50, 0.1, 1, 1.5, 'quantumbotx_crypto')",
    "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) "
    "VALUES (2, 101, '<script>alert(1)</script>', -50.25, 0.1)",
    "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) "
    "VALUES (2, 101, 'EURUSD', 'a lot', 0.1)",
    "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) "
    "VALUES (4, 101, 'EURUSD', -10, 0.1)",
    "INSERT INTO ai_mentor_reports (session_id, trading_patterns_analysis, emotional_analysis, "
    "risk_management_score, recommendations, motivation_message) VALUES (1, '{\"trend_following\": 0.7}', "
    "'not <b>json</b>', '8/10 - GOOD', '[\"Tingkatkan disiplin\"]', 'Teruskan!')",
)


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """The packages installed are searched for components of Streamlit once, not in every app."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once and closed."""
    return demo_path(tmp_path_factory.mktemp("demo") / "journal.db")


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Start the app on the journal `journal.db` of this test, or on another file; `demo="1"` shows a copy of the demo.

    It opens on `page`, and none before it. Its pages wait for long work, however busy the machine is: what is on them
    is always the same.
    """
    monkeypatch.setattr(long_work, "PATIENCE", 120.0)
    monkeypatch.setattr(long_work, "REST", 0.0)

    def run(path: Path = tmp_path / "journal.db", page: str = "dashboard", **query: str) -> AppTest:
        monkeypatch.setenv("MENTOR_DATABASE", str(path))
        if query.get("demo") == "1" and not beside(path).exists():
            shutil.copy(request.getfixturevalue("demo_file"), beside(path))
        app = AppTest.from_file(str(MAIN), default_timeout=150)
        for name, value in query.items():
            app.query_params[name] = value
        if page == "dashboard":
            return app.run()
        if page == "imports":  # its address is not the name of its file: only a run before tells it
            open_page(app, "settings")
        return open_page(app, page)

    yield run
    st.cache_resource.clear()


def open_page(app: AppTest, name: str) -> AppTest:
    return app.switch_page(str(PAGES / f"{name}.py")).run()


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Journal]:
    """The journal of the app on today's clock, to look at what it stored."""
    opened = Journal.open(tmp_path / "journal.db", timezone="Asia/Jakarta")
    yield opened
    opened.close()


@pytest.fixture
def small(journal: Journal, foreign: ForeignClient) -> Journal:
    """A journal of four sessions written by other programs."""
    foreign.open(journal.path)
    for statement in SMALL:
        foreign.run(statement)
    return journal


@pytest.fixture
def first_day(journal: Journal, foreign: ForeignClient) -> Journal:
    """A trade and a mood of another program on the first day a calendar knows."""
    return _on_one_day(journal, foreign, "0001-01-01")


@pytest.fixture
def last_day(journal: Journal, foreign: ForeignClient) -> Journal:
    """The same on the last one."""
    return _on_one_day(journal, foreign, "9999-12-31")


def _on_one_day(journal: Journal, foreign: ForeignClient, day: str) -> Journal:
    foreign.open(journal.path)
    foreign.run("INSERT INTO trading_sessions (id, session_date, emotions) VALUES (9, ?, 'takut')", [day])
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, exit_time) "
        "VALUES (9, 101, 'EURUSD', 1, 0.1, ? || ' 12:00:00')",
        [day],
    )
    foreign.run(
        "INSERT INTO mood_checkins (session_id, recorded_at, emotion, source) "
        "VALUES (9, ? || ' 10:00:00', 'takut', 'a bot')",
        [day],
    )
    return journal


@pytest.fixture(scope="session")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of 20,000 imported trades on 400 days, made once and closed."""
    path = tmp_path_factory.mktemp("large") / "journal.db"
    with Journal.open(path, timezone="Asia/Jakarta", now=lambda: NOW) as made:
        made.commit_import(made.plan_import(("large.csv", large_csv(20_000))))
    return path


@pytest.fixture
def large(large_file: Path, tmp_path: Path) -> Iterator[Journal]:
    """This test's own copy of it."""
    path = Path(shutil.copy(large_file, tmp_path / "journal.db"))
    with Journal.open(path, now=lambda: NOW) as opened:
        yield opened


def large_csv(rows: int) -> bytes:
    lines = ["symbol,side,lots,open time,close time,profit,commission"]
    for row in range(rows):
        day, minute = divmod(row, 50)
        date = f"{2023 + day // 336:04d}-{day % 336 // 28 + 1:02d}-{day % 28 + 1:02d}"
        result = (row * 7919 % 401 - 190) / 4
        lines.append(
            f"EURUSD,buy,0.1,{date} 08:{minute:02d}:00,{date} 09:{minute:02d}:{row % 60:02d},{result:.2f},-0.50"
        )
    return "\n".join(lines).encode()
