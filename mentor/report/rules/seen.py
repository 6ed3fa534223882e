"""What a rule saw, before it becomes a finding of that rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mentor.analytics.inference import Grade
from mentor.analytics.plain import Plain, plain
from mentor.report.day_facts import Day
from mentor.report.finding import Finding, Scope, Severity

#: What a finding is about: the first ones shown are of different topics.
Topic = Literal["result", "risk", "losses", "pace", "mood", "course", "process", "habit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """`size` orders what one rule saw of the same severity: the larger first."""

    severity: Severity
    n: int
    numbers: Mapping[str, object] = field(default_factory=dict)
    interval: tuple[float, float] | None = None
    grade: Grade | None = None
    trades: Iterable[int] = ()
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the mentor looks at: `look` says what it saw of a day, beside the findings of the rules before it."""

    id: str
    version: int
    scope: Scope
    topic: Topic
    look: Callable[[Day, tuple[Finding, ...]], Iterable[Seen]]

    def findings(self, day: Day, so_far: tuple[Finding, ...]) -> list[Finding]:
        seen = sorted(self.look(day, so_far), key=lambda one: -one.size)
        return [self._finding(one) for one in seen]

    def _finding(self, seen: Seen) -> Finding:
        numbers = plain({name: _rounded(value) for name, value in seen.numbers.items()})
        assert isinstance(numbers, dict), "a mapping becomes an object"
        return Finding(
            rule=self.id,
            version=self.version,
            severity=seen.severity,
            scope=self.scope,
            numbers=numbers,
            n=int(seen.n),
            interval=None if seen.interval is None else (_short(seen.interval[0]), _short(seen.interval[1])),
            grade=seen.grade,
            trades=tuple(sorted(int(trade) for trade in seen.trades)),
        )


def texts(values: Iterable[str]) -> list[Plain]:
    """A list of codes as the values of a finding hold it."""
    return list(values)


def _rounded(value: object) -> object:
    return _short(float(value)) if isinstance(value, float) else value


def _short(value: float) -> float:
    """Without the noise binary fractions leave behind, and without a negative zero."""
    return round(value, 10) + 0.0
