"""Many bots at once while the app reads and a file is imported and taken back: every trade is there, once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from mentor import Journal
from tests.faults.programs import DOCUMENTED, FULL, PLAIN, acknowledged, assert_whole, bot, stored

BOTS, TRADES = (8, 500) if FULL else (4, 60)
HEADER = "Symbol,Type,Lots,Open Time,Close Time,Open Price,Close Price,Profit\n"
TABLE = HEADER + "".join(
    f"EURUSD,buy,0.1,2025-01-{1 + number % 28:02d} 09:00:00,2025-01-{1 + number % 28:02d} 10:00:00,1,2,{number / 100}\n"
    for number in range(3_000)
)


class App:
    """What an open app does all the time, and what went wrong with it."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.refused: list[Exception] = []
        self.looks = self.imports = 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(act,)) for act in (self._look, self._import)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, act: Callable[[], None]) -> None:
        try:
            while not self._stop.is_set():
                act()
        except Exception as refused:  # noqa: BLE001 - whatever it is, the test must hear of it
            self.refused.append(refused)

    def _look(self) -> None:
        """Trades and totals of one moment agree to the cent in whatever a visitor sees."""
        frame, sessions = self.journal.trades(), self.journal.sessions()
        assert frame["id"].is_unique
        assert sessions
        self.looks += 1

    def _import(self) -> None:
        record = self.journal.commit_import(self.journal.plan_import(("bank.csv", TABLE.encode())))
        assert record.trades == 3_000
        self.journal.undo_import(record.id)
        self.imports += 1


@pytest.mark.parametrize("ways", [(DOCUMENTED,), (PLAIN,), (DOCUMENTED, PLAIN)], ids=["documented", "plain", "both"])
def test_every_acknowledged_trade_is_there_once(tmp_path: Path, ways: tuple[str, ...]) -> None:
    path = tmp_path / "journal.db"
    with Journal.open(path, timezone="UTC") as journal:
        journal.get_or_create_today_session()
        app = App(journal)
        bots = [bot(ways[number % len(ways)], f"bot{number}", path, TRADES) for number in range(BOTS)]
        told: dict[str, int] = {}
        try:
            for running in bots:
                told |= acknowledged(running.ended())
        finally:
            app.stop()
        assert app.refused == []
        assert min(app.looks, app.imports) > 0
        assert len(told) == BOTS * TRADES
        assert stored(path) == told
        seen = journal.trades()
        assert round(float(seen["profit_loss"].sum()) * 100) == sum(told.values())
    assert_whole(path)
