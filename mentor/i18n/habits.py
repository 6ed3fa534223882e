"""The words of the habits: what each detector compares, what it found, how sure, and what it would still need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mentor.analytics.habits.habit import Habit, Missing
from mentor.analytics.inference import Grade
from mentor.i18n import evidence, numbers
from mentor.i18n.language import _, ngettext
from mentor.i18n.numbers import DASH
from mentor.messages import message


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a detector looks at, what it is called when the effect lies above or below nothing, and its sentence.

    `of` says a number of opportunities, `needs` what a verdict asks for at least and what there is of it.
    """

    topic: str
    above: str
    below: str
    says: str
    of: Callable[[int], str]
    needs: str


WORDS: Final[dict[str, Words]] = {
    "revenge_size": Words(
        topic=message("Lots after a loss"),
        above=message("bigger after a loss"),
        below=message("smaller after a loss"),
        says=message("Lots after a loss were {effect} those after a win"),
        of=lambda n: ngettext("{n} trade after a loss", "{n} trades after a loss", n),
        needs=message("10 sessions with trades both after a loss and after a win; so far {n}"),
    ),
    "revenge_pace": Words(
        topic=message("Pause after a loss"),
        above=message("slower after a loss"),
        below=message("faster after a loss"),
        says=message("The pause after a loss was {effect} the pause after a win"),
        of=lambda n: ngettext("{n} trade after a loss", "{n} trades after a loss", n),
        needs=message("10 sessions with trades both after a loss and after a win; so far {n}"),
    ),
    "chasing_size": Words(
        topic=message("Lots after a losing day"),
        above=message("bigger after a losing day"),
        below=message("smaller after a losing day"),
        says=message("Lots on the day after a losing day were {effect} those of other days"),
        of=lambda n: ngettext("{n} day after a losing day", "{n} days after a losing day", n),
        needs=message("10 days after a losing day and 10 other days, in 30 sessions; so far {n} of the rarer"),
    ),
    "chasing_trades": Words(
        topic=message("Number of trades after a losing day"),
        above=message("more trades after a losing day"),
        below=message("fewer trades after a losing day"),
        says=message("The number of trades on the day after a losing day was {effect} that of other days"),
        of=lambda n: ngettext("{n} day after a losing day", "{n} days after a losing day", n),
        needs=message("10 days after a losing day and 10 other days, in 30 sessions; so far {n} of the rarer"),
    ),
    "house_money": Words(
        topic=message("Lots after two wins"),
        above=message("bigger after two wins"),
        below=message("smaller after two wins"),
        says=message("Lots after two wins in a row were {effect} those after other results"),
        of=lambda n: ngettext("{n} trade after two wins", "{n} trades after two wins", n),
        needs=message("10 sessions with trades both after two wins and after other results; so far {n}"),
    ),
    "overtrading": Words(
        topic=message("Trades beyond the usual number of a day"),
        above=message("better beyond the usual number"),
        below=message("worse beyond the usual number"),
        says=message("A trade beyond the usual number of a day came out {effect} than the others"),
        of=lambda n: ngettext("{n} trade beyond the usual number", "{n} trades beyond the usual number", n),
        needs=message("10 sessions with clearly more trades than usual, after 10 others; so far {n}"),
    ),
    "disposition": Words(
        topic=message("How long losers are held"),
        above=message("losers held longer"),
        below=message("losers cut sooner"),
        says=message("Losers were held {effect} as long as winners of the same session; {neutral} would be no habit"),
        of=lambda n: ngettext("{n} losing trade", "{n} losing trades", n),
        needs=message("10 sessions with both a winner and a loser of a symbol and strategy; so far {n}"),
    ),
    "disposition_after_losing_day": Words(
        topic=message("How long losers are held after a losing day"),
        above=message("losers held longer after a losing day"),
        below=message("losers cut sooner after a losing day"),
        says=message("After a losing day losers were held {effect} as long beside winners as on other days"),
        of=lambda n: ngettext("{n} day after a losing day", "{n} days after a losing day", n),
        needs=message("10 days after a losing day and 10 others, all with winners and losers; so far {n} of the rarer"),
    ),
    "tilt": Words(
        topic=message("Results after two losses"),
        above=message("better after two losses"),
        below=message("worse after two losses"),
        says=message(
            "A trade after two or more losses in its session came out {effect} than the others, beyond what the order "
            "of results brings by itself"
        ),
        of=lambda n: ngettext("{n} trade after two losses", "{n} trades after two losses", n),
        needs=message("10 sessions that went on after two losses; so far {n}"),
    ),
    "tilt_slope": Words(
        topic=message("Results after a big loss"),
        above=message("recovering after a big loss"),
        below=message("sliding after a big loss"),
        says=message("With each trade after a loss of 1 R or more results got {effect}"),
        of=lambda n: ngettext("{n} trade after a loss of 1 R", "{n} trades after a loss of 1 R", n),
        needs=message("10 sessions that went on after a loss of 1 R or more; so far {n}"),
    ),
    "losses_beyond_plan": Words(
        topic=message("Losses beyond the plan"),
        above=message("losses beyond the plan"),
        below=message("losses within the plan"),
        says=message("{effect} of the losing trades lost more than 1.2 R"),
        of=lambda n: ngettext("{n} losing trade", "{n} losing trades", n),
        needs=message("10 sessions with a losing trade; so far {n}"),
    ),
    "overrun_after_loss": Words(
        topic=message("Losses beyond the plan after a loss"),
        above=message("more losses beyond the plan after a loss"),
        below=message("fewer losses beyond the plan after a loss"),
        says=message("Losses beyond 1.2 R came {effect} after a loss than after a win"),
        of=lambda n: ngettext("{n} losing trade after a loss", "{n} losing trades after a loss", n),
        needs=message("10 sessions with losing trades both after a loss and after a win; so far {n}"),
    ),
    "risk_escalation": Words(
        topic=message("Risk over time"),
        above=message("risk growing over time"),
        below=message("risk shrinking over time"),
        says=message("The rank correlation of the risk of a session with time was {effect}"),
        of=lambda n: ngettext("{n} session", "{n} sessions", n),
        needs=message("30 sessions that say their risk; so far {n}"),
    ),
    "martingale": Words(
        topic=message("Doubling after losses"),
        above=message("doubling after losses"),
        below=message("doubling after wins"),
        says=message(
            "Two doublings of the lots in a row each followed a loss {seen} times, against {expected} by chance"
        ),
        of=lambda n: ngettext("{n} second doubling", "{n} second doublings", n),
        needs=message("10 sessions of three trades and more; so far {n}"),
    ),
    "fatigue": Words(
        topic=message("Results in the course of a session"),
        above=message("better with the hours"),
        below=message("worse with the hours"),
        says=message("With each hour since the first entry of a session results got {effect}"),
        of=lambda n: ngettext("{n} later trade", "{n} later trades", n),
        needs=message("10 sessions of two trades and more; so far {n}"),
    ),
    "weekday": Words(
        topic=message("Weekdays"),
        above=message("one weekday better"),
        below=message("one weekday worse"),
        says=message("The day that stands out most is {weekday}: its sessions came out {effect} than the others"),
        of=lambda n: ngettext("{n} session on that day", "{n} sessions on that day", n),
        needs=message("30 sessions, and two weekdays with 10 each; so far {looked_at} sessions"),
    ),
    "mood_carry_over": Words(
        topic=message("Yesterday's mood"),
        above=message("the mood stays"),
        below=message("the mood changes"),
        says=message("The mood of the day before came back {effect} than in shuffled order"),
        of=lambda n: ngettext("{n} day after a day with a mood", "{n} days after a day with a mood", n),
        needs=message("30 days with a mood that follow another; so far {n}"),
    ),
    "streaks": Words(
        topic=message("Streaks"),
        above=message("wins follow wins"),
        below=message("losses follow wins"),
        says=message("After a win the next trade won {effect} than in shuffled order"),
        of=lambda n: ngettext("{n} trade after a win", "{n} trades after a win", n),
        needs=message("10 sessions with trades after a win; so far {n}"),
    ),
    "fomo": Words(
        topic=message("Hasty returns after a win"),
        above=message("hasty returns after a win"),
        below=message("no hasty returns after a win"),
        says=message(
            "{effect} of the returns to a symbol just won on came within the shortest tenth of all pauses; {neutral} "
            "would be no haste"
        ),
        of=lambda n: ngettext("{n} return to a symbol just won on", "{n} returns to a symbol just won on", n),
        needs=message("10 sessions with a return to a symbol just won on; so far {n}"),
    ),
}
_MISSING: Final[dict[Missing, str]] = {
    Missing.TRADES: message("trades in this selection"),
    Missing.TIMES: message("trades that state both their entry and their exit time, one after the other"),
    Missing.LOTS: message("lots, and earlier sessions of the symbol to compare them with"),
    Missing.RISK: message("R: the risk percent of 80% of the trades, and the starting balance in Settings"),
    Missing.MOODS: message("moods told before the first trade"),
    Missing.SPREAD: message("differences: what is compared is always the same, or cannot be told from something else"),
}
#: Whose opportunities are days themselves.
_DAYS: Final = (
    "chasing_size",
    "chasing_trades",
    "disposition_after_losing_day",
    "risk_escalation",
    "weekday",
    "mood_carry_over",
)


