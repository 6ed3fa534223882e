"""`token`: made and shown once, listed without its secret, revoked; another trader's stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentor import Journal
from mentor.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["--language", "en", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_token_is_made_listed_and_revoked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "journal.db"
    file = ("--database", str(path))
    status, secret, note = run(capsys, *file, "token", "create", "gold-bot")
    assert (status, secret.count("\n")) == (0, 1)
    assert "nobody can show it again" in note
    with Journal.open(path) as journal:
        assert journal.token_of(secret.strip()) is not None
    _, listed, _ = run(capsys, *file, "token", "list")
    assert "gold-bot" in listed
    assert secret.strip() not in listed
    assert run(capsys, *file, "token", "revoke", "1")[:2] == (0, "Token 1 of gold-bot opens nothing any more.\n")
    assert "revoked" in run(capsys, *file, "token", "list")[1]
    with Journal.open(path) as journal:
        assert journal.token_of(secret.strip()) is None


def test_only_own_tokens_are_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = ("--database", str(tmp_path / "journal.db"))
    run(capsys, *file, "token", "create", "mine")
    run(capsys, *file, "user", "add", "Sari")
    assert run(capsys, *file, "--user", "2", "token", "list")[1] == "No token made yet.\n"
    status, _, refused = run(capsys, *file, "--user", "2", "token", "revoke", "1")
    assert (status, refused) == (1, "There is no token 1. List them with `token list`.\n")
    assert "revoked" not in run(capsys, *file, "token", "list")[1]


def test_a_missing_journal_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, refused = run(capsys, "--database", str(tmp_path / "none.db"), "token", "list")
    assert (status, "There is no journal" in refused) == (1, True)
