"""Times as the file holds them: UTC text `YYYY-MM-DD HH:MM:SS`, and back from whatever a program wrote."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, Final

_PLAIN_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def to_text(moment: datetime | None) -> str | None:
    """UTC text of an aware datetime, whole seconds."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def storable(value: Any) -> Any:
    """A value as SQLite keeps it: aware datetimes as UTC text, truth as 0 and 1, the rest as it is."""
    if isinstance(value, datetime):
        return to_text(value)
    return int(value) if isinstance(value, bool) else value


def from_text(text: str | None) -> datetime | None:
    """Aware UTC datetime of ISO text (no zone means UTC); `None` for anything else."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def day_from_text(text: str) -> date | None:
    """The calendar day another program may have written with a time behind it; `None` when it is no day."""
    try:
        if _PLAIN_DAY.match(text):
            return date.fromisoformat(text[:10])  # many times as fast as the one that also reads odd forms
        return datetime.strptime(text[:10], "%Y-%m-%d").date()
    except ValueError:
        return None
