"""Who asks and how: the language they read, the form they want, the id of their request."""

from __future__ import annotations

from starlette.requests import Request

from mentor.i18n.language import ENGLISH, Language, matching


def language_of(request: Request) -> Language:
    """The language of ours that `Accept-Language` puts first; English where it names none."""
    wanted = [_weighed(part) for part in request.headers.get("accept-language", "").split(",")[:20]]
    ours = [(weight, language) for language, weight in wanted if weight > 0 and language is not None]
    return max(ours, key=lambda pair: pair[0], default=(0, ENGLISH))[1]


def wants_json(request: Request) -> bool:
    """Whether a program asks; a browser names `text/html`."""
    return "application/json" in request.headers.get("accept", "").casefold()


def address(request: Request) -> str:
    return request.client.host if request.client else ""


def request_id(request: Request) -> str:
    """As the middleware chose it."""
    return str(request.scope.get("mentor.request_id", ""))


def _weighed(part: str) -> tuple[Language | None, float]:
    tag, _semicolon, quality = part.replace(" ", "").casefold().partition(";q=")
    try:
        return matching(tag), float(quality or 1)
    except ValueError:
        return None, 0.0
