"""Checks what callers pass to the journal, and says in one sentence what is wrong with it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from numbers import Integral, Real
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from mentor.errors import InvalidArgument
from mentor.messages import message
from mentor.models import Preferences, Trade

#: SQLite's largest integer.
_LARGEST = 2**63 - 1
#: Beyond this a float no longer holds cents; the schema's triggers refuse it too.
LARGEST_AMOUNT = 2**53 / 100


def as_day(value: object, name: str) -> date:
    """A date, a datetime's day, or ISO text `2025-01-15`."""
    if isinstance(value, datetime) and value == value:
        return value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError as unreadable:
            raise InvalidArgument(
                message("{name} {value} is no calendar day", name=name, value=repr(value)),
                todo=message("Write it as 2025-01-15."),
            ) from unreadable
    raise InvalidArgument(
        message("{name} must be a date, not {value}", name=name, value=repr(value)),
        todo=message("Write it as 2025-01-15."),
    )


def as_text(value: object, name: str) -> str:
    """Any text SQLite can store; `None` counts as empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidArgument(message("{name} must be text, not {value}", name=name, value=repr(value)))
    if "\x00" in value or (not value.isascii() and _has_surrogates(value)):
        raise InvalidArgument(message("{name} holds characters that cannot be stored", name=name))
    return value


def as_word(value: object, name: str, *, longest: int = 64) -> str:
    """Text of one line that is not empty."""
    word = as_text(value, name).strip()
    if not word:
        raise InvalidArgument(message("{name} is empty", name=name))
    if len(word) > longest or "\n" in word or "\r" in word:
        raise InvalidArgument(
            message("{name} must be one line of at most {longest} characters", name=name, longest=longest)
        )
    return word


def as_number(value: object, name: str) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise InvalidArgument(message("{name} must be a number, not {value}", name=name, value=repr(value)))
    try:
        number = float(value)
    except (OverflowError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise InvalidArgument(message("{name} must be a finite number, not {value}", name=name, value=repr(value)))
    return number


def as_amount(value: object, name: str) -> float:
    """Money that still holds its cents as a 64-bit float."""
    amount = as_number(value, name)
    if abs(amount) > LARGEST_AMOUNT:
        raise InvalidArgument(message("{name} {value} is too large to be true", name=name, value=repr(value)))
    return amount


def as_positive(value: object, name: str) -> float:
    number = as_number(value, name)
    if number <= 0:
        raise InvalidArgument(message("{name} must be greater than 0, not {value}", name=name, value=repr(value)))
    return number


def as_whole(value: object, name: str, *, smallest: int = 0, largest: int = _LARGEST) -> int:
    """A whole number from `smallest` to `largest`."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise InvalidArgument(message("{name} must be a whole number, not {value}", name=name, value=repr(value)))
    if not smallest <= int(value) <= largest:
        raise InvalidArgument(
            message(
                "{name} must be from {smallest} to {largest}, not {value}",
                name=name,
                smallest=smallest,
                largest=largest,
                value=repr(value),
            )
        )
    return int(value)


def as_flag(value: object, name: str) -> bool:
    """True, false, or 0 and 1 as older programs write them."""
    if isinstance(value, bool | Integral | np.bool_) and value in (0, 1):
        return bool(value)
    raise InvalidArgument(message("{name} must be true or false, not {value}", name=name, value=repr(value)))


def as_zone(value: object, name: str = message("time zone")) -> ZoneInfo:
    """An IANA zone such as Asia/Jakarta."""
    try:
        return ZoneInfo(as_word(value, name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise InvalidArgument(
            message("{name} {value} is not known", name=name, value=repr(value)),
            todo=message("Use a name such as Asia/Jakarta or UTC."),
        ) from unknown


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def checked_trade(trade: Trade) -> Trade:
    """A trade a person wrote, its fields checked and texts trimmed; raises for what cannot be true."""
    for name in ("entry_time", "exit_time"):
        moment = getattr(trade, name)
        if moment is not None and (not isinstance(moment, datetime) or moment.tzinfo is None):
            raise InvalidArgument(
                message("{name} must be a time with its zone, not {moment}", name=name, moment=repr(moment))
            )
        if moment is not None and not 1970 < moment.year < 2100:
            raise InvalidArgument(
                message("{name} must be between 1971 and 2099, not {moment}", name=name, moment=moment.isoformat())
            )
    if trade.entry_time is not None and trade.exit_time is not None and trade.exit_time < trade.entry_time:
        raise InvalidArgument(message("The exit is before the entry"), todo=message("Check both times."))
    if trade.side not in ("long", "short", None):
        raise InvalidArgument(message("side must be long or short, not {value}", value=repr(trade.side)))
    checked: dict[str, Any] = {
        "symbol": as_word(trade.symbol, "symbol"),
        "profit_loss": as_amount(trade.profit_loss, "profit_loss"),
        "lot_size": as_positive(trade.lot_size, "lot_size"),
    }
    for name in ("entry_price", "exit_price", "stop_price", "target_price", "fees", "risk_percent"):
        checked[name] = _optional_number(getattr(trade, name), name)
    if checked["risk_percent"] is not None and not 0 < checked["risk_percent"] <= 100:
        raise InvalidArgument(
            message("The risk must be above 0 and at most 100 percent, not {value}", value=repr(trade.risk_percent))
        )
    for name in ("strategy_used", "account", "notes"):
        checked[name] = as_text(getattr(trade, name), name).strip() or None
    for name in ("stop_loss_used", "take_profit_used"):
        checked[name] = as_flag(getattr(trade, name), name)
    return replace(trade, **checked, currency=_currency_code(trade.currency), bot_id=_optional_bot(trade.bot_id))


def checked_preferences(wanted: Preferences) -> Preferences:
    """Preferences whose currency is a code, whose numbers are possible; raises for the others."""
    plan = wanted.risk_plan
    for name in ("trades_a_day", "stop_after_losses"):
        if getattr(plan, name) is not None:
            as_whole(getattr(plan, name), name, smallest=1, largest=10_000)
    if plan.risk_percent is not None and not 0 < as_number(plan.risk_percent, "risk_percent") <= 100:
        raise InvalidArgument(
            message("risk_percent must be above 0 and at most 100, not {value}", value=repr(plan.risk_percent))
        )
    if wanted.starting_balance is not None:
        as_positive(wanted.starting_balance, "starting_balance")
    if not isinstance(wanted.day_start, time) or wanted.day_start.second or wanted.day_start.microsecond:
        raise InvalidArgument(
            message("day_start must be a time in whole minutes, not {value}", value=repr(wanted.day_start))
        )
    if len(set(wanted.account_names.values())) < len(wanted.account_names):
        raise InvalidArgument(message("Two accounts have the same name"), todo=message("Give each its own."))
    names = {
        as_word(account, "account"): as_text(name, message("account name")).strip()
        for account, name in wanted.account_names.items()
    }
    return replace(
        wanted,
        timezone=as_zone(wanted.timezone).key,
        currency=_currency_code(wanted.currency),
        account_names={account: name for account, name in names.items() if name},
    )


def _currency_code(value: str | None) -> str | None:
    if value is None or not value.strip():
        return None
    code = value.strip().upper()
    if not (3 <= len(code) <= 5 and code.isascii() and code.isalnum()):
        raise InvalidArgument(
            message("currency {value} is no code", value=repr(value)), todo=message("Write it as USD or IDR.")
        )
    return code


def _optional_bot(value: object) -> int | None:
    return None if value is None else as_whole(value, "bot_id")


def _optional_number(value: object, name: str) -> float | None:
    return None if value is None else as_number(value, name)
