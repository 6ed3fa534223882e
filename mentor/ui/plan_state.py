"""A day held against the trader's own risk plan, in words that leave unknown what nobody said."""

from __future__ import annotations

import streamlit as st

from mentor.analytics.risk_plan import DayDiscipline
from mentor.i18n import numbers
from mentor.i18n.numbers import count
from mentor.models import RiskPlan
from mentor.ui import screens, starting
from mentor.ui.plain import plain


def draw(plan: RiskPlan, day: DayDiscipline) -> None:
    """What the day used of the plan; without a plan where to make one."""
    st.subheader("Risk plan", anchor=False)
    if plan == RiskPlan():
        todo = "Decide how much a trade may risk, how many trades a day, and after how many losses you stop."
        starting.empty("No risk plan yet", todo, screens.settings())
        return
    with st.grid(3, min_column_width=230):
        _line("Trades", *_trades(plan, day))
        _line("Losses in a row", *_losses(plan, day))
        _line("Risk a trade", *_risk(plan, day))
    if day.unreadable:
        st.caption(f":material/info: {count(day.unreadable, 'trade')} whose P/L is no number: neither won nor lost.")


def _line(label: str, value: str, words: str) -> None:
    st.metric(label, plain(value), delta=plain(words), delta_color="off", delta_arrow="off", border=True)


def _trades(plan: RiskPlan, day: DayDiscipline) -> tuple[str, str]:
    if plan.trades_a_day is None:
        return str(day.trades), "no limit in the plan"
    left = plan.trades_a_day - day.trades
    words = f"{left} left" if left > 0 else "limit reached" if left == 0 else f"{-left} above the plan"
    return f"{day.trades} of {plan.trades_a_day}", words


def _losses(plan: RiskPlan, day: DayDiscipline) -> tuple[str, str]:
    if plan.stop_after_losses is None:
        return str(day.losses_in_a_row), "no stop in the plan"
    value = f"{day.losses_in_a_row}, stop after {plan.stop_after_losses}"
    if day.longest_run < plan.stop_after_losses:
        return value, "within the plan"
    perhaps = f", perhaps {day.perhaps_after_stop} more" if day.perhaps_after_stop else ""
    return value, f"stop reached, {count(day.after_stop, 'trade')} after it{perhaps}"


def _risk(plan: RiskPlan, day: DayDiscipline) -> tuple[str, str]:
    if plan.risk_percent is None:
        return numbers.DASH, "no risk in the plan"
    value = f"at most {numbers.number(plan.risk_percent)}%"
    if not day.risk_known:
        return value, "the trades do not say their risk" if day.trades else "no trade yet"
    unknown = day.trades - day.risk_known
    rest = f", {unknown} unknown" if unknown else ""
    return value, f"{day.above_plan} of {day.risk_known} above{rest}"
