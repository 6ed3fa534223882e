"""The habits, strongest evidence first: what was found, how sure, its chart, its numbers and its trades."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from mentor.i18n import evidence, numbers
from mentor.i18n import habits as words
from mentor.i18n.language import _, ngettext
from mentor.i18n.numbers import DASH
from mentor.ui import cards, habit_charts, habit_trades
from mentor.ui.habit_data import Habits
from mentor.ui.plain import plain

if TYPE_CHECKING:
    from mentor.analytics.habits import Habit

#: So many of the strongest are open at first.
_OPEN: Final = 2


def draw(shown: Habits) -> None:
    """First those with a sign, then the others, last what cannot be said."""
    if shown.signs or shown.quiet:
        cards.note(_summary(shown))
    if shown.signs:
        st.header(_("What the trades show"), anchor=False)
        for place, habit in enumerate(shown.signs):
            _draw_one(habit, shown.currency, expanded=place < _OPEN)
    if shown.quiet:
        st.header(_("No clear sign"), anchor=False)
        cards.note(_("Looked for, and no more found than chance brings. That is no proof that there is nothing."))
        _draw_all(shown.quiet, shown.currency)
    if shown.counted:
        st.header(_("Counted, not tested"), anchor=False)
        cards.note(_("There is nothing to hold these against that a test would need."))
        _draw_all(shown.counted, shown.currency)
    if shown.lacking:
        _draw_lacking(shown.lacking)


def _summary(shown: Habits) -> str:
    looked = len(shown.signs) + len(shown.quiet)
    habits = ngettext("{n} habit looked for together", "{n} habits looked for together", looked)
    signs = ngettext("{n} sign", "{n} signs", len(shown.signs)) if shown.signs else _("No sign")
    return _(
        "{signs} among {habits}; where nobody has any, at most 1 in 10 such pages shows one. What goes with a habit "
        "is not shown to be brought about by it.",
        signs=signs,
        habits=habits,
    )


def _draw_all(habits: Sequence[Habit], currency: str | None) -> None:
    for habit in habits:
        _draw_one(habit, currency, expanded=False)


def _draw_one(habit: Habit, currency: str | None, *, expanded: bool) -> None:
    """Worked out only while it is open."""
    box = st.expander(_title(habit, currency), expanded=expanded, key=f"habit_{habit.id}", on_change="rerun")
    if not box.open:
        return
    with box:
        drawn = habit_charts.draw(habit, currency)
        said = words.sentence(habit, currency)
        cards.bare_chart(drawn.figure, said, key=f"habit_chart_{habit.id}")
        cards.note(said)
        cards.note(_("Looked at: {opportunities}.", opportunities=words.opportunities(habit)))
        with st.expander(_("The numbers behind it"), icon=":material/table_chart:", key=f"habit_numbers_{habit.id}"):
            cards.table(_numbers(habit, currency), _("The effect in numbers"), placeholder=DASH)
            cards.table(drawn.table, _("The numbers of the chart"), emotions=drawn.emotions)
        habit_trades.draw(habit)


def _title(habit: Habit, currency: str | None) -> str:
    """What was looked at and what came of it, as markup; grey below a hint."""
    shade, told = "gray", words.amount(habit, habit.effect, currency)
    if words.shows(habit):
        shade, told = {True: "orange", False: "green", None: "violet"}[habit.harmful], words.verdict(habit)
    badges = [f":{shade}-badge[{plain(told)}]"]
    if habit.exploratory:
        exploratory = plain(_("exploratory"))
        badges.append(f":gray-badge[{exploratory}]")
    return " ".join([f"**{_topic(habit)}**", *badges])


def _topic(habit: Habit) -> str:
    return plain(_(words.WORDS[habit.id].topic))


def _numbers(habit: Habit, currency: str | None) -> pd.DataFrame:
    """A figure a row: fits a narrow screen."""
    figures = {
        _("Effect"): words.amount(habit, habit.effect, currency),
        _("95% interval, from"): words.amount(habit, habit.low, currency),
        _("95% interval, to"): words.amount(habit, habit.high, currency),
        _("Without the habit"): words.amount(habit, habit.neutral, currency),
        _("p alone"): evidence.chance(habit.p_value),
        _("p among all habits"): evidence.chance(habit.adjusted),
        _("Grade"): words.verdict(habit),
        _("Opportunities"): numbers.number(habit.opportunities, 0),
        _("Sessions"): numbers.number(habit.sessions, 0),
    }
    return pd.DataFrame({_("Figure"): list(figures), _("Value"): list(figures.values())})


def _draw_lacking(habits: Sequence[Habit]) -> None:
    st.header(_("Not enough data"), anchor=False)
    cards.note(_("What each of these would take, at least:"))
    for habit in habits:
        st.markdown(f"- **{_topic(habit)}**: {plain(words.missing(habit))}")
