"""Instant feedback as a person reads it, in the language spoken: what is known, what to do, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from mentor.analytics.inference import Grade
from mentor.analytics.moments import Standing
from mentor.i18n import evidence, labels, numbers
from mentor.i18n.evidence import BASELINES, CAUSES, GRADES
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.report.feedback import Compared, Evidence, InstantFeedback, Reason, Suggestion

_STANDINGS: Final[dict[Standing, str]] = {
    "ahead": message("clearly up"),
    "even": message("near zero"),
    "behind": message("clearly down"),
}
_OTHER_MOMENTS: Final = message("your other moods on such days")
#: Why it is suggested; the general rules say that they are some.
_GROUNDS: Final[dict[Reason, str]] = {
    "plan_trades": message("Your own risk plan comes first."),
    "plan_losses": message("Your own risk plan comes first."),
    "worse": message("From your own numbers."),
    "better": message("From your own numbers; they are no reason to trade bigger."),
    "about_the_same": message("From your own numbers: the difference is too small to matter."),
    "intensity": message("A general rule, not your own numbers: with a strong feeling, wait first."),
    "hard_mood": message("A general rule, not your own numbers: risk less while a feeling presses."),
    "steady_mood": message("A general rule, not your own numbers: a steady mood needs no change of plan."),
    "own_word": message("A general rule, not your own numbers: without evidence, keep to the plan."),
}
_BEFORE: Final[dict[bool, str]] = {
    True: message(
        "{grade}: sessions that began {emotion} are associated with {size} less a session than {compared} "
        "(90% interval {interval}, n = {count})."
    ),
    False: message(
        "{grade}: sessions that began {emotion} are associated with {size} more a session than {compared} "
        "(90% interval {interval}, n = {count})."
    ),
}
_DURING: Final[dict[bool, str]] = {
    True: message(
        "{grade}: on days {standing}, trading on while {emotion} is associated with {size} less by the end of the day "
        "than {compared} (90% interval {interval}, n = {count})."
    ),
    False: message(
        "{grade}: on days {standing}, trading on while {emotion} is associated with {size} more by the end of the day "
        "than {compared} (90% interval {interval}, n = {count})."
    ),
}
_UNCLEAR: Final = message(
    "{grade}: {difference} a session where it began {emotion}, beside {compared} "
    "(90% interval {interval}, n = {count})."
)
_UNCLEAR_DURING: Final = message(
    "{grade}: {difference} when you traded on while {emotion} on days {standing}, beside {compared} "
    "(90% interval {interval}, n = {count})."
)


def known(feedback: InstantFeedback) -> str:
    """What such moments have meant so far, in a sentence or two."""
    found = feedback.evidence
    if feedback.phase == "over":
        return " ".join([_plan_used(feedback.suggestion), _("After the last trade there is nothing to predict.")])
    if found is not None and found.value is not None:
        return _estimated(feedback, found, found.value)
    if found is not None:
        return _missing(feedback, found)
    if feedback.phase == "before":
        return ngettext(
            "{emotion} is what your other moods are compared with: {n} session began so.",
            "{emotion} is what your other moods are compared with: {n} sessions began so.",
            feedback.baseline or 0,
            emotion=labels.emotion(feedback.emotion),
        )
    if feedback.running is None:
        return _("Today's result cannot be added up, so nothing can be said of such moments.")
    return _("What a usual day of yours is can be said from 10 earlier days on.")


def advice(suggestion: Suggestion) -> str:
    """The one thing to do."""
    said: dict[str, Callable[[Suggestion], str]] = {
        "stop": lambda _suggestion: _("Stop for today."),
        "pause": _pause,
        "smaller": _smaller,
        "carry_on": lambda _suggestion: _("Carry on as planned, at your usual size."),
    }
    return said[suggestion.action](suggestion)


def ground(suggestion: Suggestion) -> str:
    """What the advice rests on: the trader's plan or numbers, or a general rule."""
    return _(_GROUNDS[suggestion.reason])


def done(feedback: InstantFeedback) -> str:
    """That there may be nothing to predict; empty where that is no question."""
    return _("Done for today? Then there is nothing to predict.") if feedback.phase == "during" else ""


def why(feedback: InstantFeedback) -> list[str]:
    """What stands behind it: numbers, method, and what it cannot say."""
    return [*_of_evidence(feedback), *_of_today(feedback), *_method(feedback), *_own_numbers(feedback.suggestion)]


def _estimated(feedback: InstantFeedback, found: Evidence, value: float) -> str:
    during = feedback.phase == "during"
    worse = value < 0
    if found.grade.strength < Grade.HINT.strength:
        template: str = _UNCLEAR_DURING if during else _UNCLEAR
    else:
        template = (_DURING if during else _BEFORE)[worse]
    difference = evidence.amount(value, found.unit, feedback.currency)
    return _(
        template,
        grade=GRADES[found.grade],
        emotion=labels.emotion(feedback.emotion),
        standing=_STANDINGS[feedback.standing] if feedback.standing else "",
        difference=difference,
        size=difference.lstrip(f"+{numbers.MINUS}"),
        compared=_compared(found.compared),
        interval=_interval(feedback, found),
        count=numbers.number(found.n, 0),
    )


def _compared(with_what: Compared) -> str:
    return _OTHER_MOMENTS if with_what == "other_moments" else BASELINES[with_what]


