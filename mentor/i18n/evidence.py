"""The words of evidence: grades, the rules behind them, why there is no estimate, and amounts with their interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from mentor.analytics.inference import Cause, Grade, Rule
from mentor.i18n import labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.i18n.numbers import DASH
from mentor.messages import message

if TYPE_CHECKING:
    from mentor.analytics.emotion_cost import Amount, Baseline, EmotionCost
    from mentor.analytics.emotions import Coverage
    from mentor.analytics.mood_effects import Behaviour
    from mentor.analytics.mood_groups import BaselineRule
    from mentor.analytics.session_frame import SizeUnit, Unit

GRADES: Final[dict[Grade, str]] = {
    Grade.NOT_ENOUGH: message("Not enough data"),
    Grade.NO_SIGN: message("No clear sign"),
    Grade.ABOUT_THE_SAME: message("About the same"),
    Grade.HINT: message("A hint"),
    Grade.MODERATE: message("Moderate evidence"),
    Grade.STRONG: message("Strong evidence"),
}
#: What keeps an estimate from the next grade.
RULES: Final[dict[Rule, str]] = {
    Rule.SESSIONS: message("there are too few sessions with a mood"),
    Rule.TREATED: message("there are too few of these sessions"),
    Rule.BASELINE: message("there are too few sessions to compare with"),
    Rule.ESTIMABLE: message("the difference cannot be estimated"),
    Rule.P_VALUE: message("chance alone brings such a difference too often"),
    Rule.TIMING: message("the mood was not told before the first trade"),
    Rule.EXTREMES: message("it rests on the best and the worst session"),
    Rule.SCORES: message("the ranks of the results do not say the same"),
    Rule.HALVES: message("the first and the second half of the time disagree"),
    Rule.ROBUSTNESS: message("a weak hidden cause could explain it away"),
}
CAUSES: Final[dict[Cause, str]] = {
    Cause.NO_TREATED: message("no session has this mood"),
    Cause.NO_BASELINE: message("there is no session to compare with"),
    Cause.NOT_SEPARABLE: message("the mood cannot be told apart from the market it came with"),
    Cause.ONE_DECIDES: message("a single session would decide the result"),
    Cause.NO_SPREAD: message("the results do not differ from one another"),
}
BASELINES: Final[dict[BaselineRule, str]] = {
    "calm_and_neutral": message("your calm and neutral sessions"),
    "everything_else": message("all your other sessions"),
}
BEHAVIOURS: Final[dict[Behaviour, str]] = {
    "trades": message("Trades a session"),
    "size": message("Size of a trade"),
    "pause": message("Pause in between"),
    "holding": message("Holding time"),
    "stops": message("Trades with a stop"),
    "result": message("Result of a trade"),
}
SIZES: Final[dict[SizeUnit, str]] = {"risk_percent": message("% risked"), "usual_lots": message("times the usual lots")}
SLICES: Final[dict[str, str]] = {
    "market": message("By market"),
    "weekday": message("By weekday"),
    "hour": message("By hour"),
    "strategy": message("By strategy"),
}
_ANSWERED: Final[dict[Grade, str]] = {
    Grade.STRONG: message("Nothing: this is the highest grade"),
    Grade.ABOUT_THE_SAME: message("Nothing: the difference is too small to matter"),
}
_TOO_LITTLE: Final = message(
    "A session differs by {difference} in {sessions} from {baseline} (90% interval {interval}), too little to matter."
)
_MAYBE_CHANCE: Final = message(
    "A session differs by {difference} in {sessions} from {baseline} (90% interval {interval}), which may well be "
    "chance."
)
_LESS: Final = message(
    "In {sessions}, the result is associated with {size} less a session than in {baseline} (90% interval {interval})."
)
_MORE: Final = message(
    "In {sessions}, the result is associated with {size} more a session than in {baseline} (90% interval {interval})."
)
_SMALLEST_P: Final = 0.001


def unit(of: Unit, currency: str | None) -> str:
    """What results are counted in, for an axis."""
    money = _("money") if currency is None else currency
    return {"r": "R", "per_percent": _("{money} per % risked", money=money), "money": money}[of]


def amount(value: float | None, of: Unit, currency: str | None) -> str:
    """A difference with its sign and unit."""
    if value is None:
        return DASH
    if of == "money":
        return numbers.money(value, currency, signed=True)
    per = unit(of, currency) if currency or of == "r" else _("per % risked")
    return f"{signed(value)} {per}"


def signed(value: float | None, decimals: int = 2) -> str:
    """A number with its sign, `+` as well."""
    if value is None:
        return DASH
    text = numbers.number(abs(value), decimals)
    shown_as_nothing = not any(digit in text for digit in "123456789")
    return text if shown_as_nothing else f"{numbers.MINUS if value < 0 else '+'}{text}"


def shortly(value: float) -> str:
    """A whole amount with its sign, of large ones only the first digits: `+12.3M`."""
    text = numbers.compact(abs(value))
    shown_as_nothing = not any(digit in text for digit in "123456789")
    return text if shown_as_nothing else f"{numbers.MINUS if value < 0 else '+'}{text}"


def interval(low: float | None, high: float | None, decimals: int = 2) -> str:
    """`-2.61 to -1.23`; without the unit, which stands beside it."""
    return DASH if low is None or high is None else span(signed(low, decimals), signed(high, decimals))


def span(low: str, high: str) -> str:
    """From one figure to another, both as they are written."""
    return _("{low} to {high}", low=low, high=high)


def chance(p_value: float | None) -> str:
    """A p-value as it is written: never as certainty."""
    if p_value is None:
        return DASH
    if p_value < _SMALLEST_P:
        return f"p < {numbers.number(_SMALLEST_P, 3)}"
    return f"p = {numbers.number(p_value, 3)}"


def probability(value: float | None) -> str:
    """As a percentage that is never written as certainty."""
    if value is None or _SMALLEST_P <= value <= 1 - _SMALLEST_P:
        return numbers.percent(value)
    least, most = numbers.percent(_SMALLEST_P), numbers.percent(1 - _SMALLEST_P)
    return f"< {least}" if value < _SMALLEST_P else f"> {most}"


def points(share: float | None) -> str:
    """A difference of shares in percentage points."""
    return DASH if share is None else _("{amount} points", amount=signed(100 * share, 0))


def times(ratio: float | None) -> str:
    return DASH if ratio is None else f"{numbers.number(ratio)} ×"


def baseline(of: Baseline) -> str:
    """What emotions are compared with, and how many sessions that is where it is the same for all."""
    words = _(BASELINES[of.rule])
    return f"{words} ({numbers.number(of.sessions, 0)})" if of.rule == "calm_and_neutral" else words


def why_not(cost: EmotionCost) -> str:
    """Why nothing can be said of an emotion, and what it takes, as a phrase."""
    if cost.reason is Cause.NOT_SEPARABLE and cost.only_market:
        market = labels.market(cost.only_market)
        return _("it always came with the market “{market}”, so the two cannot be told apart", market=market)
    if cost.reason is not None and not cost.sessions_missing:
        return _(CAUSES[cost.reason])
    return ngettext("at least {n} more session needed", "at least {n} more sessions needed", cost.sessions_missing)


def shortly_why_not(cost: EmotionCost) -> str:
    """The same in few words, for a chart."""
    if cost.only_market is not None:
        return _("always one market")
    if not cost.sessions_missing:
        return _("no estimate")
    return ngettext("{n} session short", "{n} sessions short", cost.sessions_missing)


def missing(cost: EmotionCost) -> str:
    """What it takes to know more of an emotion, as a sentence without its full stop."""
    grade, n = cost.grade, cost.sessions_missing
    if grade in _ANSWERED:
        return _(_ANSWERED[grade])
    if grade is Grade.NOT_ENOUGH:
        return _capital(why_not(cost))
    if grade is Grade.NO_SIGN:
        return _more_to_see(n) if n else _("A middling difference would have shown")
    because = "; ".join(_(RULES[rule]) for rule in cost.evidence.failed)
    if not n:
        return _capital(because)
    return ngettext("At least {n} more session: {because}", "At least {n} more sessions: {because}", n, because=because)


def verdict(cost: EmotionCost, against: Baseline, of: Unit, currency: str | None) -> str:
    """What is known of an emotion as a sentence: how much, how sure, over how many sessions."""
    pooled = cost.result.pooled
    if cost.grade is Grade.NOT_ENOUGH or pooled is None:
        return f"{labels.emotion(cost.emotion)}: {why_not(cost)}."
    signed_amount = amount(pooled.value, of, currency)
    told = _(
        _sentence_of(cost.grade, pooled.value),
        sessions=_marked(cost),
        difference=signed_amount,
        size=signed_amount.lstrip(f"+{numbers.MINUS}"),
        baseline=BASELINES[against.rule],
        interval=interval(pooled.low, pooled.high),
    )
    return told if cost.grade.strength < Grade.HINT.strength else " ".join([told, *_in_all(cost, currency)])


def coverage(of: Coverage) -> str:
    """`A mood from before the first trade is known for 3 of 10 sessions; …`."""
    parts = [
        ngettext(
            "A mood from before the first trade is known for {before} of {n} session",
            "A mood from before the first trade is known for {before} of {n} sessions",
            of.sessions,
            before=numbers.number(of.before, 0),
        ),
        _("told during or after trading: {n}", n=numbers.number(of.later, 0)) if of.later else "",
        _("told at an unknown time: {n}", n=numbers.number(of.unknown, 0)) if of.unknown else "",
        _("not recorded: {n}", n=numbers.number(of.unrecorded, 0)) if of.unrecorded else "",
    ]
    return "; ".join(filter(None, parts)) + "."


def money_interval(money: Amount | None, currency: str | None) -> str:
    if money is None:
        return DASH
    return span(*(numbers.money(end, currency, signed=True) for end in (money.low, money.high)))


def category(slice_: str, code: str) -> str:
    """A column of a slice: `Mon`, `14`, the market's name, or the strategy as written."""
    if slice_ == "weekday":
        return numbers.weekday(int(code), short=True)
    return labels.market(code) if slice_ == "market" else code


