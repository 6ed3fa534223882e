"""SQL of `settings`: the trader's zone, when the day starts, the base currency."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentor.storage.connection import Connection
from mentor.storage.timestamps import to_text

#: How far ahead the day's shift is written down for the triggers.
_YEARS_AHEAD = 30


def get(connection: Connection, key: str) -> str | None:
    value = connection.value("SELECT CAST(value AS TEXT) FROM settings WHERE key = ?", (key,))
    return None if value is None else str(value)


def put(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def put_day_rule(connection: Connection, zone: ZoneInfo, day_start: time, now: datetime) -> None:
    """Store the zone and the hour at which the trader's day starts, also as shifts the triggers can add."""
    put(connection, "timezone", zone.key)
    put(connection, "day_start", day_start.strftime("%H:%M"))
    connection.execute("DELETE FROM settings WHERE key LIKE 'day_shift %'")
    late = timedelta(hours=day_start.hour, minutes=day_start.minute)
    for moment, offset in _offsets(zone, now):
        put(connection, f"day_shift {to_text(moment)}", str(int((offset - late).total_seconds())))


def _offsets(zone: ZoneInfo, now: datetime) -> list[tuple[datetime, timedelta]]:
    """(UTC moment, offset of local time from UTC that holds from then on), to the minute, from now on."""
    start = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    offsets = [(start - timedelta(days=2), _offset(zone, start - timedelta(days=2)))]
    day = offsets[0][0]
    while day < start + timedelta(days=366 * _YEARS_AHEAD):
        following = day + timedelta(days=7)
        if _offset(zone, following) != offsets[-1][1]:
            change = _change(zone, day, following)
            offsets.append((change, _offset(zone, change)))
        day = following
    return offsets


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first minute in (before, after] with a new offset, by bisection."""
    old = _offset(zone, before)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None, "a ZoneInfo always knows its offset"
    return offset
