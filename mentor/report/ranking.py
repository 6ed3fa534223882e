"""The order in which findings are said: the result first, then what asks for most attention, of different topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from mentor.report.finding import SHOWN, Finding, Severity
from mentor.report.rules import CATALOGUE

#: Said before everything else: what the day brought, and what of it is not counted.
_HEAD: Final = ("no_trades", "result", "left_out", "stated")
_SEVERITIES: Final = list(Severity)
_PLACES: Final = {rule.id: place for place, rule in enumerate(CATALOGUE)}
_TOPICS: Final = {rule.id: rule.topic for rule in CATALOGUE}
#: Findings of one topic among those shown unasked, unless there is room left.
_OF_A_TOPIC: Final = 2


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity, then rule, then size (as the rules gave them); the first `SHOWN` are of different topics."""
    ordered = sorted(findings, key=_place)
    head = [one for one in ordered if one.rule in _HEAD]
    rest = [one for one in ordered if one.rule not in _HEAD]
    chosen = _diverse(rest, SHOWN - len(head))
    shown = [one for place, one in enumerate(rest) if place in chosen]
    return (*head, *shown, *(one for place, one in enumerate(rest) if place not in chosen))


def _place(finding: Finding) -> tuple[int, int]:
    severity = 0 if finding.rule in _HEAD else _SEVERITIES.index(finding.severity)
    return severity, _PLACES[finding.rule]


def _diverse(ordered: Sequence[Finding], seats: int) -> frozenset[int]:
    """Places of those shown: every alarm, one on the mood, one that is good, then at most two of a topic."""
    alarms = [place for place, one in enumerate(ordered) if one.severity is Severity.ALARM]
    moods = [place for place, one in enumerate(ordered) if _TOPICS[one.rule] == "mood"]
    good = [place for place, one in enumerate(ordered) if one.severity is Severity.GOOD]
    good.sort(key=lambda place: _TOPICS[ordered[place].rule] != "process")  # the one that sums the others up
    wanted = [*alarms, *moods[:1], *good[:1], *_few_of_a_topic(ordered), *range(len(ordered))]
    return frozenset(list(dict.fromkeys(wanted))[:seats])


def _few_of_a_topic(ordered: Sequence[Finding]) -> list[int]:
    topics = [_TOPICS[one.rule] for one in ordered]
    return [place for place, topic in enumerate(topics) if topics[:place].count(topic) < _OF_A_TOPIC]
