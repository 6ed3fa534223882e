"""Lint, format and types are part of the tests, so that one command checks everything."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.contracts.code import ROOT

CHECKS = {"lint": "ruff check .", "format": "ruff format --check .", "types": "mypy"}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_the_code_passes(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command} says:\n{done.stdout}{done.stderr}"
