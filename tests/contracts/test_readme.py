"""What the README and the continuous check tell people to do is what works, to the letter."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from mentor.cli import command_parser
from tests.contracts.code import ROOT
from tests.foreign import ForeignClient

README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
HELP = subprocess.run(
    [sys.executable, "-m", "mentor", "import", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout


def blocks(language: str) -> list[str]:
    """The code blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


START, TEST, COMMANDS = blocks("bash")
QUERIES = blocks("sql")


def test_each_command_is_one_line_that_installs_and_runs() -> None:
    assert START.strip().splitlines() == [
        "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/streamlit run app.py"
    ]
    (line,) = TEST.strip().splitlines()
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install -r requirements-dev.txt && ")


def test_windows_gets_the_same_commands() -> None:
    unix = (START + TEST).replace("python3", "py").replace(".venv/bin/", ".venv\\Scripts\\")
    assert blocks("bat") == [unix]


def test_ci_runs_the_readmes_test_command() -> None:
    assert CI.splitlines()[-1] == TEST.strip()
    assert "export CI=true" in CI
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_named_files_are_there() -> None:
    for name in re.findall(r"-r (\S+)|\b(app\.py)\b", START + TEST):
        assert (ROOT / "".join(name)).is_file()
    links = set(re.findall(r"\]\(([^)#:]+)\)", README)) - {"docs/screenshot.png"}
    folders = {name for row in README.splitlines() if row.startswith("| `") for name in re.findall(r"`([\w/.]+)`", row)}
    assert [name for name in links | folders if name != "Journal" and not (ROOT / name).exists()] == []


@pytest.mark.parametrize("line", COMMANDS.strip().splitlines())
def test_every_command_shown_is_understood(line: str) -> None:
    words = shlex.split(line)
    assert words[:3] == [".venv/bin/python", "-m", "mentor"]
    assert command_parser().parse_args(words[3:])


def test_every_command_is_shown() -> None:
    usage = subprocess.run(
        [sys.executable, "-m", "mentor", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    shown = {shlex.split(line)[3] for line in COMMANDS.strip().splitlines()}
    assert shown == set(re.findall(r"^    ([a-z][\w-]+)\s", usage, re.MULTILINE))


@pytest.mark.parametrize(
    "option",
    [
        *("--dry-run", "--json", "--trades", "--timezone", "--date-order", "--multiplier", "--account"),
        *("--add-lookalikes", "--opening-sells", "--map", "--refused"),
    ],
)
def test_import_explains_its_options(option: str) -> None:
    assert option in HELP


def test_the_bots_examples_log_and_the_query_finds_them(tmp_path: Path, foreign: ForeignClient) -> None:
    database = tmp_path / "journal.db"
    environment = os.environ | {"MENTOR_DATABASE": str(database), "PYTHONPATH": str(ROOT)}
    (example,) = blocks("python")
    subprocess.run([sys.executable, "-c", example], cwd=tmp_path, env=environment, check=True)
    foreign.open(database)
    insert, query = QUERIES
    foreign.run(insert)
    ((_, net, emotion, report, _),) = foreign.run(query)
    assert (net, emotion, report) == (501.0, "netral", None)
    today = "WHERE ts.session_date = (SELECT session_date FROM trader_today)"
    assert f"`{today}`" in README
    assert foreign.run(f"SELECT total_trades FROM trading_sessions ts {today}") == [[2]]
    backup = re.search(r'sqlite3 data/mentor\.db "(VACUUM INTO \'backup\.db\')"', README)
    assert backup is not None
    foreign.run(backup[1].replace("backup.db", str(tmp_path / "backup.db")))
    foreign.open(tmp_path / "backup.db")
    assert foreign.run("SELECT count(*) FROM daily_trading_data") == [[2]]
