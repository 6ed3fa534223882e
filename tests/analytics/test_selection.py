"""Which trades fit, and in which order; the unknown is never guessed and always last."""

from __future__ import annotations

import pytest

from mentor.analytics.frames import empty_trades
from mentor.analytics.selection import Order, Selection, ordered, select
from tests.analytics.frame_builders import trade_rows

ROWS = trade_rows(
    [
        {"id": 1, "symbol": "XAUUSD", "side": "long", "profit_loss": 5.0, "strategy": "news", "lot_size": 0.2,
         "origin": "hand"},
        {"id": 2, "symbol": "EURUSD", "side": "short", "profit_loss": -5.0, "account": "A", "lot_size": None,
         "origin": "bot"},
        {"id": 3, "symbol": "EURUSD", "side": None, "profit_loss": 0.0, "strategy": "pullback", "lot_size": 0.1},
        {"id": 4, "symbol": "BTCUSD", "side": "long", "profit_loss": None, "account": "B", "lot_size": 0.3,
         "session_date": None},
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Selection(), [1, 2, 3, 4]),
        (Selection(side="long"), [1, 4]),
        (Selection(result="win"), [1]),
        (Selection(result="loss"), [2]),
        (Selection(result="break_even"), [3]),
        (Selection(strategies=("news", "pullback")), [1, 3]),
        (Selection(strategies=("",)), [2, 4]),
        (Selection(strategies=("", "news")), [1, 2, 4]),
        (Selection(accounts=("B",)), [4]),
        (Selection(origins=("bot",)), [2]),
        (Selection(origins=("bot", "hand")), [1, 2]),
        (Selection(ids=frozenset({3, 4, 99})), [3, 4]),
        (Selection(ids=frozenset()), []),
        (Selection(side="long", result="win", ids=frozenset({4})), []),
    ],
)
def test_what_fits(wanted: Selection, ids: list[int]) -> None:
    assert select(ROWS, wanted)["id"].tolist() == ids


@pytest.mark.parametrize(
    ("order", "descending", "ids"),
    [
        ("date", False, [1, 2, 3, 4]),
        ("date", True, [3, 2, 1, 4]),
        ("profit_loss", True, [1, 3, 2, 4]),
        ("profit_loss", False, [2, 3, 1, 4]),
        ("symbol", False, [4, 2, 3, 1]),
        ("symbol", True, [1, 2, 3, 4]),
        ("lot_size", True, [4, 1, 3, 2]),
        ("lot_size", False, [3, 1, 4, 2]),
    ],
)
def test_in_which_order(order: Order, descending: bool, ids: list[int]) -> None:
    assert ROWS["id"].to_numpy()[ordered(ROWS, order, descending=descending)].tolist() == ids


@pytest.mark.parametrize("order", ["date", "profit_loss", "symbol", "lot_size"])
def test_nothing_in_any_order(order: Order) -> None:
    assert ordered(empty_trades(), order, descending=True).tolist() == []
