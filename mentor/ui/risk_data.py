"""How well the risk of sessions was managed, calculated once a state of the journal.

Cached values are shared by all visitors and must not be changed.
"""

from __future__ import annotations

import streamlit as st

from mentor.analytics.risk_score import RiskScore
from mentor.ui.current import NUMBERS, State, state


def of_session(session_id: int) -> RiskScore:
    return _of_session(state(), session_id)


def of_all() -> dict[int, RiskScore]:
    """Of every session with trades, by session id."""
    return _of_all(state())


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=NUMBERS)
def _of_session(now: State, session_id: int) -> RiskScore:
    return now.journal.risk_score(session_id)


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs=NUMBERS)
def _of_all(now: State) -> dict[int, RiskScore]:
    return now.journal.risk_scores()
