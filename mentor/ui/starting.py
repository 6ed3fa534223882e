"""Where a trader starts when a page has nothing to show yet, and the demo to look at instead."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from mentor.i18n.language import _
from mentor.ui import current, filters, screens
from mentor.ui.messages import reported


def empty(title: str, todo: str, *pages: Page, demo: bool = False) -> None:
    """Say that there is nothing here and what to do next; `pages` are where it is done.

    `demo` offers the demo, unless it is shown already.
    """
    with st.container(border=True):
        st.markdown(f":material/inbox: **{title}**")
        st.write(todo)
        with st.container(horizontal=True, vertical_alignment="center"):
            for page in pages:
                st.page_link(page)
            if demo:
                offer_demo()


def offer_demo() -> None:
    """The way to the demo, unless it is shown already."""
    if not current.demo_shown():
        st.button(_("Look at a demo"), icon=":material/visibility:", on_click=_show_demo)


def journal_is_empty() -> None:
    """What to do with a journal that holds nothing at all."""
    empty(
        _("The journal is empty"),
        _(
            "Import a file of your broker, write down a trade by hand, or say how you feel before your first "
            "trade. A demo of an invented trader opens in a file of its own: nothing of it enters your journal."
        ),
        screens.imports(),
        screens.trades(),
        demo=True,
    )


def draw_banner() -> None:
    """Say on every page that the demo is shown, and offer the way back."""
    if not current.demo_shown():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(
            _(
                "**DEMO. An invented trader's journal, in a file of its own.** Whatever you change here stays in the "
                "demo."
            ),
            icon=":material/science:",
            width="stretch",
        )
        st.button(_("Back to my journal"), icon=":material/undo:", type="primary", on_click=_show_own)


def _show_demo() -> None:
    filters.forget()
    current.show_demo(shown=True)
    with reported(), st.spinner(_("Making up the demo …")):
        current.journal()


def _show_own() -> None:
    filters.forget()
    current.show_demo(shown=False)
