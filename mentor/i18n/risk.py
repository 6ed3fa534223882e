"""What the risk score is made of and what holds it down, in the words of both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mentor.analytics.risk_score import CAPS as LIMITS
from mentor.analytics.risk_score import Component, RiskScore, Unscored
from mentor.i18n import numbers
from mentor.models import DEFAULT_SCORE


@dataclass(frozen=True, slots=True)
class Part:
    """How a component is called, when it counts in full and when not at all, and why it may not be known."""

    label: str
    meaning: str
    unknown: str


PARTS: Final[dict[str, Part]] = {
    "stop": Part("Stops", "share of the trades with a stop price", "no trade states a stop price"),
    "size": Part("Risk a trade", "full up to 1%, nothing from 5%; mean and worst", "no trade says its risk"),
    "heat": Part("Risk added up", "full up to 3%, nothing from 10%", "not every trade says its risk"),
    "lots": Part(
        "Largest lot",
        "full up to 1.5 × the usual lot of its symbol, nothing from 4 ×",
        "no earlier session has these symbols with lots",
    ),
    "escalation": Part(
        "Lots after a loss",
        "full up to 1.1 × the first lot of the symbol, nothing from 2 ×",
        "no lots, or a result that cannot be read",
    ),
    "count": Part(
        "Number of trades", "full within the plan, nothing from twice as many", "the risk plan names no number"
    ),
    "halt": Part(
        "Stopping after losses",
        "full when nothing was opened after the plan's losses in a row (no plan: 3), half for one trade",
        "a result cannot be read",
    ),
}
#: Why a score may not be higher than it is; completes "because …".
CAPS: Final[dict[str, dict[str, str]]] = {
    "id": {
        "risk_above_10": "ada trade yang mempertaruhkan lebih dari 10%",
        "risk_above_5": "ada trade yang mempertaruhkan lebih dari 5%",
        "few_stops": "kurang dari separuh trade memakai stop loss",
        "lots_times_4_after_loss": "lot naik empat kali lipat atau lebih setelah rugi",
        "traded_on_after_halt": "dua trade atau lebih dibuka setelah rugi beruntun yang seharusnya mengakhiri hari",
        "little_known": "kurang dari tiga perempat unsurnya diketahui",
    },
    "en": {
        "risk_above_10": "a trade risked more than 10%",
        "risk_above_5": "a trade risked more than 5%",
        "few_stops": "fewer than half of the trades had a stop",
        "lots_times_4_after_loss": "lots grew to four times or more after a loss",
        "traded_on_after_halt": "two trades or more were opened after the losing run that should end a day",
        "little_known": "less than three quarters of what it weighs is known",
    },
}
#: Why there is no score; completes "because …".
UNSCORED: Final[dict[str, dict[Unscored, str]]] = {
    "id": {
        Unscored.NO_TRADES: "belum ada trade",
        Unscored.LITTLE_KNOWN: "kurang dari separuh unsurnya diketahui",
    },
    "en": {
        Unscored.NO_TRADES: "there is no trade",
        Unscored.LITTLE_KNOWN: "less than half of what it weighs is known",
    },
}


def lines(score: RiskScore) -> list[str]:
    """The score and what it is made of, a line each."""
    if score.reason is not None:
        return [f"Risk score: not known because {UNSCORED['en'][score.reason]}."]
    known = [f"Risk score: {score.score} of 10.", *([held_down(score.caps)] if score.caps else [])]
    return [*known, *(_line(PARTS[part.id], part) for part in score.components)]


def _line(words: Part, part: Component) -> str:
    reached = f"not known, {words.unknown}" if part.value is None else f"{numbers.number(100 * part.value, 0)}%"
    return f"  {words.label} (weight {numbers.number(100 * part.weight, 0)}%): {reached}"


def held_down(applied: Sequence[str]) -> str:
    """`At most 3: a trade risked more than 10%. …`, the strictest first."""
    return " ".join(f"At most {LIMITS[cap]}: {CAPS['en'][cap]}." for cap in sorted(applied, key=LIMITS.__getitem__))


def self_assessed(stored: str | None) -> str | None:
    """The score somebody gave the session; the default says that nobody did."""
    return None if stored in (None, "", DEFAULT_SCORE) else stored
