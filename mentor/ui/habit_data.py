"""What the Habits page shows, worked out beside the page, once a state of the journal and filter.

Answers are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentor.i18n.language import _
from mentor.journal import Journal
from mentor.models import TradeFilter
from mentor.ui import long_work

if TYPE_CHECKING:
    from mentor.analytics.habits import Habit


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What the detectors say: with a sign strongest first, without one, only counted, and without enough data."""

    signs: tuple[Habit, ...]
    quiet: tuple[Habit, ...]
    counted: tuple[Habit, ...]
    lacking: tuple[Habit, ...]
    trades: int
    currency: str | None


def habits(filters: TradeFilter) -> Habits | None:
    """`None` until they are worked out; the page says so in its place."""
    asked = long_work.question("habits", (filters,), lambda book: _habits(book, filters))
    return long_work.awaited(asked, _("Looking for habits"))


def _habits(book: Journal, filters: TradeFilter) -> Habits:
    from mentor.analytics.habits.habit import strongest_first
    from mentor.analytics.inference import Grade

    found = sorted(book.habits(filters), key=strongest_first)
    grades = {Grade.NOT_ENOUGH: "lacking", Grade.NO_SIGN: "quiet", Grade.ABOUT_THE_SAME: "quiet", None: "counted"}
    placed = {habit.id: grades.get(habit.grade, "signs") for habit in found}
    return Habits(
        **{
            place: tuple(habit for habit in found if placed[habit.id] == place)
            for place in ("signs", "quiet", "counted", "lacking")
        },
        trades=len(book.trades(filters)),
        currency=book.currency,
    )
