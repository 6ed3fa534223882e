"""The Review page's parts: which period, its figures beside the trader's own, risk, moods, habits and questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mentor.analytics.inference import Grade
from mentor.analytics.mood_groups import CALM, NEUTRAL
from mentor.analytics.periods import YEARS, Length, Period, period_named, period_of
from mentor.analytics.review import DayResult, Earlier, Totals
from mentor.i18n import evidence, labels, numbers
from mentor.i18n import habits as habit_words
from mentor.i18n import risk as risk_words
from mentor.i18n.language import _, ngettext
from mentor.i18n.numbers import DASH
from mentor.models import TradeFilter
from mentor.report import questions
from mentor.report.wording import advice_sentence
from mentor.ui import cards, current, review_data, screens
from mentor.ui.plain import plain
from mentor.ui.review_data import PeriodReview

if TYPE_CHECKING:
    from mentor.analytics.emotion_report import EmotionReport
    from mentor.analytics.habits import Habit

_ADDRESS: Final = "period"
_LENGTH: Final = "review_length"
_LENGTHS: Final[tuple[Length, ...]] = ("week", "month")


def choose(today: date) -> Period:
    """Draw the choice; the address holds it: `/review?period=2025-W03`, or `2025-01`. Else the newest traded week."""
    asked = st.query_params.get(_ADDRESS, "")
    named = period_named(asked)
    if asked and named is None:
        words = _("{text} is no week or month; this is the newest week. Write 2025-W03 or 2025-01.", text=asked)
        st.warning(plain(words), icon=":material/event_busy:")
    period = named or period_of(_newest_traded(today) or today, "week")
    st.session_state[_LENGTH] = period.length
    back, forth = {"week": (_("Week before"), _("Week after")), "month": (_("Month before"), _("Month after"))}[
        period.length
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="turn_periods"):
        st.segmented_control(
            _("A week or a month"),
            _LENGTHS,
            format_func={"week": _("Week"), "month": _("Month")}.__getitem__,
            key=_LENGTH,
            on_change=_change_length,
            args=(period, today),
            label_visibility="collapsed",
        )
        st.button(back, icon=":material/chevron_left:", on_click=_go, args=(period.before(),))
        last = period.end >= today
        st.button(forth, icon=":material/chevron_right:", on_click=_go, args=(period.after(),), disabled=last)
    return period


def offer_newest(period: Period) -> None:
    """The way from a period without trades to the newest one that has some, where there is one."""
    newest = _newest_traded(current.journal().today())
    if newest is not None and (there := period_of(newest, period.length)) != period:
        label = _("Newest week with trades") if period.length == "week" else _("Newest month with trades")
        st.button(label, icon=":material/event_available:", on_click=_go, args=(there,))


def draw_title(period: Period, today: date) -> None:
    """The period by its name, and whether it goes on."""
    span = _("{first} to {last}", first=numbers.day(period.start), last=numbers.day(period.end))
    st.header(span if period.length == "week" else numbers.month(period.start), anchor=False)
    if period.start <= today <= period.end:
        cards.note(_("Not over yet: these are the figures so far."))


def draw_comparison(shown: PeriodReview) -> None:
    """Beside the period before, and beside all earlier ones."""
    found, week = shown.found, shown.found.period.length == "week"
    assert found.totals is not None, "only a period with trades is compared"
    st.header(_("Beside your own weeks") if week else _("Beside your own months"), anchor=False)
    cards.note(_beside_earlier(found.earlier, week=week))
    if found.earlier.median is not None:
        cards.note(_usual(found.earlier, shown.currency))
    if found.before is None:
        cards.note(
            _("The week before holds no closed trade.") if week else _("The month before holds no closed trade.")
        )
    frame = pd.DataFrame(
        {
            _("Figure"): [_("Net P/L"), _("Trades"), _("Win rate"), _("Days traded"), _("Winning days")],
            _name(found.period): _column(found.totals, shown.currency),
            _name(found.period.before()): _column(found.before, shown.currency),
        }
    )
    st.dataframe(frame, hide_index=True, alt=_("This period beside the one before"))


def _name(period: Period) -> str:
    """What stands above its column: `this week` would be another one to somebody who looks back."""
    if period.length == "month":
        return numbers.month(period.start)
    return _("Week from {day}", day=numbers.short_day(period.start))


def draw_days(shown: PeriodReview) -> None:
    """Its best and worst day as ways to them, and runs of days."""
    found = shown.found
    st.header(_("Days"), anchor=False)
    if found.best is not None and found.worst is not None:
        with st.container(horizontal=True):
            _day_link(found.best.day, _("Best day: {day}, {net}", **_told(found.best, shown.currency)))
            _day_link(found.worst.day, _("Worst day: {day}, {net}", **_told(found.worst, shown.currency)))
    runs = [
        _("Most losing days in a row: {number}.", number=numbers.number(found.losing_run, 0)),
        _("Most winning days in a row: {number}.", number=numbers.number(found.winning_run, 0)),
    ]
    cards.note(" ".join(runs))


def draw_risk(shown: PeriodReview) -> None:
    """What the risk scores come to."""
    risk = shown.found.risk
    st.header(_("Risk management"), anchor=False)
    known = numbers.number(risk.known, 0)
    if risk.median is None:
        cards.note(_("The risk score is not known for any of these days: too little is known of the trades."))
    else:
        words = ngettext(
            "Risk score: median {median} of 10, known for {known} of {n} day with trades.",
            "Risk score: median {median} of 10, known for {known} of {n} days with trades.",
            risk.sessions,
            median=numbers.number(risk.median, 0 if risk.median == int(risk.median) else 1),
            known=known,
        )
        cards.note(words)
    if risk.median is not None and risk.weakest is not None:
        part, mean, days = risk.weakest
        words = ngettext(
            "Weakest part: {part}, {share} reached on average over {n} day ({measure}).",
            "Weakest part: {part}, {share} reached on average over {n} days ({measure}).",
            days,
            part=risk_words.PARTS[part].label,
            share=numbers.percent(mean),
            measure=risk_words.PARTS[part].meaning,
        )
        cards.note(words)
    for cap, days in risk.caps:
        words = ngettext(
            "Held down on {n} day: {reason}.", "Held down on {n} days: {reason}.", days, reason=risk_words.CAPS[cap]
        )
        cards.note(words)


def draw_moods(shown: PeriodReview) -> None:
    """The moods told, what came with them, and how sure all sessions up to then are of it."""
    found = shown.found
    st.header(_("Moods"), anchor=False)
    cards.note(evidence.coverage(found.moods.coverage))
    if not found.moods.groups:
        return
    report = review_data.emotions_by(found.period.end)
    if report is None:
        return
    frame = pd.DataFrame(
        {
            _("Mood"): [group.emotion for group in found.moods.groups],
            _("Days"): [numbers.number(group.sessions, 0) for group in found.moods.groups],
            _("Won"): [numbers.number(group.winning_sessions, 0) for group in found.moods.groups],
            _("Net P/L"): [numbers.money(group.net, shown.currency, signed=True) for group in found.moods.groups],
            _("In all sessions so far"): [
                _grade(report, group.emotion) if group.basis == "before" else DASH for group in found.moods.groups
            ],
            _("Told"): [_(labels.BASES[group.basis]) for group in found.moods.groups],
        }
    )
    said = _("The moods of this period and what came with them")
    cards.table(frame, said, results=[_("Net P/L")], emotions=[_("Mood")])
    cards.note(
        _(
            "Counts and sums of these days only: so few prove nothing. The last column says how sure it is, from all "
            "sessions up to the end of this period, that results differ with the mood."
        )
    )
    st.page_link(screens.emotions(), label=_("What each emotion comes with, and how sure that is"))


def draw_habits(shown: PeriodReview, asking: DeltaGenerator) -> None:
    """Habits that show in all trades up to then, how much of it lies in this period, and what to ask about them."""
    st.header(_("Habits"), anchor=False)
    signs = review_data.habits_by(shown.found.period.end)
    if signs is None:
        return
    with asking:
        _draw_questions(shown, signs)
    if not signs:
        cards.note(_("Up to the end of this period your trades show no habit beyond what chance brings."))
    for habit in signs:
        inside = len(shown.found.trades & set(habit.trades))
        words = ngettext("{n} trade of this period is among them.", "{n} trades of this period are among them.", inside)
        st.markdown(f"- **{plain(habit_words.verdict(habit))}.** {plain(habit_words.sentence(habit, shown.currency))}")
        cards.note(words)


def _draw_questions(shown: PeriodReview, signs: tuple[Habit, ...]) -> None:
    """Up to three questions to think about."""
    found = questions.questions(shown.found, signs)
    if not found:
        return
    title = ngettext("{n} question to think about", "{n} questions to think about", len(found))
    st.header(title, anchor=False)
    with st.container(border=True):
        for asked in found:
            st.markdown(f"- {plain(questions.sentence(asked, shown.currency))}")


def draw_advice(shown: PeriodReview) -> None:
    """What the stored reports of the period advised first."""
    if not shown.advised:
        return
    st.header(_("What was advised"), anchor=False)
    for day, advice in shown.advised:
        st.markdown(f"- **{plain(numbers.day(day))}** {plain(advice_sentence(advice, shown.currency))}")
    cards.note(_("Whether an advice was kept is not measured."))


def _beside_earlier(earlier: Earlier, *, week: bool) -> str:
    worse = numbers.number(earlier.worse, 0)
    if not earlier.periods:
        return _("No earlier week to compare with yet.") if week else _("No earlier month to compare with yet.")
    if week:
        return ngettext(
            "It made more than {worse} of {n} earlier week with trades.",
            "It made more than {worse} of {n} earlier weeks with trades.",
            earlier.periods,
            worse=worse,
        )
    return ngettext(
        "It made more than {worse} of {n} earlier month with trades.",
        "It made more than {worse} of {n} earlier months with trades.",
        earlier.periods,
        worse=worse,
    )


def _usual(earlier: Earlier, currency: str | None) -> str:
    low, middle, high = (
        numbers.money(value, currency, signed=True) for value in (earlier.low, earlier.median, earlier.high)
    )
    return _(
        "Usual so far: {median} in the middle, 8 of 10 between {low} and {high}.", median=middle, low=low, high=high
    )


def _column(totals: Totals | None, currency: str | None) -> list[str]:
    if totals is None:
        return [DASH] * 5
    return [
        numbers.money(totals.net, currency, signed=True),
        numbers.number(totals.trades, 0),
        numbers.percent(totals.wins / totals.trades),
        numbers.number(totals.days, 0),
        numbers.number(totals.winning_days, 0),
    ]


def _told(day: DayResult, currency: str | None) -> dict[str, str]:
    return {"day": numbers.day(day.day), "net": numbers.money(day.net, currency, signed=True)}


def _day_link(day: date, label: str) -> None:
    st.page_link(screens.session(), label=plain(label), query_params={"date": day.isoformat()})


def _grade(report: EmotionReport, emotion: str) -> str:
    cost = next((one for one in report.before.emotions if one.emotion == emotion), None)
    if cost is not None:
        return _(evidence.GRADES[cost.grade])
    if emotion in (CALM, NEUTRAL):
        return _("what others are compared with")
    return _(evidence.GRADES[Grade.NOT_ENOUGH])


def _newest_traded(today: date) -> date | None:
    traded = (session.date for session in current.journal().sessions(TradeFilter(end=today)) if session.total_trades)
    return next((day for day in traded if day is not None and day.year in YEARS), None)


def _change_length(period: Period, today: date) -> None:
    wanted: Length = st.session_state[_LENGTH] or period.length
    _go(period_of(min(period.end, today), wanted))


def _go(period: Period) -> None:
    st.query_params[_ADDRESS] = period.code
