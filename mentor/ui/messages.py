"""What is said after a change, and errors as the one sentence they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from mentor.errors import MentorError
from mentor.i18n.refusals import sentence
from mentor.ui.plain import plain

_DONE: Final = "message_done"
_FAILED: Final = "message_failed"
_SAID: Final = "message_said"


def attempt(change: Callable[[], str]) -> bool:
    """Run one change of the journal from a callback; its sentence, or the error's, is shown on the next page."""
    try:
        st.session_state[_DONE] = change()
    except MentorError as error:
        st.session_state[_FAILED] = sentence(error)
        return False
    return True


def tell(sentence: str) -> None:
    """Say on the next page what was done."""
    st.session_state[_DONE] = sentence


def refuse(sentence: str) -> None:
    """Say on the next page why nothing was done."""
    st.session_state[_FAILED] = sentence


def announce() -> None:
    """Show what the last callback left to say."""
    said = {key: st.session_state.pop(key, None) for key in (_DONE, _FAILED)}
    st.session_state[_SAID] = said
    with st.container():  # one place, said or not: what is being typed below stays where it is
        if said[_DONE] is not None:
            st.success(plain(said[_DONE]), icon=":material/check_circle:")
        if said[_FAILED] is not None:
            st.error(plain(said[_FAILED]), icon=":material/error:")


def toast() -> None:
    """The same over the page, from a part of it that is drawn alone: its top may be out of sight."""
    for key, icon in ((_DONE, "check_circle"), (_FAILED, "error")):
        if (said := st.session_state.pop(key, None)) is not None:
            st.toast(plain(said), icon=f":material/{icon}:", duration="long")


def say_again() -> None:
    """Say it on the next page too: the visitor did not ask for a new one."""
    st.session_state.update({key: said for key, said in st.session_state.get(_SAID, {}).items() if said is not None})


@contextmanager
def reported() -> Iterator[None]:
    """Show one of our errors as a sentence in place of what could not be drawn."""
    try:
        yield
    except MentorError as error:
        st.error(plain(sentence(error)), icon=":material/error:")
