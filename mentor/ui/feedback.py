"""What the feeling just picked has meant so far: a small card at the check-in, and what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mentor.i18n.language import _
from mentor.jobs import Question
from mentor.ui import current, long_work
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
    """What is known of such moments, one thing to do, and the evidence one tap away; nothing waits for it."""
    with st.container(border=True, gap="small", key="instant_feedback"):
        found = long_work.awaited(_question(emotion, market, intensity), _("Looking at your earlier sessions"))
        if found is None:
            return
        from mentor.report import feedback_words as words  # scipy and its like, loaded by the work itself

        st.caption(plain(words.known(found)))
        st.markdown(f"{_ICONS[found.suggestion.action]} **{plain(words.advice(found.suggestion))}**")
        st.caption(plain(" ".join(filter(None, (words.ground(found.suggestion), words.done(found))))))
        behind = words.why(found)
        if behind:
            with st.popover(_("Why?"), type="tertiary"):
                for line in behind:
                    st.caption(plain(line))


def _question(emotion: str, market: str | None, intensity: int | None) -> Question[InstantFeedback]:
    """The day is part of it: at midnight the journal stays as it is, and today begins anew."""
    return long_work.question(
        "feedback",
        (current.journal().today(), emotion, market, intensity),
        lambda book: book.instant_feedback(emotion, market, None, intensity),
        lane="moment",
    )
