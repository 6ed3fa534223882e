"""One session: its figures, trades, moods, notes and the stored reports."""

from __future__ import annotations

import streamlit as st

from mentor.i18n import numbers
from mentor.ui import cards, checkins, data, diary, reports, screens, tables

st.title("Session", anchor=False)
journal = data.journal()
shown = data.day(diary.choose_day(journal.today()))
st.subheader(numbers.day(shown.date), anchor=False)

if shown.session is None:
    todo = "A trade, a check-in or a note makes one: import the day's trades, or write a note here."
    cards.empty("No session on this day", todo, go_to=screens.imports())
else:
    diary.draw_words(shown.session, shown.currency, told=bool(shown.checkins))

if shown.trades:
    cards.headline(shown.performance, shown.currency)
    st.subheader("Trades", anchor=False)
    tables.session_trades(shown.trades, journal.zone, shown.currency)
    cards.note(f"Times are local: {journal.zone.key}.")

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
