"""What a session holds beside its trades: the way to other days, how it ran, the trader's own words and rating."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zlib import crc32

import streamlit as st

from mentor.errors import InvalidArgument
from mentor.i18n import labels, numbers
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.models import Session, TradeFilter
from mentor.ui import cards, current, data, day_data
from mentor.ui.messages import attempt, refuse, say_again
from mentor.ui.plain import plain

_DATE: Final = "date"
_ID: Final = "id"
#: What a rating made here looks like in the file.
_SCORES: Final = tuple(str(score) for score in range(1, 11))
_FIRST, _LAST = date(1970, 1, 1), date(2100, 12, 31)
#: Letters: Streamlit leaves those alone while somebody types; arrows walk through tables, and C and R are its own.
_BACK, _ON = "P", "N"


def asked_for(today: date) -> data.Day:
    """The session of the address: `/session?date=2025-01-15`, or `?id=7` where the stored date is none.

    The newest one when the address names none, so that a weekend does not open an empty page; with the controls
    that lead to others.
    """
    named = st.query_params.get(_ID, "")
    undated = data.undated(int(named)) if named.isdecimal() and _DATE not in st.query_params else None
    if undated is None or undated.date is not None:
        return data.day(_choose_day(today))
    st.button(_("Open a day"), icon=":material/event:", on_click=_leave_undated)
    return undated


def draw_title(day: data.Day) -> None:
    """The day as a heading; the date as stored where it is none."""
    if day.date is not None:
        st.header(numbers.day(day.date), anchor=False)
    elif day.session is not None:
        st.header(plain(_("Without a readable date: {text}", text=day.session.date_text)), anchor=False)
        st.caption(
            _(
                "Another program wrote this as the date of the session. Its trades count in every total, but they have "
                "no place in the calendar or in a period. To move them, edit them on the Trades page."
            )
        )


def _choose_day(today: date) -> date:
    asked = st.query_params.get(_DATE, "")
    if asked and not _is_day(asked):
        st.warning(
            plain(_("{text} is no date this page knows; this is today. Write it as 2025-01-15.", text=asked)),
            icon=":material/event_busy:",
        )
    if st.session_state.get(_DATE) is None and not _is_day(asked):
        nowhere = asked or _ID in st.query_params  # the address names what is not there
        st.session_state[_DATE] = today if nowhere else _newest(current.state(), today)
    with st.container(horizontal=True, vertical_alignment="bottom", key="turn_days"):
        st.button(
            _("Previous"),
            icon=":material/chevron_left:",
            help=_("The day before. Key: {key}", key=_BACK),
            shortcut=_BACK,
            on_click=_move,
            args=(-1, today),
        )
        st.date_input(
            _("Session date"),
            value=None,  # an address never names the default: one without a day must mean none
            min_value=_FIRST,
            max_value=_LAST,
            format="YYYY-MM-DD",
            key=_DATE,
            bind="query-params",
            width=145,
        )
        st.button(
            _("Next"),
            icon=":material/chevron_right:",
            help=_("The day after. Key: {key}", key=_ON),
            shortcut=_ON,
            on_click=_move,
            args=(1, today),
        )
    if not asked and st.session_state[_DATE] is None:  # the browser went back to an address without a day
        say_again()
        st.rerun()
    return _chosen(today)


def draw_notes(day: data.Day) -> None:
    """The day's notes, to be written and saved; without a session saving makes one."""
    if day.date is None:
        st.text((day.session and day.session.personal_notes) or _("No notes."))
        return
    stored = _stored_notes(day.date)
    key = _key("notes", day.date, stored)
    with st.form(f"form_{key}", border=False):
        st.text_area(
            _("Notes"),
            value=stored,
            key=key,
            height=140,
            placeholder=_("What happened, what to repeat, what not"),
            label_visibility="collapsed",
        )
        st.form_submit_button(_("Save notes"), on_click=_save_notes, args=(day.date, key))


