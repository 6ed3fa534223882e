"""What a command prints: results, complaints and what it is doing, safe for any terminal."""

from __future__ import annotations

import io
import json
import sys


def write_utf8() -> None:
    """Whatever the terminal's language: a file's odd characters must not end a command half-way."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    print(_printable(text))


def say_json(told: object) -> None:
    """For programs: codes and numbers, the same in every language."""
    print(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))


def complain(text: str) -> None:
    print(_printable(text), file=sys.stderr)


def progress(doing: str) -> None:
    """What is being done, on one line that the next one replaces; only for people who watch."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{_printable(doing)} …", end="", file=sys.stderr, flush=True)


def clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _printable(text: str) -> str:
    """Without what would steer the terminal: names and cells come from other people's files."""
    return "".join(sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1] for sign in text)
