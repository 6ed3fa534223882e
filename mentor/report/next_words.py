"""The one thing to do, and the line a report ends with, as sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mentor.i18n import labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.report.sentences import KEPT, listed
from mentor.report.told import Told

ADVICE: Final[dict[str, Callable[[Told], str]]] = {
    "same_lots_after_loss": lambda told: _(
        "Next session: after a loss on {symbol} trade no more than {lots} lots until a trade has won.",
        symbol=told.code("symbol"),
        lots=told.lots("lots_before"),
    ),
    "stop_after_losses": lambda told: _(
        "Next session: after {limit} losses in a row, close the platform for the day.",
        limit=numbers.number(told.whole("limit"), 0),
    ),
    "keep_the_stop": lambda _told: _(
        "Next session: place the stop together with the entry and leave it there, so that a loss ends near 1 R."
    ),
    "risk_at_most": lambda told: _(
        "Next session: work out the lots before each entry, so that no trade risks more than {limit}%.",
        limit=told.percent("limit"),
    ),
    "stop_price_first": lambda _told: _("Next session: write down the stop price of every trade before you enter."),
    "wait_after_loss": lambda told: _(
        "Next session: after a loss wait at least {pause}, your usual pause, before the next entry.",
        pause=told.duration("usual"),
    ),
    "fewer_trades": lambda told: ngettext(
        "Next session: at most {n} trade, then only watch.",
        "Next session: at most {n} trades, then only watch.",
        told.whole("most"),
    ),
    "usual_lots": lambda told: _(
        "Next session: no more than your usual {lots} lots of {symbol}.",
        lots=told.lots("usual"),
        symbol=told.code("symbol"),
    ),
    "close_losers": lambda told: _(
        "Next session: give a losing trade no more time than your winners of this day took: {held}.",
        held=told.duration("winners"),
    ),
    "score_stop": lambda _told: _("Next session: no entry without a stop price written down."),
    "score_size": lambda _told: _("Next session: no trade that risks more than 1%."),
    "score_lots": lambda _told: _("Next session: no more than the lots you usually trade of each symbol."),
    "score_escalation": lambda _told: _(
        "Next session: after the first loss of the day, trade no more lots than before it."
    ),
    "score_heat": lambda _told: _("Next session: no more than 3% risk over all trades of the day."),
    "check_in_again": lambda told: _(
        "Next time you feel {emotion} before the first trade: wait, check in again, and only then enter.",
        emotion=labels.emotion(told.code("emotion")),
    ),
    "check_in_first": lambda _told: _("Next session: say how you feel before the first trade."),
    "carry_on": lambda told: _("Next session, do this again: {kept}.", kept=listed(told.codes("kept"), KEPT)),
}
CLOSING: Final[dict[str, Callable[[Told], str]]] = {
    "no_trades": lambda told: ngettext(
        "No trades, nothing to judge. Up to this day your journal holds {n} session with trades.",
        "No trades, nothing to judge. Up to this day your journal holds {n} sessions with trades.",
        told.whole("sessions"),
    ),
    "stated_only": lambda _told: _("Once the trades of this day are in the journal, it can be read like any other."),
    "first_day": lambda told: ngettext(
        "Your first day is in the journal. After {n} day there is a usual one to compare with.",
        "Your first day is in the journal. After {n} days there is a usual one to compare with.",
        told.whole("days"),
    ),
    "green_broken": lambda _told: _("The result was a profit. What is worth looking at is how it came about."),
    "red_kept": lambda _told: _(
        "The day lost, and what could be measured of your process held. The result is not in your hands; that part is."
    ),
    "one_thing": lambda _told: _("Not everything has to change at once. One thing is enough for the next session."),
    "in_view": lambda _told: _(
        "Nothing here asks for one particular change; what is marked is worth keeping an eye on."
    ),
    "no_warnings": lambda _told: _("No warnings on this day. One thing is enough for the next session."),
    "days_missing": lambda told: ngettext(
        "{n} more day with trades, and this report can say what is usual for you.",
        "{n} more days with trades, and this report can say what is usual for you.",
        told.whole("days"),
    ),
    "mood_told": lambda _told: _(
        "You said how you felt before you traded. Every such day makes the answer to what moods cost surer."
    ),
    "nothing_asks": lambda _told: _("Nothing that was measured on this day asks for a change."),
}
