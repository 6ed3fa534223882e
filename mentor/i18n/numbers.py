"""Money, percentages, days and moments in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from mentor.i18n.language import current

#: Stands for a figure that is not known or not defined.
DASH: Final = "–"


def money(
    amount: float | None, currency: str | None, *, signed: bool = False, locale: Locale | str | None = None
) -> str:
    """An amount in its currency; without one a plain number with two decimals."""
    if amount is None or amount != amount:
        return DASH
    text = _amount(abs(amount), currency, Locale.parse(locale or current()))
    shown_as_nothing = not any(digit in text for digit in "123456789")
    return text if shown_as_nothing else f"{_sign(amount, signed)}{text}"


def number(value: float | None, decimals: int = 2, *, locale: Locale | str | None = None) -> str:
    if value is None or value != value:
        return DASH
    return str(format_decimal(value, "#,##0." + "0" * decimals if decimals else "#,##0", locale=locale or current()))


def percent(share: float | None, *, locale: Locale | str | None = None) -> str:
    """A share from 0 to 1."""
    return DASH if share is None else str(format_percent(share, "#,##0.0%", locale=locale or current()))


def day(value: date) -> str:
    return str(format_date(value, "EEE d MMM y", locale=current()))


def long_day(value: date, *, locale: Locale | str | None = None) -> str:
    """With the names of weekday and month in full."""
    return str(format_date(value, "EEEE, d MMMM y", locale=locale or current()))


def moment(value: datetime | None, zone: ZoneInfo) -> str:
    """A moment as the trader's clock showed it."""
    return DASH if value is None else str(format_datetime(value, "d MMM y HH:mm", tzinfo=zone, locale=current()))


def clock(value: datetime | None, zone: ZoneInfo) -> str:
    return DASH if value is None else str(format_time(value, "HH:mm", tzinfo=zone, locale=current()))


def duration(seconds: float | None) -> str:
    """A length of time in its two largest units: `2 d 4 h`, `1 h 5 min`, `40 s`."""
    if seconds is None:
        return DASH
    whole = round(seconds)
    sizes = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
    largest = next((place for place, (_, size) in enumerate(sizes) if whole >= size), len(sizes) - 1)
    parts: list[str] = []
    for name, size in sizes[largest : largest + 2]:
        amount, whole = divmod(whole, size)
        parts += [f"{amount} {name}"] if amount or not parts else []
    return " ".join(parts)


def count(value: int, noun: str, plural: str | None = None) -> str:
    """A number of things: `1 trade`, `2 trades`."""
    return f"{number(value, 0)} {noun if value == 1 else plural or noun + 's'}"


def _amount(amount: float, currency: str | None, locale: Locale) -> str:
    if currency is None:
        return number(amount, locale=locale or current())
    if currency not in locale.currencies:
        return f"{number(amount, locale=locale or current())} {currency}"
    return str(format_currency(amount, currency, locale=locale or current()))


def _sign(amount: float, signed: bool) -> str:
    if amount < 0:
        return "-"
    return "+" if signed else ""
