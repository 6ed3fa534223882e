"""One session: its figures, trades, moods, notes and the stored reports."""

from __future__ import annotations

import streamlit as st

from mentor.ui import cards, checkins, current, diary, reports, risk, screens, starting, tables

st.title("Session", anchor=False)
journal = current.journal()
shown = diary.asked_for(journal.today())
diary.draw_title(shown)

if shown.session is None:
    todo = "A trade, a check-in or a note makes one: import the day's trades, add one by hand, or write a note here."
    starting.empty("No session on this day", todo, screens.imports(), screens.trades())
else:
    diary.draw_words(shown.session, shown.currency, told=bool(shown.checkins))

if shown.trades:
    cards.headline(shown.performance, shown.currency)
    st.subheader("Trades", anchor=False)
    tables.session_trades(shown.trades, journal.zone, shown.currency, journal.preferences().account_names)
    cards.note(f"Times are local: {journal.zone.key}.")
if shown.session is not None and shown.trades:
    risk.draw(shown.session)

mood, notes = st.columns(2, gap="large")
with mood:
    st.subheader("Moods", anchor=False)
    if not shown.checkins:
        st.caption("No check-in on this day.")
    checkins.draw_list(shown.checkins, journal.zone, place="session", notes=True)
with notes:
    st.subheader("Notes", anchor=False)
    diary.draw_notes(shown)

if shown.reports:
    st.subheader("Reports", anchor=False)
    reports.draw(shown.reports, journal.zone)
