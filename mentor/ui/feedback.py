"""What the feeling just picked has meant so far: a small card in the sidebar, and what stands behind it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from mentor.i18n.language import _
from mentor.ui.current import NUMBERS, State, state
from mentor.ui.plain import plain

if TYPE_CHECKING:
    from mentor.report.feedback import InstantFeedback

_ICONS = {
    "stop": ":material/front_hand:",
    "pause": ":material/pause_circle:",
    "smaller": ":material/compress:",
    "carry_on": ":material/play_circle:",
}


def draw(emotion: str, market: str | None, intensity: int | None) -> None:
    """What is known of such moments, one thing to do, and the evidence one tap away."""
    with st.spinner(_("Looking at your earlier sessions …"), show_time=False):
        from mentor.report import feedback_words as words  # scipy and its like, that only who picks a feeling needs

        now = state()
        found = _feedback(now, now.journal.today(), emotion, market, intensity)
    with st.container(border=True, gap="small", key="instant_feedback"):
        st.caption(plain(words.known(found)))
        st.markdown(f"{_ICONS[found.suggestion.action]} **{plain(words.advice(found.suggestion))}**")
        st.caption(plain(" ".join(filter(None, (words.ground(found.suggestion), words.done(found))))))
        behind = words.why(found)
        if behind:
            with st.popover(_("Why?"), type="tertiary"):
                for line in behind:
                    st.caption(plain(line))


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=NUMBERS)
def _feedback(now: State, day: date, emotion: str, market: str | None, intensity: int | None) -> InstantFeedback:
    assert day  # only part of the key: at midnight the journal stays as it is, and today begins anew
    return now.journal.instant_feedback(emotion, market, None, intensity)
