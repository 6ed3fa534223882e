"""What the mentor's report is made of: findings as ids and numbers, no sentence; language comes when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from mentor.analytics.inference import Grade
from mentor.analytics.plain import Plain

#: How many findings a report shows at first.
SHOWN = 7
#: What a finding looks at: the session itself, the last sessions, everything up to it.
Scope = Literal["session", "recent", "history"]


class Severity(StrEnum):
    """How much a finding asks for attention; the order is that of a report."""

    ALARM = "alarm"
    WARNING = "warning"
    NOTICE = "notice"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was measured, by one version of one rule.

    `numbers` are what its sentence needs, by name: numbers, codes, names as the trader wrote them; money is net in the
    journal's base currency. `n` is how many observations (sessions or trades, the rule says which) it rests on,
    `interval` the range of its main number, `grade` how sure it is where it is a claim and no count of what happened.
    `trades` are the ids of the trades it speaks of.
    """

    rule: str
    version: int
    severity: Severity
    scope: Scope
    numbers: Mapping[str, Plain]
    n: int
    interval: tuple[float, float] | None = None
    grade: Grade | None = None
    trades: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One concrete thing to do, and the rule whose finding asks for it."""

    id: str
    rule: str
    numbers: Mapping[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorReport:
    """Everything the mentor says of one session, in the order it is said, knowing nothing of later days.

    `findings` are all there are, the first `SHOWN` are shown unasked. `advice` is empty where nothing asks for any; the
    first is the one thing to do next. `closing` is what the report ends with.
    """

    session_id: int
    session_date: date
    currency: str | None
    risk_score: int | None
    findings: tuple[Finding, ...]
    advice: tuple[Advice, ...]
    closing: Advice
