"""What the findings of a day come to together: process beside result, and habits that show again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from mentor.analytics.inference import Grade
from mentor.analytics.usual import below
from mentor.report.day_facts import Day
from mentor.report.finding import Finding, Severity
from mentor.report.rules.risk import LOW_SCORE
from mentor.report.rules.seen import Seen, texts

if TYPE_CHECKING:
    from mentor.analytics.habits import Habit

#: Rules that look at what the trader did, whatever came of it.
PROCESS: Final = (
    "size_after_loss",
    "past_losses",
    "loss_beyond_risk",
    "risk_above_plan",
    "stop_missing",
    "pace_after_loss",
    "overtrading",
    "large_lots",
    "holding_losers",
)
#: The finding of a day in which a habit shows.
_SHOWS_IN: Final = {
    "revenge_size": "size_after_loss",
    "revenge_pace": "pace_after_loss",
    "overtrading": "overtrading",
    "disposition": "holding_losers",
    "martingale": "size_after_loss",
    "tilt": "past_losses",
}


#: Habits about results, and the number of the finding that says what such trades brought.
_LOST: Final = {"tilt": "net", "overtrading": "beyond_net"}
_DOUBLED: Final = 2.0


def kept_in_red(day: Day, so_far: tuple[Finding, ...]) -> Iterator[Seen]:
    """A day that lost, on which every look at the process that found something found it good. n: those looks.

    Silent beside a risk score that asks for a warning.
    """
    score = day.known.score.score
    if score is not None and score <= LOW_SCORE:
        return
    kept = _process(so_far)[0]
    found = [one for one in so_far if one.rule in PROCESS]
    if day.net is not None and day.net < 0 and kept and len(kept) == len(found):
        yield Seen(severity=Severity.GOOD, n=len(kept), numbers={"kept": texts(kept)})


def broken_in_green(day: Day, so_far: tuple[Finding, ...]) -> Iterator[Seen]:
    """A day that won although some process asked for a warning. n: rules that had something."""
    kept, broken = _process(so_far)
    if day.net is not None and day.net > 0 and broken:
        worst = min(
            (one.severity for one in so_far if one.rule in broken), key=list(Severity).index, default=Severity.WARNING
        )
        yield Seen(severity=worst, n=len(kept) + len(broken), numbers={"broken": texts(broken), "kept": texts(kept)})


def habit_again(day: Day, so_far: tuple[Finding, ...]) -> Iterator[Seen]:
    """A habit with a hint or more in the sessions before that this day shows again. n: those sessions.

    Which finding shows which habit is listed; a habit about results shows only in such trades that lost money, one of
    doubling only in doubled lots. Moderate evidence is a warning.
    """
    asked = {one.rule: one for one in so_far if one.severity is not Severity.GOOD}
    for habit in day.known.history.habits:
        shown = asked.get(_SHOWS_IN.get(habit.id, ""))
        if shown is not None and habit.harmful and _graded(habit) and _of_its_kind(habit, shown):
            yield _again(habit, shown)


def _again(habit: Habit, shown: Finding) -> Seen:
    assert habit.grade is not None, "only graded habits come here"
    assert habit.effect is not None, "and those have an effect"
    interval = None if habit.low is None or habit.high is None else (habit.low, habit.high)
    return Seen(
        severity=Severity.WARNING if habit.grade.strength >= Grade.MODERATE.strength else Severity.NOTICE,
        n=habit.sessions,
        numbers={
            "habit": habit.id,
            "effect": habit.effect,
            "above": habit.effect > habit.neutral,
            "unit": habit.unit,
            "shown_by": shown.rule,
        },
        interval=interval,
        grade=habit.grade,
        trades=shown.trades,
        size=float(habit.grade.strength),
    )


def _of_its_kind(habit: Habit, shown: Finding) -> bool:
    if habit.id in _LOST:
        net = shown.numbers.get(_LOST[habit.id])
        return isinstance(net, float) and net < 0
    ratio = shown.numbers.get("ratio")
    return habit.id != "martingale" or (isinstance(ratio, float) and not below(ratio, _DOUBLED))


def _graded(habit: Habit) -> bool:
    return habit.grade is not None and habit.grade.strength >= Grade.HINT.strength


def _process(so_far: tuple[Finding, ...]) -> tuple[list[str], list[str]]:
    """Rules of process that were kept, and those that ask for a warning at least, in the order of `PROCESS`."""
    by_rule = {one.rule: one.severity for one in so_far}
    kept = [name for name in PROCESS if by_rule.get(name) is Severity.GOOD]
    broken = [name for name in PROCESS if by_rule.get(name) in (Severity.ALARM, Severity.WARNING)]
    return kept, broken
