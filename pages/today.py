"""Today: the trades so far, the moods on the way, the risk plan, and what can be said of it."""

from __future__ import annotations

import streamlit as st

from mentor.i18n import numbers
from mentor.ui import (
    cards,
    checkins,
    current,
    data,
    plan_state,
    reports,
    risk,
    screens,
    so_far,
    starting,
    tables,
    today_data,
)

st.title("Today", anchor=False)
zone = current.journal().zone
shown = today_data.today()
day = shown.day
cards.note(f"{numbers.day(current.journal().today())}, local time {zone.key}")

if not day.trades and not day.checkins and data.is_empty():
    starting.journal_is_empty()
elif not day.trades and not day.checkins:
    todo = "Before your first trade say in the sidebar how you feel. Trades come from a bot, a file, or your own hand."
    starting.empty("Nothing yet today", todo, screens.imports(), screens.trades())

if day.trades:
    cards.headline(day.performance, day.currency)
if day.trades or day.checkins:
    words = "Net P/L after each closed trade; a diamond is a mood, told at that moment."
    cards.chart("The day so far", shown.run, words, key="day_run")
plan_state.draw(shown.plan, shown.discipline)
if day.session and day.trades:
    risk.draw(day.session)

if day.trades:
    st.subheader("Trades", anchor=False)
    tables.session_trades(day.trades, zone, day.currency, current.journal().preferences().account_names)
if day.checkins:
    st.subheader("Moods", anchor=False)
    checkins.draw_list(day.checkins, zone, place="today", notes=True)
if shown.analysis is not None:
    so_far.draw(shown.analysis, day.currency)
if day.reports:
    st.subheader("Report", anchor=False)
    reports.draw(day.reports, zone)
