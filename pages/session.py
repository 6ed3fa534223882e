"""One session: what the mentor said of it then, how it ran, its trades, moods, notes and the stored reports."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import cards, checkins, current, diary, filters, report_view, reports, risk, screens, starting, tables

st.title(_("Session"), anchor=False)
journal = current.journal()
shown = diary.asked_for(journal.today())
diary.draw_title(shown)
filters.say_unused()

with st.container():  # one place, whatever is in it: notes being typed below stay where they are
    if shown.session is None:
        todo = _(
            "A trade, a check-in or a note makes one: import the day's trades, add one by hand, or write a note here."
        )
        starting.empty(_("No session on this day"), todo, screens.imports(), screens.trades())
    else:
        diary.draw_words(shown.session, shown.currency, told=bool(shown.checkins))
    if shown.trades:
        cards.headline(shown.performance, shown.currency)
    if shown.date is not None and (shown.trades or shown.checkins):
        diary.draw_path(_("How the day ran"), shown)
        report_view.draw(shown.date)
    if shown.trades:
        st.header(_("Trades"), anchor=False)
        tables.session_trades(shown.trades, journal.zone, shown.currency, journal.preferences().account_names)
        cards.note(_("Times are local: {zone}.", zone=journal.zone.key))
    if shown.session is not None and shown.trades:
        risk.draw(shown.session)

mood, notes = st.columns(2, gap="large")
with mood:
    st.header(_("Moods"), anchor=False)
    if not shown.checkins:
        st.caption(_("No check-in on this day."))
    checkins.draw_list(shown.checkins, journal.zone, place="session", notes=True)
with notes:
    st.header(_("Notes"), anchor=False)
    diary.draw_notes(shown)
    diary.draw_own_risk(shown)

if shown.reports:
    st.header(_("Stored reports"), anchor=False)
    reports.draw(shown.reports, journal.zone)
