"""Totals equal the trades under any mix of what we and other programs do to the file."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mentor import Journal
from tests.foreign import ForeignClient, Refused

AMOUNTS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda amount: round(amount, 2))
DAYS = st.integers(1, 4)
TRADES = st.integers(1, 12)
NOW = datetime(2025, 1, 4, 12, tzinfo=UTC)

HEADER = "Symbol,Type,Lots,Open Time,Close Time,Open Price,Close Price,Profit\n"
FILE_ROWS = st.lists(st.tuples(DAYS, st.integers(0, 3), AMOUNTS), min_size=1, max_size=4)


class Totals(RuleBasedStateMachine):
    """Our facade and a foreign client, in any order; after each step every session's totals are its trades'."""

    client: ForeignClient

    @initialize()
    def a_fresh_journal(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.journal = Journal.open(Path(self.folder.name) / "j.db", timezone="UTC", now=lambda: NOW)
        for day in range(1, 5):
            self.journal.create_trading_session(f"2025-01-0{day}")
        self.client.open(self.journal.path)

    def teardown(self) -> None:
        self.journal.close()
        self.folder.cleanup()

    @rule(amount=AMOUNTS)
    def we_log(self, amount: float) -> None:
        self.journal.log_trade_for_ai_analysis(1, "EURUSD", amount, 0.1)

    @rule(trade=TRADES, day=st.integers(0, 4), amount=AMOUNTS, mode=st.sampled_from(["", "OR REPLACE", "OR IGNORE"]))
    def they_insert(self, trade: int, day: int, amount: float, mode: str) -> None:
        self.attempt(
            f"INSERT {mode} INTO daily_trading_data (id, session_id, bot_id, symbol, profit_loss, lot_size) "
            "VALUES (?, ?, 9, 'X', ?, 1)",
            trade,
            self.session(day) if day else 0,
            amount,
        )

    @rule(trade=TRADES, amount=AMOUNTS)
    def they_update(self, trade: int, amount: float) -> None:
        self.attempt("UPDATE daily_trading_data SET profit_loss = ? WHERE id = ?", amount, trade)

    @rule(trade=TRADES, day=DAYS)
    def they_move(self, trade: int, day: int) -> None:
        self.attempt("UPDATE daily_trading_data SET session_id = ? WHERE id = ?", self.session(day), trade)

    @rule(trade=TRADES, other=TRADES, mode=st.sampled_from(["", "OR REPLACE"]))
    def they_renumber(self, trade: int, other: int, mode: str) -> None:
        self.attempt(f"UPDATE {mode} daily_trading_data SET id = ? WHERE id = ?", other, trade)

    @rule(trade=TRADES)
    def they_delete(self, trade: int) -> None:
        self.attempt("DELETE FROM daily_trading_data WHERE id = ?", trade)

    @rule(day=DAYS, amount=AMOUNTS)
    def they_add_to_the_totals(self, day: int, amount: float) -> None:
        self.attempt(
            "UPDATE trading_sessions SET total_trades = total_trades + 1, total_profit_loss = total_profit_loss + ? "
            "WHERE id = ? AND EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = trading_sessions.id)",
            amount,
            self.session(day),
        )

    @rule(day=DAYS, mode=st.sampled_from(["", "OR REPLACE", "OR IGNORE"]))
    def they_insert_a_day(self, day: int, mode: str) -> None:
        self.attempt(f"INSERT {mode} INTO trading_sessions (session_date) VALUES (?)", f"2025-01-0{day}")

    @rule(setting=st.sampled_from(["foreign_keys", "recursive_triggers"]), value=st.sampled_from(["ON", "OFF"]))
    def they_set(self, setting: str, value: str) -> None:
        self.client.run(f"PRAGMA {setting} = {value}")

    @rule(rows=FILE_ROWS)
    def we_import(self, rows: list[tuple[int, int, float]]) -> None:
        lines = [
            f"EURUSD,buy,0.10,2025-01-0{day} 09:0{minute}:00,2025-01-0{day} 10:0{minute}:00,1.1,1.2,{amount:.2f}\n"
            for day, minute, amount in rows
        ]
        content = (HEADER + "".join(lines)).encode()
        before = len(self.journal.trades())
        plan = self.journal.plan_import(("trades.csv", content))
        record = self.journal.commit_import(plan)
        assert len(self.journal.trades()) == before + record.trades
        assert self.journal.plan_import(("trades.csv", content)).new == 0

    @rule()
    def we_undo_the_last_import(self) -> None:
        done = [record for record in self.journal.imports() if record.undone_at is None]
        if done:
            self.journal.undo_import(done[0].id)

    @invariant()
    def totals_equal_the_trades(self) -> None:
        rows = self.client.run(
            "SELECT s.total_trades, s.total_profit_loss, count(t.id), coalesce(sum(t.profit_loss), 0.0) "
            "FROM trading_sessions AS s LEFT JOIN daily_trading_data AS t ON t.session_id = s.id GROUP BY s.id"
        )
        for stated_count, stated_amount, count, amount in rows:
            assert stated_count == count
            assert math.isclose(stated_amount, amount, rel_tol=1e-12, abs_tol=1e-6)

    @invariant()
    def no_trade_is_left_without_a_day(self) -> None:
        assert self.client.run(
            "SELECT count(*) FROM daily_trading_data WHERE session_id NOT IN (SELECT id FROM trading_sessions)"
        ) == [[0]]

    @invariant()
    def the_frame_in_memory_is_the_file(self) -> None:
        stored = self.client.run("SELECT id, session_id, profit_loss FROM daily_trading_data ORDER BY id")
        frame = self.journal.trades().sort_values("id")
        assert frame[["id", "session_id", "profit_loss"]].values.tolist() == stored

    def session(self, day: int) -> int:
        """The day's id; 999 where undoing an import took the empty day away."""
        rows = self.client.run("SELECT id FROM trading_sessions WHERE session_date = ?", [f"2025-01-0{day}"])
        return int(rows[0][0]) if rows else 999

    def attempt(self, sql: str, *parameters: object) -> None:
        """A refusal is an answer too: what counts is that the file stays right."""
        try:
            self.client.run(sql, parameters)
        except Refused:
            return


@pytest.fixture(scope="module", autouse=True)
def one_foreign_client() -> Iterator[None]:
    Totals.client = ForeignClient()
    yield
    Totals.client.close()


TestTotals = Totals.TestCase
TestTotals.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking a file's history takes minutes
    suppress_health_check=list(HealthCheck),
)
