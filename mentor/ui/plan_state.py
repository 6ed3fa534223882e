"""A day held against the trader's own risk plan, in words that leave unknown what nobody said."""

from __future__ import annotations

import streamlit as st

from mentor.analytics.risk_plan import DayDiscipline
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.models import RiskPlan
from mentor.ui import screens, starting
from mentor.ui.plain import plain


def draw(plan: RiskPlan, day: DayDiscipline) -> None:
    """What the day used of the plan; without a plan where to make one."""
    st.header(_("Risk plan"), anchor=False)
    if plan == RiskPlan():
        todo = _("Decide how much a trade may risk, how many trades a day, and after how many losses you stop.")
        starting.empty(_("No risk plan yet"), todo, screens.settings())
        return
    with st.grid(3, min_column_width=230):
        _line(_("Trades"), *_trades(plan, day))
        _line(_("Losses in a row"), *_losses(plan, day))
        _line(_("Risk a trade"), *_risk(plan, day))
    if day.unreadable:
        words = ngettext(
            "{n} trade whose P/L is no number: neither won nor lost.",
            "{n} trades whose P/L is no number: neither won nor lost.",
            day.unreadable,
        )
        st.caption(f":material/info: {words}")


def _line(label: str, value: str, words: str) -> None:
    st.metric(label, plain(value), delta=plain(words), delta_color="off", delta_arrow="off", border=True)


def _trades(plan: RiskPlan, day: DayDiscipline) -> tuple[str, str]:
    done = numbers.number(day.trades, 0)
    if plan.trades_a_day is None:
        return done, _("no limit in the plan")
    left = plan.trades_a_day - day.trades
    value = _("{done} of {most}", done=done, most=numbers.number(plan.trades_a_day, 0))
    if left == 0:
        return value, _("limit reached")
    number = numbers.number(abs(left), 0)
    return value, _("{number} left", number=number) if left > 0 else _("{number} above the plan", number=number)


def _losses(plan: RiskPlan, day: DayDiscipline) -> tuple[str, str]:
    now = numbers.number(day.losses_in_a_row, 0)
    if plan.stop_after_losses is None:
        return now, _("no stop in the plan")
    value = _("{losses}, stop after {most}", losses=now, most=numbers.number(plan.stop_after_losses, 0))
    if day.longest_run < plan.stop_after_losses:
        return value, _("within the plan")
    after = ngettext("stop reached, {n} trade after it", "stop reached, {n} trades after it", day.after_stop)
    if not day.perhaps_after_stop:
        return value, after
    more = numbers.number(day.perhaps_after_stop, 0)
    return value, _("{stop_reached}, perhaps {more} more", stop_reached=after, more=more)


def _risk(plan: RiskPlan, day: DayDiscipline) -> tuple[str, str]:
    if plan.risk_percent is None:
        return numbers.DASH, _("no risk in the plan")
    value = _("at most {percent}%", percent=numbers.number(plan.risk_percent))
    if not day.risk_known:
        return value, _("the trades do not say their risk") if day.trades else _("no trade yet")
    above, known = numbers.number(day.above_plan, 0), numbers.number(day.risk_known, 0)
    if unknown := day.trades - day.risk_known:
        rest = numbers.number(unknown, 0)
        return value, _("{above} of {known} above, {unknown} unknown", above=above, known=known, unknown=rest)
    return value, _("{above} of {known} above", above=above, known=known)
