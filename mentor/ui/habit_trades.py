"""The trades a habit shows in, a page at a time; a row opens its session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mentor.analytics.selection import Selection
from mentor.i18n.language import _, ngettext
from mentor.i18n.numbers import money
from mentor.models import TradeFilter
from mentor.ui import cards, current, tables, trade_data
from mentor.ui.trade_data import Query

if TYPE_CHECKING:
    from mentor.analytics.habits import Habit


def draw(habit: Habit) -> None:
    """Under their number, looked up once somebody opens them."""
    if not habit.trades:
        return
    name = ngettext("The {n} trade in which it shows", "The {n} trades in which it shows", len(habit.trades))
    box = st.expander(name, icon=":material/table_rows:", key=f"habit_trades_{habit.id}", on_change="rerun")
    if not box.open:
        return
    with box:
        _table(habit)


def _table(habit: Habit) -> None:
    found = trade_data.find(TradeFilter(), Query(selection=Selection(ids=frozenset(habit.trades))))
    journal, key = current.journal(), f"habit_page_{habit.id}"
    number = min(int(st.session_state.get(key, 1)), found.pages)
    rows, days = trade_data.page(found, number)
    net = money(found.figures.net.value, journal.currency, signed=True)
    cards.note(_("Net {net} together, newest first. Choose a row to open its session.", net=net))
    tables.linked_trades(
        rows,
        days,
        journal.zone,
        journal.currency,
        journal.preferences().account_names,
        key=f"habit_rows_{habit.id}_{number}",
    )
    if found.pages > 1:
        st.pagination(found.pages, key=key)
