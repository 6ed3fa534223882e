"""The door while the server is killed, the journal locked by another program, not writable, or used from two sides."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest
from starlette.applications import Starlette

from mentor import Journal
from mentor.api import door
from mentor.api.door import Door
from mentor.api.routes import routes
from mentor.storage import database
from tests.api.client import Answer, Client
from tests.faults.programs import FULL, assert_whole, moments, stored
from tests.foreign import ForeignClient
from tests.servers import Server, running

TRADES = "/ai-mentor/api/trades"
GOLD = {"symbol": "XAUUSD", "profit_loss": 12.5, "lot_size": 0.1}
KILLS = 10 if FULL else 2
BOTS = 4


class Bot:
    """Sends trades one after the other, each known by a word and its own key, until the server is gone."""

    def __init__(self, name: str, token: str) -> None:
        self.name, self.token = name, token
        self.told = 0

    def send(self, server: Server, number: int) -> None:
        key = f"{self.name}-{number}"
        trade = {"bot_id": 7, "symbol": "EURUSD", "profit_loss": number / 100, "lot_size": 0.1, "strategy_used": key}
        request = urllib.request.Request(
            f"{server.url}{TRADES}",
            json.dumps(trade).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["ids"]
        self.told = number

    def until_killed(self, server: Server) -> None:
        """The trade whose answer did not come is sent again first."""
        number = self.told
        while True:
            number += 1
            try:
                self.send(server, number)
            except (OSError, HTTPException):  # also an answer cut off in the middle
                return


def test_a_server_killed_while_bots_send_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.db", timezone="UTC") as journal:
        bots = [Bot(f"bot{nth}", journal.create_token(f"bot{nth}")) for nth in range(BOTS)]
    for moment in moments("door", KILLS, 0.5):
        with running(tmp_path) as server:
            threads = [threading.Thread(target=bot.until_killed, args=(server,)) for bot in bots]
            for thread in threads:
                thread.start()
            threads[0].join(moment + 0.3)
            server.process.kill()
            for thread in threads:
                thread.join()
        acknowledged = {f"{bot.name}-{number}": number for bot in bots for number in range(1, bot.told + 1)}
        assert stored(tmp_path / "journal.db").items() >= acknowledged.items()
        assert_whole(tmp_path / "journal.db")
    assert min(bot.told for bot in bots) > 0
    with running(tmp_path) as server:
        for bot in bots:
            bot.send(server, bot.told + 1)
    assert stored(tmp_path / "journal.db") == {f"{b.name}-{n}": n for b in bots for n in range(1, b.told + 1)}


def test_a_locked_journal_puts_writers_off_and_lets_readers_in(
    journal: Journal, program: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.5)
    monkeypatch.setattr(door, "_TURN", 0.5)
    application = Starlette(routes=routes(Door(lambda: journal)))
    other = ForeignClient()
    other.open(journal.path)
    other.run("BEGIN IMMEDIATE")

    def log(number: int) -> Answer:
        return Client(application, program.token).post(TRADES, GOLD, Idempotency_Key=f"key-{number}")

    with ThreadPoolExecutor(50) as bots:  # more than a server has threads to answer in
        waiting = [bots.submit(log, number) for number in range(50)]
        reader = Client(application, program.token)
        assert reader.get("/health").status == 200
        assert reader.get("/api/dashboard-summary").status == 200
        refused = [sent.result() for sent in waiting]
    assert {(answer.status, answer.json["error"]["code"]) for answer in refused} == {(503, "journal_busy")}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    assert journal.tokens()[0].last_used_at is None
    other.run("ROLLBACK")
    other.close()
    assert [log(0).status, log(0).status, log(1).status] == [201, 201, 201]
    assert len(journal.trades()) == 2
    assert journal.tokens()[0].last_used_at is not None


def test_eight_requests_with_one_key_are_one(journal: Journal, program: Client) -> None:
    def log(amount: float) -> Answer:
        client = Client(program.application, program.token)
        return client.post(TRADES, GOLD | {"profit_loss": amount}, Idempotency_Key="same")

    with ThreadPoolExecutor(8) as bots:
        answers = list(bots.map(log, [1.0] * 8))
        others = list(bots.map(log, [2.0] * 8))
    assert {(answer.status, answer.body) for answer in answers} == {(201, answers[0].body)}
    assert {answer.status for answer in others} == {409}
    assert journal.trades()["profit_loss"].tolist() == [1.0]
