"""Around every request, of pages too: is the host ours, an id, headers that keep browsers safe, a line in the log."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from mentor.logs import REQUEST, REQUEST_ID

_LOG: Final = logging.getLogger("mentor.access")
#: The one script that stands in Streamlit's own page; another version of it may bring another one.
STREAMLIT_SCRIPT: Final = "sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="
#: The one of ours, `mentor.ui.languages.SCRIPT`: which language the page is in.
LANGUAGE_SCRIPT: Final = "sha256-O0VKjIijJGHiSxMgHk03K+t2eiac0SZ8xrTeH9KTpEU="
#: Streamlit draws with inline styles and starts workers from blobs; no script of a note or a symbol can ever run.
_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' '{STREAMLIT_SCRIPT}' '{LANGUAGE_SCRIPT}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Edge:
    """Outermost: sees what everything inside answers. `hosts` says which names this server answers to; none: all."""

    def __init__(self, app: ASGIApp, hosts: Callable[[], Sequence[str]] = tuple) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers)
        scope["mentor.request_id"] = request_id
        MutableHeaders(scope=scope)["X-Request-Id"] = request_id  # the page behind a socket reads it there
        begun, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] in ("http.response.start", "websocket.http.response.start", "websocket.accept"):
                status = message.get("status", 101)
                _add_headers(MutableHeaders(raw=message.setdefault("headers", [])), request_id, scope["path"])
            await send(message)

        answering = REQUEST.set(request_id)
        try:
            await self._inside(scope, headers)(scope, receive, sending)
        finally:
            if scope["type"] == "http":
                _log(scope, status, time.perf_counter() - begun)
            REQUEST.reset(answering)

    def _inside(self, scope: Scope, headers: Headers) -> ASGIApp:
        """Another name for this machine is how a foreign page would reach it, and its `Origin` tells it.

        Streamlit would ask a server of others which address we have before it refuses a foreign origin.
        """
        hosts, host = self._hosts(), headers.get("host", "")
        twice = any(len(headers.getlist(name)) > 1 for name in ("host", "origin"))
        ours = not twice and (not hosts or _named(host, hosts))
        refused = 421 if not ours else 0 if _own(headers.get("origin"), host) else 403
        if not refused:
            return self._app
        if scope["type"] == "websocket":
            return WebSocketClose(1008)
        return PlainTextResponse("This server does not answer to that name.\n", refused)


def _own(origin: str | None, host: str) -> bool:
    """Whether a page of ours asks, or no page at all; behind a proxy the port may be left out of `Host`."""
    if origin is None:
        return True
    address = origin.partition("://")[2].casefold()
    return bool(host) and host.casefold() in (address, re.sub(r":\d+$", "", address))


def _named(host: str, allowed: Sequence[str]) -> bool:
    """As Streamlit reads `server.allowedHosts`: names without port, `*` for any, `*.name` for those below one."""
    name = re.sub(r":\d*$", "", host).strip("[]").casefold().rstrip(".")
    patterns = [pattern.strip().casefold().rstrip(".") for pattern in allowed]
    return "*" in patterns or any(
        name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern.strip("[]") for pattern in patterns
    )


def _request_id(headers: Headers) -> str:
    stated = headers.get("x-request-id", "")
    return stated if REQUEST_ID.fullmatch(stated) else uuid.uuid4().hex


def _add_headers(headers: MutableHeaders, request_id: str, path: str) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers["X-Request-Id"] = request_id
    if path.startswith(("/ai-mentor", "/api/", "/health")):
        headers.setdefault("Cache-Control", "no-store")


def _log(scope: Scope, status: int, seconds: float) -> None:
    """Without the query and the headers: they may hold what nobody else should read."""
    path = ascii(scope["path"][:200])[1:-1]
    _LOG.info("%s %s %s %.0f ms", scope["method"], path, status or "-", seconds * 1000)