def _sentence_of(grade: Grade, value: float) -> str:
    """The verdict's template."""
    if grade is Grade.ABOUT_THE_SAME:
        return _TOO_LITTLE
    if grade.strength < Grade.HINT.strength:
        return _MAYBE_CHANCE
    return _LESS if value < 0 else _MORE


def _marked(cost: EmotionCost) -> str:
    """The sessions a verdict rests on."""
    emotion = labels.emotion(cost.emotion)
    if cost.told == "before":
        return ngettext(
            "the {n} session you marked {emotion} before trading",
            "the {n} sessions you marked {emotion} before trading",
            cost.n,
            emotion=emotion,
        )
    return ngettext(
        "the {n} session you marked {emotion} but not before trading",
        "the {n} sessions you marked {emotion} but not before trading",
        cost.n,
        emotion=emotion,
    )


def _more_to_see(sessions: int) -> str:
    return ngettext(
        "About {n} more session: a middling difference would then show 4 times in 5",
        "About {n} more sessions: a middling difference would then show 4 times in 5",
        sessions,
    )


def _in_all(cost: EmotionCost, currency: str | None) -> Iterator[str]:
    """What it came to over all sessions, and whether a check speaks against reading it so."""
    money = cost.money.pooled_cost
    if money:
        total = numbers.money(money.value, currency, signed=True)
        yield _("Over all of them that is {money} ({interval}).", money=total, interval=money_interval(money, currency))
    if cost.checks.suspicious:
        yield _("Careful: the same test also finds what the mood cannot have changed; see its checks.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
