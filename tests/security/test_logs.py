"""What is written to the log, and what never is."""

from __future__ import annotations

import json
import logging

import pytest

from mentor.logs import REQUEST, Line


def record(text: str, *values: object, error: BaseException | None = None) -> logging.LogRecord:
    trace = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("mentor.test", logging.WARNING, __file__, 1, text, values, trace)
    made.created = 0.25
    return made


def test_a_record_is_one_line_with_time_level_request_and_words() -> None:
    answering = REQUEST.set("r-1")
    try:
        assert Line().format(record("%s kept", 2)) == "1970-01-01T00:00:00.250+00:00 WARNING r-1 mentor.test 2 kept"
    finally:
        REQUEST.reset(answering)


@pytest.mark.parametrize("separator", ["\n", "\r", "\x0b", "\x85", "\u2028", "\x1b[2J"])
def test_nobody_forges_a_line_or_steers_the_terminal(separator: str) -> None:
    line = Line().format(record("before%safter", separator))
    assert len(line.splitlines()) == 1
    assert line.isprintable()


def test_a_trace_stays_on_the_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError as error:
        told = record("failed", error=error)
    line = Line().format(told)
    assert len(line.splitlines()) == 1
    assert line.endswith("ValueError: broken")
    assert json.loads(Line(as_json=True).format(told))["trace"].splitlines()[-1] == "ValueError: broken"


def test_a_token_is_known_by_its_first_letters_only() -> None:
    secret = "mentor_" + "Ab1-_" * 8
    assert Line().format(record("%s", secret)).endswith("mentor_Ab1-_A…")
    assert "Ab1" not in Line(as_json=True).format(record("Authorization: Bearer %s", "Ab1" * 9))