def draw_words(session: Session, currency: str | None, *, told: bool) -> None:
    """What is written on the session itself, also by other programs; its mood only while no check-in is `told`."""
    if session.stated:
        net = numbers.money(session.total_profit_loss, currency)
        words = ngettext(
            "Another program stated {n} trade and net {net} for this day; no trade stands behind it.",
            "Another program stated {n} trades and net {net} for this day; no trade stands behind it.",
            session.total_trades,
            net=net,
        )
        st.info(plain(words))
    if not session.stated and session.stated_trades is not None and session.stated_profit_loss is not None:
        net = numbers.money(session.stated_profit_loss, currency)
        words = ngettext(
            "The old system had counted {n} trade and net {net}; the figures here are those of the trades.",
            "The old system had counted {n} trades and net {net}; the figures here are those of the trades.",
            session.stated_trades,
            net=net,
        )
        st.info(plain(words))
    mood = "" if told else _("Mood: {mood}", mood=labels.stored_mood(session.emotions))
    market = _(labels.NOT_RECORDED) if session.own_market is None else labels.market(session.own_market)
    cards.note(" · ".join(filter(None, (mood, _("Market: {market}", market=market)))))


def draw_path(title: str, day: data.Day) -> None:
    """The trades and the moods of a dated day on its clock."""
    words = _(
        "Net P/L after each closed trade. A diamond is a mood, told at that moment; its bar reaches to the next one."
    )
    cards.chart(title, day_data.path(day), words, key="day_run")


def draw_own_risk(day: data.Day) -> None:
    """How the trader rates the risk of a dated day, to be changed or taken back; beside it what others wrote there."""
    if day.date is None:
        return
    stored = day.session.own_risk_score if day.session else None
    rated = int(stored) if stored in _SCORES else None
    key = _key("own_risk", day.date, stored)
    st.pills(
        _("How well did you manage your risk? 1 badly, 10 very well"),
        range(1, 11),
        default=rated,
        key=key,
        on_change=_rate,
        args=(day.date, key),
        wrap=True,
    )
    if stored is not None and rated is None:
        cards.note(_("Another program wrote here: {text}", text=stored))
    elif rated is None:
        cards.note(_("Not rated. Your own rating stands beside the computed score and never changes it."))


def _is_day(text: str) -> bool:
    """Whether the address names a day as the page writes it; other spellings of a date are not understood."""
    try:
        return _FIRST <= datetime.strptime(text, "%Y-%m-%d").date() <= _LAST
    except ValueError:
        return False


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=current.NUMBERS)
def _newest(now: current.State, today: date) -> date:
    """The last day until today with a session; today where there is none."""
    days = (session.date for session in now.journal.sessions(TradeFilter(start=_FIRST, end=today)))
    return max((day for day in days if day), default=today)


def _chosen(today: date) -> date:
    return st.session_state.get(_DATE) or _newest(current.state(), today)


def _move(days: int, today: date) -> None:
    moved = _chosen(today) + timedelta(days=days)
    st.session_state[_DATE] = min(max(moved, _FIRST), _LAST)


def _leave_undated() -> None:
    del st.query_params[_ID]


def _key(what: str, day: date, stored: str | None) -> str:
    """Of a field that shows what is stored: the key says from which journal, and what that was.

    By its key alone Streamlit knows a field again, and a browser keeps what is typed there: with another journal, or
    once something else is stored, it must be another field.
    """
    return f"{what}_{day.isoformat()}_{crc32(repr((current.journal().path, stored)).encode()):08x}"


def _stored_notes(day: date) -> str:
    """As they are this moment: what is remembered of a day may be a moment old."""
    session = current.journal().session(day)
    return session.personal_notes if session else ""


def _save_notes(day: date, key: str) -> None:
    if key in st.session_state:
        attempt(lambda: _saved(day, key, st.session_state[key]))
    elif key == _key("notes", day, _stored_notes(day)):  # the run before was cut short, and this is no empty note
        refuse(_("Nothing was saved: the page was just being drawn. Save again."))


def _saved(day: date, key: str, typed: str) -> str:
    """Store the notes; raises InvalidArgument when the field was drawn from something else than is stored now."""
    stored = _stored_notes(day)
    if key != _key("notes", day, stored) and typed != stored:  # a second click finds saved what it says
        what = message("The notes of {day} changed while you were writing, so nothing was saved", day=numbers.day(day))
        todo = message("They are shown as they are now. What you had written: {text}", text=typed)
        raise InvalidArgument(what, todo=todo)
    current.journal().update_notes(day, typed)
    return _("Notes of {day} saved.", day=numbers.day(day))


def _rate(day: date, key: str) -> None:
    if key in st.session_state:  # else a browser repeats what the run before did not draw, and nobody rated
        attempt(lambda: _rated(day, st.session_state[key]))


def _rated(day: date, score: int | None) -> str:
    current.journal().rate_session(day, score)
    if score is None:
        return _("Your rating of {day} taken back.", day=numbers.day(day))
    return _("You rated {day} with {score} of 10.", day=numbers.day(day), score=score)
