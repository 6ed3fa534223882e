"""Findings, advice and the closing line as sentences in the language spoken, and the evidence behind a finding."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from mentor.analytics.plain import Plain
from mentor.i18n import evidence, numbers
from mentor.i18n.language import _
from mentor.report.finding import Advice, Finding
from mentor.report.measures import MEASURES
from mentor.report.mood_sentences import habit_effect, unit_of
from mentor.report.next_words import ADVICE, CLOSING
from mentor.report.rules import CATALOGUE
from mentor.report.sentences import SENTENCES
from mentor.report.told import Damaged, Told

_VERSIONS: Final = {rule.id: rule.version for rule in CATALOGUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The evidence behind a finding, in the language spoken.

    `title` names what is looked at, `measure` says in a sentence how, `source` is an anchor in `docs/methods.md`,
    `observations` what it rests on (`12 earlier days with trades`), `interval` and `grade` are `None` where there is
    none.
    """

    title: str
    measure: str
    source: str
    observations: str
    interval: str | None
    grade: str | None


def sentence(finding: Finding, currency: str | None, zone: ZoneInfo) -> str:
    """One finding as a person reads it; a rule or version nobody here knows by its id and numbers."""
    if finding.version != _VERSIONS.get(finding.rule):
        return _unknown(finding.rule, finding.numbers)
    try:
        return " ".join(SENTENCES[finding.rule](finding, Told(finding.numbers, currency, zone)))
    except Damaged:
        return _unknown(finding.rule, finding.numbers)


def advice_sentence(advice: Advice, currency: str | None) -> str:
    """The one thing to do."""
    return _of(ADVICE, advice, currency)


def closing_sentence(closing: Advice, currency: str | None) -> str:
    """What a report ends with."""
    return _of(CLOSING, closing, currency)


def explanation(finding: Finding, currency: str | None) -> Explanation:
    """How it was measured, on how much, and how sure it is."""
    measure = MEASURES.get(finding.rule)
    grade = None if finding.grade is None else _(evidence.GRADES[finding.grade])
    if measure is None or finding.version != _VERSIONS.get(finding.rule):
        n = numbers.number(finding.n, 0)
        return Explanation(
            title=finding.rule, measure="", source="the-mentor", observations=n, interval=None, grade=grade
        )
    return Explanation(
        title=_(measure.title),
        measure=_(measure.how),
        source=measure.source,
        observations=measure.counted(finding.n),
        interval=_interval(finding, Told(finding.numbers, currency)),
        grade=grade,
    )


def _interval(finding: Finding, told: Told) -> str | None:
    if finding.interval is None:
        return None
    low, high = finding.interval
    try:
        if finding.rule == "mood":
            ends = [evidence.amount(end, unit_of(told), told.currency) for end in (low, high)]
        elif finding.rule == "habit_again":
            ends = [habit_effect(told, end) for end in (low, high)]
        else:
            ends = [numbers.money(end, told.currency, signed=True) for end in (low, high)]
    except Damaged:
        return None
    return evidence.span(*ends)


def _of(words: Mapping[str, Callable[[Told], str]], advice: Advice, currency: str | None) -> str:
    if advice.id not in words:
        return _unknown(advice.id, advice.numbers)
    try:
        return words[advice.id](Told(advice.numbers, currency))
    except Damaged:
        return _unknown(advice.id, advice.numbers)


def _unknown(name: str, told: Mapping[str, Plain]) -> str:
    return f"{name}: {json.dumps(told, ensure_ascii=False, sort_keys=True)}" if told else name
