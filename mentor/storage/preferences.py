"""SQL of `settings`, a trader's own: zone, start of the day, base currency, balance, risk plan, names of accounts."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mentor.models import Preferences, RiskPlan
from mentor.storage.connection import Connection
from mentor.storage.timestamps import to_text

#: How far ahead the day's shift is written down for the triggers.
_YEARS_AHEAD = 30


def get(connection: Connection, user_id: int, key: str) -> str | None:
    value = connection.value("SELECT CAST(value AS TEXT) FROM settings WHERE key = ? AND user_id = ?", (key, user_id))
    return None if value is None else str(value)


def peek(path: Path, user_id: int, key: str) -> str | None:
    """The same of a file that nothing is done to but this."""
    connection = Connection(path)
    try:
        return get(connection, user_id, key)
    finally:
        connection.close()


def put(connection: Connection, user_id: int, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO settings (key, value, user_id) VALUES (?, ?, ?) "
        "ON CONFLICT (key, user_id) DO UPDATE SET value = excluded.value",
        (key, value, user_id),
    )


def remove(connection: Connection, user_id: int, key: str) -> None:
    connection.execute("DELETE FROM settings WHERE key = ? AND user_id = ?", (key, user_id))


def read(connection: Connection, user_id: int) -> Preferences:
    """Everything the trader decided."""
    balance, names = get(connection, user_id, "starting_balance"), get(connection, user_id, "account_names")
    of_plan = ("risk_percent", "trades_a_day", "stop_after_losses")
    plan = {name: get(connection, user_id, f"plan_{name}") for name in of_plan}
    return Preferences(
        timezone=get(connection, user_id, "timezone") or "UTC",
        day_start=time.fromisoformat(get(connection, user_id, "day_start") or "00:00"),
        currency=get(connection, user_id, "currency"),
        starting_balance=None if balance is None else float(balance),
        risk_plan=RiskPlan(
            risk_percent=None if plan["risk_percent"] is None else float(plan["risk_percent"]),
            trades_a_day=None if plan["trades_a_day"] is None else int(plan["trades_a_day"]),
            stop_after_losses=None if plan["stop_after_losses"] is None else int(plan["stop_after_losses"]),
        ),
        account_names={} if names is None else json.loads(names),
    )


def write(connection: Connection, user_id: int, wanted: Preferences) -> None:
    """Store balance, plan and names; zone, day start and currency have consequences and their own functions."""
    values: dict[str, str | None] = {
        "starting_balance": _text(wanted.starting_balance),
        "plan_risk_percent": _text(wanted.risk_plan.risk_percent),
        "plan_trades_a_day": _text(wanted.risk_plan.trades_a_day),
        "plan_stop_after_losses": _text(wanted.risk_plan.stop_after_losses),
        "account_names": json.dumps(dict(wanted.account_names), ensure_ascii=False),
    }
    for key, value in values.items():
        if value is None:
            remove(connection, user_id, key)
        else:
            put(connection, user_id, key, value)


def _text(number: float | None) -> str | None:
    return None if number is None else repr(number)


def put_day_rule(connection: Connection, user_id: int, zone: ZoneInfo, day_start: time, now: datetime) -> None:
    """Store the zone and the hour at which the trader's day starts, also as shifts the triggers can add."""
    put(connection, user_id, "timezone", zone.key)
    put(connection, user_id, "day_start", day_start.strftime("%H:%M"))
    connection.execute("DELETE FROM settings WHERE key LIKE 'day_shift %' AND user_id = ?", (user_id,))
    late = timedelta(hours=day_start.hour, minutes=day_start.minute)
    for moment, offset in _offsets(zone, now):
        put(connection, user_id, f"day_shift {to_text(moment)}", str(int((offset - late).total_seconds())))


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
