"""Which language this visitor reads: the one they chose before, else that of their browser."""

from __future__ import annotations

import json
import re
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mentor.errors import MentorError
from mentor.i18n import language
from mentor.i18n.language import LANGUAGES, Language, _
from mentor.messages import message
from mentor.ui import current
from mentor.ui.messages import attempt

#: Each language by its own name: whoever cannot read the one shown finds theirs.
NAMES: Final[dict[Language, str]] = {"id": "Bahasa Indonesia", "en": "English"}
#: What is said where Streamlit speaks English of its own accord: `look` puts it there, by these names.
_WORDS: Final = {
    "--skip": message("Skip to the page"),
    "--upload": message("Upload"),
    "--limit": message("Up to {n} MB a file"),
}
#: Tells the browser, and whoever reads aloud, which language it is; `mentor.api.middleware` allows this very script.
SCRIPT: Final = "document.documentElement.lang=document.querySelector('[data-language]').dataset.language"
_READ: Final = current.LANGUAGE_READ
_SWITCH: Final = "language"
#: Texts that wait for a button: to set one anew would throw away what is being typed.
_TYPED: Final = re.compile(r"^(notes|settings)_|_note$")


def begin() -> None:
    """Speak this visitor's language from here on; call before anything is drawn."""
    language.follow(_asked)
    if _READ not in st.session_state:
        st.session_state[_READ] = _kept() or language.matching(st.context.locale) or language.ENGLISH


def tell_browser() -> None:
    """The language of the page, and our words for those of Streamlit that it does not translate."""
    words = {name: _(said, n=st.get_option("server.maxUploadSize")) for name, said in _WORDS.items()}
    quoted = (f"{name}: {json.dumps(said, ensure_ascii=False)}" for name, said in words.items())
    st.html(f"<style>:root {{{'; '.join(quoted)}}}</style>")
    with st.container(key="language_of_page"):
        told = f'<i data-language="{language.current()}"></i><script>{SCRIPT}</script>'
        st.html(told, unsafe_allow_javascript=True)


def draw_switch() -> None:
    """The switch between the languages."""
    st.segmented_control(
        _("Language"),
        LANGUAGES,
        default=language.current(),
        format_func=NAMES.__getitem__,
        required=True,
        key=_SWITCH,
        label_visibility="collapsed",
        on_change=_choose,
    )


def _asked() -> Language | None:
    """What callbacks and pages of this visit speak; outside of a visit nobody is asked."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    read: Language | None = st.session_state.get(_READ)
    return read


def _kept() -> Language | None:
    try:
        return current.journal().language or current.own().language
    except MentorError:  # the page says why the journal cannot be read, in the browser's language
        return None


def _choose() -> None:
    chosen: Language | None = st.session_state.get(_SWITCH)
    if chosen is None:
        return  # a browser repeats what a run that was cut short before the sidebar did not draw: nobody chose
    st.session_state[_READ] = chosen
    _choose_again()
    attempt(lambda: _keep(chosen))


def _choose_again() -> None:
    """Set what was chosen from lists once more.

    Browsers answer with labels: one in the language before would be no choice any more, and the first one taken.
    """
    for key, value in st.session_state.items():
        chosen = value if isinstance(value, list) and value else [value]
        if not _TYPED.search(str(key)) and all(isinstance(choice, (str, tuple)) for choice in chosen):
            st.session_state[key] = value


def _keep(chosen: Language) -> str:
    current.journal().keep_language(chosen)
    return _("From now on in {language}.", language=NAMES[chosen])
