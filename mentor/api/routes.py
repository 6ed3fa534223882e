"""The addresses of the HTTP door; people who open one in a browser are led to the page."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from mentor.api import answers, refusals
from mentor.api.callers import wants_json
from mentor.api.door import Asked, Door, Endpoint
from mentor.arguments import as_day
from mentor.errors import MentorError
from mentor.models import Once
from mentor.settings import VERSION

_REFUSALS: Final[dict[Any, Any]] = {
    MentorError: refusals.refuse,
    HTTPException: refusals.refuse_http,
    Exception: refusals.refuse_unforeseen,
}


def routes(door: Door | None = None) -> list[BaseRoute]:
    """For the server that shows the pages; whatever else is asked below these addresses is refused in our form."""
    inside = _application(door or Door())
    places = ("/health", "/ai-mentor", "/ai-mentor/{below:path}", "/api/{below:path}")
    return [Route(place, inside) for place in places]


def _application(guarded: Door) -> Starlette:
    told = [
        Route("/health", _health(guarded)),
        Route("/ai-mentor", _led(".", guarded(_summary))),
        Route("/ai-mentor/", _led("..", guarded(_summary))),
        Route("/ai-mentor/today-report", _led("../today", guarded(_today_report))),
        Route("/ai-mentor/history", _led("../history", guarded(_history))),
        Route("/ai-mentor/session/{date}", _led_to_session(guarded)),
        Route("/ai-mentor/update-emotions", guarded.writing(_update_emotions), methods=["POST"]),
        Route("/ai-mentor/api/generate-instant-feedback", guarded(_feedback), methods=["POST"]),
        Route("/ai-mentor/api/dashboard-summary", guarded(_summary)),
        Route("/ai-mentor/api/trades", guarded.writing(_trades), methods=["POST"]),
        Route("/api/dashboard-summary", guarded(_summary)),
        Route("/api/openapi.json", guarded(_openapi)),
    ]
    application = Starlette(routes=told, exception_handlers=_REFUSALS)
    application.router.redirect_slashes = False
    return application


def _led(page: str, answer: Endpoint) -> Endpoint:
    """Programs that ask for JSON are answered; whoever else opens the address is led to the page, relative to it."""

    async def endpoint(request: Request) -> Response:
        if wants_json(request):
            return await answer(request)
        return RedirectResponse(page, 307)

    return endpoint


def _led_to_session(guarded: Door) -> Endpoint:
    answer = guarded(_session)

    async def endpoint(request: Request) -> Response:
        if wants_json(request):
            return await answer(request)
        day = as_day(request.path_params["date"], "date")
        return RedirectResponse(f"../../session?date={day.isoformat()}", 307)

    return endpoint


def _health(guarded: Door) -> Endpoint:
    async def endpoint(_request: Request) -> Response:
        try:
            await run_in_threadpool(lambda: guarded.journal().today())
        except MentorError as error:
            told = {"status": "unavailable", "version": VERSION, "journal": type(error).__name__}
            return JSONResponse(told, 503, {"Retry-After": "5"})
        return JSONResponse({"status": "ok", "version": VERSION, "journal": "ok"})

    return endpoint


def _summary(asked: Asked) -> tuple[int, dict[str, Any]]:
    return 200, answers.summary(asked.journal)


def _today_report(asked: Asked) -> tuple[int, dict[str, Any]]:
    return 200, answers.today_report(asked.journal)


def _history(asked: Asked) -> tuple[int, dict[str, Any]]:
    return 200, answers.history(asked.journal, asked.query.get("limit"), asked.query.get("before"))


def _session(asked: Asked) -> tuple[int, dict[str, Any]]:
    return 200, answers.session(asked.journal, as_day(asked.path["date"], "date"))


def _update_emotions(asked: Asked) -> tuple[int, dict[str, Any]]:
    from mentor.api import payloads  # pydantic takes its time, and the server must be healthy soon

    sent = payloads.read(payloads.EmotionsSent, asked.body)
    once = _once(asked, sent.model_dump_json().encode())
    return 200, answers.told(asked.journal.tell(sent.emotions, sent.notes, once=once))


def _feedback(asked: Asked) -> tuple[int, dict[str, Any]]:
    from mentor.api import payloads

    sent = payloads.read(payloads.FeedbackAsked, asked.body)
    return 200, answers.feedback(asked.journal, sent.emotions, sent.current_pnl)


def _trades(asked: Asked) -> tuple[int, dict[str, Any]]:
    from mentor.api import payloads

    sent, canonical = payloads.trades_sent(asked.body)
    stored = asked.journal.log_trades(sent, once=_once(asked, canonical))
    return 200 if all(trade.duplicate for trade in stored) else 201, answers.logged(stored)


def _once(asked: Asked, canonical: bytes) -> Once | None:
    if asked.key is None:
        return None
    return Once(token_id=asked.token.id, key=asked.key, digest=hashlib.sha256(canonical).hexdigest())


def _openapi(_asked: Asked) -> tuple[int, dict[str, Any]]:
    from mentor.api.openapi import document

    return 200, document()
