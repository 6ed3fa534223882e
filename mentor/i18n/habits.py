"""The words of the habits: what each detector compares, what it found, how sure, and what it would still need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mentor.analytics.habits.habit import Habit, Missing
from mentor.analytics.inference import Grade
from mentor.i18n import evidence, numbers
from mentor.i18n.numbers import DASH, count


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a detector looks at, what it is called when the effect lies above or below nothing, and its sentence.

    `of` names an opportunity (several: with `s`, or `many`), `needs` what a verdict asks for at least, and what there
    is of it.
    """

    topic: str
    above: str
    below: str
    says: str
    of: str
    needs: str
    many: str | None = None


WORDS: Final[dict[str, Words]] = {
    "revenge_size": Words(
        topic="Lots after a loss",
        above="bigger after a loss",
        below="smaller after a loss",
        says="Lots after a loss were {effect} those after a win",
        of="trade after a loss",
        many="trades after a loss",
        needs="10 sessions with trades both after a loss and after a win; so far {n}",
    ),
    "revenge_pace": Words(
        topic="Pause after a loss",
        above="slower after a loss",
        below="faster after a loss",
        says="The pause after a loss was {effect} the pause after a win",
        of="trade after a loss",
        many="trades after a loss",
        needs="10 sessions with trades both after a loss and after a win; so far {n}",
    ),
    "chasing_size": Words(
        topic="Lots after a losing day",
        above="bigger after a losing day",
        below="smaller after a losing day",
        says="Lots on the day after a losing day were {effect} those of other days",
        of="day after a losing day",
        many="days after a losing day",
        needs="10 days after a losing day and 10 other days, in 30 sessions; so far {n} of the rarer",
    ),
    "chasing_trades": Words(
        topic="Number of trades after a losing day",
        above="more trades after a losing day",
        below="fewer trades after a losing day",
        says="The number of trades on the day after a losing day was {effect} that of other days",
        of="day after a losing day",
        many="days after a losing day",
        needs="10 days after a losing day and 10 other days, in 30 sessions; so far {n} of the rarer",
    ),
    "house_money": Words(
        topic="Lots after two wins",
        above="bigger after two wins",
        below="smaller after two wins",
        says="Lots after two wins in a row were {effect} those after other results",
        of="trade after two wins",
        many="trades after two wins",
        needs="10 sessions with trades both after two wins and after other results; so far {n}",
    ),
    "overtrading": Words(
        topic="Trades beyond the usual number of a day",
        above="better beyond the usual number",
        below="worse beyond the usual number",
        says="A trade beyond the usual number of a day came out {effect} than the others",
        of="trade beyond the usual number",
        many="trades beyond the usual number",
        needs="10 sessions with clearly more trades than usual, after 10 others; so far {n}",
    ),
    "disposition": Words(
        topic="How long losers are held",
        above="losers held longer",
        below="losers cut sooner",
        says="Losers were held {effect} as long as winners of the same session; {neutral} would be no habit",
        of="losing trade",
        needs="10 sessions with both a winner and a loser of a symbol and strategy; so far {n}",
    ),
    "disposition_after_losing_day": Words(
        topic="How long losers are held after a losing day",
        above="losers held longer after a losing day",
        below="losers cut sooner after a losing day",
        says="After a losing day losers were held {effect} as long beside winners as on other days",
        of="day after a losing day",
        many="days after a losing day",
        needs="10 days after a losing day and 10 others, all with winners and losers; so far {n} of the rarer",
    ),
    "tilt": Words(
        topic="Results after two losses",
        above="better after two losses",
        below="worse after two losses",
        says="A trade after two or more losses in its session came out {effect} than the others, beyond what the order "
        "of results brings by itself",
        of="trade after two losses",
        many="trades after two losses",
        needs="10 sessions that went on after two losses; so far {n}",
    ),
    "tilt_slope": Words(
        topic="Results after a big loss",
        above="recovering after a big loss",
        below="sliding after a big loss",
        says="With each trade after a loss of 1 R or more results got {effect}",
        of="trade after a loss of 1 R",
        many="trades after a loss of 1 R",
        needs="10 sessions that went on after a loss of 1 R or more; so far {n}",
    ),
    "losses_beyond_plan": Words(
        topic="Losses beyond the plan",
        above="losses beyond the plan",
        below="losses within the plan",
        says="{effect} of the losing trades lost more than 1.2 R",
        of="losing trade",
        needs="10 sessions with a losing trade; so far {n}",
    ),
    "overrun_after_loss": Words(
        topic="Losses beyond the plan after a loss",
        above="more losses beyond the plan after a loss",
        below="fewer losses beyond the plan after a loss",
        says="Losses beyond 1.2 R came {effect} after a loss than after a win",
        of="losing trade after a loss",
        many="losing trades after a loss",
        needs="10 sessions with losing trades both after a loss and after a win; so far {n}",
    ),
    "risk_escalation": Words(
        topic="Risk over time",
        above="risk growing over time",
        below="risk shrinking over time",
        says="The rank correlation of the risk of a session with time was {effect}",
        of="session",
        needs="30 sessions that say their risk; so far {n}",
    ),
    "martingale": Words(
        topic="Doubling after losses",
        above="doubling after losses",
        below="doubling after wins",
        says="Two doublings of the lots in a row each followed a loss {seen} times, against {expected} by chance",
        of="second doubling",
        needs="10 sessions of three trades and more; so far {n}",
    ),
    "fatigue": Words(
        topic="Results in the course of a session",
        above="better with the hours",
        below="worse with the hours",
        says="With each hour since the first entry of a session results got {effect}",
        of="later trade",
        needs="10 sessions of two trades and more; so far {n}",
    ),
    "weekday": Words(
        topic="Weekdays",
        above="one weekday better",
        below="one weekday worse",
        says="The day that stands out most is {weekday}: its sessions came out {effect} than the others",
        of="session on that day",
        many="sessions on that day",
        needs="30 sessions, and two weekdays with 10 each; so far {looked_at} sessions",
    ),
    "mood_carry_over": Words(
        topic="Yesterday's mood",
        above="the mood stays",
        below="the mood changes",
        says="The mood of the day before came back {effect} than in shuffled order",
        of="day after a day with a mood",
        many="days after a day with a mood",
        needs="30 days with a mood that follow another; so far {n}",
    ),
    "streaks": Words(
        topic="Streaks",
        above="wins follow wins",
        below="losses follow wins",
        says="After a win the next trade won {effect} than in shuffled order",
        of="trade after a win",
        many="trades after a win",
        needs="10 sessions with trades after a win; so far {n}",
    ),
    "fomo": Words(
        topic="Hasty returns after a win",
        above="hasty returns after a win",
        below="no hasty returns after a win",
        says="{effect} of the returns to a symbol just won on came within the shortest tenth of all pauses; {neutral} "
        "would be no haste",
        of="return to a symbol just won on",
        many="returns to a symbol just won on",
        needs="10 sessions with a return to a symbol just won on; so far {n}",
    ),
}
_MISSING: Final[dict[Missing, str]] = {
    Missing.TRADES: "trades in this selection",
    Missing.TIMES: "trades that state both their entry and their exit time, one after the other",
    Missing.LOTS: "lots, and earlier sessions of the symbol to compare them with",
    Missing.RISK: "R: the risk percent of 80% of the trades, and the starting balance in Settings",
    Missing.MOODS: "moods told before the first trade",
    Missing.SPREAD: "differences: what is compared is always the same, or cannot be told from something else",
}
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def verdict(habit: Habit) -> str:
    """`Strong evidence: faster after a loss`, `No clear sign`, or that nothing is tested."""
    if habit.grade is None:
        return "Counted, not tested"
    name = evidence.GRADES[habit.grade]
    if not shows(habit) or habit.effect is None:
        return name
    words = WORDS[habit.id]
    return f"{name}: {words.above if habit.effect > habit.neutral else words.below}"


