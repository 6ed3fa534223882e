"""Trades: every trade that fits the filters, a page at a time, to be added, edited, tagged and deleted."""

from __future__ import annotations

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _
from mentor.ui import cards, current, data, filters, screens, starting, tables, trade_actions, trade_data, trade_filters

st.title(_("Trades"), anchor=False)
journal, chosen = current.journal(), filters.chosen()
names = journal.preferences().account_names
trade_actions.draw_add()

if data.is_empty():
    starting.journal_is_empty()
elif not data.has_trades():
    starting.empty(_("No trade yet"), _("Import a file of your broker, or add a trade by hand."), screens.imports())
else:
    found = trade_data.find(chosen, trade_filters.choose(trade_data.choices(), names))
    net = numbers.money(found.figures.net.value, journal.currency, signed=True)
    st.markdown(trade_filters.summary(found, net))
    told = _("Sidebar: {filters}. Times are local: {zone}.", filters=filters.in_words(chosen), zone=journal.zone.key)
    cards.note(told)
    cards.left_out(found.figures)
    if len(found.rows):
        actions = st.container()
        number = trade_filters.page_number(found)
        rows, days = trade_data.page(found, number)
        places = tables.chosen_trades(rows, days, journal.zone, journal.currency, names)
        with actions:
            trade_actions.draw_chosen([rows[place] for place in places], [days[place] for place in places])
        trade_filters.draw_pages(found)
    else:
        starting.empty(_("No trade fits"), _("Clear a filter above, or widen the period in the sidebar."))
trade_actions.draw_dialog()
