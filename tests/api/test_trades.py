"""Trades that programs send: all or none, each once, on the day they closed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from mentor import Journal
from tests.api.client import Client

TRADES = "/ai-mentor/api/trades"
GOLD = {"symbol": "XAUUSD", "profit_loss": 12.5, "lot_size": 0.1}


def test_every_column_a_program_knows_is_kept(program: Client, journal: Journal) -> None:
    sent: dict[str, Any] = GOLD | {
        "bot_id": 7,
        "side": "short",
        "entry_time": "2025-01-13T22:00:00-05:00",
        "exit_time": "2025-01-14T20:30:00+07:00",
        "entry_price": 2650.5,
        "exit_price": 2649.25,
        "stop_price": 2655,
        "target_price": 2640.0,
        "stop_loss_used": False,
        "take_profit_used": True,
        "risk_percent": 0.5,
        "fees": 1.2,
        "strategy_used": "breakout",
        "account": "demo-1",
        "currency": "USD",
        "external_id": "88",
        "notes": "<b>=1+1</b>",
    }
    answer = program.post(TRADES, sent)
    assert (answer.status, answer.json["stored"], answer.json["duplicates"]) == (201, 1, 0)
    [kept] = journal.trades_by_id(answer.json["ids"])
    assert kept.entry_time is not None
    assert kept.entry_time.isoformat() == "2025-01-14T03:00:00+00:00"
    for name in sent.keys() - {"entry_time", "exit_time"}:
        assert getattr(kept, name) == sent[name], name
    [day] = program.get("/ai-mentor/session/2025-01-14").json["trades"]
    assert (day["id"], day["exit_time"]) == (kept.id, "2025-01-14T13:30:00+00:00")


@pytest.mark.parametrize(
    ("closed", "day"),
    [
        ("2025-01-14T16:59:59Z", "2025-01-14"),  # a second before midnight in Jakarta
        ("2025-01-14T17:00:00Z", "2025-01-15"),
        (None, "2025-01-15"),
    ],
)
def test_a_trade_belongs_to_the_traders_day(closed: str | None, day: str, program: Client) -> None:
    answer = program.post(TRADES, GOLD | {"exit_time": closed})
    assert answer.json["trades"][0]["session_date"] == day


def test_a_list_is_stored_whole_or_not_at_all(program: Client, journal: Journal) -> None:
    wrong = GOLD | {"entry_time": "2025-01-14T10:00:00Z", "exit_time": "2025-01-14T09:00:00Z"}
    answer = program.post(TRADES, [GOLD, GOLD, wrong])
    assert (answer.status, answer.json["error"]["where"]) == (422, "trade 3 of the request")
    assert journal.sessions() == []
    answer = program.post(TRADES, [GOLD] * 1_000)
    assert (answer.status, len(set(answer.json["ids"]))) == (201, 1_000)
    session = journal.session("2025-01-15")
    assert session is not None
    assert (session.total_trades, session.total_profit_loss) == (1_000, 12_500.0)
    assert program.post(TRADES, [GOLD] * 1_001).status == 422


def test_many_at_once_are_stored_as_one_by_one(program: Client, journal: Journal) -> None:
    every: dict[str, Any] = GOLD | {
        "side": "long",
        "entry_time": "2025-01-14T10:00:00Z",
        "stop_price": 2600,
        "take_profit_used": True,
        "fees": 1.5,
        "account": "A",
        "currency": "USD",
        "notes": "<b>",
    }
    sent = [(every if nth % 3 else GOLD) | {"bot_id": nth, "external_id": f"x{nth % 15}"} for nth in range(20)]
    answer = program.post(TRADES, sent)
    assert (answer.status, answer.json["stored"], answer.json["duplicates"]) == (201, 15, 5)
    other = journal.for_user(journal.add_trader("Sari"))
    theirs = Client(program.application, other.create_token("theirs"))
    ids = [theirs.post(TRADES, trade).json["ids"][0] for trade in sent]
    kept = [
        [replace(row, id=None, session_id=None, created_at=None) for row in whose.trades_by_id(numbers)]
        for whose, numbers in ((journal, answer.json["ids"]), (other, ids))
    ]
    assert kept[0] == kept[1]
    totals = [[(row.date, row.total_trades, row.total_profit_loss) for row in j.sessions()] for j in (journal, other)]
    assert totals[0] == totals[1]
    assert journal.currency == other.currency
    assert [check.words for check in journal.check() if not check.ok] == []


def test_the_same_key_counts_once(program: Client, journal: Journal) -> None:
    first = program.post(TRADES, GOLD, Idempotency_Key="a")
    again = program.post(TRADES, json.dumps(GOLD, indent=4).encode(), Idempotency_Key="a")
    assert (first.status, first.body) == (again.status, again.body)
    other = program.post(TRADES, GOLD | {"profit_loss": 13.0}, Idempotency_Key="a")
    assert (other.status, other.json["error"]["code"]) == (409, "key_reused")
    assert program.post(TRADES, GOLD, Idempotency_Key="b").json["ids"] != first.json["ids"]
    assert len(journal.trades()) == 2


def test_a_key_belongs_to_its_token(program: Client, journal: Journal) -> None:
    program.post(TRADES, GOLD, Idempotency_Key="a")
    other = Client(program.application, journal.create_token("other"))
    assert other.post(TRADES, GOLD | {"profit_loss": 1}, Idempotency_Key="a").status == 201


def test_a_refused_request_leaves_its_key_free(program: Client) -> None:
    assert program.post(TRADES, GOLD | {"lot_size": 0}, Idempotency_Key="a").status == 422
    assert program.post(TRADES, GOLD, Idempotency_Key="a").status == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "é", "a b", "a, b"])
def test_a_key_that_is_none_is_refused(key: str, program: Client) -> None:
    assert program.post(TRADES, GOLD, Idempotency_Key=key).json["error"]["code"] == "bad_key"
    assert program.post(TRADES, GOLD, Idempotency_Key="x" * 255).status == 201


def test_the_same_external_id_of_an_account_is_the_same_trade(program: Client, journal: Journal) -> None:
    named = GOLD | {"external_id": "88", "account": "A"}
    first = program.post(TRADES, [named, named])
    assert (first.status, first.json["stored"], first.json["duplicates"]) == (201, 1, 1)
    again = program.post(TRADES, named | {"profit_loss": 99.0})
    assert (again.status, again.json["ids"]) == (200, first.json["ids"][:1])
    assert again.json["trades"][0]["differs"] == ["profit_loss"]
    assert [row.profit_loss for row in journal.trades_by_id(again.json["ids"])] == [12.5]
    assert program.post(TRADES, named | {"account": "B"}).json["stored"] == 1
    assert program.post(TRADES, GOLD | {"external_id": "88"}).json["stored"] == 1


@pytest.mark.parametrize(
    "body",
    [
        b'{"symbol": "X", "profit_loss": NaN, "lot_size": 1}',
        b'{"symbol": "X", "profit_loss": 1e999, "lot_size": 1}',
        b'{"symbol": "X", "profit_loss": -Infinity, "lot_size": 1}',
        b'{"symbol": "X", "profit_loss": 90071992547410, "lot_size": 1}',
        b'{"symbol": "X", "profit_loss": "12.5", "lot_size": 1}',
        b'{"symbol": "X", "profit_loss": true, "lot_size": 1}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": -1}',
        b'{"symbol": "", "profit_loss": 1, "lot_size": 1}',
        b'{"symbol": "X\\u0000", "profit_loss": 1, "lot_size": 1}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "profit": 5}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "exit_time": "2025-01-15T10:00:00"}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "exit_time": 1736900000}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "exit_time": "1736900000"}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "exit_time": "0001-01-01T00:00:00+14:00"}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "profit_loss": 2}',
        b'[{"symbol": "X", "profit_loss": 1, "lot_size": 1}, {"symbol": "X", "symbol": "X"}]',
        b'{"symbol": "X\\u001b[31m", "profit_loss": 1, "lot_size": 1}',
        b'{"symbol": "X\\u202e", "profit_loss": 1, "lot_size": 1}',
        b'{"symbol": "\\u200b", "profit_loss": 1, "lot_size": 1}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "exit_time": "2031-01-15T10:00:00Z"}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "side": "buy"}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "currency": "$$$"}',
        b'{"symbol": "X", "profit_loss": 1, "lot_size": 1, "risk_percent": 101}',
        b"[]",
        b"[1]",
        b"null",
    ],
)
def test_what_cannot_be_true_is_refused(body: bytes, program: Client, journal: Journal) -> None:
    answer = program.post(TRADES, body)
    assert (answer.status, answer.json["error"]["code"]) == (422, "invalid")
    assert journal.sessions() == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 500_000, b'{"symbol": "\\ud800"}', b"1" * 5_000])
def test_what_is_no_json_is_refused(body: bytes, program: Client) -> None:
    assert program.post(TRADES, body).json["error"]["code"] in {"bad_json", "invalid"}


def test_only_json_of_a_size_is_read(program: Client) -> None:
    assert program.post(TRADES, b" " * 1_000_001).status == 413
    assert program.post(TRADES, GOLD, Content_Type="text/plain").status == 415


def test_a_new_currency_is_kept_apart(program: Client) -> None:
    program.post(TRADES, GOLD | {"currency": "USD"})
    program.post(TRADES, GOLD | {"currency": "IDR", "profit_loss": 100_000})
    summary = program.get("/api/dashboard-summary").json
    assert (summary["currency"], summary["net"]["value"]) == ("USD", 12.5)
    assert summary["trades_not_counted"]["other_currency"] == 1
