"""Why a request is not served: a status, a code for programs, and a sentence in the caller's language."""

from __future__ import annotations

import logging
import math
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mentor import errors
from mentor.api.callers import language_of, request_id
from mentor.errors import MentorError
from mentor.i18n.language import _, spoken
from mentor.messages import message

_LOG: Final = logging.getLogger("mentor.api")

#: The first that fits decides; a JournalError's place is a path on this machine and is kept from callers.
_STATUS: Final[tuple[tuple[type[MentorError], int, str], ...]] = (
    (errors.InvalidArgument, 422, "invalid"),
    (errors.NotFound, 404, "not_found"),
    (errors.KeyReused, 409, "key_reused"),
    (errors.JournalBusy, 503, "journal_busy"),
    (errors.ReadOnlyJournal, 503, "journal_read_only"),
    (errors.JournalError, 503, "journal_unavailable"),
)
_HTTP: Final[dict[int, tuple[str, str]]] = {
    400: ("bad_request", message("The request cannot be read")),
    404: ("not_found", message("There is nothing at this address")),
    405: ("method_not_allowed", message("This address does not answer to that method")),
}
_RETRY_BUSY: Final = 2


class Refused(MentorError):
    """A request that the door itself turns away."""

    def __init__(
        self, status: int, code: str, what: str, *, where: str = "", todo: str = "", wait: float | None = None
    ) -> None:
        super().__init__(what, where=where, todo=todo)
        self.status = status
        self.code = code
        self.wait = wait


def refuse(request: Request, error: Exception) -> Response:
    """An error of ours as JSON."""
    assert isinstance(error, MentorError), "registered for these"
    if isinstance(error, Refused):
        status, code, wait = error.status, error.code, error.wait
    else:
        status, code = _status(error)
        wait = _RETRY_BUSY if isinstance(error, errors.JournalBusy) else None
    if status == 503:
        _LOG.warning("%s %s", request_id(request), error)
    where = "" if isinstance(error, errors.JournalError) else error.where
    headers = {} if wait is None else {"Retry-After": str(max(1, math.ceil(wait)))}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return _said(request, status, code, error.what, where, error.todo, headers)


def refuse_http(request: Request, error: Exception) -> Response:
    """What the router has no route or method for; OPTIONS is told which methods there are."""
    assert isinstance(error, HTTPException), "registered for these"
    headers = dict(error.headers or {})
    if error.status_code == 405 and request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": f"{headers.get('Allow', '')}, OPTIONS".lstrip(", ")})
    code, what = _HTTP.get(error.status_code, _HTTP[400])
    return _said(request, error.status_code, code, what, headers=headers)


def refuse_unforeseen(request: Request, _error: Exception) -> Response:
    """A fault of ours: its trace goes to the log, under the id that the caller is told."""
    what = message("Something went wrong here; the log of the server says what")
    return _said(request, 500, "internal", what, todo=message("Report the request_id."))


def _status(error: MentorError) -> tuple[int, str]:
    return next(((status, code) for kind, status, code in _STATUS if isinstance(error, kind)), (422, "refused"))


def _said(
    request: Request,
    status: int,
    code: str,
    what: str,
    where: str = "",
    todo: str = "",
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    language = language_of(request)
    with spoken(language):
        told = {"code": code, "message": f"{_(what)}.", "where": _(where) if where else None}
        told |= {"todo": _(todo) if todo else None, "request_id": request_id(request)}
    return JSONResponse({"error": told}, status, {"Content-Language": language, **(headers or {})})
