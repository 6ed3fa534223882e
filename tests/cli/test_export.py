"""`export` and back through `import`: one file, everything in it, undone like any import."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentor import Journal
from mentor.cli import main
from mentor.models import Trade


def run(capsys: pytest.CaptureFixture[str], database: Path, *arguments: str) -> tuple[int, str, str]:
    status = main(["--language", "en", "--database", str(database), *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("form", [(), ("--parquet",)])
def test_a_journal_goes_into_a_file_and_into_another_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: tuple[str, ...]
) -> None:
    mine, copy, target = tmp_path / "mine.db", tmp_path / "copy.db", tmp_path / "journal.zip"
    with Journal.open(mine, timezone="Asia/Jakarta") as journal:
        journal.add_trade(Trade(symbol="EURUSD", profit_loss=-12.35, lot_size=0.1, notes="=1+1"))
        journal.check_in("takut")
    assert run(capsys, mine, "export", str(target), *form) == (0, f"Wrote {target}.\n", "")
    status, said, _ = run(capsys, copy, "import", str(target), "--refused", str(tmp_path / "refused.csv"))
    assert status == 0
    assert "mentor_journal, 1 trade, net" in said
    assert "added 1 trade, 2 days, moods and reports" in said
    assert "its days are those of Asia/Jakarta" in said
    assert "nothing to add" in run(capsys, copy, "import", str(target))[1]
    with Journal.open(copy) as journal:
        ((trade,),) = [journal.day_trades(session.date) for session in journal.sessions() if session.date]
    assert (trade.profit_loss, trade.notes) == (-12.35, "=1+1")
    assert run(capsys, copy, "undo", "1")[0] == 0
    with Journal.open(copy) as journal:
        assert journal.trades().empty


def test_a_file_that_is_there_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine, target = tmp_path / "mine.db", tmp_path / "journal.zip"
    Journal.open(mine, timezone="UTC").close()
    target.write_text("somebody's work")
    status, _, said = run(capsys, mine, "export", str(target))
    assert (status, target.read_text()) == (1, "somebody's work")
    assert "Name a new file" in said


def test_a_mistyped_journal_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, said = run(capsys, tmp_path / "none.db", "export", str(tmp_path / "journal.zip"))
    assert status == 1
    assert "There is no journal" in said
    assert not (tmp_path / "journal.zip").exists()
