"""Files made to do harm: refused in one sentence, in little memory, and nothing is left behind."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from mentor import Journal
from mentor.cli import main as command
from mentor.errors import ImportRefused
from tests.contracts.code import ROOT
from tests.security.bombs import BOMBS, GOOD, archive, stored, zeros
from tests.ui.conftest import Start, seen, start  # noqa: F401
from tests.ui.test_uploading import upload

#: What any bomb may take beside its own bytes.
MOST_MB = 250
NAMES = (
    "../../../../etc/evil.csv",
    "..\\..\\evil.csv",
    "\u202egpj.evil.csv",
    "a\r\nSet-Cookie: x\0.csv",
    "\ud800.csv",
    f"{'x' * 1000}.csv",
    '<img src=x onerror="alert(1)">.csv',
    "=cmd|' !A0.csv",
)


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[str, int]]:
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("memory is measured as Linux tells it")
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.bombs"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return {title: (said, grown) for title, said, grown in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("title", BOMBS)
def test_a_bomb_is_refused_in_one_sentence_and_little_memory(title: str, answers: dict[str, tuple[str, int]]) -> None:
    said, grown = answers[title]
    assert BOMBS[title][2] in said
    assert "\n" not in said
    assert len(said) < 2000
    assert grown < MOST_MB


def test_a_journal_in_parquet_does_not_unfold() -> None:
    """A text of a megabyte, told ten thousand times, takes a few kilobytes there."""
    from mentor.transfer import unpacking
    from mentor.transfer.tables import TABLES

    names = TABLES["bots"].headers
    text = pa.array(["x" * (1 << 20)] * 3).dictionary_encode()
    folded = pa.DictionaryArray.from_arrays(pa.array([0] * 10_000, pa.int32()), text.dictionary)
    out = io.BytesIO()
    parquet.write_table(pa.table([folded] * len(names), names=list(names)), out, compression="zstd")
    assert len(out.getvalue()) < 1 << 20
    with pytest.raises(ValueError, match="larger than any journal"):
        unpacking._parquet(out.getvalue(), TABLES["bots"])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_harms_nothing_and_is_kept_readable(name: str, journal: Journal) -> None:
    from mentor.importing import refused_name

    record = journal.commit_import(journal.plan_import((name, GOOD)))
    kept = journal.imports()[0].file_name
    assert record.trades == 1
    assert len(kept) <= 255
    for text in (kept, refused_name(name)):
        assert not [sign for sign in text if not sign.isprintable() or sign in "/\\\u202e\ud800"], text


def test_a_name_inside_an_archive_writes_nowhere(journal: Journal, tmp_path: Path) -> None:
    target = tmp_path / "evil.csv"
    for name in (f"../../../../../../../..{target}", str(target), f"C:\\{target}"):
        plan = journal.plan_import(("a.zip", stored(name, GOOD)))
        assert plan.reading.file_name == "evil.csv"
        assert not target.exists()


def test_nothing_is_left_behind(journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    lying = archive(("a.csv", 8, zeros(4), 10, 0))
    for name, content in (("a.zip", lying), ("bots.db", b"SQLite format 3\0" + b"x" * 5000), ("good.csv", GOOD)):
        with suppress(ImportRefused):
            journal.plan_import((name, content))
    assert list(scratch.iterdir()) == []


def test_the_command_says_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(archive(("a.csv", 8, zeros(8), 0xFFFFFFF0, 0)))
    assert command(["--database", str(tmp_path / "journal.db"), "import", "--dry-run", str(bomb)]) == 1
    said = "".join(capsys.readouterr())
    assert "zip archive" in said
    assert "Traceback" not in said


@pytest.mark.usefixtures("journal")
def test_the_page_says_one_sentence(start: Start) -> None:  # noqa: F811
    app = upload(start(page="imports"), BOMBS["wide gaps"][1]()[:-40], "<img src=x onerror=alert(1)>.xlsx")
    assert not app.exception
    assert len(app.error) == 1
    assert "\\<img" in app.error[0].value, "escaped: shown, never drawn"


@pytest.mark.usefixtures("journal")
def test_a_file_over_the_limit_is_never_read(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Neither for its trades nor for its columns; the server's own limit holds in browsers only."""
    from mentor.ui.upload_data import Upload

    def opened(_: Upload) -> tuple[str, bytes]:
        raise AssertionError("it was read")

    monkeypatch.setattr("mentor.ui.upload_data.MAX_UPLOAD_MB", 1)
    monkeypatch.setattr(Upload, "source", property(opened))
    app = upload(start(page="imports"), GOOD + b"\n" * (2 << 20))
    assert not app.exception
    assert [error.value for error in app.error if "larger than" in error.value]
