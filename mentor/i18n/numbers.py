"""Money, percentages, days and moments in the reader's language."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, get_day_names
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_decimal_symbol,
    get_group_symbol,
)

from mentor.i18n.language import _, current
from mentor.messages import message

#: Stands for a figure that is not known or not defined.
DASH: Final = "–"
#: As charts write it. Lines end behind a hyphen, and a loss would read as a gain.
MINUS: Final = "\N{MINUS SIGN}"
_TORN: Final = re.compile(rf"{MINUS}(?=[^\w\s])")
#: From here on a number has no room in a small place.
_LONG: Final = 100_000
#: Seconds, and how so many of the unit are written.
_UNITS: Final = (
    (86_400, message("{n} d")),
    (3_600, message("{n} h")),
    (60, message("{n} min")),
    (1, message("{n} s")),
)


def money(amount: float | None, currency: str | None, *, signed: bool = False, whole: bool = False) -> str:
    """An amount in its currency; without one a plain number with two decimals. `whole`: no cents."""
    if amount is None or amount != amount:
        return DASH
    text = _amount(abs(amount), currency, whole)
    shown_as_nothing = not any(digit in text for digit in "123456789")
    return text if shown_as_nothing else f"{_sign(amount, signed)}{text}"


def number(value: float | None, decimals: int = 2) -> str:
    if value is None or value != value:
        return DASH
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return _signed(str(format_decimal(value, pattern, locale=current())))


def compact(value: float) -> str:
    """A whole number; from 100,000 on in thousands, millions … as the language shortens them."""
    if abs(value) < _LONG:
        return number(value, 0)
    return _signed(str(format_compact_decimal(value, locale=current(), fraction_digits=1)).replace("\xa0", " "))


def exact(value: float | None) -> str:
    """Every digit of a price, the thousands not apart."""
    if value is None or value != value:
        return DASH
    return _signed(f"{value:.12g}".replace(".", get_decimal_symbol(current())))


def separators() -> str:
    """The signs before decimals and between thousands: `.,` in English."""
    return get_decimal_symbol(current()) + get_group_symbol(current())


def percent(share: float | None) -> str:
    """A share from 0 to 1."""
    return DASH if share is None else _signed(str(format_percent(share, "#,##0.0%", locale=current())))


def unbroken(text: str) -> str:
    """The same, where no line may end between a minus and a sign of a currency."""
    return _TORN.sub("\\g<0>\N{WORD JOINER}", text)


def day(value: date) -> str:
    return str(format_date(value, "EEE d MMM y", locale=current()))


def short_day(value: date) -> str:
    """Without weekday and year: `6 Jan`."""
    return str(format_date(value, "d MMM", locale=current()))


def month(value: date, *, year: bool = True) -> str:
    """`Jan 2025`, or `Jan`."""
    return str(format_date(value, "MMM y" if year else "MMM", locale=current()))


def long_day(value: date) -> str:
    """With the names of weekday and month in full."""
    return str(format_date(value, "EEEE, d MMMM y", locale=current()))


def weekday(place: int, *, short: bool = False) -> str:
    """Monday is 0."""
    return str(get_day_names("abbreviated" if short else "wide", locale=current())[place])


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
    largest = next((place for place, (size, _unit) in enumerate(_UNITS) if whole >= size), len(_UNITS) - 1)
    parts: list[str] = []
    for size, words in _UNITS[largest : largest + 2]:
        amount, whole = divmod(whole, size)
        parts += [_(words, n=amount)] if amount or not parts else []
    return " ".join(parts)


def _amount(amount: float, currency: str | None, whole: bool) -> str:
    locale = Locale.parse(current())
    if currency is None or currency not in locale.currencies:
        plain = number(amount, 0 if whole else 2)
        return plain if currency is None else f"{plain} {currency}"
    if not whole:
        return str(format_currency(amount, currency, locale=locale))
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return str(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))


def _sign(amount: float, signed: bool) -> str:
    if amount < 0:
        return MINUS
    return "+" if signed else ""


def _signed(text: str) -> str:
    """With our minus before the number, and none before what is shown as nothing; that of an exponent stays."""
    if not text.startswith("-"):
        return text
    return f"{MINUS}{text[1:]}" if any(digit in text for digit in "123456789") else text[1:]
