"""Lists of single fills in the journal: paired over several files, each fill once, undone without half a trade."""

from __future__ import annotations

from typing import Any

import pytest

from mentor.errors import InvalidArgument
from mentor.importing import ImportPlan
from mentor.journal import Journal
from mentor.models import ImportOptions, ImportRecord

HEADER = "Name,Symbol,Side,Status,Filled,Price,Time-in-Force,Placed Time,Filled Time"


def fill(symbol: str, side: str, quantity: float, price: float, time: str) -> str:
    return f"N,{symbol},{side},Filled,{quantity},{price},Day,{time},{time}"


BOUGHT = fill("AAPL", "Buy", 100, 150, "01/05/2026 09:30:00")
PART_SOLD = fill("AAPL", "Sell", 40, 152, "01/05/2026 10:30:00")
REST_SOLD = fill("AAPL", "Sell", 60, 155, "01/06/2026 10:30:00")
OTHER = (fill("MSFT", "Buy", 10, 300, "01/05/2026 11:00:00"), fill("MSFT", "Sell", 10, 310, "01/05/2026 12:00:00"))
JANUARY_5 = (BOUGHT, PART_SOLD, *OTHER)


def plan(journal: Journal, *rows: str, **options: Any) -> ImportPlan:
    content = "\n".join((HEADER, *rows, "")).encode()
    return journal.plan_import(("orders.csv", content), ImportOptions(**options))


def take(journal: Journal, *rows: str, **options: Any) -> ImportRecord:
    return journal.commit_import(plan(journal, *rows, **options))


def counts(journal: Journal, *rows: str) -> tuple[int, int, int]:
    """How many trades a file holds, how many of them are new, how many positions it leaves open."""
    found = plan(journal, *rows)
    return found.trades, found.new, found.reading.open_positions


def test_a_position_is_carried_to_the_file_that_closes_it(journal: Journal) -> None:
    first = take(journal, *JANUARY_5)
    (position,) = journal.open_positions().to_dict("records")

    second = take(journal, REST_SOLD)

    assert (first.trades, first.net_profit_loss) == (1, 100.0)
    assert (position["symbol"], position["side"], position["quantity"]) == ("AAPL", "long", 60.0)
    assert position["realised"] == 80.0
    assert (second.trades, second.net_profit_loss) == (1, 380.0)
    assert journal.open_positions().empty


def test_what_an_earlier_file_brought_is_found_again(journal: Journal) -> None:
    take(journal, *JANUARY_5)
    assert counts(journal, *JANUARY_5) == (1, 0, 1)
    assert not plan(journal, *JANUARY_5).adds

    take(journal, PART_SOLD, OTHER[1], REST_SOLD)

    assert counts(journal, *JANUARY_5) == (2, 0, 0)
    assert counts(journal, *reversed(JANUARY_5), REST_SOLD) == (2, 0, 0)


def test_identical_fills_of_one_second_are_as_many_as_the_file_lists(journal: Journal) -> None:
    twice = (BOUGHT, BOUGHT, fill("AAPL", "Sell", 200, 151, "01/05/2026 10:00:00"))

    assert take(journal, *twice).net_profit_loss == 200.0
    assert counts(journal, *twice) == (1, 0, 0)


def test_undoing_opens_again_what_the_import_closed(journal: Journal) -> None:
    take(journal, *JANUARY_5)
    second = take(journal, REST_SOLD)

    journal.undo_import(second.id)

    assert journal.open_positions()["quantity"].tolist() == [60.0]
    assert counts(journal, REST_SOLD) == (1, 1, 0)


def test_an_import_others_build_on_is_undone_after_them(journal: Journal) -> None:
    first, second = take(journal, BOUGHT), take(journal, PART_SOLD)

    with pytest.raises(InvalidArgument, match=f"Undo import {second.id} first"):
        journal.undo_import(first.id)

    journal.undo_import(second.id)
    journal.undo_import(first.id)
    assert journal.open_positions().empty
    assert counts(journal, BOUGHT, PART_SOLD, REST_SOLD) == (1, 1, 0)


def test_a_round_trip_deleted_by_hand_does_not_come_back(journal: Journal) -> None:
    take(journal, *JANUARY_5)
    (trade_id,) = journal.trades()["id"].tolist()
    journal.delete_trades([trade_id])

    again = plan(journal, *JANUARY_5)

    assert (again.deleted, again.new, again.adds) == (1, 0, False)


def test_a_fill_through_zero_is_known_as_one(journal: Journal) -> None:
    through = fill("AAPL", "Sell", 150, 152, "01/05/2026 10:30:00")
    record = take(journal, BOUGHT, through, opening_sells="short")

    assert record.net_profit_loss == 200.0
    assert journal.open_positions()[["side", "quantity"]].to_numpy().tolist() == [["short", 50.0]]
    assert counts(journal, BOUGHT, through)[1:] == (0, 1)
    covered = fill("AAPL", "Buy", 50, 150, "01/06/2026 09:30:00")
    assert take(journal, BOUGHT, through, covered).net_profit_loss == 100.0


def test_a_sell_without_a_buy_is_asked(journal: Journal) -> None:
    asked = plan(journal, REST_SOLD, *OTHER)
    left_out = plan(journal, REST_SOLD, *OTHER, opening_sells="leave out")

    assert [(question.kind, question.blocking) for question in asked.reading.questions] == [("opening_sell", True)]
    assert asked.blocked
    assert [rejection.line for rejection in left_out.reading.rejected] == [2]
    assert (left_out.blocked, left_out.new, left_out.net_profit_loss) == (False, 1, 100.0)


def test_both_sides_of_a_hedged_symbol_are_carried(journal: Journal) -> None:
    header = "Time(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Trade ID"
    opened = ("2026-01-05 09:00:00,BTCUSDT,BUY,90,1,90,0,0,1", "2026-01-05 10:00:00,BTCUSDT,SELL,100,2,200,0,0,2")
    closed = ("2026-01-06 09:00:00,BTCUSDT,BUY,95,2,190,0,10,3", "2026-01-06 10:00:00,BTCUSDT,SELL,97,1,97,0,7,4")

    def take_fills(*rows: str) -> ImportRecord:
        content = "\n".join((header, *rows, "")).encode()
        return journal.commit_import(journal.plan_import(("fills.csv", content), ImportOptions()))

    take_fills(*opened)
    assert journal.open_positions()["side"].tolist() == ["long", "short"]

    assert take_fills(*closed).net_profit_loss == 17.0
    assert journal.open_positions().empty
