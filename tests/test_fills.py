"""Lists of single fills in the journal: paired over several files, each fill once, undone without half a trade."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.errors import InvalidArgument
from mentor.importing import ImportPlan
from mentor.journal import Journal
from mentor.models import ImportOptions, ImportRecord, Trade

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


# The same fills again, from other files -----------------------------------------------------------------------------

GENERIC = "Symbol,Side,Quantity,Price,Time"


def table(*rows: str, header: str = GENERIC) -> tuple[str, bytes]:
    return "fills.csv", "\n".join((header, *rows, "")).encode()


def planned(journal: Journal, *rows: str, header: str = GENERIC, **options: Any) -> ImportPlan:
    return journal.plan_import(table(*rows, header=header), ImportOptions(**options))


def added(journal: Journal, *rows: str, header: str = GENERIC, **options: Any) -> ImportRecord:
    return journal.commit_import(planned(journal, *rows, header=header, **options))


def status(found: ImportPlan) -> list[str]:
    return [str(word) for word in found.status]


def positions(journal: Journal) -> list[tuple[str, str, float]]:
    return list(journal.open_positions()[["symbol", "side", "quantity"]].itertuples(index=False, name=None))


LONG = ("MESH6,buy,1,100,2026-01-05 10:00:00", "MESH6,sell,1,110,2026-01-05 11:00:00")


def test_equal_round_trips_are_as_many_as_the_longer_file_holds(journal: Journal) -> None:
    at_once = ("MESH6,buy,1,100,2026-01-05 10:00:00", "MESH6,sell,1,110,2026-01-05 10:00:00")
    added(journal, *at_once)

    assert status(planned(journal, *at_once, *at_once)) == ["duplicate", "new"]


def test_the_same_fills_in_another_account_are_asked_about(journal: Journal) -> None:
    added(journal, *LONG, account="A")

    assert status(planned(journal, *LONG, account="B")) == ["lookalike"]
    assert added(journal, *LONG, account="B", add_lookalikes=True).net_profit_loss == 50.0


def test_an_open_fill_that_an_older_file_splits_stays_whole(journal: Journal) -> None:
    added(journal, "MESH6,buy,3,100,2026-02-05 10:00:00")
    older = added(journal, "MESH6,sell,1,110,2026-01-05 10:00:00")

    assert (older.net_profit_loss, positions(journal)) == (50.0, [("MESH6", "long", 2.0)])
    assert not planned(journal, "MESH6,buy,3,100,2026-02-05 10:00:00").adds

    journal.undo_import(older.id)
    assert positions(journal) == [("MESH6", "long", 3.0)]


def test_an_id_that_names_a_position_is_the_same_from_either_file(journal: Journal) -> None:
    header = f"Trade ID,{GENERIC}"
    bought, sold = (f"T100,{row}" for row in LONG)
    added(journal, bought, header=header)

    added(journal, bought, sold, header=header)

    assert (positions(journal), journal.trades()["profit_loss"].tolist()) == ([], [50.0])


def test_ids_counted_anew_in_every_file_hide_no_fill(journal: Journal) -> None:
    header = f"Trade Number,{GENERIC}"
    january = [f"{nth},{row}" for nth, row in enumerate(LONG, 1)]
    added(journal, *january, header=header)

    assert status(planned(journal, *january, header=header)) == ["duplicate"]
    assert status(planned(journal, *(row.replace("-01-05", "-01-06") for row in january), header=header)) == ["new"]


def test_an_id_with_other_content_of_another_month_is_another_fill(journal: Journal) -> None:
    header = f"Trade ID,{GENERIC}"
    first = [f"{nth},{row}" for nth, row in enumerate(LONG, 501)]
    added(journal, *first, header=header)

    later = [row.replace("-01-05 1", "-02-05 0") for row in first]
    assert status(planned(journal, *later, header=header)) == ["new"]
    assert status(planned(journal, *(row.replace(",100,", ",100.5,") for row in first), header=header)) == ["duplicate"]


def test_the_same_trade_from_two_kinds_of_files_is_asked_about(journal: Journal) -> None:
    orders = take(journal, *OTHER)
    msft = ("MSFT,buy,10,300,2026-01-05 16:00:00", "MSFT,sell,10,310,2026-01-05 17:00:00")
    read_as = {"header": GENERIC.replace("Quantity", "Shares"), "source_timezone": "UTC"}

    found = planned(journal, *msft, **read_as)
    assert (status(found), found.adds) == (["lookalike"], False)
    assert not [words for words in found.reading.notices if "undo import" in words]

    both = added(journal, *msft, *(row.replace("MSFT", "AAPL") for row in msft), **read_as)
    assert (both.trades, status(planned(journal, *msft, **read_as))) == (1, ["lookalike"])

    journal.undo_import(orders.id)  # then nothing else tells of the trade
    assert status(planned(journal, *msft, **read_as)) == ["new"]


def test_a_position_that_a_bots_trade_closed_is_closed(journal: Journal) -> None:
    journal.add_trade(Trade(symbol="MESH6", profit_loss=50, lot_size=1), session_date="2026-01-05")
    added(journal, LONG[0])

    found = planned(journal, LONG[1])
    assert (status(found), found.adds) == (["lookalike"], True)
    journal.commit_import(found)

    assert positions(journal) == []
    assert added(journal, *(row.replace("-05", "-07") for row in LONG)).net_profit_loss == 50.0


def test_a_lookalike_that_was_left_out_can_be_added_later(journal: Journal) -> None:
    journal.add_trade(Trade(symbol="MESH6", profit_loss=50, lot_size=1), session_date="2026-01-05")
    through = (LONG[0], LONG[1].replace("sell,1", "sell,2"), "MESH6,buy,1,100,2026-01-06 10:00:00")

    first = added(journal, *through)
    assert (first.trades, status(planned(journal, *through))) == (1, ["lookalike", "duplicate"])
    assert not planned(journal, *through).adds

    second = added(journal, *through, add_lookalikes=True)
    assert (second.trades, len(journal.trades())) == (1, 3)
    assert status(planned(journal, *through)) == ["duplicate", "duplicate"]

    journal.undo_import(second.id)
    assert (positions(journal), len(journal.trades())) == ([], 2)
    journal.undo_import(first.id)
    assert status(planned(journal, *through)) == ["lookalike", "new"]


def test_fills_that_come_too_late_for_their_round_trip_are_told(journal: Journal) -> None:
    booked = added(journal, *LONG)

    late = planned(journal, "MESH6,buy,1,90,2026-01-04 10:00:00")
    assert [words for words in late.reading.notices if f"undo import {booked.id}" in words]

    flat_before = (row.replace("-05", "-04") for row in LONG)
    assert not [words for words in planned(journal, *flat_before).reading.notices if "undo import" in words]


def test_what_is_left_of_a_fill_that_reversed_goes_on(journal: Journal) -> None:
    header = "Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit"
    rows = (
        "2026-01-05 10:00:00,BTCUSDT,BUY,100,1,100,0 USDT,0",
        "2026-01-05 11:00:00,BTCUSDT,SELL,110,2,220,0 USDT,10",
    )
    added(journal, *rows, header=header)
    assert positions(journal) == [("BTCUSDT", "short", 1.0)]

    covered = added(journal, "2026-01-05 12:00:00,BTCUSDT,BUY,100,1,100,0 USDT,10", header=header)
    assert (covered.net_profit_loss, positions(journal)) == (10.0, [])


def test_an_open_position_is_not_doubled_by_another_kind_of_file(journal: Journal) -> None:
    first = take(journal, BOUGHT)
    again = "AAPL,buy,100,150,2026-01-05 14:30:00"
    read_as = {"header": GENERIC.replace("Quantity", "Shares"), "source_timezone": "UTC"}

    [asked] = [question for question in planned(journal, again, **read_as).reading.questions if question.blocking]
    assert (asked.kind, f"import {first.id} left open" in asked.about) == ("same_trade", True)
    assert not planned(journal, again.replace("150", "151"), **read_as).blocked

    added(journal, again, **read_as, add_lookalikes=True)
    assert positions(journal) == [("AAPL", "long", 200.0)]


@pytest.mark.parametrize(("first", "second"), [("A", None), (None, "A")])
def test_an_account_that_only_one_file_names_parts_no_position(
    journal: Journal, first: str | None, second: str | None
) -> None:
    opened = added(journal, LONG[0].replace("buy,1", "buy,2"), account=first)
    closed = added(journal, LONG[1], account=second)

    assert positions(journal) == [("MESH6", "long", 1.0)]
    with pytest.raises(InvalidArgument, match=f"Undo import {closed.id} first"):
        journal.undo_import(opened.id)
    assert added(journal, LONG[1].replace("11:00", "12:00"), account=second).net_profit_loss == 100.0


def test_accounts_that_both_files_name_stay_apart(journal: Journal) -> None:
    added(journal, LONG[0], account="A")
    added(journal, LONG[1], account="B")

    assert positions(journal) == [("MESH6", "long", 1.0), ("MESH6", "short", 1.0)]


def test_a_file_read_in_another_zone_than_its_fills_before_is_told(journal: Journal) -> None:
    added(journal, LONG[0], source_timezone="America/New_York")

    told = planned(journal, *LONG, source_timezone="UTC").reading.notices
    assert any("1 fill stands in the journal at another time" in words for words in told)
    told = planned(journal, *LONG, source_timezone="America/New_York").reading.notices
    assert not any("at another time" in words for words in told)


WORTH = {"MESH6": 5.0, "MNQH6": 2.0}
FILL = st.tuples(
    st.sampled_from(sorted(WORTH)), st.sampled_from(["buy", "sell"]), st.integers(1, 4), st.integers(90, 110)
)


@settings(max_examples=15)
@given(st.lists(FILL, min_size=1, max_size=9), st.integers(0, 9), st.integers(0, 9), st.booleans(), st.booleans())
def test_whatever_files_bring_them_fills_move_their_cash_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Any], cut: int, end: int, backwards: bool, with_ids: bool
) -> None:
    """Net of the sessions and cash of what is open is the cash of the rows: files that overlap, in any order."""
    opened = Journal.open(tmp_path_factory.mktemp("journal") / "journal.db", timezone="Asia/Jakarta")
    header = GENERIC + (",Trade ID" if with_ids else "")
    lines = [
        f"{symbol},{side},{size},{price},2026-01-05 10:00:{at:02}{f',F{at}' if with_ids else ''}"
        for at, (symbol, side, size, price) in enumerate(rows)
    ]
    signs = {"buy": -1, "sell": 1}
    cash = math.fsum(signs[side] * size * price * WORTH[symbol] for symbol, side, size, price in rows)
    files = [part for part in (lines[:cut], lines[min(cut, end) :], lines) if part]

    for part in reversed(files) if backwards else files:
        added(opened, *part, header=header, add_lookalikes=True)

    booked = [session.total_profit_loss for session in opened.sessions()]
    left = opened.open_positions()
    paid = left["side"].map({"long": -1, "short": 1}) * left["quantity"] * left["average_price"]
    assert math.fsum([*booked, *left["realised"], *paid * left["symbol"].map(WORTH)]) == pytest.approx(cash, abs=1e-6)
    assert not planned(opened, *lines, header=header).adds
    opened.close()


def test_cash_that_adds_the_costs_is_not_believed(journal: Journal) -> None:
    rows = (
        "Symbol,Date,Side,Shares,Price,Commission,Net Amount",
        "AAPL,2026-01-05 10:00,Buy,100,150.00,1.00,-14999.00",
        "AAPL,2026-01-05 11:00,Sell,100,155.00,1.00,15501.00",
        "",
    )

    found = journal.plan_import(("fills.csv", "\n".join(rows).encode()), ImportOptions(date_order="ymd"))

    assert (found.net_profit_loss, found.fees) == (498.0, 2.0)
    assert any("adds their costs" in notice for notice in found.reading.notices)


def test_fills_that_state_their_day_only_are_planned_and_found_again(journal: Journal) -> None:
    rows = (
        "Symbol,Date,Side,Shares,Price,Commission",
        "AAPL,2026-01-05,Buy,100,150.00,1.00",
        "AAPL,2026-01-06,Sell,100,155.00,1.00",
        "",
    )
    file = ("fills.csv", "\n".join(rows).encode())

    first = journal.plan_import(file, ImportOptions(date_order="ymd"))
    journal.commit_import(first)

    assert (first.new, first.net_profit_loss) == (1, 498.0)
    assert not journal.plan_import(file, ImportOptions(date_order="ymd")).adds