def _missing(feedback: InstantFeedback, found: Evidence) -> str:
    emotion, count = labels.emotion(feedback.emotion), numbers.number(found.n, 0)
    if not found.missing:
        reason = CAUSES[found.reason] if found.reason else GRADES[found.grade]
        return _("Your own numbers cannot say anything of {emotion}: {reason}.", emotion=emotion, reason=reason)
    if feedback.standing is None:
        return ngettext(
            "Sessions that began {emotion}: {count} so far. Your own numbers need at least {n} more session.",
            "Sessions that began {emotion}: {count} so far. Your own numbers need at least {n} more sessions.",
            found.missing,
            emotion=emotion,
            count=count,
        )
    return ngettext(
        "Days {standing} on which you told {emotion} and traded on: {count} so far. Your own numbers need at least {n} "
        "more session with a mood between trades.",
        "Days {standing} on which you told {emotion} and traded on: {count} so far. Your own numbers need at least {n} "
        "more sessions with a mood between trades.",
        found.missing,
        standing=_STANDINGS[feedback.standing],
        emotion=emotion,
        count=count,
    )


def _interval(feedback: InstantFeedback, found: Evidence) -> str:
    if found.unit == "money":
        low, high = (numbers.money(end, feedback.currency, signed=True) for end in (found.low, found.high))
        return evidence.span(low, high)
    return evidence.interval(found.low, found.high)


def _plan_used(suggestion: Suggestion) -> str:
    used = suggestion.numbers
    if suggestion.reason == "plan_losses":
        losses = used["losses"]
        assert isinstance(losses, int), "the plan counts losses"
        return ngettext(
            "Your plan ends the day after {n} loss in a row.",
            "Your plan ends the day after {n} losses in a row.",
            losses,
        )
    return _("Your plan ends the day here: {trades} of {limit} trades are made.", **used)


def _pause(suggestion: Suggestion) -> str:
    seconds = suggestion.numbers.get("seconds")
    if not isinstance(seconds, float):
        return _("Pause before the next trade.")
    least = numbers.duration(60.0 * -(-seconds // 60))
    if suggestion.numbers["after"] == "loss":
        return _("Pause at least {pause}, your usual pause after a loss.", pause=least)
    return _("Pause at least {pause}, your usual pause after a win.", pause=least)


def _smaller(suggestion: Suggestion) -> str:
    own = suggestion.numbers
    usual, half, decimals = own.get("usual"), own.get("half"), own.get("decimals")
    if not (isinstance(usual, float) and isinstance(decimals, int)):
        return _("Trade half of your usual size.")
    symbol, lots = own["symbol"], numbers.number(usual, decimals)
    if not isinstance(half, float):
        return _("Trade the smallest size you can: of {symbol} your usual one is {usual}.", symbol=symbol, usual=lots)
    return _(
        "Trade smaller: {symbol} at most {half} instead of your usual {usual}.",
        symbol=symbol,
        half=numbers.number(half, decimals),
        usual=lots,
    )


def _of_evidence(feedback: InstantFeedback) -> Iterator[str]:
    found, market, onward = feedback.evidence, feedback.in_market, feedback.onward
    if found is not None:
        yield _(
            "{grade}: n = {count} beside {beside}, {compared}.",
            grade=GRADES[found.grade],
            count=numbers.number(found.n, 0),
            beside=numbers.number(found.n_baseline, 0),
            compared=_compared(found.compared),
        )
    if found is not None and found.value is not None:
        yield _(
            "Difference {difference} (90% interval {interval}); after all corrections {chance}.",
            difference=evidence.amount(found.value, found.unit, feedback.currency),
            interval=_interval(feedback, found),
            chance=evidence.chance(found.p_value),
        )
    if found is not None and market is not None:
        yield ngettext(
            "In the market “{market}”: {n} such session, mean {mean}. This describes it, it is no test.",
            "In the market “{market}”: {n} such sessions, mean {mean}. This describes them, it is no test.",
            market.n,
            market=labels.market(market.market),
            mean=evidence.amount(market.mean, found.unit, feedback.currency),
        )
    if onward is not None and onward.trades is not None:
        yield _(
            "Then followed {trades} trades in the middle, at {size} the usual lots; after {stopped} more such moments "
            "you stopped.",
            trades=numbers.number(onward.trades, 1),
            size=evidence.times(onward.size),
            stopped=numbers.number(onward.stopped, 0),
        )


def _of_today(feedback: InstantFeedback) -> Iterator[str]:
    if feedback.standing is not None:
        yield _(
            "Today so far {running}: {standing}. A third of your days end within {usual} of zero.",
            running=numbers.money(feedback.running, feedback.currency, signed=True),
            standing=_STANDINGS[feedback.standing],
            usual=numbers.money(feedback.usual, feedback.currency),
        )


def _method(feedback: InstantFeedback) -> Iterator[str]:
    if feedback.evidence is None or feedback.evidence.value is None:
        return
    if feedback.phase == "before":
        yield _(
            "Pooled estimate after market and yesterday, as on the Emotions page. It is associated with the mood; it "
            "need not come from it."
        )
        return
    yield _(
        "Permutation test of what trades opened afterwards came to, after how the day stood and how many trades it "
        "had. The day may have made the mood, so this is never more than a hint."
    )


def _own_numbers(suggestion: Suggestion) -> Iterator[str]:
    if "usual" in suggestion.numbers:
        yield _(
            "Usual size: the middle lot of the symbol you traded on most of your last 20 sessions. Half of it is "
            "rounded down."
        )
    if "seconds" in suggestion.numbers:
        yield _(
            "Usual pause: the middle one of your last 60 sessions, the longer of those after a loss and after a win."
        )
