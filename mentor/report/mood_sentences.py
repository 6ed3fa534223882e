"""What the findings on moods and habits say: associations with their grade, never causes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast, get_args

from mentor.analytics.inference import Grade
from mentor.analytics.session_frame import Unit
from mentor.i18n import evidence, habits, labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.report.finding import Finding
from mentor.report.told import Damaged, Told

_BASELINES: Final[dict[str, str]] = {str(rule): words for rule, words in evidence.BASELINES.items()}
_HINDSIGHT: Final[dict[str, str]] = {
    "later": message(
        "Your mood ({emotion}) was told after trading had begun: the result may have coloured it, so it explains "
        "nothing."
    ),
    "unknown": message(
        "When you felt {emotion} is not known: the result may have coloured it, so it explains nothing."
    ),
}


def mood(finding: Finding, told: Told) -> Iterator[str]:
    emotion, known = labels.emotion(told.code("emotion")), told.code("known")
    if told.numbers.get("traded") is False:
        yield _("Mood of the day: {emotion}.", emotion=emotion)
    elif told.has("told_at"):
        yield _(
            "Mood before the first trade: {emotion}, told at {clock}.", emotion=emotion, clock=told.clock("told_at")
        )
    else:
        yield _("Mood before the first trade: {emotion}.", emotion=emotion)
    if known == "first_time" and told.numbers.get("traded") is not False:
        yield _("It is the first time you told it before trading, so nothing can be said of it yet.")
    elif known == "baseline":
        yield _("Sessions in this mood are among those the other moods are compared with.")
    elif known == "compared":
        yield from _compared(finding, told)


def _compared(finding: Finding, told: Told) -> Iterator[str]:
    if finding.grade is None:
        raise Damaged("grade")
    if finding.grade is Grade.NOT_ENOUGH or finding.interval is None:
        yield _not_enough(told)
        return
    unit = unit_of(told)
    values = {
        "baseline": told.one_of("baseline", _BASELINES),
        "difference": evidence.amount(told.number("value"), unit, told.currency),
        "interval": evidence.interval(*finding.interval),
        "grade": evidence.GRADES[finding.grade],
    }
    claimed = finding.grade.strength >= Grade.HINT.strength
    yield _associated(finding.n, values) if claimed else _no_difference(finding.n, values)
    if claimed and told.flag("suspicious"):
        yield _("Careful: the same test also finds what a mood cannot have changed.")


def _not_enough(told: Told) -> str:
    missing = told.whole("sessions_missing")
    if not missing:
        return _("What it comes with cannot be told from these sessions.")
    return ngettext(
        "Not enough data on it yet: at least {n} more session.",
        "Not enough data on it yet: at least {n} more sessions.",
        missing,
    )


def _associated(n: int, values: dict[str, str]) -> str:
    return ngettext(
        "In {n} earlier session it is associated with {difference} a session beside {baseline} (90% interval "
        "{interval}). {grade}.",
        "In {n} earlier sessions it is associated with {difference} a session beside {baseline} (90% interval "
        "{interval}). {grade}.",
        n,
        **values,
    )


def _no_difference(n: int, values: dict[str, str]) -> str:
    return ngettext(
        "In {n} earlier session it differs by {difference} a session from {baseline} (90% interval {interval}). "
        "{grade}.",
        "In {n} earlier sessions it differs by {difference} a session from {baseline} (90% interval {interval}). "
        "{grade}.",
        n,
        **values,
    )


def mood_in_hindsight(_finding: Finding, told: Told) -> Iterator[str]:
    yield _(told.one_of("basis", _HINDSIGHT), emotion=labels.emotion(told.code("emotion")))


def mood_missing(finding: Finding, told: Told) -> Iterator[str]:
    yield _("No mood is recorded for this day.")
    if finding.n <= 1:
        return
    if not told.whole("told"):
        yield ngettext(
            "The last {n} session has none from before the first trade.",
            "The last {n} sessions have none from before the first trade.",
            finding.n,
        )
        return
    yield _(
        "Told before the first trade: on {told} of your last {n} sessions.",
        told=numbers.number(told.whole("told"), 0),
        n=numbers.number(finding.n, 0),
    )


def habit_again(finding: Finding, told: Told) -> Iterator[str]:
    if finding.grade is None:
        raise Damaged("grade")
    words = habits.WORDS[told.known_code("habit", habits.WORDS)]
    yield ngettext(
        "A habit shows again. {topic}: {habit} ({effect} in {n} earlier session). {grade}.",
        "A habit shows again. {topic}: {habit} ({effect} in {n} earlier sessions). {grade}.",
        finding.n,
        topic=_(words.topic),
        habit=_(words.above if told.flag("above") else words.below),
        effect=habit_effect(told, told.number("effect")),
        grade=evidence.GRADES[finding.grade],
    )


def habit_effect(told: Told, value: float) -> str:
    """An effect of a habit in its unit."""
    unit = told.code("unit")
    if unit == "ratio":
        return evidence.times(value)
    if unit == "share":
        return evidence.points(value)
    if unit in ("correlation", "count"):
        return evidence.signed(value)
    return evidence.amount(value, unit_of(told), told.currency)


def unit_of(told: Told) -> Unit:
    return cast("Unit", told.known_code("unit", get_args(Unit)))
