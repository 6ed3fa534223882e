"""The check-up: silent on a sound journal, one line that names what is wrong with another, and no change to either."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mentor import Journal
from mentor.models import Check
from mentor.storage import checkup
from tests.foreign import ForeignClient

#: What is asked of a file that can be opened, in order.
NAMES = [
    "file",
    "disk",
    "space",
    "sqlite",
    "integrity",
    "references",
    "schema",
    "tables",
    "totals",
    "log",
    "days",
    "clock",
]


def failing(path: Path) -> dict[str, str]:
    return {check.name: check.words for check in checkup.examine(path) if not check.ok}


@pytest.fixture
def bot(journal: Journal, foreign: ForeignClient) -> ForeignClient:
    """Another program on a journal with one trade."""
    journal.log_trade_for_ai_analysis(7, "EURUSD", 10.0, 0.1)
    foreign.open(journal.path)
    return foreign


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York", "Australia/Lord_Howe", "UTC"])
def test_a_sound_journal_passes_every_check(tmp_path: Path, zone: str) -> None:
    with Journal.open(tmp_path / "journal.db", timezone=zone) as journal:
        journal.log_trade_for_ai_analysis(7, "EURUSD", 10.0, 0.1)
        checks = checkup.examine(journal.path)
    assert [check.name for check in checks] == NAMES
    assert [check for check in checks if not check.ok] == []
    assert all(check.words for check in checks)


def test_a_missing_file_stays_missing(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    assert checkup.examine(path) == [Check(name="file", ok=False, words=f"there is no journal at {path}")]
    assert not path.exists()
    assert "no journal" in failing(tmp_path)["file"]


def test_an_empty_file_is_no_journal_yet(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.touch()
    assert list(failing(path)) == ["journal"]
    assert path.stat().st_size == 0


def test_what_is_no_journal_is_said_and_left(tmp_path: Path, foreign: ForeignClient) -> None:
    text, other = tmp_path / "text.db", tmp_path / "other.db"
    text.write_text("no database at all, only words")
    foreign.open(other)
    foreign.run("CREATE TABLE prices (day TEXT)")
    assert "not a Mentor journal" in failing(text)["journal"]
    assert "another program" in failing(other)["journal"]
    assert text.read_text() == "no database at all, only words"


def test_a_damaged_page_is_found(journal: Journal, tmp_path: Path, bot: ForeignClient) -> None:
    damaged = tmp_path / "damaged.db"
    bot.run(f"VACUUM INTO '{damaged}'")
    content = bytearray(damaged.read_bytes())
    [[root]] = bot.run("SELECT rootpage FROM sqlite_master WHERE name = 'daily_trading_data'")
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    damaged.write_bytes(content)
    assert "restore a backup" in failing(damaged)["integrity"].lower()
    assert journal.path.exists()


def test_a_row_without_its_parent_is_named(journal: Journal, bot: ForeignClient) -> None:
    bot.run("INSERT INTO ai_mentor_reports (session_id) VALUES (77)")
    assert failing(journal.path) == {"references": "1 row that belongs to none that is there: ai_mentor_reports row 1"}


def test_a_lost_and_a_changed_trigger_are_named(journal: Journal, bot: ForeignClient) -> None:
    bot.run("DROP TRIGGER trade_deleted")
    bot.run("DROP TRIGGER session_moved")
    bot.run("CREATE TRIGGER session_moved AFTER UPDATE OF user_id ON trading_sessions BEGIN SELECT 1; END")
    found = failing(journal.path)
    assert found == {"tables": "missing: trigger trade_deleted; changed: trigger session_moved"}


def test_what_others_added_is_mentioned_and_no_fault(journal: Journal, bot: ForeignClient) -> None:
    bot.run("CREATE TABLE bot_state (word TEXT)")
    [tables] = [check for check in checkup.examine(journal.path) if check.name == "tables"]
    assert tables.ok
    assert "not of ours: table bot_state" in tables.words


def test_totals_that_differ_from_the_trades_are_named(journal: Journal, bot: ForeignClient) -> None:
    bot.run("DROP TRIGGER session_totals")
    bot.run("UPDATE trading_sessions SET total_profit_loss = 11")
    found = failing(journal.path)
    assert set(found) == {"tables", "totals"}
    assert found["totals"] == "1 session with totals that differ from the trades: 2025-01-15"


def test_amounts_in_another_currency_and_stated_totals_are_no_fault(journal: Journal, bot: ForeignClient) -> None:
    columns = "session_id, bot_id, symbol, profit_loss, lot_size, currency"
    insert = f"INSERT INTO daily_trading_data ({columns}) VALUES (1, 7, 'X', ?, 1, ?)"
    bot.run("INSERT INTO settings (key, value) VALUES ('currency', 'USD')")
    for amount, currency in ((5.5, "USD"), (900_000, "IDR"), ("lots", "USD")):
        bot.run(insert, (amount, currency))
    bot.run("INSERT INTO trading_sessions (session_date, total_trades, total_profit_loss) VALUES ('2025-01-10', 4, 80)")
    assert failing(journal.path) == {}


def test_a_journal_out_of_the_write_ahead_log_is_named(tmp_path: Path, foreign: ForeignClient) -> None:
    Journal.open(tmp_path / "journal.db", timezone="UTC").close()
    foreign.open(tmp_path / "journal.db")
    foreign.run("PRAGMA journal_mode = DELETE")
    assert set(failing(tmp_path / "journal.db")) == {"log"}


def test_days_that_will_be_filed_wrongly_are_dated(tmp_path: Path, foreign: ForeignClient) -> None:
    Journal.open(tmp_path / "journal.db", timezone="Europe/Berlin").close()
    foreign.open(tmp_path / "journal.db")
    later = checkup.examine(tmp_path / "journal.db", now=datetime(2075, 6, 1, tzinfo=UTC))
    assert [check.name for check in later if not check.ok] == ["days"]
    foreign.run("DELETE FROM settings WHERE key LIKE 'day_shift %'")
    assert "wrong day" in failing(tmp_path / "journal.db")["days"]
    foreign.run("UPDATE settings SET value = 'Mars/Olympus' WHERE key = 'timezone'")
    assert "Mars/Olympus" in failing(tmp_path / "journal.db")["days"]


@pytest.mark.parametrize(
    ("where", "value", "words"),
    [
        ("key = 'day_start'", "25:99", "The start of the day '25:99'"),
        ("key = 'timezone'", "../../etc/passwd", "The time zone '../../etc/passwd'"),
        ("key = 'timezone'", "Asia", "The time zone 'Asia'"),
        ("key = 'timezone'", "x" * 300, "The time zone 'xxx"),
        ("key = 'timezone'", None, "The time zone ''"),
        ("key LIKE 'day_shift %'", "soon", "'soon', is no number of seconds"),
        ("key LIKE 'day_shift %'", None, "None, is no number of seconds"),
        ("key LIKE 'day_shift %'", "9" * 30, "is no number of seconds"),
    ],
)
def test_rubbish_in_the_settings_is_named(
    journal: Journal, bot: ForeignClient, where: str, value: str | None, words: str
) -> None:
    bot.run(f"UPDATE settings SET value = ? WHERE {where}", (value,))
    found = failing(journal.path)
    assert list(found) == ["days"]
    assert words in found["days"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/trader/journal.db", "ext4"),
        ("/home/trader/share/data/journal.db", "nfs4"),
        ("/home/trader/share2/journal.db", "ext4"),
        ("/mnt/my drive/journal.db", "cifs"),
        ("/mnt/twice/journal.db", "fuse.sshfs"),
    ],
)
def test_the_deepest_and_latest_mount_counts(path: str, kind: str) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n"
        "server:/x /home/trader/share nfs4 rw 0 0\n"
        "//server/y /mnt/my\\040drive cifs rw 0 0\n"
        "tmpfs /mnt/twice tmpfs rw 0 0\n"
        "user@host: /mnt/twice fuse.sshfs rw 0 0\n"
    )
    assert checkup._file_system(Path(path), mounts) == kind


def test_a_network_drive_fails_the_check(journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(checkup, "_MOUNTS", mounts)
    assert "(nfs4); the write-ahead log needs a local disk" in failing(journal.path)["disk"]
    monkeypatch.setattr(checkup, "_MOUNTS", tmp_path / "nowhere")
    assert "disk" not in failing(journal.path)


def test_a_clock_that_is_behind_the_journal_is_named(journal: Journal) -> None:
    made = datetime.now(UTC)
    told = {check.name: check for check in checkup.examine(journal.path, now=made - timedelta(days=2))}
    assert not told["clock"].ok
    assert made.date().isoformat() in told["clock"].words
    assert checkup.examine(journal.path, now=made - timedelta(minutes=5))[-1].ok
