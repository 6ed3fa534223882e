"""What the mentor can say of a day so far: measured facts, what is missing to say more, no verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.numbers import count
from mentor.ui.plain import plain


def draw(analysis: Mapping[str, Any], currency: str | None) -> None:
    """The documented analysis of a day, as facts."""
    st.subheader("What can be said so far", anchor=False)
    for fact in (*_results(analysis, currency), *_exits(analysis)):
        st.markdown(f"- {plain(fact)}")
    st.caption("One day is too little to say anything about how a mood and a result go together.")


def _results(analysis: Mapping[str, Any], currency: str | None) -> list[str]:
    patterns = analysis.get("pola_trading") or {}
    facts = []
    for name, noun in (("net_by_symbol", "symbol"), ("net_by_strategy", "strategy")):
        nets = patterns.get(name) or {}
        parts = [f"{key} {numbers.money(net, currency, signed=True)}" for key, net in nets.items()]
        facts += [f"Net by {noun}: {', '.join(parts)}."] if parts else []
    streak = patterns.get("longest_losing_streak")
    return facts + ([f"Longest losing streak: {numbers.number(streak, 0)}."] if streak else [])


def _exits(analysis: Mapping[str, Any]) -> list[str]:
    risk = analysis.get("manajemen_risiko") or {}
    trades = risk.get("trades") or 0
    if not trades:
        return ["No trade has closed yet."]
    return [
        f"{risk.get('exits_at_stop', 0)} of {count(trades, 'trade')} closed at the stop, "
        f"{risk.get('exits_at_target', 0)} at the target.",
        f"Whether a stop was set is known for {risk.get('stop_known', 0)} of {count(trades, 'trade')}.",
    ]
