"""The figures behind the headline: the edge, the trades, the account, the days, and what chance could bring."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from mentor.analytics.catalogue import CATALOGUE, Figures, figures
from mentor.analytics.metrics import Measure
from mentor.analytics.risk import r_multiples
from mentor.i18n import evidence, labels, numbers
from mentor.i18n.formulas import FORMULAS, SIGNS
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.models import TradeFilter
from mentor.ui import cards
from mentor.ui.current import NUMBERS, State, state
from mentor.ui.plain import plain

#: The key of the expander.
MORE: Final = "more_figures"
#: What is shown, in order, under which heading, and what each is counted over.
SHOWN: Final[dict[str, tuple[cards.Noun, tuple[str, ...]]]] = {
    message("The edge, and how sure it is"): (
        "trade",
        ("win_rate", "expectancy", "expectancy_r", "sqn", "half_kelly"),
    ),
    message("Trades"): ("trade", ("average_win", "average_loss", "payoff", "decisive_win_rate", "risk_coverage")),
    message("Streaks and holding"): (
        "trade",
        (
            "longest_losing_streak",
            "usual_losing_streak",
            "holding_median",
            "holding_lower_quartile",
            "holding_upper_quartile",
        ),
    ),
    message("Account"): ("trade", ("return", "max_drawdown_share", "ulcer", "recovery_factor")),
    message("Days"): ("day", ("winning_days", "best_day_share", "straightness", "sharpe", "sortino")),
    message("If days like these go on"): (
        "day",
        ("shuffled_drawdown", "bootstrap_drawdown", "bootstrap_drawdown_95", "ruin"),
    ),
}


def draw(filters: TradeFilter) -> None:
    """Every figure beside the headline, calculated once somebody opens them."""
    box = st.expander(_("More figures"), icon=":material/query_stats:", key=MORE, on_change="rerun")
    if not box.open:
        return
    with box:
        now = state()
        shown = _figures(now, filters)
        for heading, (noun, metrics) in SHOWN.items():
            cards.note(_(heading))
            values = [_value(metric, shown[metric].value, now.journal.currency) for metric in metrics]
            with st.grid("auto", min_column_width=cards.room(values, 145)):
                for metric in metrics:
                    _draw_figure(metric, shown, noun, now.journal.currency)
        if shown.holding.unknown:
            cards.note(
                ngettext(
                    "Holding times: {n} trade without both times left out.",
                    "Holding times: {n} trades without both times left out.",
                    shown.holding.unknown,
                )
            )


def draw_formulas() -> None:
    """How each figure is counted, one click away from the figures."""
    with st.popover(_("Formulas"), icon=":material/function:"):
        st.caption(plain(_(SIGNS)))
        st.markdown(
            "\n".join(f"- **{plain(_(labels.FIGURES[name][0]))}**: {plain(_(how))}" for name, how in FORMULAS.items())
        )
        st.caption(_("Edge cases, sources and what the numbers are tested against: docs/methods.md."))


def _draw_figure(metric: str, shown: Figures, noun: cards.Noun, currency: str | None) -> None:
    measure, (name, meaning) = shown[metric], labels.FIGURES[metric]
    value, interval = _value(metric, measure.value, currency), _interval(metric, measure, currency)
    cards.figure(_(name), value, measure, _(meaning), noun=noun, interval=interval)


def _interval(metric: str, measure: Measure, currency: str | None) -> str:
    if measure.low is None or measure.high is None:
        return ""
    low, high = (_value(metric, bound, currency) for bound in (measure.low, measure.high))
    return evidence.span(low, high)


def _value(metric: str, value: float | None, currency: str | None) -> str:
    match CATALOGUE[metric].unit:
        case "money":
            return numbers.money(value, currency)
        case "share":
            return numbers.percent(value)
        case "seconds":
            return numbers.duration(value)
        case "count":
            return numbers.number(value, 0)
        case "ratio" | "r":
            return numbers.number(value)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=NUMBERS)
def _figures(now: State, filters: TradeFilter) -> Figures:
    return figures(
        now.journal.trades(filters),
        journal=now.journal.trades(),
        multiples=_multiples(now),
        starting_balance=now.journal.preferences().starting_balance,
        first=filters.start,
        some_symbols=bool(filters.symbols),
    )


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs=NUMBERS)
def _multiples(now: State) -> pd.Series[float]:
    return r_multiples(now.journal.trades(), now.journal.preferences().starting_balance)
