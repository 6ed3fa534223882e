"""How each rule measures: its title, the method in a sentence, where that is written, and what `n` counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mentor.i18n.language import ngettext
from mentor.messages import message

Counted = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Measure:
    """`source` is an anchor in `docs/methods.md`, `counted` says a number of observations."""

    title: str
    how: str
    counted: Counted
    source: str = "the-mentor"


def _earlier_days(n: int) -> str:
    return ngettext("{n} earlier day with trades", "{n} earlier days with trades", n)


def _days(n: int) -> str:
    return ngettext("{n} day with trades", "{n} days with trades", n)


def _trades(n: int) -> str:
    return ngettext("{n} trade of the day", "{n} trades of the day", n)


def _after_loss(n: int) -> str:
    return ngettext("{n} trade after a loss", "{n} trades after a loss", n)


def _losing(n: int) -> str:
    return ngettext("{n} losing trade whose risk is known", "{n} losing trades whose risk is known", n)


def _with_risk(n: int) -> str:
    return ngettext("{n} trade that says its risk", "{n} trades that say their risk", n)


def _earlier_sessions(n: int) -> str:
    return ngettext("{n} earlier session", "{n} earlier sessions", n)


def _sessions(n: int) -> str:
    return ngettext("{n} session", "{n} sessions", n)


def _stated(n: int) -> str:
    return ngettext("{n} trade stated", "{n} trades stated", n)


def _setups(n: int) -> str:
    return ngettext("{n} setup", "{n} setups", n)


def _process(n: int) -> str:
    return ngettext("{n} look at the process", "{n} looks at the process", n)


MEASURES: Final[dict[str, Measure]] = {
    "no_trades": Measure(message("No trades"), message("No trade of this day is in the journal."), _earlier_days),
    "result": Measure(
        message("Result of the day"),
        message(
            "Sum of the day's net results beside your earlier days: their median, and the range from the 10% to the "
            "90% quantile. From ten days on."
        ),
        _earlier_days,
    ),
    "left_out": Measure(
        message("Not counted"),
        message("Only readable results in the journal's currency are added up; everything else is shown beside."),
        _trades,
    ),
    "stated": Measure(
        message("Stated by another program"),
        message("Totals without trades behind them are in no figure, since nothing of them can be checked."),
        _stated,
    ),
    "one_trade": Measure(message("One trade"), message("What follows a result needs at least two trades."), _trades),
    "setups": Measure(
        message("Setups of the day"),
        message("Net result by strategy, or by symbol where no strategy is named. Description of one day."),
        _setups,
    ),
    "size_after_loss": Measure(
        message("Size after a loss"),
        message(
            "Lots of each trade beside the symbol's trade closed last before it, where that one lost; more than 1.1 "
            "times is a raise."
        ),
        _after_loss,
    ),
    "past_losses": Measure(
        message("After a losing run"),
        message(
            "Trades entered once that many losses in a row had closed: the number of your plan, or three. A break-even "
            "trade changes no run."
        ),
        _trades,
    ),
    "loss_beyond_risk": Measure(
        message("Losses beside their risk"),
        message(
            "Net result over the money at risk (R): the risk percent of the balance at entry. Beyond 1.2 R counts."
        ),
        _losing,
    ),
    "risk_above_plan": Measure(
        message("Risk beside the plan"),
        message("Risk percent of each trade beside the one of your risk plan."),
        _with_risk,
    ),
    "stop_missing": Measure(
        message("Stops on record"),
        message(
            "Trades without a stop price, where 80% of your earlier trades have one. What is not on record is unknown, "
            "not absent."
        ),
        _trades,
    ),
    "pace_after_loss": Measure(
        message("Pace after a loss"),
        message(
            "Median pause from a losing exit to the next entry beside all your pauses in earlier sessions; a warning "
            "below their 10% quantile."
        ),
        _after_loss,
    ),
    "overtrading": Measure(
        message("Number of trades"),
        message(
            "Trades of the day beside your plan, else beside your last 20 sessions: median plus two median deviations, "
            "at least half as many again and two more."
        ),
        _earlier_sessions,
    ),
    "large_lots": Measure(
        message("Largest lots"),
        message("Largest lots beside the median of the same symbol in earlier sessions; told from 1.5 times on."),
        _earlier_sessions,
    ),
    "holding_losers": Measure(
        message("Holding losers"),
        message(
            "Median holding time of losers over that of winners, beside the same ratio in earlier sessions; told above "
            "their 90% quantile."
        ),
        _earlier_sessions,
    ),
    "broken_in_green": Measure(
        message("Profit with a broken process"),
        message("A day with a profit and at least one warning about what you did."),
        _process,
    ),
    "kept_in_red": Measure(
        message("Process kept in a loss"),
        message("A day with a loss on which everything that was measured of what you did was good."),
        _process,
    ),
    "risk_score": Measure(
        message("Risk score"),
        message("Seven parts of how the risk was handled, weighed; what the day brought is not in it."),
        _trades,
        "the-risk-score",
    ),
    "mood": Measure(
        message("Mood before trading"),
        message(
            "Earlier sessions that began in this mood beside your baseline, market and the day before accounted for; "
            "pooled with the other moods."
        ),
        _earlier_sessions,
        "emotions",
    ),
    "habit_again": Measure(
        message("A habit again"),
        message("A habit with a grade in the sessions before, and a finding of this day that is of the same kind."),
        _earlier_sessions,
        "habits",
    ),
    "drawdown": Measure(
        message("Drawdown"),
        message("Money below the best so far at the end of the day, over closed trades only."),
        _days,
    ),
    "record": Measure(
        message("Record"), message("The highest or lowest net result of a day, after twenty days."), _earlier_days
    ),
    "streak": Measure(
        message("Days in a row"), message("Days with a profit, or with a loss, one after the other."), _days
    ),
    "mood_in_hindsight": Measure(
        message("Mood told later"),
        message("A mood told after the first entry, or at an unknown time, is kept apart from those told before."),
        _sessions,
        "emotions",
    ),
    "mood_missing": Measure(
        message("No mood"), message("Sessions with a mood told before their first entry."), _sessions
    ),
    "recent": Measure(
        message("Last sessions"),
        message("Medians of the last sessions beside all before them. A description: nothing is tested."),
        _sessions,
    ),
}
