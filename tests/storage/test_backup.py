"""Copies: whole while others write, put back inside the open file, all or nothing, and nothing lost by it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mentor import Journal, errors
from mentor.storage import backup, checkup
from mentor.storage.connection import Connection
from tests.foreign import ForeignClient
from tests.killed import kill_once_written, size_of

NOW = datetime(2025, 1, 15, 8, 0, tzinfo=UTC)


def rows(path: Path, sql: str) -> list[dict[str, Any]]:
    connection = Connection(path)
    try:
        return connection.rows(sql)
    finally:
        connection.close()


def amounts(journal: Journal) -> list[float]:
    return [float(amount) for amount in journal.trades()["profit_loss"]]


@pytest.fixture
def copied(journal: Journal, tmp_path: Path) -> Path:
    """A journal with one trade, and a copy of that state."""
    journal.log_trade_for_ai_analysis(7, "EURUSD", 10.0, 0.1)
    journal.check_in("tenang", intensity=4)
    journal.update_notes("2025-01-14", "istirahat")
    return backup.write(journal.path, tmp_path / "copy.db").path


# backup ---------------------------------------------------------------------------------------------------------


def test_a_copy_is_one_file_that_holds_everything(journal: Journal, copied: Path, tmp_path: Path) -> None:
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("copy") or "unfinished" in path.name] == [
        "copy.db"
    ]
    with Journal.open(copied) as copy:
        assert amounts(copy) == [10.0]
        assert [mood.emotion for mood in copy.check_ins("2025-01-15")] == ["tenang"]
        assert copy.zone == journal.zone
    assert all(check.ok for check in checkup.examine(copied))


def test_what_it_says_is_what_it_holds(journal: Journal, tmp_path: Path) -> None:
    for _ in range(3):
        journal.log_trade_for_ai_analysis(7, "EURUSD", 1.0, 0.1)
    copy = backup.write(journal.path, tmp_path / "copy.db")
    assert (copy.sessions, copy.trades) == (1, 3)


def test_an_existing_file_is_never_written_over(journal: Journal, tmp_path: Path) -> None:
    taken = tmp_path / "taken.db"
    taken.write_text("dear")
    for target in (taken, journal.path):
        with pytest.raises(errors.InvalidArgument, match="already"):
            backup.write(journal.path, target)
    assert taken.read_text() == "dear"


def test_a_missing_folder_is_named_and_nothing_else(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(errors.NotFound) as refused:
        backup.write(journal.path, tmp_path / "missing" / "copy.db")
    assert str(refused.value) == f"There is no such folder ({tmp_path / 'missing'}). Make it, or name another one."


def test_a_place_that_cannot_be_written_is_named_as_it_was_given(journal: Journal, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    (tmp_path / ".copy.db.unfinished").symlink_to(tmp_path / "missing" / "folder.db")  # root may write anywhere else
    with pytest.raises(errors.JournalError, match="could not be written") as refused:
        backup.write(journal.path, target)
    assert str(target) in str(refused.value)
    assert "unfinished" not in str(refused.value)


def test_what_a_killed_restore_left_is_removed_and_nothing_else(journal: Journal, tmp_path: Path) -> None:
    stamp = "20250114T080000Z"
    abandoned = [
        f".journal.before-restore-{stamp}.db.unfinished",
        f".journal.before-restore-{stamp}-2.db.unfinished-wal",
    ]
    abandoned.append(".journal.db.unfinished")
    others = [f"journal.before-restore-{stamp}.db", f".other.before-restore-{stamp}.db.unfinished", ".copy.unfinished"]
    others.append(f".journal.before-restore-{stamp}.before-restore-{stamp}.db.unfinished")
    for act in (backup.write, lambda path, copy: backup.restore(path, copy)):
        for name in (*abandoned, *others):
            (tmp_path / name).touch()
        act(journal.path, tmp_path / "copy.db")
        assert [name for name in abandoned if (tmp_path / name).exists()] == []
        assert [name for name in others if not (tmp_path / name).exists()] == []


def test_what_a_restore_at_work_is_writing_stays(
    journal: Journal, tmp_path: Path, foreign: ForeignClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentor.storage.connection._SETUP", ("PRAGMA busy_timeout = 1",))
    foreign.open(journal.path)
    foreign.run("BEGIN IMMEDIATE")  # as a restore does
    in_use = tmp_path / ".journal.before-restore-20250115T080000Z.db.unfinished"
    in_use.touch()
    backup.write(journal.path, tmp_path / "first.db")
    assert in_use.exists()
    foreign.run("ROLLBACK")
    backup.write(journal.path, tmp_path / "second.db")
    assert not in_use.exists()


@pytest.mark.parametrize("empty", [True, False])
def test_no_journal_no_copy(tmp_path: Path, empty: bool) -> None:
    journal = tmp_path / "journal.db"
    if empty:
        journal.touch()
    with pytest.raises(errors.NotFound, match="no journal"):
        backup.write(journal, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_another_programs_database_is_not_copied(tmp_path: Path, foreign: ForeignClient) -> None:
    other = tmp_path / "other.db"
    foreign.open(other)
    foreign.run("CREATE TABLE prices (day TEXT)")
    with pytest.raises(errors.NotAJournal):
        backup.write(other, tmp_path / "copy.db")


def test_a_copy_is_consistent_while_a_bot_writes(journal: Journal, tmp_path: Path) -> None:
    stop = threading.Event()

    def log() -> None:
        while not stop.is_set():
            journal.log_trade_for_ai_analysis(7, "EURUSD", 1.0, 0.1)

    bot = threading.Thread(target=log)
    bot.start()
    try:
        copies = [backup.write(journal.path, tmp_path / f"copy{number}.db") for number in range(5)]
    finally:
        stop.set()
        bot.join()
    for copy in copies:
        [session] = rows(copy.path, "SELECT total_trades, total_profit_loss FROM trading_sessions") or [{}]
        [trades] = rows(copy.path, "SELECT count(*) AS n FROM daily_trading_data")
        assert session.get("total_trades", 0) == trades["n"] == copy.trades


# restore --------------------------------------------------------------------------------------------------------


def test_the_journal_becomes_what_the_copy_holds(journal: Journal, copied: Path) -> None:
    journal.log_trade_for_ai_analysis(7, "EURUSD", -99.0, 0.1)
    journal.check_in("marah")
    done = backup.restore(journal.path, copied, now=NOW)
    assert (done.sessions, done.trades, done.damaged, done.timezone) == (2, 1, False, "Asia/Jakarta")
    assert amounts(journal) == [10.0]
    assert [mood.emotion for mood in journal.check_ins("2025-01-15")] == ["tenang"]
    assert [(s.total_trades, s.total_profit_loss) for s in journal.sessions()] == [(1, 10.0), (0, 0.0)]
    assert all(check.ok for check in checkup.examine(journal.path))


def test_what_it_replaced_is_kept(journal: Journal, copied: Path) -> None:
    journal.log_trade_for_ai_analysis(7, "EURUSD", -99.0, 0.1)
    first = backup.restore(journal.path, copied, now=NOW)
    assert first.kept is not None
    assert first.kept.name == "journal.before-restore-20250115T080000Z.db"
    with Journal.open(first.kept) as kept:
        assert amounts(kept) == [10.0, -99.0]
    second = backup.restore(journal.path, first.kept, now=NOW)
    assert second.kept is not None
    assert second.kept.name == "journal.before-restore-20250115T080000Z-2.db"
    assert amounts(journal) == [10.0, -99.0]


def test_programs_that_have_it_open_go_on_in_the_same_file(
    journal: Journal, copied: Path, foreign: ForeignClient
) -> None:
    foreign.open(journal.path)
    insert = (
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) VALUES (?, 9, 'X', 5, 1)"
    )
    foreign.run(insert, (1,))
    identity, stamp = journal.path.stat().st_ino, journal.stamp()
    assert amounts(journal) == [10.0, 5.0]
    backup.restore(journal.path, copied)
    assert journal.path.stat().st_ino == identity
    assert foreign.run("SELECT profit_loss FROM daily_trading_data") == [[10.0]]
    foreign.run(insert, (1,))
    assert foreign.run("SELECT total_trades, total_profit_loss FROM trading_sessions WHERE id = 1") == [[2, 15.0]]
    journal._stamp_expires = 0.0
    assert journal.stamp() != stamp
    assert amounts(journal) == [10.0, 5.0]


def test_ids_given_out_since_the_copy_never_mean_something_else(journal: Journal, copied: Path) -> None:
    later = journal.create_trading_session("2025-01-13")
    trade = journal.log_trade_for_ai_analysis(7, "EURUSD", -99.0, 0.1)
    backup.restore(journal.path, copied)
    assert journal.create_trading_session("2025-01-12") > later
    assert journal.log_trade_for_ai_analysis(7, "EURUSD", 1.0, 0.1) > trade


def test_totals_another_program_stated_come_back_as_stated(
    journal: Journal, foreign: ForeignClient, tmp_path: Path
) -> None:
    foreign.open(journal.path)
    foreign.run(
        "INSERT INTO trading_sessions (session_date, total_trades, total_profit_loss) VALUES ('2025-01-10', 4, 80.5)"
    )
    copy = backup.write(journal.path, tmp_path / "copy.db").path
    foreign.run("DELETE FROM trading_sessions")
    backup.restore(journal.path, copy)
    [session] = journal.sessions()
    assert (session.total_trades, session.total_profit_loss, session.stated) == (4, 80.5, True)


def test_rows_without_a_parent_and_tables_of_others_come_back_too(
    journal: Journal, foreign: ForeignClient, tmp_path: Path
) -> None:
    foreign.open(journal.path)
    foreign.run("INSERT INTO ai_mentor_reports (session_id, motivation_message) VALUES (77, 'lost')")
    foreign.run('CREATE TABLE "bot ""state""" (word TEXT)')
    foreign.run('INSERT INTO "bot ""state""" VALUES (?)', ("kept",))
    copy = backup.write(journal.path, tmp_path / "copy.db").path
    foreign.run("DELETE FROM ai_mentor_reports")
    foreign.run('DROP TABLE "bot ""state"""')
    foreign.run("CREATE TABLE newer (word TEXT)")
    backup.restore(journal.path, copy)
    assert foreign.run("SELECT motivation_message FROM ai_mentor_reports") == [["lost"]]
    assert foreign.run('SELECT word FROM "bot ""state"""') == [["kept"]]
    assert foreign.run("SELECT name FROM sqlite_master WHERE name = 'newer'") == []


