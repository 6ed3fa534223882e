"""The first minutes on the dashboard: three steps from an empty journal to a first insight, and the page in words."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import current, data, screens, starting, storing


def draw() -> None:
    """What is done and what comes next, until trades and a mood are there; all of it can be done here."""
    storing_now = storing.going_on()
    traded, told = data.has_trades() and not storing_now, data.has_moods()
    if traded and told:
        return
    with st.container(border=True, key="first_steps"):
        title = _("The journal is empty") if data.is_empty() else _("Three steps to your first insight")
        st.markdown(f":material/flag: **{title}**")
        _step(1, _("Bring your trades"), done=traded)
        if not traded:
            _bring_trades()
        mood, look = st.columns(2)
        with mood:
            _step(2, _("Say how you feel"), done=told)
            st.caption(
                _(
                    "Before your first trade of the day: tap a feeling under “How do you feel?”. What you feel cannot "
                    "be read from trades."
                )
            )
        with look:
            _step(3, _("Look"), done=False)
            st.caption(
                _(
                    "This page then shows how it goes, what a feeling costs and what to do next. What needs more days "
                    "says how many."
                )
            )


def _bring_trades() -> None:
    from mentor.ui import uploading  # what reads files, that only who has no trades yet needs here

    uploading.draw_upload()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(screens.trades(), label=_("Write a trade down by hand"))
        starting.offer_demo()
    if not current.demo_shown():
        st.caption(_("The demo is an invented trader in a file of its own: nothing of it enters your journal."))


def _step(number: int, title: str, *, done: bool) -> None:
    mark = ":material/check_circle:" if done else f":material/counter_{number}:"
    st.markdown(f"{mark} **{title}**" + (f" · {_('done')}" if done else ""))


def draw_tour() -> None:
    """The page in words, behind a button beside its title."""
    with st.popover(_("Around this page"), icon=":material/tour:"):
        for part in (
            _(
                "**Five figures** say how it goes. The sign beside a name says what it is, “Formulas” how it is "
                "counted."
            ),
            _(
                "**How you feel, What it costs, What to do next**: today's mood, the feeling with the surest cost, and "
                "one piece of advice from the newest day."
            ),
            _(
                "**Equity** adds up your results; beneath it how far below the best you were, and the mood of each "
                "session."
            ),
            _("**P/L calendar**: a square is a day that made money, a circle one that lost. Click a day to open it."),
            _(
                "**Sidebar**: check in, choose a period and symbols. The address keeps your choice: save it as a "
                "bookmark."
            ),
            _("**Other pages**: Emotions and Habits look for what costs money, Breakdown at symbols and times."),
        ):
            st.markdown(part)
