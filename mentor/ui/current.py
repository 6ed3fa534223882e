"""The journal this visitor looks at, their own or the demo, and its state as the key of every cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from mentor.i18n import language
from mentor.journal import Journal, JournalStamp
from mentor.models import TradeFilter
from mentor.settings import database_path
from mentor.shared import release, shared_journal

#: Where the language this visitor reads is kept.
LANGUAGE_READ: Final = "language_read"
_DEMO: Final = "demo_shown"
_ADDRESS: Final = "demo"


@dataclass(frozen=True, slots=True)
class State:
    """The journal as it is now; equal stamps, equal journal."""

    journal: Journal
    stamp: JournalStamp


#: How arguments of cached functions are told apart whose results hold numbers and codes only.
NUMBERS: Final[dict[str | type[Any], Callable[[Any], Any]]] = {
    State: lambda state: repr(state.stamp),
    TradeFilter: repr,
}
#: The same where the result holds words too, charts for instance.
KEYS: Final = NUMBERS | {State: lambda state: f"{state.stamp!r} {language.current()}"}


def journal() -> Journal:
    """The journal shown: that of this installation, opened once for all visitors, or the demo beside it."""
    return _open_demo(str(own().path)) if demo_shown() else own()


def own() -> Journal:
    """The journal of this installation, also while the demo is shown."""
    return _open(str(database_path()))


def state() -> State:
    return State(journal(), journal().stamp())


def demo_shown() -> bool:
    """Whether this visitor looks at the demo; a reloaded page knows it from its address."""
    if _DEMO not in st.session_state:
        st.session_state[_DEMO] = st.query_params.get(_ADDRESS) == "1"
    return bool(st.session_state[_DEMO])


def keep_in_address() -> None:
    """Let the address say that the demo is shown: after a reload nobody takes their own journal for it."""
    if demo_shown():
        st.query_params[_ADDRESS] = "1"
    elif _ADDRESS in st.query_params:
        del st.query_params[_ADDRESS]


def show_demo(*, shown: bool) -> None:
    """Switch this visitor between the demo and their own journal.

    What was chosen for one means nothing there, but the visitor reads the same language.
    """
    for key in list(st.session_state):
        if key != LANGUAGE_READ:
            del st.session_state[key]
    st.session_state[_DEMO] = shown


@st.cache_resource(show_spinner=False, on_release=release)
def _open(path: str) -> Journal:
    return shared_journal(Path(path))


@st.cache_resource(show_spinner=False, on_release=Journal.close)
def _open_demo(own: str) -> Journal:
    """The demo in a file beside the own journal, made when it is missing; nothing of it reaches that journal."""
    from mentor import demo  # few visitors need it

    return Journal.open(demo.demo_path(Path(own)))
