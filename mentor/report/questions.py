"""Three questions a trader may think about after a week or a month, each from something that was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from mentor.analytics.inference import Grade
from mentor.analytics.plain import Plain
from mentor.analytics.review import Review
from mentor.i18n import evidence, labels, numbers, risk
from mentor.i18n import habits as habit_words
from mentor.i18n.language import _, ngettext

if TYPE_CHECKING:
    from mentor.analytics.habits import Habit

ASKED: Final = 3
#: A part of the risk score below this is worth a question.
_WEAK: Final = 0.8
#: Sessions of a mood that make it worth one.
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, by id, and the numbers it is asked with."""

    id: str
    numbers: Mapping[str, Plain]


def questions(found: Review, shown: Sequence[Habit]) -> tuple[Question, ...]:
    """The first three that have a reason; a period without trades asks nothing.

    `shown` are habits graded on the history up to the period's end, strongest first.
    """
    return tuple(_reasons(found, shown))[:ASKED] if found.totals is not None else ()


def sentence(asked: Question, currency: str | None) -> str:
    """The question in the language spoken."""
    told = asked.numbers
    if asked.id == "habit":
        words = habit_words.WORDS[str(told["habit"])]
        return ngettext(
            "“{sign}” ({grade}): {n} trade of this period is among them. What would have stopped you there?",
            "“{sign}” ({grade}): {n} trades of this period are among them. What would have stopped you there?",
            _whole(told["trades"]),
            sign=words.above if told["above"] else words.below,
            grade=evidence.GRADES[Grade(str(told["grade"]))],
        )
    if asked.id == "cap":
        return ngettext(
            "On {n} day the risk score was held down: {reason}. What was going on just before?",
            "On {n} days the risk score was held down: {reason}. What was going on just before?",
            _whole(told["days"]),
            reason=risk.CAPS[str(told["cap"])],
        )
    if asked.id == "weak_part":
        share = f"{numbers.number(100 * _number(told['mean']), 0)}%"
        return _(
            "The weakest part of your risk score was “{part}” ({share} reached). Which one rule would lift it?",
            part=risk.PARTS[str(told["part"])].label,
            share=share,
        )
    return _of_days(asked, currency)


def _of_days(asked: Question, currency: str | None) -> str:
    told = asked.numbers
    net = numbers.money(_number(told["net"]), currency, signed=True) if "net" in told else ""
    if asked.id == "mood":
        return ngettext(
            "{n} day began with “{mood}” and came to {net} in all. What would you do differently when such a day "
            "begins?",
            "{n} days began with “{mood}” and came to {net} in all. What would you do differently when such a day "
            "begins?",
            _whole(told["days"]),
            mood=labels.emotion(str(told["emotion"])),
            net=net,
        )
    if asked.id == "untold":
        return _(
            "On {untold} of {days} days you told no mood before the first trade. What would make it easier to tell?",
            untold=numbers.number(_whole(told["untold"]), 0),
            days=numbers.number(_whole(told["days"]), 0),
        )
    day = numbers.day(date.fromisoformat(str(told["day"])))
    if asked.id == "worst_day":
        return _("{day} came to {net}. Which of its trades would you not take again?", day=day, net=net)
    return _("{day} came to {net}. What did you do there that you can repeat, whatever it brings?", day=day, net=net)


def _reasons(found: Review, shown: Sequence[Habit]) -> Iterator[Question]:
    """What was done comes before how it felt and what it brought; each kind once."""
    yield from _of_habits(found, shown)
    if found.risk.caps:
        cap, days = found.risk.caps[0]
        yield Question(id="cap", numbers={"cap": cap, "days": days})
    weakest = found.risk.weakest if found.risk.median is not None else None  # a part of no score is not weak
    if weakest is not None and weakest[1] < _WEAK:
        part, mean, _sessions = weakest
        yield Question(id="weak_part", numbers={"part": part, "mean": round(mean, 10)})
    yield from _of_moods(found)
    yield from _of_extremes(found)


def _of_habits(found: Review, shown: Sequence[Habit]) -> Iterator[Question]:
    for habit in shown:
        inside = len(found.trades & set(habit.trades))
        if inside and habit.harmful and habit.grade is not None and habit.grade.strength >= Grade.HINT.strength:
            assert habit.effect is not None, "what is harmful has an effect"
            above, grade = habit.effect > habit.neutral, habit.grade.value
            yield Question(id="habit", numbers={"habit": habit.id, "above": above, "grade": grade, "trades": inside})
            return


def _of_moods(found: Review) -> Iterator[Question]:
    lost = [one for one in found.moods.groups if one.basis == "before" and one.net < 0 and one.sessions >= _FEWEST]
    if lost:
        worst = min(lost, key=lambda one: (one.mean, one.emotion))
        net = round(worst.net, 10)
        yield Question(id="mood", numbers={"emotion": worst.emotion, "days": worst.sessions, "net": net})
    coverage = found.moods.coverage
    if 2 * coverage.before < coverage.sessions:
        untold = coverage.sessions - coverage.before
        yield Question(id="untold", numbers={"untold": untold, "days": coverage.sessions})


def _of_extremes(found: Review) -> Iterator[Question]:
    if found.worst is not None and found.worst.net < 0:
        yield Question(id="worst_day", numbers={"day": found.worst.day.isoformat(), "net": round(found.worst.net, 10)})
    if found.best is not None and found.best.net > 0:
        yield Question(id="best_day", numbers={"day": found.best.day.isoformat(), "net": round(found.best.net, 10)})


def _whole(value: Plain) -> int:
    assert isinstance(value, int)
    return value


def _number(value: Plain) -> float:
    assert isinstance(value, (int, float))
    return float(value)
