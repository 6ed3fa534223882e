"""A disk that is full, sealed, gone or held by another program: clear words, and nothing that was stored is lost."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mentor import Journal, errors
from mentor.storage import database
from tests.conftest import NOW
from tests.faults.programs import acknowledged, assert_whole, started, stored
from tests.foreign import ForeignClient

#: Logs until the disk takes no more, which the kernel does after so many bytes of one file.
FULL_DISK = """
import resource, signal, sys
from mentor import Journal, MentorError
journal = Journal.open(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    for number in range(100_000):
        journal.log_trade_for_ai_analysis(7, "X", 1.25, 1, strategy_used=str(number))
        print(number, 125, flush=True)
except MentorError as refused:
    print("refused", flush=True)
    print(refused, file=sys.stderr)
"""
#: A program of somebody who may only read.
READER = """
import os, sys
from tempfile import TemporaryDirectory
from mentor import MentorError, Journal
with TemporaryDirectory() as folder, Journal.open(folder + "/other.db") as other:  # loads what it will need
    other.log_trade_for_ai_analysis(7, "X", 1.0, 1.0)
    other.trades()
os.setgid(65534)
os.setuid(65534)
try:
    with Journal.open(sys.argv[1]) as journal:
        print(len(journal.trades()), flush=True)
        journal.log_trade_for_ai_analysis(7, "X", 1.0, 1.0)
except MentorError as refused:
    print(type(refused).__name__, refused)
"""


@pytest.mark.parametrize("room", [200_000, 400_000, 1_000_000])
def test_a_full_disk(tmp_path: Path, room: int) -> None:
    path = tmp_path / "journal.db"
    with Journal.open(path, timezone="UTC") as journal:
        journal.get_or_create_today_session()
    program = started(FULL_DISK, path, room)
    _, complained = program.process.communicate(timeout=300)
    *told, refused = program.said.read_text().splitlines(keepends=True)
    assert refused == "refused\n"
    assert "nothing was stored" in complained
    assert "Traceback" not in complained
    assert acknowledged("".join(told)) == stored(path)
    with Journal.open(path) as journal:
        journal.log_trade_for_ai_analysis(7, "X", 1.0, 1.0, strategy_used="room again")
    assert_whole(path)


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="needs to become somebody else")
@pytest.mark.parametrize("sealed", ["file", "folder"])
def test_a_journal_that_may_only_be_read(sealed: str) -> None:
    with TemporaryDirectory() as name:  # what lies in pytest's own is for its owner only
        folder, path = Path(name), Path(name) / "journal.db"
        with Journal.open(path, timezone="UTC") as journal:
            journal.log_trade_for_ai_analysis(7, "X", 1.0, 1.0, strategy_used="before")
            folder.chmod(0o755 if sealed == "folder" else 0o777)
            path.chmod(0o666 if sealed == "folder" else 0o444)
            said = started(READER, path).ended(60)
        assert "ReadOnlyJournal" in said
        assert "Allow writing" in said or "can be written" in said
        assert stored(path) == {"before": 100}


def test_a_file_deleted_while_it_is_open(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(7, "X", 1.0, 1.0)
    journal.path.unlink()
    with pytest.raises(errors.JournalError, match="is gone"):
        journal.log_trade_for_ai_analysis(7, "X", 1.0, 1.0)
    with pytest.raises(errors.JournalError, match="is gone"):
        journal.trades()


def test_a_clock_moved_back_an_hour(tmp_path: Path) -> None:
    clock = [NOW]
    with Journal.open(tmp_path / "journal.db", timezone="Asia/Jakarta", now=lambda: clock[0]) as journal:
        journal.log_trade_for_ai_analysis(7, "X", 1.0, 1.0)
        first = journal.check_in("tenang")
        clock[0] = NOW - timedelta(hours=1)
        journal.log_trade_for_ai_analysis(7, "X", 2.0, 1.0)
        second = journal.check_in("takut")
        assert journal.trades()["profit_loss"].sum() == 3.0
        assert {mood.id for mood in journal.check_ins(journal.today())} == {first, second}
        clock[0] = datetime(2025, 1, 14, 16, 30, tzinfo=UTC)  # and over midnight: a day of its own, nothing moved
        journal.log_trade_for_ai_analysis(7, "X", 4.0, 1.0)
        assert [session.total_profit_loss for session in journal.sessions()] == [3.0, 4.0]
    assert_whole(tmp_path / "journal.db")


def test_another_program_that_never_lets_go(
    journal: Journal, foreign: ForeignClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.2)
    foreign.open(journal.path)
    foreign.run("BEGIN IMMEDIATE")
    with pytest.raises(errors.JournalBusy, match="Another program keeps the journal locked"):
        journal.log_trade_for_ai_analysis(7, "X", 1.0, 1.0)
    assert journal.trades().empty, "reading goes on"
    foreign.run("ROLLBACK")
    journal.log_trade_for_ai_analysis(7, "X", 1.0, 1.0)
    assert len(journal.trades()) == 1
