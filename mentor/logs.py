"""The log: to stderr, one line each, with the time, the level and the request it belongs to."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

#: The request that is being answered in this context.
REQUEST: Final[ContextVar[str | None]] = ContextVar("request", default=None)
#: What a request may be called; anything else is none of ours.
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
#: `json`: an object a line, for programs that collect logs.
_FORM: Final = "MENTOR_LOG"
#: Whatever could begin a new line or steer a terminal, so that nobody forges a line.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: A token: its first letters tell which, the rest is never written anywhere.
_SECRET: Final = re.compile(r"(?i)\b(mentor_[\w-]{6}|bearer\s+)[\w.~+/=-]{16,}")
_ASKED: list[Callable[[], str | None]] = []


def begin(ask: Callable[[], str | None]) -> None:
    """Write every log of this process so, Python's warnings too; `ask` knows the request of a page being drawn."""
    _ASKED[:] = [ask]
    logging.captureWarnings(True)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler(sys.stderr))
    logging.getLogger("mentor").setLevel(logging.INFO)
    for logger in (root, *logging.root.manager.loggerDict.values()):
        for handler in logger.handlers if isinstance(logger, logging.Logger) else ():
            handler.setFormatter(Line(as_json=os.environ.get(_FORM) == "json"))


class Line(logging.Formatter):
    """A record as one line, whatever stands in it."""

    def __init__(self, *, as_json: bool = False) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        trace = self.formatException(record.exc_info) if record.exc_info else record.stack_info
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "request": _request() or "-",
            "logger": record.name,
            "message": _without_secrets(record.getMessage()),
        }
        if trace:
            told["trace"] = _without_secrets(trace)
        return json.dumps(told) if self._as_json else " ".join(map(_on_one_line, told.values()))


def _request() -> str | None:
    return REQUEST.get() or next(filter(None, (ask() for ask in _ASKED)), None)


def _without_secrets(text: str) -> str:
    return _SECRET.sub(r"\1…", text)


def _on_one_line(text: str) -> str:
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)
