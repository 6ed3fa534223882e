"""What the Habits page shows, calculated once a state of the journal and filter.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from mentor.i18n.language import _
from mentor.models import TradeFilter
from mentor.ui.current import NUMBERS, State, state

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


def habits(filters: TradeFilter) -> Habits:
    with st.spinner(_("Looking for habits …")):
        return _habits(state(), filters)


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=NUMBERS)
def _habits(now: State, filters: TradeFilter) -> Habits:
    from mentor.analytics.habits.habit import strongest_first
    from mentor.analytics.inference import Grade

    found = sorted(now.journal.habits(filters), key=strongest_first)
    grades = {Grade.NOT_ENOUGH: "lacking", Grade.NO_SIGN: "quiet", Grade.ABOUT_THE_SAME: "quiet", None: "counted"}
    placed = {habit.id: grades.get(habit.grade, "signs") for habit in found}
    return Habits(
        **{
            place: tuple(habit for habit in found if placed[habit.id] == place)
            for place in ("signs", "quiet", "counted", "lacking")
        },
        trades=len(now.journal.trades(filters)),
        currency=now.journal.currency,
    )
