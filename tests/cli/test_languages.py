"""Which language a command speaks, and that all of it does: help, usage errors, results, refusals; never its JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mentor import Journal
from mentor.cli import main
from mentor.cli.reader import language_of
from mentor.i18n.language import Language

Said = tuple[int, str, str]
Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def neutral_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "MENTOR_DATABASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def run(database: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object) -> Said:
        try:
            status = main(["--database", str(database), *map(str, arguments)])
        except SystemExit as ended:  # argparse ends the process itself
            status = int(ended.code or 0)
        return status, *capsys.readouterr()

    return command


def keep(database: Path, language: Language) -> None:
    with Journal.open(database, timezone="Asia/Jakarta") as journal:
        journal.keep_language(language)


# Which one ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "kept", "machine", "spoken"),
    [
        (None, None, {}, "en"),
        (None, None, {"LANG": "C.UTF-8"}, "en"),
        (None, None, {"LANG": "id_ID.UTF-8"}, "id"),
        (None, None, {"LANG": "id_ID.UTF-8", "LC_ALL": "fr_FR"}, "en"),
        (None, None, {"LANG": "en_US.UTF-8", "LC_MESSAGES": "id_ID"}, "id"),
        (None, "en", {"LANG": "id_ID.UTF-8"}, "en"),
        (None, "id", {}, "id"),
        ("en", "id", {"LANG": "id_ID.UTF-8"}, "en"),
    ],
)
def test_stated_before_kept_before_the_machines(
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    stated: str | None,
    kept: Language | None,
    machine: dict[str, str],
    spoken: Language,
) -> None:
    for name, value in machine.items():
        monkeypatch.setenv(name, value)
    if kept:
        keep(database, kept)
    before = ["--language", stated] if stated else []
    assert language_of(["--database", str(database), *before, "imports"]) == spoken


def test_a_commands_own_language_is_not_that_of_the_command(database: Path) -> None:
    assert language_of(["--database", str(database), "report", "--language", "id"]) == "en"


def test_the_journal_named_by_the_environment_is_asked(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(database, "id")
    monkeypatch.setenv("MENTOR_DATABASE", str(database))
    assert language_of(["imports"]) == "id"


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_asking_for_the_language_makes_and_changes_nothing(database: Path, content: bytes) -> None:
    assert language_of(["--database", str(database), "doctor"]) == "en"
    assert not database.exists()
    database.write_bytes(content)
    assert language_of(["--database", str(database), "doctor"]) == "en"
    assert [path.name for path in database.parent.iterdir()] == [database.name]
    assert database.read_bytes() == content


def test_what_stands_wrongly_before_the_command_is_said_by_the_real_parser(run: Run) -> None:
    status, _, err = run("--language", "fr", "imports")
    assert (status, "invalid choice: 'fr'" in err) == (2, True)
    status, _, err = run("--language")
    assert (status, "expected one argument" in err) == (2, True)


# All of it ------------------------------------------------------------------------------------------------------


def test_help_and_wrong_usage(run: Run) -> None:
    status, out, _ = run("--language", "id", "import", "--help")
    assert status == 0
    assert out.startswith("pemakaian: python -m mentor import")
    assert {"argumen:", "opsi:", "-h, --help", "tampilkan bantuan ini lalu selesai"} - {
        *(line.strip() for line in out.splitlines()),
        *(part.strip() for line in out.splitlines() for part in line.split("  ")),
    } == set()
    assert "usage" not in out
    status, _, err = run("--language", "id", "undo", "x")
    assert status == 2
    assert "python -m mentor undo: salah: argumen ID: nilai int tidak berlaku: 'x'" in err
    status, _, err = run("--language", "id", "log-trade", "EURUSD", "abc", "1")
    assert "argumen PROFIT: 'abc' bukan angka; tulis seperti 250.5" in err


def test_results_and_numbers(run: Run, database: Path) -> None:
    keep(database, "id")
    assert run("log-trade", "EURUSD", "1234.5", "0.1")[1].startswith("Trade 1 dicatat: EURUSD +1.234,5 di sesi ")
    assert run("init")[1] == f"{database} sudah jurnal, isinya 1 sesi dan 1 trade; harinya menurut Asia/Jakarta.\n"
    assert run("imports")[1] == "Belum ada yang diimpor.\n"
    out = run("doctor")[1]
    assert "keutuhan    menurut SQLite file ini utuh" in out
    assert "total       total tiap sesi sama dengan trade-nya" in out


def test_refusals(run: Run, database: Path, tmp_path: Path) -> None:
    keep(database, "id")
    assert run("undo", 7)[2] == "Tidak ada impor 7. Lihat daftarnya dengan `imports`.\n"
    assert run("risk", "15/01/2025")[2] == "DATE '15/01/2025' bukan tanggal. Tulis seperti 2025-01-15.\n"
    assert run("restore", tmp_path / "none.db")[2] == f"Cadangan itu tidak ada ({tmp_path / 'none.db'}).\n"


def test_an_import(run: Run, database: Path, tmp_path: Path) -> None:
    keep(database, "id")
    file = tmp_path / "trades.csv"
    file.write_text(
        "Symbol,Side,Lots,Open Time,Close Time,Profit\n"
        "EURUSD,buy,0.1,2025-01-15 10:00,2025-01-15 11:00,1512.5\n"
        "USDJPY,buy,0.1,2025-02-30 10:00,2025-01-15 11:00,1\n",
        encoding="utf-8",
    )
    out = run("import", file)[1]
    assert "trades.csv: closed_trades, 1 trade, net 1.512,50\n" in out
    assert "  ditambahkan 1 trade\n" in out
    assert "  untuk membatalkannya: python -m mentor --database " in out
    assert not {"refused", "added", "note", "question", "from"} & set(out.split())


def test_json_is_the_same_in_every_language(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "trades.csv"
    file.write_text("Symbol,Side\nEURUSD,buy\n", encoding="utf-8")
    told = [run("--language", language, "import", "--dry-run", "--json", file)[1] for language in ("en", "id")]
    assert told[0] == told[1]
    assert json.loads(told[0])[0]["error"].startswith("A column is missing: ")