def shows(habit: Habit) -> bool:
    """Whether there is at least a hint."""
    return habit.grade is not None and habit.grade.strength >= Grade.HINT.strength


def sentence(habit: Habit, currency: str | None) -> str:
    """What was found and how sure it is, as one sentence."""
    words = WORDS[habit.id]
    said = words.says.format(
        effect=_worded(habit, currency), neutral=amount(habit, habit.neutral, currency), **_seen(habit)
    )
    return f"{said} ({_bracket(habit, currency)}): {_how_sure(habit)}."


def opportunities(habit: Habit) -> str:
    """`333 trades after a loss in 134 sessions`."""
    words = WORDS[habit.id]
    told = count(habit.opportunities, words.of, words.many)
    return told if words.of.startswith(("day", "session")) else f"{told} in {count(habit.sessions, 'session')}"


def missing(habit: Habit) -> str:
    """What a detector would need to say anything."""
    if habit.missing is None:
        return ""
    if habit.missing is Missing.SESSIONS:
        return WORDS[habit.id].needs.format(n=habit.sessions, looked_at=habit.opportunities)
    if habit.missing is Missing.RISK and habit.id == "risk_escalation":
        return "trades that say their risk percent"
    return _MISSING[habit.missing]


def amount(habit: Habit, value: float | None, currency: str | None) -> str:
    """An effect, or an end of its interval, in its unit."""
    if value is None:
        return DASH
    if habit.unit == "ratio":
        return evidence.times(value)
    if habit.unit == "share":
        return numbers.percent(value) if habit.p_value is None else f"{_signed(100 * value, 1)} points"
    if habit.unit == "correlation":
        return _signed(value, 2)
    if habit.unit == "count":
        return _signed(value, 1)
    return evidence.amount(value, habit.unit, currency)


def weekday(number: int) -> str:
    """Monday is 0."""
    return _WEEKDAYS[number]


def _worded(habit: Habit, currency: str | None) -> str:
    """The effect as it stands in a sentence: `0.27 ×`, `0.30 R worse`, `3.2 points more often`."""
    value = habit.effect or 0.0
    if habit.unit == "ratio" or habit.p_value is None or habit.unit in ("correlation", "count"):
        return amount(habit, habit.effect, currency)
    size = amount(habit, abs(value), currency).removeprefix("+")
    if habit.unit == "share":
        return f"{size} {'less' if value < 0 else 'more'} often"
    return f"{size} {'worse' if value < 0 else 'better'}"


def _bracket(habit: Habit, currency: str | None) -> str:
    low, high = (amount(habit, end, currency) for end in (habit.low, habit.high))
    tested = "" if habit.adjusted is None else f"; {evidence.chance(habit.adjusted)} among all habits"
    return f"95% interval {low} to {high}{tested}"


def _how_sure(habit: Habit) -> str:
    if habit.grade is None:
        return "counted, not tested"
    said = evidence.GRADES[habit.grade]
    most = ", and an exploratory look never gives more" if habit.exploratory and shows(habit) else ""
    return f"{said[:1].lower()}{said[1:]}{most}"


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


def _signed(value: float, decimals: int) -> str:
    text = numbers.number(abs(value), decimals)
    shown_as_nothing = not any(digit in text for digit in "123456789")
    return text if shown_as_nothing else f"{'-' if value < 0 else '+'}{text}"
