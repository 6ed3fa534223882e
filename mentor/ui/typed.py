"""Text fields read as times on the trader's clock and as numbers; what is left as it was stays exactly that."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from mentor.errors import InvalidArgument
from mentor.i18n import numbers
from mentor.messages import message

_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?( ?(Z|[+-]\d{2}:\d{2}))?")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
#: Where thousands are set apart by points, `1.085` may be either.
_UNSURE: Final = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")


def time_text(moment: datetime | None, zone: ZoneInfo) -> str:
    """A moment as the trader's clock showed it, empty when it is not known."""
    return "" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def moment_of(text: str | None, zone: ZoneInfo, before: datetime | None) -> datetime | None:
    """The moment (UTC) a text means, `before` if it still is that one's text; raises InvalidArgument for no time.

    A time the clock showed twice must name its offset from UTC, one that it skipped is refused.
    """
    written = (text or "").strip()
    if written == time_text(before, zone):
        return before
    if not written:
        return None
    moment = _parsed(written)
    if not 1970 < moment.year < 2100:  # at the ends of the calendar a change of zone leads out of it
        raise _no_time(written)
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    first, second = (moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != moment:
        todo = message("Check when summer time began.")
        raise InvalidArgument(message("The clock skipped this time"), where=written, todo=todo)
    if first != second:
        example = f"{written} {first.astimezone(zone).isoformat()[-6:]}"
        todo = message("Write the offset from UTC behind it: {example}", example=example)
        raise InvalidArgument(message("The clock showed this time twice that day"), where=written, todo=todo)
    return first


def number_text(value: float | None) -> str:
    """A number with every digit it has, empty when it is not known."""
    return "" if value is None else f"{value:.15g}".replace(".", _decimal_sign())


def number_of(text: str | None, name: str, before: float | None = None) -> float | None:
    """The number a text means, `before` if it still is that one's text; raises InvalidArgument for no number.

    Decimals stand behind the sign of the language, or a point where it cannot be taken for that of thousands.
    """
    written = (text or "").strip().replace("\N{MINUS SIGN}", "-")
    if written == number_text(before):
        return before
    if not written:
        return None
    refuse_unsure(written, name)
    pointed = written.replace(_decimal_sign(), ".")
    if not _NUMBER.fullmatch(pointed):
        raise InvalidArgument(
            message("{field} is no number", field=name), where=written, todo=message("Write it with a point: 1234.5")
        )
    return float(pointed)


def refuse_unsure(text: str, name: str) -> None:
    """Raises InvalidArgument for a number that is a thousand in the language spoken and a decimal everywhere else."""
    if _decimal_sign() == "," and _UNSURE.fullmatch(text.strip()):
        what = message("{field} could be a thousand or a decimal", field=name)
        thousand, decimal = text.strip().replace(".", ""), text.strip().replace(".", ",")
        todo = message("Write {thousand} or {decimal}.", thousand=thousand, decimal=decimal)
        raise InvalidArgument(what, where=text.strip(), todo=todo)


def _decimal_sign() -> str:
    return numbers.separators()[0]


def _parsed(written: str) -> datetime:
    if _TIME.fullmatch(written):
        try:
            return datetime.fromisoformat(re.sub(r" (?=Z|[+-]\d{2}:)", "", written))
        except ValueError as impossible:
            raise _no_time(written) from impossible
    raise _no_time(written)


def _no_time(written: str) -> InvalidArgument:
    todo = message("Write it as 2025-01-31 14:30:00.")
    return InvalidArgument(message("This is no time"), where=written, todo=todo)
