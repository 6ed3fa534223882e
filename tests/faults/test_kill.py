"""`kill -9` at random moments of whatever writes: the file is whole, what was told is there, nothing is half."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from mentor import Journal
from mentor.storage import backup
from tests.faults.programs import (
    DOCUMENTED,
    FULL,
    PLAIN,
    acknowledged,
    assert_whole,
    bot,
    moments,
    rows,
    started,
    stored,
)

ROUNDS = 50 if FULL else 2
#: Trades of the imported file, and of the journal that is copied, restored and exported.
MANY = 20_000

_BEGIN = """
import sys
from pathlib import Path
from mentor import Journal
from mentor.storage import backup
path, other = Path(sys.argv[1]), Path(sys.argv[2])
"""
_TABLE = f"""
header = "Symbol,Type,Lots,Open Time,Close Time,Open Price,Close Price,Profit\\n"
row = "EURUSD,buy,0.1,2025-01-{{day:02d}} 09:00:00,2025-01-{{day:02d}} 10:00:00,1,2,{{number}}\\n"
table = header + "".join(row.format(day=1 + number % 28, number=number) for number in range({MANY}))
"""
IMPORT = f"""{_BEGIN}{_TABLE}
journal = Journal.open(path)
plan = journal.plan_import(("big.csv", table.encode()))
print("begun", flush=True)
journal.commit_import(plan)
print("done", flush=True)
"""
UNDO = f"""{_BEGIN}
journal = Journal.open(path)
print("begun", flush=True)
journal.undo_import(1)
print("done", flush=True)
"""
FIRST_OPEN = f"""{_BEGIN}
print("begun", flush=True)
Journal.open(path, timezone="Asia/Jakarta").log_trade_for_ai_analysis(7, "X", 1.5, 1, strategy_used="first")
print("done", flush=True)
"""
BACKUP = f"""{_BEGIN}
print("begun", flush=True)
backup.write(path, other)
print("done", flush=True)
"""
RESTORE = f"""{_BEGIN}
print("begun", flush=True)
backup.restore(path, other)
print("done", flush=True)
"""
EXPORT = """
import sys
from mentor.cli import main
print("begun", flush=True)
assert main(["--database", sys.argv[1], "export", sys.argv[2]]) == 0
print("done", flush=True)
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of many trades, by an import of one file."""
    path = tmp_path_factory.mktemp("filled") / "filled.db"
    with Journal.open(path, timezone="UTC") as journal:
        journal.log_trade_for_ai_analysis(7, "EURUSD", 1.0, 0.1, strategy_used="before")
    started(IMPORT, path, "-").killed(300)
    return path


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    path = backup.write(filled, tmp_path / "journal.db").path
    Journal.open(path).close()  # a copy has no write-ahead log until somebody opens it
    return path


@pytest.fixture(params=range(ROUNDS))
def nth(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def counted(path: Path) -> int:
    return int(rows(path, "SELECT count(*) AS n FROM daily_trading_data")[0]["n"])


@pytest.mark.parametrize("source", [DOCUMENTED, PLAIN], ids=["documented", "plain"])
def test_logging(tmp_path: Path, nth: int, source: str) -> None:
    path = tmp_path / "journal.db"
    with Journal.open(path, timezone="UTC") as journal:
        journal.get_or_create_today_session()
    running = bot(source, "bot", path, 1_000_000)
    told = acknowledged(running.killed(moments(f"logging {source}", ROUNDS, 0.3)[nth]))
    there = stored(path)
    assert told
    assert told.items() <= there.items()
    assert len(there) - len(told) in (0, 1), "the last one may be stored and not yet be told"
    with Journal.open(path) as journal:
        assert len(journal.trades()) == len(there)
    assert_whole(path)


def test_an_import(tmp_path: Path, nth: int) -> None:
    path = tmp_path / "journal.db"
    with Journal.open(path, timezone="UTC") as journal:
        journal.log_trade_for_ai_analysis(7, "EURUSD", 1.0, 0.1, strategy_used="before")
    said = started(IMPORT, path, "-").killed(moments("import", ROUNDS, 1.5)[nth])
    with Journal.open(path) as journal:
        added = counted(path) - 1
        assert added == MANY if "done" in said else added in (0, MANY)
        assert len(journal.imports()) == len(journal.open_positions()) + (added > 0)
        assert len(journal.sessions()) == (29 if added else 1)
    assert_whole(path)


def test_taking_an_import_back(copy: Path, nth: int) -> None:
    said = started(UNDO, copy, "-").killed(moments("undo", ROUNDS, 0.8)[nth])
    with Journal.open(copy) as journal:
        [record] = journal.imports()
        assert record.undone_at is not None or "done" not in said
        assert counted(copy) == (1 + MANY if record.undone_at is None else 1)
        assert stored(copy) == {"before": 100}
    assert_whole(copy)


def test_a_first_open(tmp_path: Path, nth: int) -> None:
    path = tmp_path / "journal.db"
    said = started(FIRST_OPEN, path, "-").killed(moments("first", ROUNDS, 0.4)[nth])
    with Journal.open(path, timezone="Asia/Jakarta") as journal:
        assert journal.zone.key == "Asia/Jakarta"
        assert len(journal.trades()) == 1 if "done" in said else len(journal.trades()) <= 1
    assert_whole(path)


def test_a_backup(copy: Path, tmp_path: Path, nth: int) -> None:
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    said = started(BACKUP, copy, target).killed(moments("backup", ROUNDS, 0.6)[nth])
    assert target.exists() or "done" not in said
    if target.exists():  # what has the name is complete
        assert counted(target) == counted(copy)
        Journal.open(target).close()
        assert_whole(target)
    assert_whole(copy)
    backup.write(copy, tmp_path / "copies" / "again.db")
    assert counted(tmp_path / "copies" / "again.db") == counted(copy)


def test_an_export(copy: Path, tmp_path: Path, nth: int) -> None:
    target = tmp_path / "journal.zip"
    said = started(EXPORT, copy, target).killed(moments("export", ROUNDS, 2.5)[nth])
    assert target.exists() or "done" not in said
    if target.exists():  # what has the name is complete
        with zipfile.ZipFile(target) as packed:
            assert packed.testzip() is None
            assert packed.read("trades.csv").count(b"EURUSD") == MANY + 1
    assert_whole(copy)


def test_a_restore_while_a_bot_writes(copy: Path, tmp_path: Path, nth: int) -> None:
    live = tmp_path / "live.db"
    with Journal.open(live, timezone="UTC") as journal:
        journal.get_or_create_today_session()
    writing = bot(DOCUMENTED, "bot", live, 1_000_000)
    writing.begun()
    said = started(RESTORE, live, copy).killed(moments("restore", ROUNDS, 2.0)[nth])
    told = acknowledged(writing.killed())
    kept = sorted(tmp_path.glob("live.before-restore-*.db"))
    assert kept or "done" not in said
    there = stored(live)
    replaced = "before" in there
    assert not replaced or len(kept) == 1
    for path in kept:
        there = stored(path) | there if replaced else there
        Journal.open(path).close()
        assert_whole(path)
    assert told.items() <= there.items()
    with Journal.open(live) as journal:
        assert len(journal.imports()) == replaced
    assert_whole(live)
