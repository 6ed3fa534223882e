"""Each rule's finding as whole sentences; what is not known is left out, never filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from mentor.analytics.risk_score import CAPS
from mentor.i18n import numbers, risk
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.report.course_sentences import drawdown, recent, record, streak
from mentor.report.finding import Finding, Severity
from mentor.report.mood_sentences import habit_again, mood, mood_in_hindsight, mood_missing
from mentor.report.told import Told

#: What a rule of process found, as part of a list.
KEPT: Final[dict[str, str]] = {
    "size_after_loss": message("lots level after losses"),
    "past_losses": message("stopped after a losing run"),
    "loss_beyond_risk": message("losses within what was risked"),
    "risk_above_plan": message("risk within your plan"),
    "stop_missing": message("a stop price on every trade"),
    "pace_after_loss": message("no hurry after losses"),
    "overtrading": message("number of trades within your plan"),
}
BROKEN: Final[dict[str, str]] = {
    "size_after_loss": message("lots raised after a loss"),
    "past_losses": message("trades opened after a losing run"),
    "loss_beyond_risk": message("a loss beyond what was risked"),
    "risk_above_plan": message("risk above your plan"),
    "stop_missing": message("trades without a stop on record"),
    "pace_after_loss": message("back in quickly after losses"),
    "overtrading": message("more trades than planned or usual"),
    "large_lots": message("lots well above your usual"),
    "holding_losers": message("losers held longer than usual"),
}
#: Where at least eight of ten days came to the same.
_LEVEL: Final[dict[str, str]] = {
    "below": message("That is below your usual days: at least 8 in 10 came to {median}."),
    "within": message("That is one of your usual days: at least 8 in 10 came to {median}."),
    "above": message("That is above your usual days: at least 8 in 10 came to {median}."),
}
_PLACES: Final[dict[str, str]] = {
    "below": message("That is below your usual days: 8 in 10 lie between {low} and {high}, the median is {median}."),
    "within": message("That is one of your usual days: 8 in 10 lie between {low} and {high}, the median is {median}."),
    "above": message("That is above your usual days: 8 in 10 lie between {low} and {high}, the median is {median}."),
}


def no_trades(_finding: Finding, _told: Told) -> Iterator[str]:
    yield _("No trade is recorded in this session.")


def result(_finding: Finding, told: Told) -> Iterator[str]:
    trades = _trades(told.whole("trades"))
    wins, losses, even = (numbers.number(told.whole(name), 0) for name in ("wins", "losses", "break_evens"))
    if told.whole("break_evens"):
        yield _(
            "Net {net} from {trades}: {wins} won, {losses} lost, {even} break-even.",
            net=told.money("net"),
            trades=trades,
            wins=wins,
            losses=losses,
            even=even,
        )
    else:
        yield _(
            "Net {net} from {trades}: {wins} won, {losses} lost.",
            net=told.money("net"),
            trades=trades,
            wins=wins,
            losses=losses,
        )
    if told.has("missing_days"):
        yield ngettext(
            "{n} more day with trades, and a day can be held against your usual one.",
            "{n} more days with trades, and a day can be held against your usual one.",
            told.whole("missing_days"),
        )
    else:
        low, high, median = told.amounts("low", "high", "median")
        words = _LEVEL if low == high else _PLACES
        yield _(told.one_of("place", words), low=low, high=high, median=median)


def left_out(_finding: Finding, told: Told) -> Iterator[str]:
    if other := told.whole("other_currency"):
        yield ngettext(
            "{n} trade is in another currency and in none of the sums.",
            "{n} trades are in another currency and in none of the sums.",
            other,
        )
    if unreadable := told.whole("unreadable"):
        yield ngettext(
            "{n} trade has a result that cannot be read and is in none of the sums.",
            "{n} trades have a result that cannot be read and are in none of the sums.",
            unreadable,
        )
    if told.has("beside") and (beside := told.whole("beside")):
        yield ngettext(
            "{n} more trade of this date is in another session and not in this report.",
            "{n} more trades of this date are in another session and not in this report.",
            beside,
        )
    if (other or unreadable) and not told.whole("counted"):
        yield _("So what the day brought is not known.") if unreadable else _("So the day has no result to show here.")


def stated(_finding: Finding, told: Told) -> Iterator[str]:
    trades, net = _trades(told.whole("trades")), told.money("net")
    if told.flag("alone"):
        yield _(
            "Another program stated {trades} and {net} for this session, without the trades: that is shown as stated "
            "and counted nowhere.",
            trades=trades,
            net=net,
        )
    else:
        yield _(
            "The program it comes from had stated {trades} and {net}; counted here are the trades themselves.",
            trades=trades,
            net=net,
        )


def one_trade(_finding: Finding, _told: Told) -> Iterator[str]:
    yield _("With one trade nothing can be said about how you go on after it.")


def setups(_finding: Finding, told: Told) -> Iterator[str]:
    best, worst = _trades(told.whole("best_trades")), _trades(told.whole("worst_trades"))
    yield _(
        told.one_of("kind", _SETUPS),
        best=told.code("best"),
        best_net=told.money("best_net"),
        best_trades=best,
        worst=told.code("worst"),
        worst_net=told.money("worst_net"),
        worst_trades=worst,
    )


def size_after_loss(finding: Finding, told: Told) -> Iterator[str]:
    if not (raised := told.whole("raised")):
        yield ngettext(
            "After a loss your lots did not grow: {n} trade.",
            "After losses your lots did not grow: {n} trades.",
            finding.n,
        )
        return
    yield _(
        "After a loss on {symbol} you went from {before} to {lots} lots ({ratio}).",
        symbol=told.code("symbol"),
        before=told.lots("lots_before"),
        lots=told.lots("lots"),
        ratio=told.times("ratio"),
    )
    if told.has("usual"):
        yield _("Your usual size there is {usual} lots.", usual=told.lots("usual"))
    if raised > 1:
        yield ngettext(
            "In all you raised them {raised} times in {n} trade after a loss.",
            "In all you raised them {raised} times in {n} trades after a loss.",
            finding.n,
            raised=numbers.number(raised, 0),
        )


def past_losses(finding: Finding, told: Told) -> Iterator[str]:
    limit, after, perhaps = told.whole("limit"), told.whole("after"), told.whole("perhaps")
    if finding.severity is Severity.GOOD:
        yield _("After {limit} losses in a row you opened nothing more.", limit=numbers.number(limit, 0))
        return
    if after:
        yield ngettext(
            "You opened {n} trade after {limit} losses in a row.",
            "You opened {n} trades after {limit} losses in a row.",
            after,
            limit=numbers.number(limit, 0),
        )
    if after and told.has("net"):
        yield ngettext("It brought {net}.", "Together they brought {net}.", after, net=told.money("net"))
    if perhaps:
        yield ngettext(
            "{n} trade closed after {limit} losses in a row does not say when it was opened.",
            "{n} trades closed after {limit} losses in a row do not say when they were opened.",
            perhaps,
            limit=numbers.number(limit, 0),
        )
    if told.flag("planned"):
        yield _("Your plan ends the day there.")


def loss_beyond_risk(_finding: Finding, told: Told) -> Iterator[str]:
    worst = told.plain("worst", 2)
    if beyond := told.whole("trades"):
        yield ngettext(
            "{n} trade lost more than 1.2 times what it risked: {worst} R.",
            "{n} trades lost more than 1.2 times what they risked; the worst {worst} R.",
            beyond,
            worst=worst,
        )
    else:
        yield _("No loss went beyond 1.2 times what was risked; the largest was {worst} R.", worst=worst)


def risk_above_plan(_finding: Finding, told: Told) -> Iterator[str]:
    limit, most = told.percent("limit"), told.percent("most")
    if above := told.whole("trades"):
        yield ngettext(
            "{n} trade risked more than the {limit}% of your plan: {most}%.",
            "{n} trades risked more than the {limit}% of your plan, at most {most}%.",
            above,
            limit=limit,
            most=most,
        )
    else:
        yield _("Every trade stayed within the {limit}% of your plan; the most was {most}%.", limit=limit, most=most)


def stop_missing(_finding: Finding, told: Told) -> Iterator[str]:
    lacking, none = told.whole("trades"), told.whole("none")
    if not lacking:
        yield _("Every trade has its stop price on record.")
        return
    if none:
        yield ngettext("{n} trade had no stop.", "{n} trades had no stop.", none)
    if untold := lacking - none:
        yield ngettext(
            "{n} trade has no stop price on record; whether it had a stop is not known.",
            "{n} trades have no stop price on record; whether they had a stop is not known.",
            untold,
        )
    if told.has("usual"):
        yield _("Usually you record one: on {usual} of your earlier trades.", usual=told.share("usual"))


def pace_after_loss(finding: Finding, told: Told) -> Iterator[str]:
    pause, usual = told.duration("seconds"), told.duration("usual")
    if finding.severity is Severity.GOOD:
        yield ngettext(
            "After a loss you waited {pause} before the next entry; your usual pause is {usual}.",
            "After {n} losses you waited {pause} (median) before the next entry; your usual pause is {usual}.",
            finding.n,
            pause=pause,
            usual=usual,
        )
    else:
        yield ngettext(
            "After a loss you were back in after {pause}; your usual pause is {usual}, and 9 in 10 last {low} or "
            "longer.",
            "After {n} losses you were back in after {pause} (median); your usual pause is {usual}, and 9 in 10 last "
            "{low} or longer.",
            finding.n,
            pause=pause,
            usual=usual,
            low=told.duration("low"),
        )


def overtrading(finding: Finding, told: Told) -> Iterator[str]:
    trades = told.whole("trades")
    if finding.severity is Severity.GOOD:
        plan = numbers.number(told.whole("plan"), 0)
        yield ngettext(
            "{n} trade, within the {plan} of your plan.",
            "{n} trades, within the {plan} of your plan.",
            trades,
            plan=plan,
        )
    elif told.has("plan"):
        plan = numbers.number(told.whole("plan"), 0)
        yield ngettext(
            "{n} trade; your plan says at most {plan}.", "{n} trades; your plan says at most {plan}.", trades, plan=plan
        )
    else:
        yield ngettext(
            "{n} trade; usually it is {median} a day, and up to {limit} is nothing unusual.",
            "{n} trades; usually it is {median} a day, and up to {limit} is nothing unusual.",
            trades,
            median=told.plain("median"),
            limit=numbers.number(int(told.number("limit")), 0),
        )
    if told.has("beyond_net"):
        yield ngettext(
            "The {n} trade beyond {limit} brought {net}.",
            "The {n} trades beyond {limit} brought {net}.",
            told.whole("beyond"),
            limit=numbers.number(int(told.number("limit")), 0),
            net=told.money("beyond_net"),
        )
    if bots := told.whole("bots"):
        yield ngettext("{n} trade of bots is not counted here.", "{n} trades of bots are not counted here.", bots)


def large_lots(_finding: Finding, told: Told) -> Iterator[str]:
    yield _(
        "{lots} lots of {symbol} are {ratio} your usual {usual}.",
        lots=told.lots("lots"),
        symbol=told.code("symbol"),
        ratio=told.times("ratio"),
        usual=told.lots("usual"),
    )


def holding_losers(_finding: Finding, told: Told) -> Iterator[str]:
    yield _(
        "You held losing trades {losers}, winning ones {winners} (medians): {ratio}, where {usual} is usual for you.",
        losers=told.duration("losers"),
        winners=told.duration("winners"),
        ratio=told.times("ratio"),
        usual=told.times("usual"),
    )


def broken_in_green(_finding: Finding, told: Told) -> Iterator[str]:
    yield _("The day made money, but the process did not hold: {broken}.", broken=listed(told.codes("broken"), BROKEN))


def kept_in_red(_finding: Finding, told: Told) -> Iterator[str]:
    yield _(
        "The day lost money; what was measured of your process held: {kept}.", kept=listed(told.codes("kept"), KEPT)
    )


def risk_score(_finding: Finding, told: Told) -> Iterator[str]:
    if not told.has("score"):
        yield _("There is no risk score: {reason}.", reason=told.one_of("reason", _UNSCORED))
        return
    yield _("Risk score {score} of 10.", score=numbers.number(told.whole("score"), 0))
    if told.has("weakest"):
        yield _(
            "Weakest part: {part} ({reached}%).",
            part=risk.PARTS[told.known_code("weakest", risk.PARTS)].label,
            reached=numbers.number(100 * told.number("weakest_value"), 0),
        )
    if caps := [cap for cap in told.codes("caps") if cap in CAPS]:
        yield risk.held_down(caps)
    if told.has("median"):
        yield _("Your median so far is {median}.", median=told.plain("median"))


def listed(codes: list[str], words: dict[str, str]) -> str:
    """Names of codes one after the other; one nobody knows stays as it is."""
    return ", ".join(_(words[code]) if code in words else code for code in codes)


def _trades(n: int) -> str:
    return ngettext("{n} trade", "{n} trades", n)


_SETUPS: Final[dict[str, str]] = {
    "strategy": message(
        "By strategy the highest net was {best_net} with {best} ({best_trades}), the lowest {worst_net} with {worst} "
        "({worst_trades}). One day says little about a strategy."
    ),
    "symbol": message(
        "By symbol the highest net was {best_net} on {best} ({best_trades}), the lowest {worst_net} on {worst} "
        "({worst_trades}). One day says little about a symbol."
    ),
}
_UNSCORED: Final[dict[str, str]] = {str(reason): words for reason, words in risk.UNSCORED.items()}

#: How each rule of this version speaks.
SENTENCES: Final[dict[str, Callable[[Finding, Told], Iterator[str]]]] = {
    said.__name__: said
    for said in (
        *(no_trades, result, left_out, stated, one_trade, setups),
        *(size_after_loss, past_losses, loss_beyond_risk, risk_above_plan, stop_missing, pace_after_loss),
        *(overtrading, large_lots, holding_losers, broken_in_green, kept_in_red, risk_score),
        *(mood, mood_in_hindsight, mood_missing, habit_again, drawdown, record, streak, recent),
    )
}
