"""Other programs on the journal: `sqlite3` in a process of its own, never in ours (DESIGN §2)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_WORKER = """
import json, sqlite3, sys
connection = None
for line in sys.stdin:
    request = json.loads(line)
    try:
        if "open" in request:
            if connection is not None:
                connection.close()
            connection = sqlite3.connect(request["open"], timeout=20, isolation_level=None)
            answer = []
        else:
            answer = connection.execute(request["sql"], request["parameters"]).fetchall()
        print(json.dumps({"rows": answer}), flush=True)
    except sqlite3.Error as refusal:
        print(json.dumps({"error": str(refusal)}), flush=True)
"""


class Refused(Exception):
    """SQLite said no to the other program."""


class ForeignClient:
    """A Python program that knows nothing of Mentor; foreign keys are off, as SQLite starts."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def open(self, path: Path) -> None:
        self._ask({"open": str(path)})

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> list[list[Any]]:
        """The rows of one statement; raises `Refused` with SQLite's words."""
        return self._ask({"sql": sql, "parameters": list(parameters)})

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)

    def _ask(self, request: dict[str, Any]) -> list[list[Any]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise Refused(answer["error"])
        rows: list[list[Any]] = answer["rows"]
        return rows
