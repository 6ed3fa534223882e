"""The server as it starts: who may reach it, what it sends along, what it writes down, how it ends."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.code import ROOT
from tests.servers import Server, command, environment, running

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 [A-Z]+ [\w.-]+ [\w.]+ \S.*")
HEADERS = (
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
)
SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as started:
        yield started
    assert "Traceback" not in started.log.read_text()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of one request."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        asked.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = asked.getresponse()
        held = "" if answer.status == 101 else answer.read().decode(errors="replace")
        return answer.status, {name.casefold(): value for name, value in answer.getheaders()}, held
    finally:
        asked.close()


def a_script(server: Server) -> str:
    """The address of a static file of the page."""
    [name, *_] = re.findall(r'src="\.?/?(static/js/[^"]+)"', ask(server, "/")[2])
    return f"/{name}"


def test_it_listens_on_this_machine_only(server: Server) -> None:
    """Another address of the machine, even the loopback's second one, reaches nobody."""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", server.port), timeout=5)


@pytest.mark.parametrize("path", ["/", "/settings", "/_stcore/health", "/health", "/api/trades", "script"])
def test_a_foreign_name_reaches_nothing(server: Server, path: str) -> None:
    """A page of another site may rename this machine to its own name; the browser then says that name."""
    path = a_script(server) if path == "script" else path
    for name in ("evil.test", "evil.test:8501", "localhost.evil.test", "127.0.0.1.evil.test"):
        assert ask(server, path, Host=name)[0] == 421


@pytest.mark.parametrize(
    "path", ["/", "/trades", "/no/such/page", "/_stcore/health", "/_stcore/nothing", "/health", "/api/trades", "script"]
)
def test_every_answer_carries_the_headers(server: Server, path: str) -> None:
    _, headers, body = ask(server, a_script(server) if path == "script" else path)
    for name, value in HEADERS:
        assert headers[name] == value
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "Traceback (most recent call last)" not in body


def test_a_socket_opens_for_our_own_page_only(server: Server) -> None:
    own, path = f"http://127.0.0.1:{server.port}", "/_stcore/stream"
    status, headers, _ = ask(server, path, Origin=own, **SOCKET)
    assert status == 101
    assert headers["x-content-type-options"] == "nosniff"
    for origin in (
        "https://evil.test",
        "null",
        "http://127.0.0.1.evil.test",
        "http://127.0.0.1:1",
        "http://[",
        "127.0.0.1",
    ):
        assert ask(server, path, Origin=origin, **SOCKET)[0] == 403
        assert ask(server, "/health", Origin=origin)[0] == 403
    assert ask(server, path, Host="evil.test", Origin="http://evil.test", **SOCKET)[0] == 403
    assert "external IP" not in server.log.read_text(), "nobody else was asked which address we have"


def test_a_proxy_may_leave_the_port_out(server: Server) -> None:
    """nginx does, with `$host`."""
    assert ask(server, "/_stcore/stream", Host="localhost", Origin="https://localhost", **SOCKET)[0] == 101


def test_another_site_cannot_send_a_file(server: Server) -> None:
    """Without the cookie's twin in the header an upload is refused, wherever it says it belongs."""
    for method in ("PUT", "POST", "DELETE"):
        status, _, body = ask(server, "/_stcore/upload_file/session/file", method, Origin="https://evil.test")
        assert status in (400, 403, 404, 405)
        assert "Traceback" not in body


@pytest.mark.parametrize(
    "path", ["/../app.py", "/static/../../app.py", "/%2e%2e/app.py", "/media/..%2f..%2fetc/passwd"]
)
def test_no_file_of_the_machine_is_served(server: Server, path: str) -> None:
    _, _, body = ask(server, path)
    assert "st.App" not in body
    assert "root:" not in body


def test_the_log_is_one_line_a_request_and_tells_no_secret(server: Server) -> None:
    secret = "mentor_" + "s3cretS3cret" * 3
    ask(server, f"/api/trades?token={secret}", Authorization=f"Bearer {secret}", X_Request_Id="known-1")
    ask(server, f"/{secret}%0AFORGED", X_Request_Id="forged\x0bid")
    ask(server, "/_stcore/health", X_Request_Id="known-2")
    written = server.logged(" known-2 ")
    lines = [line for line in written if " mentor.access " in line]
    assert [line for line in lines if " known-1 mentor.access GET /api/trades 4" in line]
    assert all(LINE.fullmatch(line) for line in lines)
    assert not [line for line in written if "S3cret" in line or line.startswith("FORGED") or "forged" in line]


def test_it_ends_when_asked_to(tmp_path: Path) -> None:
    """With a page open, too."""
    with running(tmp_path) as ending:
        opened = socket.create_connection(("127.0.0.1", ending.port), timeout=20)
        asked = "\r\n".join(
            f"{name}: {value}" for name, value in {"Host": f"127.0.0.1:{ending.port}", **SOCKET}.items()
        )
        opened.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{asked}\r\n\r\n".encode())
        assert opened.recv(12) == b"HTTP/1.1 101"
        ending.process.terminate()
        assert ending.process.wait(timeout=20) in (0, -15, 143)
        opened.close()
    assert "Traceback" not in ending.log.read_text()


def test_a_busy_port_is_said_in_a_sentence(server: Server) -> None:
    done = subprocess.run(
        command(server.port),
        cwd=ROOT,
        env=environment(server.journal.parent),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"Port {server.port} is not available" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
