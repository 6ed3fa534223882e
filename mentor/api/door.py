"""Lets a request in: its token, its share of requests, its body; then the journal answers in a thread of its own."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mentor.api.callers import address, language_of
from mentor.api.limits import Limit
from mentor.api.refusals import Refused
from mentor.errors import JournalBusy
from mentor.i18n.language import spoken
from mentor.journal import Journal
from mentor.messages import message
from mentor.models import ApiToken
from mentor.settings import database_path
from mentor.shared import shared_journal

#: A request's body in bytes, a header's key in characters.
LARGEST_BODY: Final = 1_000_000
LONGEST_KEY: Final = 255
RATE, BURST = 100.0, 1_000
_KEY: Final = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")
_FAILED_RATE, _FAILED_BURST = 0.2, 20
_SECRET: Final = 200
#: Seconds a write waits for those before it: with what it may then wait for other programs, less than clients wait.
_TURN: Final = 8.0

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was let in, and the journal of whom its token belongs to."""

    journal: Journal
    token: ApiToken
    body: bytes
    key: str | None
    path: Mapping[str, Any]
    query: Mapping[str, str]


Answer = Callable[[Asked], tuple[int, dict[str, Any]]]
Run = Callable[[Answer, Asked], Awaitable[tuple[int, dict[str, Any]]]]


class Door:
    """The limits of one server, and its journal; `journal` gives the one of this installation."""

    def __init__(self, journal: Callable[[], Journal] = lambda: shared_journal(database_path())) -> None:
        self.journal = journal
        self._requests = Limit(rate=RATE, burst=BURST)
        self._failures = Limit(rate=_FAILED_RATE, burst=_FAILED_BURST)
        self._writer = ThreadPoolExecutor(1, "door-writer")

    def writing(self, answer: Answer) -> Endpoint:
        """The same, one at a time: who waits for SQLite's own lock is served in no order, and some wait long."""
        return self(answer, self._in_turn)

    def __call__(self, answer: Answer, run: Run = run_in_threadpool) -> Endpoint:
        """An endpoint that answers those who may ask."""

        async def endpoint(request: Request) -> Response:
            journal, token = await self._owner(request)
            body = await _body(request) if request.method == "POST" else b""
            asked = Asked(journal, token, body, _key(request), request.path_params, request.query_params)
            language = language_of(request)
            with spoken(language):
                status, said = await run(answer, asked)
            return JSONResponse(said, status, {"Content-Language": language})

        return endpoint

    async def _in_turn(self, answer: Answer, asked: Asked) -> tuple[int, dict[str, Any]]:
        """In a thread of its own: writes that wait for a locked journal must not keep readers from theirs."""
        latest, context = time.monotonic() + _TURN, copy_context()

        def answered() -> tuple[int, dict[str, Any]]:
            if time.monotonic() > latest:
                raise JournalBusy(
                    message("Another program keeps the journal locked"), todo=message("Close it or try again.")
                )
            return context.run(answer, asked)

        return await asyncio.get_running_loop().run_in_executor(self._writer, answered)

    async def _owner(self, request: Request) -> tuple[Journal, ApiToken]:
        scheme, _space, secret = (_stated(request, "authorization") or "").partition(" ")
        secret = secret.strip()
        known = scheme.casefold() == "bearer" and secret.isascii() and len(secret) <= _SECRET
        token = await run_in_threadpool(lambda: self.journal().token_of(secret)) if known and secret else None
        if token is None:
            _refuse_often(self._failures.wait(address(request)))
            raise Refused(
                401,
                "unauthorized",
                message("A valid token is needed"),
                todo=message("Send `Authorization: Bearer` with a token from Settings, Access for programs."),
            )
        _refuse_often(self._requests.wait(token.id))
        return await run_in_threadpool(lambda: self.journal().for_user(token.user_id)), token


def _refuse_often(wait: float) -> None:
    if wait:
        raise Refused(
            429,
            "too_many_requests",
            message("Too many requests"),
            todo=message("Wait as many seconds as Retry-After says."),
            wait=wait,
        )


def _key(request: Request) -> str | None:
    key = _stated(request, "idempotency-key")
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise Refused(
            400,
            "bad_key",
            message("An Idempotency-Key is 1 to {longest} ASCII characters without spaces", longest=LONGEST_KEY),
        )
    return key


def _stated(request: Request, name: str) -> str | None:
    """A header that a proxy before us and we must not read differently: said twice, it is refused."""
    values = request.headers.getlist(name)
    if len(values) > 1:
        raise Refused(400, "bad_request", message("The header {name} is there more than once", name=name))
    return values[0] if values else None


async def _body(request: Request) -> bytes:
    """JSON only, and not more than is allowed, whatever its declared length."""
    kind = (_stated(request, "content-type") or "").partition(";")[0].strip().casefold()
    if kind != "application/json":
        raise Refused(
            415, "not_json", message("The body must be JSON"), todo=message("Send `Content-Type: application/json`.")
        )
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            raise Refused(
                413,
                "too_large",
                message("The body is larger than {largest} bytes", largest=LARGEST_BODY),
                todo=message("Send fewer trades at once."),
            )
        parts.append(part)
    return b"".join(parts)
