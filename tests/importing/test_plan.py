"""The plan as JSON: the documented keys, plain values, sums to the cent."""

from __future__ import annotations

import json

from mentor.errors import ImportRefused
from mentor.importing import ImportPlan, mark, refused_json
from mentor.models import ImportOptions
from tests.importing.files import GOOD, HEADER, known, plan, read

KEYS = [
    "file",
    "format",
    "trades",
    "net_profit_loss",
    "fees",
    "currency",
    "first_entry",
    "last_exit",
    "duplicates",
    "open_positions",
    "ignored_rows",
    "rejected",
    "questions",
]


def test_the_documented_keys_and_values() -> None:
    text = HEADER.replace("Profit", "Profit,Commission") + GOOD.strip() + ",-0.1\n" + GOOD.strip() + ",-0.2\nX,hold\n"

    answer = plan(read(text, name="march.csv")).as_json()

    assert set(KEYS) <= answer.keys()
    assert json.loads(json.dumps(answer)) == answer
    assert {key: answer[key] for key in KEYS[:9]} == {
        "file": "march.csv",
        "format": "closed_trades",
        "trades": 2,
        "net_profit_loss": 20.7,
        "fees": 0.3,
        "currency": None,
        "first_entry": "2024-01-02 03:00:00",
        "last_exit": "2024-01-02 04:00:00",
        "duplicates": 0,
    }
    assert answer["rejected"] == [{"line": 4, "column": "Side", "value": "hold", "reason": "is neither buy nor sell"}]
    assert answer["questions"][0].keys() >= {"kind", "about", "choices"}
    assert "items" not in answer


def test_items_are_plain_values_and_unknown_is_null() -> None:
    answer = plan(read(HEADER + GOOD)).as_json(include_trades=True)

    assert json.loads(json.dumps(answer))["items"] == [
        {
            "symbol": "EURUSD",
            "side": "long",
            "lot_size": 0.1,
            "entry_price": 1.1,
            "exit_price": 1.101,
            "entry_time": "2024-01-02 03:00:00",
            "exit_time": "2024-01-02 04:00:00",
            "fees": None,
            "profit_loss": 10.5,
            "stop_price": None,
            "target_price": None,
            "stop_loss_used": False,
            "take_profit_used": False,
            "account": None,
            "external_id": None,
        }
    ]


def test_items_of_trades_of_which_only_some_have_times() -> None:
    rows = "X,2024-01-02 10:00,2024-01-02 11:00,1,5\nX,2024-01-02 10:00,,1,5\nX,,2024-01-02 11:00,1,5\n"
    text = "Symbol,Open Time,Close Time,Lots,Profit\n" + rows

    items = plan(read(text, source_timezone="UTC")).as_json(include_trades=True)["items"]

    moments = [(item["entry_time"], item["exit_time"]) for item in items]
    assert json.loads(json.dumps(items, allow_nan=False)) == items
    assert moments == [
        ("2024-01-02 10:00:00", "2024-01-02 11:00:00"),
        ("2024-01-02 10:00:00", None),
        (None, "2024-01-02 11:00:00"),
    ]


def test_lookalikes_are_added_only_when_wanted() -> None:
    reading = read(HEADER + GOOD + GOOD)
    journal = known(reading, rows=1, import_id=None).assign(fingerprint=None)
    status = mark(reading.trades, journal, journal.head(0))

    careful = ImportPlan(reading=reading, status=status)
    eager = ImportPlan(reading=reading, status=status, options=ImportOptions(add_lookalikes=True))

    assert (careful.new, careful.lookalikes, careful.duplicates) == (1, 1, 0)
    assert careful.adding.tolist() == [False, True]
    assert eager.adding.tolist() == [True, True]


def test_a_refused_file_has_no_format_and_an_error() -> None:
    answer = refused_json("x.csv", ImportRefused("The file is empty", where="x.csv", todo="Export it again."))

    assert answer == {"file": "x.csv", "format": None, "error": "The file is empty (x.csv). Export it again."}
