"""Who is let in, how often, in which form they are refused, and what every answer carries."""

from __future__ import annotations

import logging
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from mentor import Journal
from mentor.api.door import Door
from mentor.api.limits import Limit
from mentor.api.middleware import HEADERS, Edge
from mentor.api.routes import routes
from mentor.errors import JournalBusy, JournalError, ReadOnlyJournal
from mentor.storage import tokens
from tests.api.client import Client

SUMMARY = "/api/dashboard-summary"
LED = {
    "/ai-mentor": ".",
    "/ai-mentor/": "..",
    "/ai-mentor/today-report": "../today",
    "/ai-mentor/history": "../history",
    "/ai-mentor/session/2025-01-15": "../../session?date=2025-01-15",
}
GUARDED = [*LED, SUMMARY, "/ai-mentor/api/dashboard-summary", "/api/openapi.json"]
POSTED = ["/ai-mentor/update-emotions", "/ai-mentor/api/generate-instant-feedback", "/ai-mentor/api/trades"]


@pytest.mark.parametrize("path", GUARDED)
def test_reading_takes_a_token(path: str, stranger: Client, program: Client) -> None:
    answer = stranger.get(path)
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert program.get(path).status in {200, 404}


@pytest.mark.parametrize("path", POSTED)
def test_writing_takes_a_token(path: str, stranger: Client, journal: Journal) -> None:
    assert stranger.post(path, {"emotions": "tenang"}).status == 401
    assert journal.sessions() == []


@pytest.mark.parametrize(("path", "page"), LED.items())
def test_people_are_led_to_the_page(path: str, page: str, stranger: Client) -> None:
    answer = stranger.ask("GET", path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (answer.status, answer.headers["location"], answer.body) == (307, page, b"")


@pytest.mark.parametrize("day", ["2025-13-01", "x", "%0d%0aSet-Cookie:a=b"])
def test_a_day_that_is_none_leads_nowhere(day: str, stranger: Client) -> None:
    answer = stranger.ask("GET", f"/ai-mentor/session/{day}")
    assert (answer.status, "location" in answer.headers) == (422, False)


def test_a_token_opens_until_it_is_revoked(program: Client, journal: Journal) -> None:
    assert program.get(SUMMARY).status == 200
    [token] = journal.tokens()
    assert token.last_used_at is not None
    journal.revoke_token(token.id)
    assert program.get(SUMMARY).status == 401


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", "Basic abc", "Bearer mentor_x", "Bearer é", f"Bearer {'x' * 300}"]
)
def test_what_is_no_token_opens_nothing(sent: str, stranger: Client) -> None:
    assert stranger.get(SUMMARY, Authorization=sent).status == 401


def test_a_header_said_twice_is_refused(program: Client, stranger: Client, journal: Journal) -> None:
    """A proxy before us may go by the other one."""
    for client, name in ((stranger, "Authorization"), (program, "Idempotency-Key"), (program, "Content-Type")):
        twice = {name: "application/json", name.upper(): "text/plain"}
        answer = client.ask("POST", "/ai-mentor/api/trades", b"{}", **{"Content-Type": "application/json"} | twice)
        assert (answer.status, answer.json["error"]["code"]) == (400, "bad_request"), name
    assert journal.sessions() == []


def test_a_journal_that_cannot_be_written_is_read(program: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ReadOnlyJournal("The journal cannot be written")

    monkeypatch.setattr(tokens, "mark_used", refuse)
    assert program.get(SUMMARY).status == 200


def test_a_backup_lets_no_revoked_token_in_again(program: Client, journal: Journal) -> None:
    copy = journal.backup(journal.path.parent / "copy.db")
    [token] = journal.tokens()
    journal.create_token("later")
    journal.revoke_token(token.id)
    Journal.restore(journal.path, copy)
    assert [(kept.name, kept.revoked_at is not None) for kept in journal.tokens()] == [("robot", True)]
    assert program.get(SUMMARY).status == 401


def test_only_a_digest_of_the_secret_is_kept(program: Client, journal: Journal) -> None:
    journal.backup(journal.path.parent / "copy.db")
    assert program.token.encode() not in (journal.path.parent / "copy.db").read_bytes()
    assert program.token.startswith(journal.tokens()[0].prefix)
    assert len(program.token) > 45


def test_a_token_opens_its_own_traders_journal_only(journal: Journal, program: Client) -> None:
    other = journal.for_user(journal.add_trader("Sari"))
    theirs = Client(program.application, other.create_token("theirs"))
    trade = {"symbol": "XAUUSD", "profit_loss": 5.0, "lot_size": 1.0, "external_id": "1"}
    [stored] = theirs.post("/ai-mentor/api/trades", trade).json["ids"]
    assert [len(journal.trades()), len(other.trades())] == [0, 1]
    assert program.get(SUMMARY).json["trades"] == 0
    assert program.get("/ai-mentor/history").json["sessions"] == []
    assert program.get("/ai-mentor/session/2025-01-15").status == 404
    assert program.post("/ai-mentor/api/trades", trade).json["ids"] != [stored]
    [token] = other.tokens()
    assert token.id not in {own.id for own in journal.tokens()}
    with pytest.raises(Exception, match="There is no token"):
        journal.revoke_token(token.id)
    assert theirs.get(SUMMARY).status == 200


def test_too_many_requests_are_put_off(program: Client, journal: Journal) -> None:
    door = Door(lambda: journal)
    door._requests = Limit(rate=0.001, burst=3)
    client = Client(Starlette(routes=routes(door)), program.token)
    assert [client.get(SUMMARY).status for _ in range(4)] == [200, 200, 200, 429]
    assert int(client.get(SUMMARY).headers["retry-after"]) > 900
    other = Client(client.application, journal.create_token("other"))
    assert other.get(SUMMARY).status == 200


def test_guessing_is_put_off_and_keeps_nobody_else_out(stranger: Client, program: Client) -> None:
    statuses = [stranger.get(SUMMARY, Authorization="Bearer mentor_guess").status for _ in range(25)]
    assert statuses == [401] * 20 + [429] * 5
    assert program.get(SUMMARY).status == 200
    assert Client(stranger.application, address="10.0.0.9").get(SUMMARY).status == 401


def test_a_bucket_fills_again_and_is_forgotten() -> None:
    now = [0.0]
    limit = Limit(rate=2, burst=2, clock=lambda: now[0])
    assert [limit.wait("a") for _ in range(3)] == [0, 0, 0.5]
    now[0] = 0.5
    assert [limit.wait("a"), limit.wait("a")] == [0, 0.5]
    now[0] = 100
    for caller in range(10_001):
        limit.wait(caller)
    assert len(limit._buckets) < 10_000


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/ai-mentor/nothing", 404),
        ("GET", "/api/nothing", 404),
        ("GET", "/ai-mentor/api/trades", 405),
        ("DELETE", "/health", 405),
        ("PUT", "/ai-mentor/", 405),
        ("OPTIONS", "/ai-mentor/api/trades", 204),
        ("HEAD", "/health", 200),
    ],
)
def test_methods_and_addresses(method: str, path: str, status: int, program: Client) -> None:
    answer = program.ask(method, path)
    assert answer.status == status
    if status in (204, 405):
        assert set(answer.headers["allow"].split(", ")) <= {"GET", "HEAD", "POST", "OPTIONS"}
    if status >= 400:
        error = answer.json["error"]
        assert error.keys() == {"code", "message", "where", "todo", "request_id"}
        assert error["request_id"] == answer.headers["x-request-id"]


