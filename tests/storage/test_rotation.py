"""Daily copies: one a day, seven days and four weeks kept, by one process at a time, and no other file ever removed."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mentor import Journal, daily, errors
from mentor.storage import rotation
from mentor.storage.connection import Connection
from tests.foreign import ForeignClient

#: A Wednesday.
START = datetime(2025, 1, 15, 8, 0, tzinfo=UTC)


def days_kept(journal: Journal) -> list[str]:
    return sorted(path.name[8:16] for path in rotation.folder(journal.path).glob("journal-*.db"))


def test_one_copy_a_day_that_is_whole(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(7, "EURUSD", 10.0, 0.1)
    first = rotation.rotate(journal.path, now=START)
    again = rotation.rotate(journal.path, now=START + timedelta(hours=3))
    assert first.made is not None
    assert first.made.path == journal.path.parent / "backups" / "journal-20250115T080000Z.db"
    assert (first.made.sessions, first.made.trades) == (1, 1)
    assert (again.made, again.removed) == (None, ())
    assert journal.trades()["profit_loss"].tolist() == [10.0]


def test_seven_days_and_four_weeks_are_kept(journal: Journal) -> None:
    for day in range(60):
        rotation.rotate(journal.path, now=START + timedelta(days=day))
    # the last is Saturday, March 15th: seven days, and the last copy of three whole weeks before
    assert days_kept(journal) == [
        *("20250223", "20250302"),
        *("20250309", "20250310", "20250311", "20250312", "20250313", "20250314", "20250315"),
    ]


def test_a_trader_who_starts_it_now_and_then_keeps_as_many(journal: Journal) -> None:
    for week in range(10):
        rotation.rotate(journal.path, now=START + timedelta(weeks=week))
    assert len(days_kept(journal)) == rotation.DAYS


def test_a_file_it_did_not_make_or_that_changed_since_stays(journal: Journal) -> None:
    made = rotation.rotate(journal.path, now=START).made
    assert made is not None
    by_hand = made.path.with_name("journal-20240101T000000Z.db")
    by_hand.write_bytes(made.path.read_bytes())
    with Journal.open(made.path) as used:  # a copy somebody went on with
        used.log_trade_for_ai_analysis(7, "MINE", 1.0, 0.1)
    before = {path: path.stat().st_size for path in (by_hand, made.path)}
    for day in range(1, 60):
        rotation.rotate(journal.path, now=START + timedelta(days=day))
    assert {path: path.stat().st_size for path in before} == before


def test_journals_side_by_side_have_their_own(journal: Journal, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal-demo.db", timezone="UTC") as demo:
        for day in range(20):
            rotation.rotate(demo.path, now=START + timedelta(days=day))
        made = rotation.rotate(journal.path, now=START).made
    assert made is not None
    assert made.path.exists()


def test_two_are_never_at_it_at_once(journal: Journal, foreign: ForeignClient) -> None:
    rotation.rotate(journal.path, now=START)
    foreign.open(rotation.folder(journal.path) / "journal.rotation.db")
    foreign.run("BEGIN IMMEDIATE")
    assert rotation.rotate(journal.path, now=START + timedelta(days=1)).made is None
    foreign.run("ROLLBACK")
    assert rotation.rotate(journal.path, now=START + timedelta(days=1)).made is not None


def test_what_a_killed_one_left_is_removed_and_nothing_else(journal: Journal) -> None:
    rotation.rotate(journal.path, now=START)
    place = rotation.folder(journal.path)
    (place / ".journal-20250110T080000Z.db.unfinished").write_text("half")
    (place / ".other-20250110T080000Z.db.unfinished").write_text("another journal's")
    rotation.rotate(journal.path, now=START + timedelta(days=1))
    assert [path.name for path in place.glob(".*unfinished")] == [".other-20250110T080000Z.db.unfinished"]


def test_a_clock_moved_back_makes_and_removes_nothing_needed(journal: Journal) -> None:
    rotation.rotate(journal.path, now=START)
    assert rotation.rotate(journal.path, now=START - timedelta(hours=1)).made is None
    assert len(days_kept(journal)) == 1


def test_a_folder_that_cannot_be_made_is_said_and_nothing_is_removed(journal: Journal) -> None:
    rotation.folder(journal.path).write_text("a file in its place")
    with pytest.raises(errors.JournalError):
        rotation.rotate(journal.path, now=START)


def test_a_damaged_journal_rotates_no_good_copy_away(journal: Journal) -> None:
    for day in range(8):
        rotation.rotate(journal.path, now=START + timedelta(days=day))
    kept = days_kept(journal)
    journal.close()
    with journal.path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 20))
    with pytest.raises(errors.MentorError):
        rotation.rotate(journal.path, now=START + timedelta(days=8))
    assert days_kept(journal) == kept


# What is said of them -------------------------------------------------------------------------------------------


def test_the_check_up_says_how_old_the_last_one_is(journal: Journal) -> None:
    now = datetime.now(UTC)
    young = rotation.check(journal.path, now=now)
    neglected = rotation.check(journal.path, now=now + timedelta(days=4))
    rotation.rotate(journal.path, now=now)
    fresh, stale = (rotation.check(journal.path, now=now + timedelta(days=days)) for days in (2, 5))
    assert [check.ok for check in (young, neglected, fresh, stale)] == [True, False, True, False]
    assert "`backup --rotate`" in neglected.words
    assert now.date().isoformat() in stale.words
    assert [check.name for check in Journal.examine(journal.path)][-1] == "backups"


def test_the_server_says_why_there_is_no_copy_and_goes_on(journal: Journal, caplog: pytest.LogCaptureFixture) -> None:
    place = rotation.folder(journal.path)
    place.write_text("a file in its place")
    with caplog.at_level(logging.INFO, "mentor.daily"):
        daily.look(journal.path)
        assert daily.problem(journal.path) is not None
        place.unlink()
        daily.look(journal.path)
    assert daily.problem(journal.path) is None
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]
    assert len(list(place.glob("journal-*.db"))) == 1


def test_no_journal_is_made_for_it(tmp_path: Path) -> None:
    daily.look(tmp_path / "nowhere.db")
    assert list(tmp_path.iterdir()) == []


def test_the_servers_thread_makes_it_and_ends_with_the_server(journal: Journal) -> None:
    made = rotation.folder(journal.path)
    with daily.copies(journal.path, first=0.01, between=0.01):
        while not list(made.glob("journal-*.db")):
            pass
    connection = Connection(made / "journal.rotation.db")
    try:
        connection.begin_writing(20)
    finally:
        connection.close()
