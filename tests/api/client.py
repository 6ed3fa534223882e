"""A program on the other side of the door: requests straight into the ASGI application, without a socket."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """`token` is sent with every request unless it is empty."""

    application: ASGIApp
    token: str = ""
    address: str = "127.0.0.1"
    headers: dict[str, str] = field(default_factory=dict)
    sent: list[Answer] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **{"Accept": "application/json", **headers})

    def post(self, path: str, sent: object, **headers: str) -> Answer:
        body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/json", **headers})

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        named = {"Host": "localhost"} | self.headers | own | {name.replace("_", "-"): v for name, v in headers.items()}
        path, _mark, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in named.items()],
            "client": (self.address, 50_000),
            "server": ("localhost", 8501),
        }
        told: list[Message] = []
        try:
            # In a thread of its own: a browser test before this one leaves a loop running in pytest's.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(lambda: asyncio.run(_ask(self.application, scope, body, told))).result()
        finally:
            self.sent.append(_answer(told))
        return self.sent[-1]


async def _ask(application: ASGIApp, scope: dict[str, Any], body: bytes, told: list[Message]) -> None:
    parts = [body[start : start + 65_536] for start in range(0, len(body), 65_536)] or [b""]

    async def receive() -> Message:
        if not parts:
            return {"type": "http.disconnect"}
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        told.append(message)

    await application(scope, receive, send)


def _answer(told: list[Message]) -> Answer:
    start = next(message for message in told if message["type"] == "http.response.start")
    headers = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(message.get("body", b"") for message in told))