def verdict(habit: Habit) -> str:
    """`Strong evidence: faster after a loss`, `No clear sign`, or that nothing is tested."""
    if habit.grade is None:
        return _("Counted, not tested")
    name = _(evidence.GRADES[habit.grade])
    if not shows(habit) or habit.effect is None:
        return name
    words = WORDS[habit.id]
    return f"{name}: {_(words.above if habit.effect > habit.neutral else words.below)}"


def shows(habit: Habit) -> bool:
    """Whether there is at least a hint."""
    return habit.grade is not None and habit.grade.strength >= Grade.HINT.strength


def sentence(habit: Habit, currency: str | None) -> str:
    """What was found and how sure it is, as one sentence."""
    said = _(
        WORDS[habit.id].says,
        effect=_worded(habit, currency),
        neutral=amount(habit, habit.neutral, currency),
        **_seen(habit),
    )
    return f"{said} ({_bracket(habit, currency)}): {_how_sure(habit)}."


def opportunities(habit: Habit) -> str:
    """`333 trades after a loss in 134 sessions`."""
    told = WORDS[habit.id].of(habit.opportunities)
    if habit.id in _DAYS:
        return told
    return ngettext("{told} in {n} session", "{told} in {n} sessions", habit.sessions, told=told)


def missing(habit: Habit) -> str:
    """What a detector would need to say anything."""
    if habit.missing is None:
        return ""
    if habit.missing is Missing.SESSIONS:
        have, looked_at = (numbers.number(amount, 0) for amount in (habit.sessions, habit.opportunities))
        return _(WORDS[habit.id].needs, n=have, looked_at=looked_at)
    if habit.missing is Missing.RISK and habit.id == "risk_escalation":
        return _("trades that say their risk percent")
    return _(_MISSING[habit.missing])


