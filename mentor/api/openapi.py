"""The description of the door for programs: OpenAPI 3.1, from the same models that read the requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from mentor.api.door import LONGEST_KEY
from mentor.api.payloads import MOST_TRADES, EmotionsSent, FeedbackAsked, TradeSent
from mentor.settings import VERSION

Schema = dict[str, Any]

_REF: Final = "#/components/schemas/"
#: Status → what it means; each answers with the same shape.
_REFUSED: Final = {
    "400": "The request cannot be read.",
    "401": "No token, or one that opens nothing.",
    "404": "What was asked for is not there.",
    "405": "The address does not answer to that method.",
    "409": "The Idempotency-Key came before with another request.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "422": "The request holds something that cannot be true; nothing was stored.",
    "429": "Too many requests; wait as long as Retry-After says.",
    "503": "The journal is busy or cannot be used now; try again after Retry-After.",
}
_ERROR: Final[Schema] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "where", "todo", "request_id"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "where": {"type": ["string", "null"]},
                "todo": {"type": ["string", "null"]},
                "request_id": {"type": "string"},
            },
        }
    },
}
_DAY: Final[Schema] = {"type": "string", "format": "date", "examples": ["2025-01-15"]}
_KEY: Final[Schema] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Sent again with the same request within 48 hours, it gets the same answer and stores nothing.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}
_FIGURE: Final[Schema] = {
    "type": "object",
    "required": ["value", "reason", "n"],
    "properties": {
        "value": {"type": ["number", "null"], "description": "null: undefined, `reason` says why"},
        "reason": {"type": ["string", "null"]},
        "n": {"type": "integer"},
    },
}


def document() -> Schema:
    """Every address, what it takes and what it answers."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Mentor", "version": VERSION, "description": "The HTTP door of a trading journal."},
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**_requests(), **_answers(), "Error": _ERROR},
        },
    }


def _requests() -> Schema:
    _, schema = models_json_schema(
        [(model, "validation") for model in (TradeSent, EmotionsSent, FeedbackAsked)], ref_template=_REF + "{model}"
    )
    named: Schema = schema["$defs"]
    return named


def _answers() -> Schema:
    return {
        "Health": _object(status="string", version="string", journal="string"),
        "Summary": _object(
            as_of="string", timezone="string", trades="integer", today="object", mood_coverage="object", text="string"
        )
        | {"description": "net, win_rate, profit_factor and today.net are figures: value, reason, n."},
        "Figure": _FIGURE,
        "Report": _object(engine="string", session_date="string", findings="array", advice="array", text="string"),
        "History": _object(sessions="array"),
        "Session": _object(session_date="string", id="integer", trades="array", check_ins="array"),
        "Told": _object(success="boolean", session_id="integer", session_date="string", text="string"),
        "Feedback": _object(success="boolean", feedback="object", text="string", why="array"),
        "Logged": _object(success="boolean", ids="array", stored="integer", duplicates="integer", trades="array"),
    }


def _object(**fields: str) -> Schema:
    named = {name: {"type": kind} for name, kind in fields.items()}
    return {"type": "object", "required": list(fields), "properties": named}


def _paths() -> Schema:
    day = {"name": "date", "in": "path", "required": True, "schema": _DAY}
    limit = _query("limit", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100})
    one_or_many = {
        "oneOf": [
            {"$ref": _REF + "TradeSent"},
            {"type": "array", "items": {"$ref": _REF + "TradeSent"}, "minItems": 1, "maxItems": MOST_TRADES},
        ]
    }
    summary = _get("Summary", "All trades, today, moods, risk, the newest report", "dashboardSummary")
    return {
        "/health": {"get": _get("Health", "Whether the server and its journal answer", "health") | {"security": []}},
        "/ai-mentor/": {"get": _get("Summary", "The dashboard", "dashboard", page=True)},
        "/ai-mentor/today-report": {"get": _get("Report", "What the mentor says of today", "todayReport", page=True)},
        "/ai-mentor/history": {
            "get": _get("History", "Sessions, newest first", "history", [limit, _query("before", _DAY)], page=True)
        },
        "/ai-mentor/session/{date}": {"get": _get("Session", "Everything of a day", "session", [day], page=True)},
        "/ai-mentor/update-emotions": {
            "post": _post({"$ref": _REF + "EmotionsSent"}, {"200": "Told"}, "Tell today's mood", "updateEmotions")
            | {"parameters": [_KEY]}
        },
        "/ai-mentor/api/generate-instant-feedback": {
            "post": _post({"$ref": _REF + "FeedbackAsked"}, {"200": "Feedback"}, "Ask what a mood meant", "feedback")
        },
        "/ai-mentor/api/dashboard-summary": {"get": summary},
        "/api/dashboard-summary": {"get": summary | {"operationId": "dashboardSummaryShort"}},
        "/ai-mentor/api/trades": {
            "post": _post(one_or_many, {"201": "Logged", "200": "Logged"}, "Log closed trades", "logTrades")
            | {"parameters": [_KEY]}
        },
        "/api/openapi.json": {"get": _get(None, "This document", "openapi")},
    }


def _query(name: str, schema: Mapping[str, Any]) -> Schema:
    return {"name": name, "in": "query", "schema": dict(schema)}


def _get(
    answer: str | None, about: str, name: str, parameters: list[Schema] | None = None, *, page: bool = False
) -> Schema:
    refused = ("400", "401", "404", "405", "422", "429", "503")
    led = {"307": {"description": "To the page, unless `Accept` names application/json."}} if page else {}
    return {
        "operationId": name,
        "summary": about,
        "parameters": parameters or [],
        "responses": {"200": _response("Done.", answer), **led, **_refusals(refused)},
    }


def _post(body: Schema, answers: Mapping[str, str], about: str, name: str) -> Schema:
    done = {status: _response("Done.", answer) for status, answer in answers.items()}
    return {
        "operationId": name,
        "summary": about,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {**done, **_refusals(_REFUSED)},
    }


def _refusals(statuses: Mapping[str, str] | tuple[str, ...]) -> Schema:
    return {status: _response(_REFUSED[status], "Error") for status in statuses}


def _response(about: str, schema: str | None) -> Schema:
    named = {"$ref": _REF + schema} if schema else {"type": "object"}
    return {"description": about, "content": {"application/json": {"schema": named}}}
