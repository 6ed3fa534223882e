"""SQL of `settings`: zone, start of the day, base currency, balance, risk plan, names of accounts."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentor.models import Preferences, RiskPlan
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


def remove(connection: Connection, key: str) -> None:
    connection.execute("DELETE FROM settings WHERE key = ?", (key,))


def read(connection: Connection) -> Preferences:
    """Everything the trader decided."""
    balance, names = get(connection, "starting_balance"), get(connection, "account_names")
    plan = {name: get(connection, f"plan_{name}") for name in ("risk_percent", "trades_a_day", "stop_after_losses")}
    return Preferences(
        timezone=get(connection, "timezone") or "UTC",
        day_start=time.fromisoformat(get(connection, "day_start") or "00:00"),
        currency=get(connection, "currency"),
        starting_balance=None if balance is None else float(balance),
        risk_plan=RiskPlan(
            risk_percent=None if plan["risk_percent"] is None else float(plan["risk_percent"]),
            trades_a_day=None if plan["trades_a_day"] is None else int(plan["trades_a_day"]),
            stop_after_losses=None if plan["stop_after_losses"] is None else int(plan["stop_after_losses"]),
        ),
        account_names={} if names is None else json.loads(names),
    )


def write(connection: Connection, wanted: Preferences) -> None:
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
            remove(connection, key)
        else:
            put(connection, key, value)


def _text(number: float | None) -> str | None:
    return None if number is None else repr(number)


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
