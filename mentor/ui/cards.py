"""What pages are made of: figures with their reasons, charts with their captions."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from mentor.analytics.metrics import Measure, Performance
from mentor.charts.theme import CONFIG
from mentor.i18n import labels, numbers
from mentor.i18n.numbers import count
from mentor.ui.plain import plain


def headline(figures: Performance, currency: str | None) -> None:
    """The headline figures of a page, and what was left out of them."""
    with st.grid(5, min_column_width=150):
        figure("Net P/L", _money(figures.net, currency), figures.net, "Sum of all closed trades, costs included.")
        figure("Win rate", numbers.percent(figures.win_rate.value), figures.win_rate, _won(figures))
        figure(
            "Expectancy",
            _money(figures.expectancy, currency),
            figures.expectancy,
            "Mean net P/L of a trade. A mean without an interval describes these trades, it proves nothing.",
        )
        figure(
            "Profit factor",
            numbers.number(figures.profit_factor.value),
            figures.profit_factor,
            "Money won for every unit of money lost.",
        )
        figure(
            "Max drawdown",
            _money(figures.max_drawdown, currency),
            figures.max_drawdown,
            "Deepest fall below the best result so far, over closed trades: floating losses are not in it.",
        )
    left_out(figures)


def figure(label: str, value: str, measure: Measure, meaning: str, *, noun: str = "trade", interval: str = "") -> None:
    """One figure over how many things, or its interval; undefined it is a dash with its reason beneath and on hover."""
    reason = labels.REASONS[measure.reason] if measure.reason else None
    over = count(measure.n, noun)
    meaning = f"{meaning} Over {over}; beneath its 95% interval." if interval else meaning
    st.metric(
        label,
        plain(value),
        delta=reason or interval or over,
        delta_color="off",
        delta_arrow="off",
        help=plain(f"Not defined: {reason}. {meaning}" if reason else meaning) or None,
        border=True,
    )


def chart(title: str, drawn: go.Figure, caption: str, **options: Any) -> None:
    """A figure under its title, and what it shows in words."""
    st.subheader(title, anchor=False)
    bare_chart(drawn, caption, **options)
    note(caption)


def bare_chart(drawn: go.Figure, alt: str, **options: Any) -> None:
    st.plotly_chart(drawn, config=CONFIG, alt=alt, **options)


def note(text: str) -> None:
    """A small line under something; nothing in it is markup."""
    st.caption(plain(text))


def _money(measure: Measure, currency: str | None) -> str:
    return numbers.money(measure.value, currency)


def _won(figures: Performance) -> str:
    return (
        f"{figures.wins} won, {figures.losses} lost, {figures.break_evens} at break-even. "
        "Break-even trades count among all."
    )


def left_out(figures: Performance) -> None:
    """Which trades are in no figure, and why."""
    parts = []
    if figures.excluded_unreadable:
        parts.append(f"{count(figures.excluded_unreadable, 'trade')} whose P/L is no number")
    if figures.excluded_currency:
        parts.append(f"{count(figures.excluded_currency, 'trade')} in another currency")
    if parts:
        st.caption(f":material/info: Left out of every figure: {' and '.join(parts)}.")
    if figures.undated:
        st.caption(f":material/info: {count(figures.undated, 'trade')} without a readable date: not in the calendar.")
