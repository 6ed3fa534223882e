"""Marking: the same file again adds nothing, an overlap adds exactly what is missing, twins stay twins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.importing import Reading, mark
from tests.importing.files import known, read

HEAD = "Symbol,Side,Lots,Open Time,Close Time,Profit"
Row = tuple[str, int]


def journal_file(rows: Sequence[Row], *, extra: str = "", **options: object) -> Reading:
    """Trades told apart by symbol and profit; the same pair twice is two identical trades."""
    lines = [
        f"{symbol},buy,1,2024-01-02 10:00,2024-01-02 11:00,{profit}{',x' if extra else ''}" for symbol, profit in rows
    ]
    return read("\n".join([HEAD + (f",{extra}" if extra else ""), *lines]), **options)


def ticket_file(*tickets: int, account: str = "A", profit: int = 5) -> Reading:
    rows = "".join(f"{700 + ticket},X,2024-01-02 10:00,1,{profit},{account}\n" for ticket in tickets)
    return read("Ticket,Symbol,Open Time,Lots,Profit,Account\n" + rows)


def counts(reading: Reading, journal: pd.DataFrame, deleted: pd.DataFrame | None = None) -> dict[str, int]:
    gone = journal.head(0) if deleted is None else deleted
    return {name: int(n) for name, n in mark(reading.trades, journal, gone).value_counts().items() if n}


ROWS = st.lists(st.tuples(st.sampled_from(["A", "B"]), st.integers(-2, 2)), min_size=1, max_size=25)


@settings(deadline=None, max_examples=50)
@given(ROWS)
def test_the_same_file_again_adds_nothing(rows: list[Row]) -> None:
    reading = journal_file(rows)

    assert counts(reading, known(reading)) == {"duplicate": len(rows)}


@settings(deadline=None, max_examples=50)
@given(ROWS, ROWS)
def test_an_overlap_adds_exactly_what_is_missing(first: list[Row], second: list[Row]) -> None:
    reading = journal_file(second)

    marked = counts(reading, known(journal_file(first)))

    missing = (Counter(second) - Counter(first)).total()
    assert marked == {k: v for k, v in {"new": missing, "duplicate": len(second) - missing}.items() if v}


@settings(deadline=None, max_examples=50)
@given(ROWS, st.randoms())
def test_order_columns_and_zone_of_a_new_export_change_nothing(rows: list[Row], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    again = journal_file(shuffled, extra="Notes", source_timezone="Europe/Athens")

    assert counts(again, known(journal_file(rows))) == {"duplicate": len(rows)}


def test_tickets_are_compared_by_account() -> None:
    journal = known(ticket_file(1, 2))

    assert counts(ticket_file(2, 3), journal) == {"duplicate": 1, "new": 1}
    assert counts(ticket_file(2, 3, account="B"), journal) == {"lookalike": 2}


def test_a_ticket_is_the_same_trade_even_when_its_profit_was_corrected() -> None:
    assert counts(ticket_file(1, profit=6), known(ticket_file(1, profit=5))) == {"duplicate": 1}


def test_an_order_filled_in_parts_is_recognised_whatever_else_the_file_holds() -> None:
    def orders(*sizes: int) -> Reading:
        rows = "".join(f"7,X,2024-01-02,{size},5\n" for size in sizes)
        return read("Order ID,Symbol,Date,Lots,Profit\n" + rows)

    assert counts(orders(1, 2, 2), known(orders(2))) == {"duplicate": 1, "new": 2}
    assert counts(orders(2), known(orders(1, 2, 2))) == {"duplicate": 1}


def test_a_ticket_that_stands_twice_is_recognised_from_either_side() -> None:
    def tickets(*sizes: int) -> Reading:
        return read("Ticket,Symbol,Date,Lots,Profit\n" + "".join(f"7,X,2024-01-02,{size},5\n" for size in sizes))

    assert counts(tickets(1, 2), known(tickets(2))) == {"duplicate": 1, "new": 1}
    assert counts(tickets(2), known(tickets(1, 2))) == {"duplicate": 1}


def test_a_trade_logged_live_is_probably_the_same_one_to_one() -> None:
    journal = known(journal_file([("A", 1)]), import_id=None).assign(fingerprint=None, external_id=None)

    assert counts(journal_file([("A", 1), ("A", 1), ("B", 1)]), journal) == {"lookalike": 1, "new": 2}


def test_half_a_cent_is_the_same_money_and_case_the_same_symbol() -> None:
    journal = known(journal_file([("a", 1)]), import_id=None).assign(fingerprint=None, profit_loss=1.004)

    assert counts(journal_file([("A", 1)]), journal) == {"lookalike": 1}
    assert counts(journal_file([("A", 1)]), journal.assign(profit_loss=1.006)) == {"new": 1}


def test_alike_in_the_same_kind_of_file_is_another_trade() -> None:
    later = read(HEAD + "\nA,buy,1,2024-01-02 12:00,2024-01-02 13:00,1\n")

    assert counts(later, known(journal_file([("A", 1)]))) == {"new": 1}
    assert counts(ticket_file(2), known(ticket_file(1))) == {"new": 1}


def test_alike_in_another_kind_of_file_is_asked() -> None:
    other = read("Symbol,Date,Lots,Profit\nA,2024-01-02,1,1\n")

    assert counts(other, known(journal_file([("A", 1)]))) == {"lookalike": 1}


def test_deleted_by_hand_does_not_come_back() -> None:
    reading = journal_file([("A", 1), ("A", 1), ("A", 1), ("B", 1)])
    journal, deleted = known(reading, rows=1), known(reading, rows=1)

    assert counts(reading, journal, deleted) == {"duplicate": 1, "deleted": 1, "new": 2}
    assert counts(ticket_file(1, 2), journal.head(0), known(ticket_file(2))) == {"new": 1, "deleted": 1}


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_whatever_a_journal_calls_missing_is_missing(missing: object) -> None:
    reading = journal_file([("A", 1), ("B", 2)])
    journal = (
        known(reading).astype({"account": object, "external_id": object}).assign(account=missing, external_id=missing)
    )

    assert counts(reading, journal) == {"duplicate": 2}
    assert counts(ticket_file(1), journal) == {"new": 1}


def test_nothing_against_nothing() -> None:
    empty = read(HEAD)

    assert counts(empty, known(empty)) == {}


def test_numbers_of_rows_are_no_ids() -> None:
    def numbered(day: int, *profits: int) -> Reading:
        rows = "".join(f"{at},X,2024-01-{day:02} 10:00,1,{profit}\n" for at, profit in enumerate(profits, 1))
        return read("Trade Number,Symbol,Open Time,Lots,Profit\n" + rows)

    journal = known(numbered(2, 5, 6))
    assert counts(numbered(3, 7, 8), journal) == {"new": 2}
    assert counts(numbered(2, 6, 5), journal) == {"duplicate": 2}
