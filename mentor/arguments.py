"""Checks what callers pass to the journal, and says in one sentence what is wrong with it."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral, Real
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from mentor.errors import InvalidArgument

#: SQLite's largest integer.
_LARGEST = 2**63 - 1


def as_day(value: object, name: str) -> date:
    """A date, a datetime's day, or ISO text `2025-01-15`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError as unreadable:
            raise InvalidArgument(
                f"{name} {value!r} is no calendar day", todo="Write it as 2025-01-15."
            ) from unreadable
    raise InvalidArgument(f"{name} must be a date, not {value!r}", todo="Write it as 2025-01-15.")


def as_text(value: object, name: str) -> str:
    """Any text SQLite can store; `None` counts as empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidArgument(f"{name} must be text, not {value!r}")
    if "\x00" in value or (not value.isascii() and _has_surrogates(value)):
        raise InvalidArgument(f"{name} holds characters that cannot be stored")
    return value


def as_word(value: object, name: str, *, longest: int = 64) -> str:
    """Text of one line that is not empty."""
    word = as_text(value, name).strip()
    if not word:
        raise InvalidArgument(f"{name} is empty")
    if len(word) > longest or "\n" in word or "\r" in word:
        raise InvalidArgument(f"{name} must be one line of at most {longest} characters")
    return word


def as_number(value: object, name: str) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise InvalidArgument(f"{name} must be a number, not {value!r}")
    number = float(value)
    if not math.isfinite(number):
        raise InvalidArgument(f"{name} must be a finite number, not {value!r}")
    return number


def as_positive(value: object, name: str) -> float:
    number = as_number(value, name)
    if number <= 0:
        raise InvalidArgument(f"{name} must be greater than 0, not {value!r}")
    return number


def as_whole(value: object, name: str, *, smallest: int = 0, largest: int = _LARGEST) -> int:
    """A whole number from `smallest` to `largest`."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise InvalidArgument(f"{name} must be a whole number, not {value!r}")
    if not smallest <= int(value) <= largest:
        raise InvalidArgument(f"{name} must be from {smallest} to {largest}, not {value!r}")
    return int(value)


def as_flag(value: object, name: str) -> bool:
    """True, false, or 0 and 1 as older programs write them."""
    if isinstance(value, bool | Integral | np.bool_) and value in (0, 1):
        return bool(value)
    raise InvalidArgument(f"{name} must be true or false, not {value!r}")


def as_zone(value: object, name: str = "time zone") -> ZoneInfo:
    """An IANA zone such as Asia/Jakarta."""
    try:
        return ZoneInfo(as_word(value, name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise InvalidArgument(
            f"{name} {value!r} is not known", todo="Use a name such as Asia/Jakarta or UTC."
        ) from unknown


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
