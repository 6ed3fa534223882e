"""Three answers at one glance: how the trader feels, what a feeling came to, and what to do next."""

from __future__ import annotations

from datetime import date

import streamlit as st

from mentor.analytics.emotion_cost import EmotionCost
from mentor.analytics.inference import Grade
from mentor.i18n import evidence, numbers
from mentor.i18n.language import _
from mentor.models import TradeFilter
from mentor.ui import cards, current, data, emotion_data, emotion_overview, long_work, marks, report_data, screens
from mentor.ui.data import Overview
from mentor.ui.emotion_data import Emotions
from mentor.ui.plain import plain


def draw(shown: Overview, chosen: TradeFilter) -> None:
    """The three cards; call last: what takes a moment fills its place when the page stands."""
    day = _newest(shown)
    long_work.begin(emotion_data.question(chosen), *([report_data.question(day)] if day else []))
    feel, cost, advised = (column.container(border=True, height="stretch") for column in st.columns(3))
    with feel:
        _feeling(shown)
    with cost:
        _cost(chosen)
    with advised:
        _advice(day)


def _feeling(shown: Overview) -> None:
    _question(_("How you feel"))
    journal = current.journal()
    told = data.day(journal.today()).checkins
    if told:
        _answer(marks.emotion(told[-1].emotion), numbers.clock(told[-1].recorded_at, journal.zone))
    else:
        _answer(_("No check-in today"))
        cards.note(_("Say how you feel before your first trade."))
    cards.note(evidence.coverage(shown.coverage))


def _cost(chosen: TradeFilter) -> None:
    """The costliest emotion there is evidence for, else the surest one; else what is missing."""
    _question(_("What it costs"))
    shown = emotion_data.emotions(chosen)
    if shown is not None:
        _draw_cost(shown)
    st.page_link(screens.emotions(), label=_("How sure that is"))


def _draw_cost(shown: Emotions) -> None:
    found = _strongest(shown.report.emotions)
    if found is None:
        _answer(_("Not known yet"))
        before = shown.report.before
        cards.note(
            emotion_overview.unsure(before.emotions) if before.emotions else emotion_overview.nothing_to_compare(before)
        )
    else:
        money = found.money.pooled_cost
        total = plain(numbers.money(money.value if money else None, shown.currency, signed=True))
        _answer(f"{marks.emotion(found.emotion)} {total}", _(evidence.GRADES[found.grade]))
        cards.note(evidence.verdict(found, shown.report.before.baseline, shown.unit, shown.currency))


def _strongest(emotions: tuple[EmotionCost, ...]) -> EmotionCost | None:
    """They come with the strongest evidence first; one that lost money goes before one that made some."""
    known = [one for one in emotions if one.grade.strength >= Grade.HINT.strength]
    lost = [one for one in known if one.result.pooled and one.result.pooled.value < 0]
    return next(iter(lost or known), None)


def _advice(day: date | None) -> None:
    """The one thing the mentor advised on the newest day with trades."""
    _question(_("What to do next"))
    if day is None:
        _answer(_("Nothing to advise yet"))
        cards.note(_("The mentor looks at days with closed trades."))
        return
    found = report_data.of_day(day)
    if found is not None:
        page = found.page
        st.markdown(plain(page.advice[0] if page.advice else page.closing))
        cards.note(_("From what was known on {day}.", day=numbers.day(day)))
    st.page_link(screens.session(), label=_("The whole report"), query_params={"date": day.isoformat()})


def _newest(shown: Overview) -> date | None:
    """Sessions come newest first; those without trades leave the mentor nothing to look at."""
    traded = (row.session for row in shown.recent if row.session.total_trades and not row.session.stated)
    return next((session.date for session in traded if session.date is not None), None)


def _question(words: str) -> None:
    st.caption(f"**{words}**")


def _answer(markup: str, beside: str = "") -> None:
    st.markdown(f"**{markup}**{f' · {plain(beside)}' if beside else ''}")
