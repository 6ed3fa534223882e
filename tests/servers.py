"""The app as a process of its own, on a journal of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.contracts.code import ROOT


@dataclass(frozen=True)
class Server:
    """The running app: where it listens, its journal, and what it writes to its log."""

    url: str
    journal: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def logged(self, words: str) -> list[str]:
        """The lines of its log once these words stand there: a line is written after its answer."""
        for _ in range(600):
            if words in (written := self.log.read_text()):
                return written.splitlines()
            _pause(self.process)
        pytest.fail(f"{words} was not logged:\n{self.log.read_text()}")


@contextmanager
def running(folder: Path, app: str = "app.py") -> Iterator[Server]:
    """`streamlit run app.py` on a free port."""
    port, log = free_port(), folder / "server.log"
    with log.open("w") as written:
        process = subprocess.Popen(
            command(port, app), cwd=ROOT, env=environment(folder), stdout=written, stderr=written
        )
        server = Server(f"http://127.0.0.1:{port}", folder / "journal.db", log, process)
        try:
            _wait_for(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)


def command(port: int, app: str = "app.py") -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", app, f"--server.port={port}"]


def environment(folder: Path) -> dict[str, str]:
    told = {"MENTOR_DATABASE": str(folder / "journal.db"), "TZ": "Asia/Jakarta", "PYTHONPATH": str(ROOT)}
    return os.environ | told


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server) -> None:
    """Until the server answers; the retries are the connection's own, nothing sleeps."""
    for _ in range(600):
        assert server.process.poll() is None, server.log.read_text()
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=20) as answer:
                assert answer.status == 200
                return
        except OSError:  # nobody listens yet, or hangs up while it starts
            _pause(server.process)
    pytest.fail(server.log.read_text())


def _pause(process: subprocess.Popen[bytes]) -> None:
    """A tenth of a second, unless the server ends before."""
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return
