"""The file itself: what is refused, what is kept, what survives."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentor import Journal, errors
from mentor.storage.connection import Connection
from mentor.storage.database import Database
from mentor.storage.migrations import _apply, check_origin, scripts, statements
from tests.foreign import ForeignClient
from tests.killed import kill_once_written


def test_pragmas_are_as_stated(journal: Journal) -> None:
    with journal._database.plain() as connection:
        assert connection.value("PRAGMA journal_mode") == "wal"
        assert connection.value("PRAGMA foreign_keys") == 1
        assert connection.value("PRAGMA busy_timeout") == 10_000
        assert connection.value("PRAGMA synchronous") == 2  # FULL


def test_a_transaction_happens_whole_or_not_at_all(journal: Journal) -> None:
    def fail_midway() -> None:
        with journal._database.transaction() as connection:
            connection.execute("INSERT INTO trading_sessions (session_date) VALUES ('2025-01-15')")
            connection.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(errors.JournalError, match="no such table"):
        fail_midway()
    assert journal.sessions() == []
    journal.create_trading_session("2025-01-16")
    assert [session.date_text for session in journal.sessions()] == ["2025-01-16"]


def test_a_snapshot_sees_one_moment(journal: Journal) -> None:
    count = "SELECT count(*) FROM trading_sessions"
    with journal._database.snapshot() as connection:
        assert connection.value(count) == 0
        journal.create_trading_session("2025-01-15")
        assert connection.value(count) == 0
    with journal._database.snapshot() as connection:
        assert connection.value(count) == 1


def test_the_stamp_changes_with_our_writes_and_with_other_programs(journal: Journal, foreign: ForeignClient) -> None:
    first = journal._database.version()
    journal.create_trading_session("2025-01-15")
    second = journal._database.version()
    foreign.open(journal.path)
    foreign.run("INSERT INTO trading_sessions (session_date) VALUES ('2025-01-16')")
    third = journal._database.version()
    assert len({first, second, third}) == 3
    assert journal._database.version() == third


def test_our_own_write_gives_a_new_stamp_at_once(journal: Journal) -> None:
    before = journal.stamp()
    assert journal.stamp() == before
    journal.check_in("tenang")
    assert journal.stamp() != before


def test_reopening_applies_nothing_and_keeps_the_zone(journal: Journal) -> None:
    with Journal.open(journal.path, timezone="Europe/Berlin") as again:
        assert again.zone.key == "Asia/Jakarta"


def test_a_journal_of_the_first_version_is_brought_to_today(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old.db", tmp_path / "fresh.db"
    with closing(Connection(old)) as connection:
        _apply(connection, *scripts()[0])
        connection.execute("INSERT INTO settings (key, value) VALUES ('timezone', 'Asia/Jakarta'), ('currency', 'USD')")
        connection.execute("INSERT INTO trading_sessions (id, session_date, risk_score) VALUES (1, '2025-01-15', 8)")
        connection.execute(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, currency) "
            "VALUES (1, 7, 'EURUSD', 12.5, 0.1, 'USD'), (1, 7, 'EURUSD', 3, 0.1, 'EUR')"
        )
    with Journal.open(old, timezone="Europe/Athens") as journal, Journal.open(fresh) as made:
        assert (journal.zone.key, journal.currency, len(journal.trades())) == ("Asia/Jakarta", "USD", 2)
        journal.delete_trades([1])
        assert [session.total_profit_loss for session in journal.sessions()] == [0.0]
        what = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        with journal._database.plain() as upgraded, made._database.plain() as new:
            assert upgraded.rows(what) == new.rows(what)


@pytest.mark.parametrize(
    "content", [b"not a database at all", b"\x00" * 5000, b"SQLite format 3\x00 and then nonsense"]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(errors.NotAJournal, match="left as it is"):
        Journal.open(path)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["notes.db"]


def test_another_programs_database_is_refused(tmp_path: Path, foreign: ForeignClient) -> None:
    path = tmp_path / "other.db"
    foreign.open(path)
    foreign.run("CREATE TABLE invoices (id INTEGER)")
    with pytest.raises(errors.NotAJournal, match="another program"):
        Journal.open(path)
    assert foreign.run("SELECT name FROM sqlite_master") == [["invoices"]]


@pytest.mark.parametrize(
    "tables",
    [
        ["CREATE TABLE schema_migrations (version TEXT PRIMARY KEY)", "INSERT INTO schema_migrations VALUES ('2024')"],
        ["CREATE TABLE schema_migrations (version INTEGER, dirty BOOLEAN)"],
        ["CREATE VIEW answers AS SELECT 42"],
    ],
)
def test_other_programs_migrations_are_not_ours(tmp_path: Path, foreign: ForeignClient, tables: list[str]) -> None:
    path = tmp_path / "rails.db"
    foreign.open(path)
    for statement in tables:
        foreign.run(statement)
    before = foreign.run("SELECT sql FROM sqlite_master"), foreign.run("PRAGMA journal_mode")
    with pytest.raises(errors.NotAJournal, match="another program"):
        Journal.open(path)
    assert (foreign.run("SELECT sql FROM sqlite_master"), foreign.run("PRAGMA journal_mode")) == before


def test_a_journal_without_its_zone_is_healed(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run("DELETE FROM settings WHERE key = 'timezone' OR key LIKE 'day_shift %'")
    with Journal.open(journal.path, timezone="Asia/Jakarta") as healed:
        assert healed.zone.key == "Asia/Jakarta"


def test_opening_does_not_wait_for_a_writer(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run("BEGIN IMMEDIATE")
    with Journal.open(journal.path) as other:
        assert other.sessions() == []
    foreign.run("ROLLBACK")


def test_equal_stamps_mean_the_same_journal(journal: Journal, tmp_path: Path) -> None:
    first = journal.stamp()
    with Journal.open(journal.path) as again:
        assert again.stamp() != first
    other = Journal.open(tmp_path / "other.db", timezone="UTC")
    other.close()
    with pytest.raises(errors.JournalError, match="closed"):
        other.log_trade_for_ai_analysis(1, "X", 1.0, 1.0)


def test_a_newer_journal_put_in_place_is_refused_too(journal: Journal, tmp_path: Path, foreign: ForeignClient) -> None:
    Journal.open(tmp_path / "newer.db", timezone="UTC").close()
    foreign.open(tmp_path / "newer.db")
    foreign.run("INSERT INTO schema_migrations (version, name) VALUES (9999, 'later')")
    foreign.open(tmp_path / "elsewhere.db")
    for suffix in ("-wal", "-shm"):
        Path(f"{journal.path}{suffix}").unlink(missing_ok=True)
    (tmp_path / "newer.db").replace(journal.path)
    with pytest.raises(errors.NewerJournal):
        journal.log_trade_for_ai_analysis(1, "X", 1.0, 1.0)


def test_a_newer_journal_is_refused(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run("INSERT INTO schema_migrations (version, name) VALUES (9999, 'later')")
    with pytest.raises(errors.NewerJournal, match="Update Mentor"):
        Journal.open(journal.path)


def test_a_folder_is_no_journal_and_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.NotAJournal, match="folder"):
        Journal.open(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(errors.ReadOnlyJournal, match="folder"):
        Journal.open(tmp_path / "file" / "journal.db")
    with pytest.raises(errors.ReadOnlyJournal, match="name too long"):
        Journal.open(tmp_path / ("x" * 300))
    with pytest.raises(errors.ReadOnlyJournal, match="Check that the folder"):
        Journal.open(Path("/proc/journal.db"))


def test_a_file_put_in_the_journals_place_is_followed(journal: Journal, tmp_path: Path) -> None:
    journal.create_trading_session("2025-01-15")
    with Journal.open(tmp_path / "other.db", timezone="UTC") as other:
        other.log_trade_for_ai_analysis(1, "X", 2.0, 1.0)
    for suffix in ("-wal", "-shm"):
        Path(f"{journal.path}{suffix}").unlink(missing_ok=True)
    (tmp_path / "other.db").replace(journal.path)
    assert journal.trades()["profit_loss"].tolist() == [2.0]  # at once, not at the second look
    journal.path.unlink()
    with pytest.raises(errors.JournalError, match="gone"):
        journal.sessions()


def test_threads_share_one_journal(journal: Journal) -> None:
    def work() -> None:
        for _ in range(20):
            journal.log_trade_for_ai_analysis(1, "X", 0.5, 1.0)
            journal.trades()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [session] = journal.sessions()
    assert (session.total_trades, session.total_profit_loss) == (160, 80.0)


def test_many_processes_may_create_the_same_journal_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    code = "import sys; from mentor import Journal; Journal.open(sys.argv[1]).log_trade_for_ai_analysis(1, 'X', 1, 1)"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stderr=subprocess.PIPE, text=True) for _ in range(6)
    ]
    answers = [(process.communicate(timeout=120)[1], process.returncode) for process in started]
    assert answers == [("", 0)] * 6
    with Journal.open(path) as journal:
        assert len(journal.trades()) == 6


IMPORTER = """
import sys
from mentor import Journal
journal = Journal.open(sys.argv[1])
rows = "".join(
    f"EURUSD,buy,0.1,2025-01-{1 + number % 28:02d} 09:00:00,2025-01-{1 + number % 28:02d} 10:00:00,1,2,{number}\\n"
    for number in range(120_000)
)
header = "Symbol,Type,Lots,Open Time,Close Time,Open Price,Close Price,Profit\\n"
plan = journal.plan_import(("big.csv", (header + rows).encode()))
print("planned", flush=True)
journal.commit_import(plan)
print("done", flush=True)
"""


@pytest.mark.parametrize("written", [0, 1, 4_000_000, 12_000_000])
def test_killed_in_the_middle_of_an_import_it_is_all_or_nothing(tmp_path: Path, written: int) -> None:
    """SIGKILL once the write-ahead log has grown by `written` bytes: inside the import's transaction."""
    path = tmp_path / "killed.db"
    with Journal.open(path, timezone="UTC") as journal:
        journal.log_trade_for_ai_analysis(1, "BEFORE", 1.0, 1.0)
    process = subprocess.Popen([sys.executable, "-c", IMPORTER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "planned\n"
    kill_once_written(process, path, written)
    with Journal.open(path) as journal:
        assert len(journal.trades()) in (1, 120_001)
        assert len(journal.imports()) == (len(journal.trades()) > 1)
        with journal._database.plain() as connection:
            assert connection.value("PRAGMA integrity_check") == "ok"
            assert connection.rows("PRAGMA foreign_key_check") == []
            triggers = connection.value("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
    made = [script.count("CREATE TRIGGER") - script.count("DROP TRIGGER") for _, _, script in scripts()]
    assert triggers == sum(made)


def test_statements_keep_a_trigger_whole() -> None:
    script = (
        "-- why\nCREATE TABLE a (b);\nCREATE TRIGGER t AFTER INSERT ON a\nBEGIN\n  SELECT 1;\nEND;\nINSERT\nINTO a;\n"
    )
    assert [statement.split()[0:2] for statement in statements(script)] == [
        ["CREATE", "TABLE"],
        ["CREATE", "TRIGGER"],
        ["INSERT", "INTO"],
    ]


def test_a_lent_connection_is_not_lent_twice(tmp_path: Path) -> None:
    Journal.open(tmp_path / "j.db", timezone="UTC", now=lambda: datetime(2025, 1, 1, tzinfo=UTC)).close()
    database = Database(tmp_path / "j.db", check_origin)
    with database.plain() as one, database.plain() as two:
        assert one is not two
    with database.plain() as again:
        assert again in (one, two)
    database.close()