def test_a_journal_that_lost_a_trigger_is_whole_again(journal: Journal, copied: Path, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run("DROP TRIGGER trade_inserted")
    backup.restore(journal.path, copied)
    assert all(check.ok for check in checkup.examine(journal.path))


@pytest.mark.parametrize("damaged", [False, True])
def test_a_backup_without_triggers_and_with_wrong_totals_comes_back_whole(
    journal: Journal, copied: Path, foreign: ForeignClient, damaged: bool
) -> None:
    foreign.open(copied)
    for statement in (
        *("DROP TRIGGER session_totals", "DROP TRIGGER trade_inserted", "DROP INDEX trades_by_session"),
        *("DROP VIEW trader_today", "DROP VIEW open_fills", "DROP TABLE fills"),
        "UPDATE trading_sessions SET total_trades = 9, total_profit_loss = 999 WHERE id = 1",
        "UPDATE trading_sessions SET total_trades = 4, total_profit_loss = 80.5 WHERE id = 2",
        "CREATE TABLE bot_log (word TEXT)",
        "CREATE TRIGGER bot_watch AFTER UPDATE ON trading_sessions BEGIN INSERT INTO bot_log VALUES ('seen'); END",
    ):
        foreign.run(statement)
    path = journal.path.with_name("broken.db") if damaged else journal.path
    if damaged:
        path.write_bytes(_damaged(copied, "no database"))
    backup.restore(path, copied)
    assert [check for check in checkup.examine(path) if not check.ok] == []
    totals = "SELECT total_trades, total_profit_loss FROM trading_sessions ORDER BY id"
    foreign.open(path)
    assert foreign.run(totals) == [[1, 10.0], [4, 80.5]]
    assert foreign.run("SELECT count(*) FROM bot_log") == [[0]]
    foreign.run("UPDATE daily_trading_data SET profit_loss = 11")
    assert foreign.run(totals)[0] == [1, 11.0]
    assert foreign.run("SELECT count(*) > 0 FROM bot_log") == [[1]]


def test_a_zone_that_changed_is_told(journal: Journal, copied: Path, tmp_path: Path) -> None:
    assert backup.restore(journal.path, copied).timezone_before == "Asia/Jakarta"
    with Journal.open(tmp_path / "berlin.db", timezone="Europe/Berlin") as other:
        done = backup.restore(other.path, copied)
    assert (done.timezone_before, done.timezone) == ("Europe/Berlin", "Asia/Jakarta")


def test_a_damaged_journal_that_is_a_link_stays_one(tmp_path: Path, copied: Path) -> None:
    (tmp_path / "far").mkdir()
    real, link = tmp_path / "far" / "real.db", tmp_path / "link.db"
    real.write_bytes(_damaged(copied, "no database"))
    link.symlink_to(real)
    done = backup.restore(link, copied, now=NOW)
    assert (link.is_symlink(), done.kept) == (True, real.with_name("real.before-restore-20250115T080000Z.db"))
    assert rows(real, "SELECT count(*) AS n FROM daily_trading_data") == [{"n": 1}]


KILLED = """
import os, signal, sys
from pathlib import Path
from mentor.storage import backup
setattr(os, sys.argv[3], lambda *given, **more: os.kill(os.getpid(), signal.SIGKILL))
backup.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("step", ["link", "rename", "replace"])
def test_killed_while_a_damaged_file_is_replaced_something_stands_in_its_place(
    tmp_path: Path, copied: Path, step: str
) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(_damaged(copied, "a torn page"))
    before = path.read_bytes()
    Path(f"{path}-shm").write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", KILLED, path, copied, step], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert [kept.read_bytes() for kept in tmp_path.glob("broken.before-restore-*.db")] == [before] * (step != "link")
    assert backup.restore(path, copied).damaged
    assert all(check.ok for check in checkup.examine(path))
    assert not list(tmp_path.glob(".broken*"))


def test_where_files_can_have_one_name_only_the_damaged_one_is_moved(
    tmp_path: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("hard links are not supported")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "broken.db"
    path.write_bytes(b"garbage" * 1000)
    done = backup.restore(path, copied)
    assert done.kept is not None
    assert done.kept.read_bytes() == b"garbage" * 1000
    assert all(check.ok for check in checkup.examine(path))


def test_a_missing_journal_is_made_anew(journal: Journal, copied: Path, tmp_path: Path) -> None:
    anew = tmp_path / "anew.db"
    Path(f"{anew}-wal").write_text("of a file long gone")
    done = backup.restore(anew, copied)
    assert (done.kept, done.damaged) == (None, False)
    with Journal.open(anew) as restored:
        assert amounts(restored) == amounts(journal)


@pytest.mark.parametrize("damage", ["no database", "a torn page"])
def test_a_damaged_journal_is_moved_aside_and_replaced(tmp_path: Path, copied: Path, damage: str) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(_damaged(copied, damage))
    before = path.read_bytes()
    done = backup.restore(path, copied, now=NOW)
    assert done.damaged
    assert done.kept is not None
    assert done.kept.read_bytes() == before
    with Journal.open(path) as journal:
        assert amounts(journal) == [10.0]
    assert all(check.ok for check in checkup.examine(path))


def _damaged(sound: Path, how: str) -> bytes:
    if how == "no database":
        return b"\x00garbage" * 2000
    content = bytearray(sound.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    return bytes(content)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda _: b"", errors.NotAJournal),
        (lambda _: b"some words of text, no database at all", errors.NotAJournal),
        (lambda sound: _damaged(sound, "a torn page"), errors.DamagedJournal),
        (lambda sound: sound.read_bytes()[: len(sound.read_bytes()) // 2], errors.DamagedJournal),
    ],
    ids=["empty", "text", "torn", "truncated"],
)
def test_a_copy_that_cannot_be_used_changes_nothing(
    journal: Journal, copied: Path, tmp_path: Path, make: Callable[[Path], bytes], error: type[errors.MentorError]
) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(make(copied))
    content = bad.read_bytes()
    with pytest.raises(error) as refused:
        backup.restore(journal.path, bad)
    assert str(bad) in str(refused.value)
    assert bad.read_bytes() == content
    assert amounts(journal) == [10.0]
    assert not list(tmp_path.glob("*before-restore*"))


def test_another_programs_file_and_a_newer_copy_are_refused(
    journal: Journal, copied: Path, tmp_path: Path, foreign: ForeignClient
) -> None:
    foreign.open(copied)
    foreign.run("INSERT INTO schema_migrations (version, name) VALUES (9999, 'later')")
    with pytest.raises(errors.NewerJournal):
        backup.restore(journal.path, copied)
    foreign.open(tmp_path / "other.db")
    foreign.run("CREATE TABLE prices (day TEXT)")
    with pytest.raises(errors.NotAJournal):
        backup.restore(journal.path, tmp_path / "other.db")
    assert amounts(journal) == [10.0]


def test_another_programs_file_in_the_journals_place_is_left_alone(
    copied: Path, tmp_path: Path, foreign: ForeignClient
) -> None:
    foreign.open(tmp_path / "other.db")
    foreign.run("CREATE TABLE prices (day TEXT)")
    with pytest.raises(errors.NotAJournal):
        backup.restore(tmp_path / "other.db", copied)
    assert foreign.run("SELECT name FROM sqlite_master") == [["prices"]]


def test_the_journal_is_not_restored_from_itself(journal: Journal, copied: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(journal.path)
    for source in (journal.path, link):
        with pytest.raises(errors.InvalidArgument, match="itself"):
            backup.restore(journal.path, source)
    with pytest.raises(errors.NotFound):
        backup.restore(journal.path, tmp_path / "nowhere.db")
    assert copied.exists()


BOT = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
for number in range(1, 100_000):
    connection.execute(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) VALUES (0, 9, 'X', 1, ?)",
        (number,),
    )
    print(number, flush=True)
    time.sleep(0.002)  # even a fast bot thinks: SQLite does not queue writers, and this is about what it logs
"""


def test_what_a_bot_logs_meanwhile_is_in_the_journal_or_in_what_is_kept(journal: Journal, copied: Path) -> None:
    bot = subprocess.Popen([sys.executable, "-c", BOT, journal.path], stdout=subprocess.PIPE, text=True)
    assert bot.stdout is not None
    try:
        logged = [int(bot.stdout.readline()) for _ in range(20)]
        done = backup.restore(journal.path, copied)
        logged += [int(bot.stdout.readline()) for _ in range(20)]
    finally:
        bot.kill()
        logged += [int(line) for line in bot.communicate(timeout=30)[0].splitlines() if line.strip()]
    assert done.kept is not None
    lots = "SELECT CAST(lot_size AS INTEGER) AS lots FROM daily_trading_data WHERE bot_id = 9"
    kept, live = ([row["lots"] for row in rows(path, lots)] for path in (done.kept, journal.path))
    assert set(logged) <= {*kept, *live}
    assert not {*kept} & {*live}
    assert all(check.ok for check in checkup.examine(journal.path))


FILL = (
    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
    "INSERT INTO trading_sessions (session_date, personal_notes) "
    "SELECT date('2000-01-01', i || ' days'), hex(randomblob(10000)) FROM n"
)
RESTORER = """
import sys
from pathlib import Path
from mentor.storage import backup
print("begun", flush=True)
backup.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("written", [0, 1, 1_000_000, 4_000_000, 7_000_000])
def test_killed_in_the_middle_it_is_all_or_nothing(tmp_path: Path, foreign: ForeignClient, written: int) -> None:
    """SIGKILL once the write-ahead log has grown by `written` bytes: inside the restore's transaction."""
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    for path, count in ((live, 200), (copy, 400)):
        Journal.open(path, timezone="UTC").close()
        foreign.open(path)
        foreign.run(FILL.format(count=count))
    foreign.open(tmp_path / "elsewhere.db")
    assert size_of(Path(f"{live}-wal")) == 0
    process = subprocess.Popen([sys.executable, "-c", RESTORER, live, copy], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    kill_once_written(process, live, written)
    with Journal.open(live) as journal:
        sessions = len(journal.sessions())
    assert sessions in (200, 400)
    assert all(check.ok for check in checkup.examine(live)), checkup.examine(live)
    if sessions == 400:
        [kept] = tmp_path.glob("live.before-restore-*.db")
        assert rows(kept, "SELECT count(*) AS n FROM trading_sessions") == [{"n": 200}]
