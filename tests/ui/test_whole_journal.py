"""A whole journal through the import page: previewed like any file, also with what other programs wrote into it."""

from __future__ import annotations

from pathlib import Path

from mentor import Journal
from mentor.models import Trade
from tests.foreign import ForeignClient
from tests.ui.conftest import Start
from tests.ui.test_pages import button, figures, words
from tests.ui.test_uploading import upload


def test_it_is_previewed_and_added(start: Start, seen: Journal, tmp_path: Path, foreign: ForeignClient) -> None:
    with Journal.open(tmp_path / "mine.db", timezone="Asia/Tokyo") as mine:
        mine.add_trade(Trade(symbol="EURUSD", profit_loss=-12.35, lot_size=0.1), session_date="2025-01-13")
        foreign.open(mine.path)
        foreign.run("INSERT INTO trading_sessions (session_date, personal_notes) VALUES ('no day', 'odd')")
        foreign.run(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, entry_time) "
            "SELECT id, 7, '-GC', 'about 5', 9e999, 'noon' FROM trading_sessions WHERE session_date = 'no day'"
        )
        exported = mine.export_journal()
    app = upload(start(page="imports"), exported, "journal.zip")
    assert not app.exception
    assert (figures(app)["Will be added"], figures(app)["Already there"]) == ("2", "0")
    assert "its days are those of Asia/Tokyo" in words(app)
    button(app, "Add 2 trades and 2 days, moods and reports to the journal").click().run()
    assert not app.exception
    assert seen.zone.key == "Asia/Tokyo"
    assert [row.personal_notes for row in seen.sessions()] == ["", "odd"]
    app = upload(start(page="imports"), exported, "journal.zip")
    assert "the journal knows every trade of this file" in words(app)
