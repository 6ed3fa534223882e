"""The words of evidence: grades, the rules behind them, why there is no estimate, and amounts with their interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mentor.analytics.inference import Cause, Grade, Rule
from mentor.i18n import labels, numbers
from mentor.i18n.numbers import DASH, count

if TYPE_CHECKING:
    from mentor.analytics.emotion_cost import Amount, Baseline, EmotionCost
    from mentor.analytics.emotions import Coverage
    from mentor.analytics.mood_effects import Behaviour
    from mentor.analytics.mood_groups import BaselineRule, Told
    from mentor.analytics.session_frame import SizeUnit, Unit

GRADES: Final[dict[Grade, str]] = {
    Grade.NOT_ENOUGH: "Not enough data",
    Grade.NO_SIGN: "No clear sign",
    Grade.ABOUT_THE_SAME: "About the same",
    Grade.HINT: "A hint",
    Grade.MODERATE: "Moderate evidence",
    Grade.STRONG: "Strong evidence",
}
#: What keeps an estimate from the next grade.
RULES: Final[dict[Rule, str]] = {
    Rule.SESSIONS: "there are too few sessions with a mood",
    Rule.TREATED: "there are too few of these sessions",
    Rule.BASELINE: "there are too few sessions to compare with",
    Rule.ESTIMABLE: "the difference cannot be estimated",
    Rule.P_VALUE: "chance alone brings such a difference too often",
    Rule.TIMING: "the mood was not told before the first trade",
    Rule.EXTREMES: "it rests on the best and the worst session",
    Rule.SCORES: "the ranks of the results do not say the same",
    Rule.HALVES: "the first and the second half of the time disagree",
    Rule.ROBUSTNESS: "a weak hidden cause could explain it away",
}
CAUSES: Final[dict[Cause, str]] = {
    Cause.NO_TREATED: "no session has this mood",
    Cause.NO_BASELINE: "there is no session to compare with",
    Cause.NOT_SEPARABLE: "the mood cannot be told apart from the market it came with",
    Cause.ONE_DECIDES: "a single session would decide the result",
    Cause.NO_SPREAD: "the results do not differ from one another",
}
BASELINES: Final[dict[BaselineRule, str]] = {
    "calm_and_neutral": "your calm and neutral sessions",
    "everything_else": "all your other sessions",
}
BEHAVIOURS: Final[dict[Behaviour, str]] = {
    "trades": "Trades a session",
    "size": "Size of a trade",
    "pause": "Pause in between",
    "holding": "Holding time",
    "stops": "Trades with a stop",
    "result": "Result of a trade",
}
SIZES: Final[dict[SizeUnit, str]] = {"risk_percent": "% risked", "usual_lots": "times the usual lots"}
SLICES: Final[dict[str, str]] = {
    "market": "By market",
    "weekday": "By weekday",
    "hour": "By hour",
    "strategy": "By strategy",
}
_WHEN: Final[dict[Told, str]] = {"before": "before trading", "hindsight": "but not before trading"}
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ANSWERED: Final[dict[Grade, str]] = {
    Grade.STRONG: "Nothing: this is the highest grade",
    Grade.ABOUT_THE_SAME: "Nothing: the difference is too small to matter",
}
_SMALLEST_P: Final = 0.001


def unit(of: Unit, currency: str | None) -> str:
    """What results are counted in, for an axis."""
    money = "money" if currency is None else currency
    return {"r": "R", "per_percent": f"{money} per % risked", "money": money}[of]


def amount(value: float | None, of: Unit, currency: str | None) -> str:
    """A difference with its sign and unit."""
    if value is None:
        return DASH
    if of == "money":
        return numbers.money(value, currency, signed=True)
    return f"{signed(value)} {unit(of, currency or '').strip()}"


def signed(value: float | None, decimals: int = 2) -> str:
    """A number with its sign, `+` as well."""
    if value is None:
        return DASH
    text = numbers.number(abs(value), decimals)
    shown_as_nothing = not any(digit in text for digit in "123456789")
    return text if shown_as_nothing else f"{'-' if value < 0 else '+'}{text}"


def interval(low: float | None, high: float | None, decimals: int = 2) -> str:
    """`-2.61 to -1.23`; without the unit, which stands beside it."""
    return DASH if low is None or high is None else f"{signed(low, decimals)} to {signed(high, decimals)}"


def chance(p_value: float | None) -> str:
    """A p-value as it is written: never as certainty."""
    if p_value is None:
        return DASH
    if p_value < _SMALLEST_P:
        return f"p < {_SMALLEST_P}"
    return f"p = {numbers.number(p_value, 3)}"


def probability(value: float | None) -> str:
    """As a percentage that is never written as certainty."""
    if value is None or _SMALLEST_P <= value <= 1 - _SMALLEST_P:
        return numbers.percent(value)
    least, most = numbers.percent(_SMALLEST_P), numbers.percent(1 - _SMALLEST_P)
    return f"< {least}" if value < _SMALLEST_P else f"> {most}"


def points(share: float | None) -> str:
    """A difference of shares in percentage points."""
    return DASH if share is None else f"{signed(100 * share, 0)} points"


def times(ratio: float | None) -> str:
    return DASH if ratio is None else f"{numbers.number(ratio)} ×"


def baseline(of: Baseline) -> str:
    """What emotions are compared with, and how many sessions that is where it is the same for all."""
    words = BASELINES[of.rule]
    return f"{words} ({of.sessions})" if of.rule == "calm_and_neutral" else words


def why_not(cost: EmotionCost) -> str:
    """Why nothing can be said of an emotion, and what it takes, as a phrase."""
    if cost.reason is Cause.NOT_SEPARABLE and cost.only_market:
        return f"it always came with the market “{labels.market(cost.only_market)}”, so the two cannot be told apart"
    if cost.reason is not None and not cost.sessions_missing:
        return CAUSES[cost.reason]
    return f"at least {count(cost.sessions_missing, 'more session')} needed"


def shortly_why_not(cost: EmotionCost) -> str:
    """The same in few words, for a chart."""
    if cost.only_market is not None:
        return "always one market"
    return f"{count(cost.sessions_missing, 'session')} short" if cost.sessions_missing else "no estimate"


def missing(cost: EmotionCost) -> str:
    """What it takes to know more of an emotion, as a sentence without its full stop."""
    grade, sessions = cost.grade, count(cost.sessions_missing, "more session")
    if grade in _ANSWERED:
        return _ANSWERED[grade]
    if grade is Grade.NOT_ENOUGH:
        return _capital(why_not(cost))
    if grade is Grade.NO_SIGN:
        shows = "a middling difference would then show 4 times in 5"
        return f"About {sessions}: {shows}" if cost.sessions_missing else "A middling difference would have shown"
    because = "; ".join(RULES[rule] for rule in cost.evidence.failed)
    return f"At least {sessions}: {because}" if cost.sessions_missing else _capital(because)


def verdict(cost: EmotionCost, against: Baseline, of: Unit, currency: str | None) -> str:
    """What is known of an emotion as a sentence: how much, how sure, over how many sessions."""
    pooled = cost.result.pooled
    if cost.grade is Grade.NOT_ENOUGH or pooled is None:
        return f"{labels.emotion(cost.emotion)}: {why_not(cost)}."
    sessions = f"the {count(cost.n, 'session')} you marked {labels.emotion(cost.emotion)} {_WHEN[cost.told]}"
    span = f"(90% interval {interval(pooled.low, pooled.high)})"
    if cost.grade.strength < Grade.HINT.strength:
        but = "too little to matter" if cost.grade is Grade.ABOUT_THE_SAME else "which may well be chance"
        difference = amount(pooled.value, of, currency)
        return f"A session differs by {difference} in {sessions} from {BASELINES[against.rule]} {span}, {but}."
    size = amount(abs(pooled.value), of, currency).lstrip("+")
    return (
        f"In {sessions}, the result is associated with {size} {'less' if pooled.value < 0 else 'more'} a session than "
        f"in {BASELINES[against.rule]} {span}.{_in_all(cost, currency)}"
    )


def coverage(of: Coverage) -> str:
    """`A mood from before the first trade is known for 3 of 10 sessions; …`."""
    words = f"A mood from before the first trade is known for {of.before} of {count(of.sessions, 'session')}"
    parts = [
        f"told during or after trading: {of.later}" if of.later else "",
        f"told at an unknown time: {of.unknown}" if of.unknown else "",
        f"not recorded: {of.unrecorded}" if of.unrecorded else "",
    ]
    return "; ".join([words, *filter(None, parts)]) + "."


def money_interval(money: Amount | None, currency: str | None) -> str:
    if money is None:
        return DASH
    low, high = (numbers.money(end, currency, signed=True) for end in (money.low, money.high))
    return f"{low} to {high}"


def category(slice_: str, code: str) -> str:
    """A column of a slice: `Mon`, `14`, the market's name, or the strategy as written."""
    if slice_ == "weekday":
        return _WEEKDAYS[int(code)]
    return labels.market(code) if slice_ == "market" else code


def _in_all(cost: EmotionCost, currency: str | None) -> str:
    """What it came to over all sessions, and whether a check speaks against reading it so."""
    money = cost.money.pooled_cost
    parts = [
        f" Over all of them that is {numbers.money(money.value, currency, signed=True)} "
        f"({money_interval(money, currency)})."
        if money
        else "",
        " Careful: the same test also finds what the mood cannot have changed; see its checks."
        if cost.checks.suspicious
        else "",
    ]
    return "".join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
