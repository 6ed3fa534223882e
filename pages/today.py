"""Today: what the mentor sees in the day so far, how it ran, and what it used of the risk plan."""

from __future__ import annotations

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _
from mentor.ui import (
    cards,
    checkins,
    current,
    data,
    day_data,
    diary,
    filters,
    plan_state,
    report_view,
    reports,
    risk,
    screens,
    starting,
    tables,
)

st.title(_("Today"), anchor=False)
journal = current.journal()
zone = journal.zone
day = data.day(journal.today())
cards.note(_("{day}, local time {zone}", day=numbers.day(journal.today()), zone=zone.key))
filters.say_unused()

if not day.trades and not day.checkins and data.is_empty():
    starting.journal_is_empty()
elif not day.trades and not day.checkins:
    todo = _("Before your first trade say how you feel. Trades come from a bot, a file, or your own hand.")
    starting.empty(_("Nothing yet today"), todo, screens.imports(), screens.trades())

if day.trades:
    cards.headline(day.performance, day.currency)
if day.trades or day.checkins:
    report_view.draw(journal.today())
    diary.draw_path(_("The day so far"), day)
plan_state.draw(*day_data.plan_kept(day))
if day.session and day.trades:
    risk.draw(day.session)

if day.trades:
    st.header(_("Trades"), anchor=False)
    tables.session_trades(day.trades, zone, day.currency, journal.preferences().account_names)
if day.checkins:
    st.header(_("Moods"), anchor=False)
    checkins.draw_list(day.checkins, zone, place="today", notes=True)
if day.reports:
    st.header(_("Stored reports"), anchor=False)
    reports.draw(day.reports, zone)