def test_errors_are_in_the_callers_language(program: Client) -> None:
    english, indonesian = (
        program.get("/api/nothing", Accept_Language=tag) for tag in ("fr, en;q=0.5", "en; q=0.5, id-ID; Q=0.9")
    )
    assert (english.headers["content-language"], indonesian.headers["content-language"]) == ("en", "id")
    assert english.json["error"]["message"] == "There is nothing at this address."
    assert indonesian.json["error"]["message"] != english.json["error"]["message"]


def test_a_busy_journal_is_said_so_and_no_path_is_told() -> None:
    def busy() -> Journal:
        raise JournalBusy("Another program keeps the journal locked", where="/secret/journal.db")

    client = Client(Starlette(routes=routes(Door(busy))), "mentor_x")
    answer = client.get(SUMMARY)
    assert (answer.status, answer.json["error"]["code"], answer.json["error"]["where"]) == (503, "journal_busy", None)
    assert int(answer.headers["retry-after"]) > 0
    health = client.get("/health")
    assert (health.status, health.json["journal"]) == (503, "JournalBusy")
    assert b"secret" not in answer.body + health.body


def test_a_fault_of_ours_shows_no_trace() -> None:
    def broken() -> Journal:
        raise ZeroDivisionError("inside")

    client = Client(Starlette(routes=routes(Door(broken)), middleware=[Middleware(Edge)]), "mentor_x")
    with pytest.raises(ZeroDivisionError):  # for the server's log, after the answer was sent
        client.get(SUMMARY)
    assert client.sent[-1].status == 500
    assert b"inside" not in client.sent[-1].body
    assert client.sent[-1].json["error"]["code"] == "internal"


@pytest.mark.parametrize("path", ["/health", "/ai-mentor/", "/nothing"])
def test_every_answer_keeps_browsers_safe(path: str, stranger: Client) -> None:
    answer = stranger.ask("GET", path)
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= answer.headers.items()
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_request_keeps_its_id_when_it_is_one(stranger: Client) -> None:
    assert stranger.get("/health", X_Request_Id="bot-1.7_a").headers["x-request-id"] == "bot-1.7_a"
    for odd in ("a b", "x" * 65, "<script>", "a\tb"):
        assert re.fullmatch(r"[0-9a-f]{32}", stranger.get("/health", X_Request_Id=odd).headers["x-request-id"])


def test_the_log_has_a_line_without_secrets(program: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="mentor.access"):
        program.get(f"{SUMMARY}?token=hidden", X_Request_Id="id-1")
    [line] = [record.getMessage() for record in caplog.records if record.name == "mentor.access"]
    assert re.fullmatch(r"GET /api/dashboard-summary 200 \d+ ms", line)
    assert program.token not in caplog.text


def test_other_names_of_this_machine_are_refused(journal: Journal) -> None:
    edge = Middleware(Edge, hosts=lambda: ["127.0.0.1", "localhost", "[::1]", "*.example.com"])
    client = Client(Starlette(routes=routes(Door(lambda: journal)), middleware=[edge]))
    for host in ("localhost:8501", "127.0.0.1", "[::1]:8501", "LOCALHOST.", "a.example.com"):
        assert client.get("/health", Host=host).status == 200, host
    for host in ("evil.com", "localhost.evil.com", "example.com.evil", "", "[::2]"):
        assert client.get("/health", Host=host).status == 421, host
    assert client.get("/health", host="localhost", HOST="evil.com").status == 421
    origins = {"Host": "localhost", "Origin": "http://localhost"}
    assert client.get("/health", **origins).status == 200
    assert client.get("/health", **origins, origin="http://evil.com").status == 421


def test_an_unusable_journal_is_no_fault_of_the_caller() -> None:
    def gone() -> Journal:
        raise JournalError("The journal file is gone", where="/secret")

    client = Client(Starlette(routes=routes(Door(gone))), "mentor_x")
    assert client.get(SUMMARY).json["error"]["code"] == "journal_unavailable"
