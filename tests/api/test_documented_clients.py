"""The clients of `docs/api.md`, run as they stand there against a real server and its journal."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentor import Journal
from tests.contracts.code import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def client(kind: str) -> str:
    """The code block of this kind."""
    [found] = re.findall(rf"^```\w+ {kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A server started by the documented command, and what the clients are told of it."""
    folder = tmp_path_factory.mktemp("door")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = os.environ | {"MENTOR_DATABASE": str(folder / "journal.db"), "TZ": "Asia/Jakarta", "LANG": "C"}
    made = run([sys.executable, "-m", "mentor", "token", "create", "docs"], told)
    told |= {"MENTOR_TOKEN": made.strip(), "MENTOR_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "mentor", "serve", "--port", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=told, stdout=log, stderr=log)
        try:
            wait_for(told["MENTOR_URL"], server)
            yield told
        finally:
            server.terminate()
            server.wait(timeout=20)
    assert "Traceback" not in (folder / "log").read_text()
    assert told["MENTOR_TOKEN"] not in (folder / "log").read_text()


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=20) as answer:
                assert answer.status == 200
                return
        except urllib.error.URLError:
            pause(server)
    pytest.fail("the server did not get healthy")


def pause(server: subprocess.Popen[bytes]) -> None:
    """A tenth of a second, unless the server ends before."""
    try:
        server.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


def stored(environment: dict[str, str]) -> list[tuple[str, float | None, int | None]]:
    with Journal.open(Path(environment["MENTOR_DATABASE"])) as journal:
        ids = journal.trades()["id"].tolist()
        return sorted((row.symbol, row.profit_loss, row.bot_id) for row in journal.trades_by_id(ids))


def test_the_clients_work_as_copied(environment: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "client.py"
    for kind in ("http", "sqlite"):
        script.write_text(client(kind), encoding="utf-8")
        for _twice in range(2):
            run([sys.executable, "-W", "error::SyntaxWarning", str(script)], environment)
    for _twice in range(2):
        assert '"ids":[' in run(["sh", "-c", client("curl")], environment)
    assert stored(environment) == [("BTC/USD", 75.25, 101), ("EURUSD", -12.5, 0), ("XAUUSD", 250.5, 101)]


def test_the_client_asks_again_when_the_server_dies_before_it_answers(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    script = tmp_path / "client.py"
    script.write_text(client("http"), encoding="utf-8")
    real = environment["MENTOR_URL"].rpartition(":")[2]
    with socket.create_server(("127.0.0.1", 0)) as dying:
        dying.settimeout(60)
        told = environment | {"MENTOR_URL": f"http://127.0.0.1:{dying.getsockname()[1]}"}
        with subprocess.Popen([sys.executable, str(script)], env=told, stdout=subprocess.PIPE, text=True) as bot:
            first, _address = dying.accept()
            asked = received(first)
            first.close()  # killed: not a word
            for request in range(2):
                passed_on, _address = dying.accept()
                with passed_on, socket.create_connection(("127.0.0.1", int(real))) as server:
                    again = received(passed_on)
                    server.sendall(again)
                    while part := server.recv(65_536):
                        passed_on.sendall(part)
                if request == 0:  # the second one is the mood
                    assert key(again) == key(asked)
            assert bot.communicate(timeout=60)[0].startswith("[")
    assert bot.returncode == 0


def received(connection: socket.socket) -> bytes:
    """A whole request."""
    data = b""
    while b"\r\n\r\n" not in data or len(data.partition(b"\r\n\r\n")[2]) < length(data):
        data += connection.recv(65_536)
    return data


def length(request: bytes) -> int:
    return int(re.findall(rb"(?i)content-length: (\d+)", request)[0])


def key(request: bytes) -> bytes:
    return bytes(re.findall(rb"(?i)idempotency-key: (\S+)", request)[0])


def test_a_page_opens_over_the_documented_address(environment: dict[str, str]) -> None:
    with urllib.request.urlopen(f"{environment['MENTOR_URL']}/ai-mentor/today-report", timeout=20) as answer:
        assert (answer.status, answer.url) == (200, f"{environment['MENTOR_URL']}/today")
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_every_address_is_documented() -> None:
    from mentor.api.openapi import document

    for address in document()["paths"]:
        assert address.replace("{date}", "2025-01-15") in PAGE, address
