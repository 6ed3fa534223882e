"""The first minutes on the dashboard: three steps from an empty journal to a first insight, and the page in words."""

from __future__ import annotations

import streamlit as st

from mentor.i18n.language import _
from mentor.ui import data, screens, starting


def draw() -> None:
    """What is done and what comes next, until trades and a mood are there."""
    traded, told = data.has_trades(), data.has_moods()
    if traded and told:
        return
    with st.container(border=True, key="first_steps"):
        title = _("Three steps to your first insight") if traded or told else _("The journal is empty")
        st.markdown(f":material/flag: **{title}**")
        trades, mood, look = st.columns(3)
        with trades:
            _step(1, _("Bring your trades"), done=traded)
            _bring_trades(done=traded)
        with mood:
            _step(2, _("Say how you feel"), done=told)
            st.caption(
                _(
                    "In the sidebar, before your first trade: choose a feeling and save it. What you feel cannot be "
                    "read from trades."
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


def _bring_trades(*, done: bool) -> None:
    if done:
        st.caption(_("Your trades are in the journal."))
        return
    st.caption(
        _(
            "Import a file of your broker, or write down a trade by hand. A demo of an invented trader opens in a file "
            "of its own: nothing of it enters your journal."
        )
    )
    st.page_link(screens.imports())
    st.page_link(screens.trades())
    starting.offer_demo()


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
