"""The words of evidence: grades, the rules behind them, why there is no estimate, and amounts with their interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mentor.analytics.inference import Cause, Grade, Rule
from mentor.i18n import labels, numbers
from mentor.i18n.numbers import DASH, count

if TYPE_CHECKING:
    from mentor.analytics.emotion_cost import Baseline, EmotionCost
    from mentor.analytics.inference import Evidence
    from mentor.analytics.mood_effects import Behaviour
    from mentor.analytics.mood_groups import BaselineRule
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
    "pause": "Pause between trades",
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
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SMALLEST_P: Final = 0.001


def unit(of: Unit, currency: str | None) -> str:
    """What results are counted in, as it stands behind an axis' name."""
    money = currency or "money"
    return {"r": "R", "per_percent": f"{money} for each % risked", "money": money}[of]


def amount(value: float | None, of: Unit, currency: str | None) -> str:
    """A difference with its sign and unit."""
    if value is None:
        return DASH
    if of == "money":
        return numbers.money(value, currency, signed=True)
    return f"{signed(value)} {unit(of, currency)}"


def signed(value: float | None, decimals: int = 2) -> str:
    """A number with its sign, `+` as well."""
    if value is None:
        return DASH
    text = numbers.number(abs(value), decimals)
    shown_as_nothing = not any(digit in text for digit in "123456789")
    return text if shown_as_nothing else f"{'-' if value < 0 else '+'}{text}"


def interval(low: float | None, high: float | None) -> str:
    """`-2.61 to -1.23`; without the unit, which stands beside it."""
    return DASH if low is None or high is None else f"{signed(low)} to {signed(high)}"


def chance(p_value: float | None) -> str:
    """A p-value as it is written: never as certainty."""
    if p_value is None:
        return DASH
    if p_value < _SMALLEST_P:
        return f"p < {_SMALLEST_P}"
    return f"p = {numbers.number(p_value, 3)}"


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


def missing(evidence: Evidence) -> str:
    """What it takes to say more, as a sentence without its full stop."""
    if evidence.grade is Grade.STRONG:
        return "Nothing: this is the highest grade"
    if evidence.grade is Grade.ABOUT_THE_SAME:
        return "Nothing: the difference is too small to matter"
    sessions = count(evidence.sessions_missing, "more session")
    if evidence.grade is Grade.NO_SIGN:
        middling = "a middling difference would then show 4 times in 5"
        return (
            f"About {sessions}: {middling}" if evidence.sessions_missing else "A middling difference would have shown"
        )
    because = "; ".join(RULES[rule] for rule in evidence.failed)
    return f"At least {sessions}: {because}" if evidence.sessions_missing else _capital(because)


def category(slice_: str, code: str) -> str:
    """A column of a slice: `Mon`, `14`, the market's name, or the strategy as written."""
    if slice_ == "weekday":
        return _WEEKDAYS[int(code)]
    return labels.market(code) if slice_ == "market" else code


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
