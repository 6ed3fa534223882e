"""What other programs write appears in an open page, which is drawn again when the journal changed and only then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from mentor.journal import JournalStamp
from mentor.ui import current
from mentor.ui.messages import reported, say_again

#: A change is seen after this time at most; browsers ask more seldom for a page nobody looks at.
_SECONDS: Final = 1.0
_AGAIN: Final = "live_again"
_RESTS_UNTIL: Final = "live_rests_until"
_HELD: Final = "live_held"


def hold() -> None:
    """Leave the page as it is until the visitor goes on: a dialog drawn again, say, would take the cursor away."""
    st.session_state[_HELD] = True


def held() -> bool:
    """Whether the page is left as it is."""
    return bool(st.session_state.get(_HELD))


@contextmanager
def followed() -> Iterator[None]:
    """Draw the page inside, and again once the journal is no longer the one it shows.

    With a bot that never rests, at least as much time passes without drawing as drawing took.
    """
    again = st.session_state.pop(_AGAIN, False)
    st.session_state[_HELD] = False
    began = time.monotonic()
    _watch(current.state().stamp)
    try:
        yield
    finally:
        if again:
            ended = time.monotonic()
            st.session_state[_RESTS_UNTIL] = ended + (ended - began)


@st.fragment(run_every=_SECONDS)
def _watch(shown: JournalStamp) -> None:
    """Alone in the idle seconds: nothing is read of the journal but whether it changed."""
    with reported():
        if not held() and _rested() and current.state().stamp != shown:
            st.session_state[_AGAIN] = True
            say_again()
            st.rerun()


def _rested() -> bool:
    return time.monotonic() >= float(st.session_state.get(_RESTS_UNTIL, 0.0))
