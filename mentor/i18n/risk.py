"""What the risk score is made of and what holds it down, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mentor.analytics.risk_score import CAPS as LIMITS
from mentor.analytics.risk_score import Component, RiskScore, Unscored
from mentor.i18n import numbers
from mentor.i18n.language import _
from mentor.messages import message


@dataclass(frozen=True, slots=True)
class Part:
    """How a component is called, when it counts in full and when not at all, and why it may not be known."""

    label: str
    meaning: str
    unknown: str


PARTS: Final[dict[str, Part]] = {
    "stop": Part(
        message("Stops"), message("share of the trades with a stop price"), message("no trade states a stop price")
    ),
    "size": Part(
        message("Risk a trade"),
        message("full up to 1%, nothing from 5%; mean and worst"),
        message("no trade says its risk"),
    ),
    "heat": Part(
        message("Risk added up"), message("full up to 3%, nothing from 10%"), message("not every trade says its risk")
    ),
    "lots": Part(
        message("Largest lot"),
        message("full up to 1.5 × the usual lot of its symbol, nothing from 4 ×"),
        message("no earlier session has these symbols with lots"),
    ),
    "escalation": Part(
        message("Lots after a loss"),
        message("full up to 1.1 × the first lot of the symbol, nothing from 2 ×"),
        message("no lots, or a result that cannot be read"),
    ),
    "count": Part(
        message("Number of trades"),
        message("full within the plan, nothing from twice as many"),
        message("the risk plan names no number"),
    ),
    "halt": Part(
        message("Stopping after losses"),
        message("full when nothing was opened after the plan's losses in a row (no plan: 3), half for one trade"),
        message("a result cannot be read"),
    ),
}
#: Why a score may not be higher than it is; completes "because …".
CAPS: Final[dict[str, str]] = {
    "risk_above_10": message("a trade risked more than 10%"),
    "risk_above_5": message("a trade risked more than 5%"),
    "few_stops": message("fewer than half of the trades whose stop is known had one"),
    "lots_times_4_after_loss": message("lots grew to four times or more after a loss"),
    "traded_on_after_halt": message("two trades or more were opened after the losing run that should end a day"),
    "little_known": message("less than three quarters of what it weighs is known"),
}
#: Why there is no score; completes "because …".
UNSCORED: Final[dict[Unscored, str]] = {
    Unscored.NO_TRADES: message("there is no trade"),
    Unscored.LITTLE_KNOWN: message("less than half of what it weighs is known"),
}


def lines(score: RiskScore) -> list[str]:
    """The score and what it is made of, a line each."""
    if score.reason is not None:
        return [_("Risk score: not known because {reason}.", reason=UNSCORED[score.reason])]
    known = [_("Risk score: {score} of 10.", score=score.score), *([held_down(score.caps)] if score.caps else [])]
    return [*known, *(f"  {_line(PARTS[part.id], part)}" for part in score.components)]


def held_down(applied: Sequence[str]) -> str:
    """`At most 3: a trade risked more than 10%. …`, the strictest first."""
    return " ".join(
        _("At most {score}: {reason}.", score=LIMITS[cap], reason=CAPS[cap])
        for cap in sorted(applied, key=LIMITS.__getitem__)
    )


def _line(words: Part, part: Component) -> str:
    weight = numbers.number(100 * part.weight, 0)
    if part.value is None:
        return _(
            "{part} (weight {weight}%): not known, {reason}", part=words.label, weight=weight, reason=words.unknown
        )
    reached = numbers.number(100 * part.value, 0)
    return _("{part} (weight {weight}%): {reached}%", part=words.label, weight=weight, reached=reached)
