"""The numbers of a finding or an advice, each taken out as what it is and written as the language spoken writes it."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from mentor.analytics.plain import Plain
from mentor.i18n import numbers

#: Money from which cents of a median say nothing, percent from which decimals do not.
_WHOLE_FROM: Final = 1000
_WHOLE_PERCENT_FROM: Final = 10
_NOT_ALL: Final = 99


class Damaged(Exception):
    """A stored number is missing or of another kind: another program, or a later version, wrote it."""


@dataclass(frozen=True, slots=True)
class Told:
    """Numbers by name; money is in `currency`, moments are shown in `zone`."""

    numbers: Mapping[str, Plain]
    currency: str | None
    zone: ZoneInfo | None = None

    def has(self, name: str) -> bool:
        """Whether it is known."""
        return self.numbers.get(name) is not None

    def flag(self, name: str) -> bool:
        value = self.numbers.get(name)
        if not isinstance(value, bool):
            raise Damaged(name)
        return value

    def whole(self, name: str) -> int:
        value = self.number(name)
        if value != int(value):
            raise Damaged(name)
        return int(value)

    def number(self, name: str) -> float:
        value = self.numbers.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise Damaged(name)
        return value

    def code(self, name: str) -> str:
        value = self.numbers.get(name)
        if not isinstance(value, str):
            raise Damaged(name)
        return value

    def known_code(self, name: str, known: Container[str]) -> str:
        """One of the codes that can be named."""
        value = self.code(name)
        if value not in known:
            raise Damaged(name)
        return value

    def one_of(self, name: str, words: Mapping[str, str]) -> str:
        """The words of a code."""
        return words[self.known_code(name, words)]

    def codes(self, name: str) -> list[str]:
        value = self.numbers.get(name)
        if not isinstance(value, list):
            raise Damaged(name)
        return [one for one in value if isinstance(one, str)]

    def money(self, name: str, *, signed: bool = True) -> str:
        return numbers.money(self.number(name), self.currency, signed=signed)

    def amounts(self, *names: str) -> list[str]:
        """Medians and ranges that stand beside each other: from a thousand on without cents."""
        values = [self.number(name) for name in names]
        whole = max(map(abs, values)) >= _WHOLE_FROM
        return [numbers.money(value, self.currency, signed=True, whole=whole) for value in values]

    def plain(self, name: str, decimals: int = 1) -> str:
        """A number with at most so many decimals: `3`, `2.5`."""
        value = round(self.number(name), decimals)
        return numbers.number(value, 0 if value == int(value) else decimals)

    def lots(self, name: str) -> str:
        return numbers.exact(self.number(name))

    def percent(self, name: str) -> str:
        """A number of percent, without its sign: `1`, `1.39`."""
        return numbers.exact(round(self.number(name), 2))

    def share(self, name: str) -> str:
        """In whole percent from ten on; what is not all is never written as all."""
        percent = 100 * self.number(name)
        decimals = 0 if percent >= _WHOLE_PERCENT_FROM else 1
        written = min(round(percent, decimals), _NOT_ALL) if percent < 100 else percent
        return f"{numbers.exact(round(written, decimals))}%"

    def times(self, name: str) -> str:
        """`2.5 ×`, two decimals at most."""
        return f"{numbers.exact(round(self.number(name), 2))} ×"

    def clock(self, name: str) -> str:
        """A moment as the trader's clock showed it."""
        assert self.zone is not None, "only findings name moments, and they come with a zone"
        try:
            moment = datetime.fromisoformat(self.code(name))
        except ValueError as error:
            raise Damaged(name) from error
        return numbers.clock(moment, self.zone)

    def duration(self, name: str) -> str:
        return numbers.duration(self.number(name))