def amount(habit: Habit, value: float | None, currency: str | None) -> str:
    """An effect, or an end of its interval, in its unit."""
    if value is None:
        return DASH
    if habit.unit == "ratio":
        return evidence.times(value)
    if habit.unit == "share":
        return numbers.percent(value) if habit.p_value is None else _points(value)
    if habit.unit == "correlation":
        return evidence.signed(value, 2)
    if habit.unit == "count":
        return evidence.signed(value, 1)
    return evidence.amount(value, habit.unit, currency)


def weekday(number: int) -> str:
    """Monday is 0."""
    return numbers.weekday(number)


def _worded(habit: Habit, currency: str | None) -> str:
    """The effect as it stands in a sentence: `0.27 ×`, `0.30 R worse`, `3.2 points more often`."""
    value = habit.effect or 0.0
    if habit.unit == "ratio" or habit.p_value is None or habit.unit in ("correlation", "count"):
        return amount(habit, habit.effect, currency)
    size = amount(habit, abs(value), currency).removeprefix("+")
    if habit.unit == "share":
        return _("{size} less often", size=size) if value < 0 else _("{size} more often", size=size)
    return _("{size} worse", size=size) if value < 0 else _("{size} better", size=size)


def _bracket(habit: Habit, currency: str | None) -> str:
    ends = evidence.span(*(amount(habit, end, currency) for end in (habit.low, habit.high)))
    told = _("95% interval {interval}", interval=ends)
    if habit.adjusted is None:
        return told
    return _("{interval}; {chance} among all habits", interval=told, chance=evidence.chance(habit.adjusted))


def _how_sure(habit: Habit) -> str:
    if habit.grade is None:
        return _("counted, not tested")
    grade = _(evidence.GRADES[habit.grade])
    said = f"{grade[:1].lower()}{grade[1:]}"
    if habit.exploratory and shows(habit):
        return _("{grade}, and an exploratory look never gives more", grade=said)
    return said


def _seen(habit: Habit) -> dict[str, str]:
    """What only the chart of some detectors says."""
    chart = habit.chart
    if habit.id == "weekday":
        [chosen] = chart.loc[chart["chosen"], "weekday"].tolist()
        return {"weekday": weekday(chosen)}
    if habit.id == "martingale":
        seen, expected = chart.set_index("kind")["value"][["seen", "expected"]]
        return {"seen": numbers.number(seen, 0), "expected": numbers.number(expected, 1)}
    return {}


def _points(share: float) -> str:
    return _("{amount} points", amount=evidence.signed(100 * share, 1))
