"""Programs that play bots and commands in processes of their own, which a test may kill at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from mentor.storage.checkup import examine
from mentor.storage.connection import Connection

#: How hard to try: `MENTOR_FAULTS=full` is what a release must survive.
FULL = os.environ.get("MENTOR_FAULTS") == "full"

_LOGGED = """
import random, sys
name, path, amount, clock = sys.argv[1], sys.argv[2], int(sys.argv[3]), random.Random(sys.argv[1])
for number in range(amount):
    cents = clock.randint(-100_000, 100_000)
    log(path, f"{name}-{number}", cents)
    print(f"{name}-{number} {cents}", flush=True)
"""
#: Our documented function, as a bot calls it.
DOCUMENTED = (
    """
import os, sys
os.environ["MENTOR_DATABASE"] = sys.argv[2]
import mentor
def log(path, key, cents):
    mentor.log_trade_for_ai_analysis(7, "EURUSD", cents / 100, 0.1, strategy_used=key)
"""
    + _LOGGED
)
#: The old system's own way: a connection a trade, and the totals added by itself. With the usual patience of 5 seconds
#: some of eight such programs would give up on each other on a slow disk, ours running or not.
PLAIN = (
    """
import sqlite3
def log(path, key, cents):
    connection = sqlite3.connect(path, timeout=60)
    (session,) = connection.execute("SELECT id FROM trading_sessions ORDER BY id LIMIT 1").fetchone()
    connection.execute(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, strategy_used) "
        "VALUES (?, 9, 'XAUUSD', ?, 0.1, ?)", (session, cents / 100, key))
    connection.execute(
        "UPDATE trading_sessions SET total_trades = total_trades + 1, total_profit_loss = total_profit_loss + ? "
        "WHERE id = ?", (cents / 100, session))
    connection.commit()
    connection.close()
"""
    + _LOGGED
)


@dataclass(frozen=True)
class Program:
    """A process and the file that holds what it says: a pipe would keep from us some of what a killed one said."""

    process: subprocess.Popen[str]
    said: Path

    def begun(self) -> Program:
        """Waits until it has said something."""
        while self.process.poll() is None and "\n" not in self.said.read_text():
            time.sleep(0.001)
        return self

    def ended(self, seconds: float = 600) -> str:
        """All it said; it must have had nothing to complain about."""
        complained = self.process.communicate(timeout=seconds)[1]
        assert (self.process.returncode, complained) == (0, ""), complained
        return self.said.read_text()

    def killed(self, seconds: float = 0) -> str:
        """What it said until it was killed that long after it began, or ended by itself before."""
        self.begun()
        try:
            return self.ended(seconds)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate(timeout=60)
        return self.said.read_text()


def started(source: str, *arguments: object) -> Program:
    with NamedTemporaryFile("w", suffix=".said", delete=False) as said:
        process = subprocess.Popen(
            [sys.executable, "-c", source, *map(str, arguments)],
            stdout=said,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
    return Program(process, Path(said.name))


def bot(source: str, name: str, path: Path, amount: int) -> Program:
    """One that logs trades, each known by a word, and says which of them it was told are stored."""
    return started(source, name, path, amount)


def moments(seed: str, amount: int, longest: float) -> list[float]:
    """Random moments, the same in every run."""
    clock = random.Random(seed)
    return [round(clock.uniform(0, longest), 4) for _ in range(amount)]


def rows(path: Path, sql: str) -> list[dict[str, Any]]:
    connection = Connection(path)
    try:
        return connection.rows(sql)
    finally:
        connection.close()


def stored(path: Path) -> dict[str, int]:
    """The trades bots logged by the word each is known by, in cents; none of them is there twice."""
    found = rows(path, "SELECT strategy_used AS key, profit_loss FROM daily_trading_data WHERE bot_id <> 0")
    assert max(Counter(row["key"] for row in found).values(), default=1) == 1, "stored twice"
    return {row["key"]: round(row["profit_loss"] * 100) for row in found}


def assert_whole(path: Path) -> None:
    """Nothing is damaged or half: integrity, references, triggers, and totals to the cent."""
    wrong = [str(check.words) for check in examine(path) if not check.ok]
    assert not wrong, wrong
    totals = rows(
        path,
        "SELECT s.total_trades, s.total_profit_loss, "
        "(SELECT count(*) FROM daily_trading_data WHERE session_id = s.id) AS trades, "
        "(SELECT coalesce(sum(CAST(round(profit_loss * 100) AS INTEGER)), 0) FROM daily_trading_data "
        "WHERE session_id = s.id) AS cents FROM trading_sessions AS s",
    )
    told = [(row["total_trades"], round(row["total_profit_loss"] * 100)) for row in totals]
    counted = [(row["trades"], row["cents"]) for row in totals]
    assert told == counted, (told, counted)


def acknowledged(said: str) -> dict[str, int]:
    """The trades a bot was told are stored, in cents: lines written whole, of a killed one the last may be cut."""
    lines = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
    return {key: int(cents) for key, cents in lines}
