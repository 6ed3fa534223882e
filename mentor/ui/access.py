"""Access for programs: the tokens that open the HTTP door, made, listed and revoked in Settings."""

from __future__ import annotations

from typing import Final

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _
from mentor.models import ApiToken
from mentor.ui import current, live
from mentor.ui.messages import attempt
from mentor.ui.plain import plain

_NAME: Final = "token_name"
#: The secret just made, until this visitor has copied it.
_SECRET: Final = "token_secret"


def draw() -> None:
    """Every token that opens something, and one more on request."""
    st.header(_("Access for programs"), anchor=False)
    st.caption(
        _(
            "A bot or script on another machine, or one that cannot write SQLite, sends its trades over HTTP with a "
            "token. Whoever has it reads and writes your journal: give each program its own."
        )
    )
    if current.demo_shown():
        st.caption(_("Programs reach your own journal, never the demo: go back to it to make a token."))
        return
    _draw_secret()
    with st.form("new_token", border=False, clear_on_submit=True), st.container(horizontal=True):
        st.text_input(
            _("Name of the program"),
            key=_NAME,
            max_chars=64,
            placeholder=_("gold-bot, for example"),
            label_visibility="collapsed",
        )
        st.form_submit_button(_("Make a token"), icon=":material/key:", on_click=_create)
    for token in current.journal().tokens():
        if token.revoked_at is None:
            _draw_token(token)


def _draw_secret() -> None:
    secret = st.session_state.get(_SECRET)
    if secret is None:
        return
    live.hold()  # it is shown once
    with st.container(border=True):
        st.markdown(_("**Copy it now.** Nobody can show it again; if it is lost, make another one."))
        st.code(secret, language=None)
        st.button(_("I have copied it"), on_click=_forget_secret)


def _draw_token(token: ApiToken) -> None:
    zone = current.journal().zone
    last = token.last_used_at
    used = _("never used") if last is None else _("last used {when}", when=numbers.moment(last, zone))
    made = numbers.moment(token.created_at, zone)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(token.name)}** `{token.prefix}…`", width="stretch")
        st.caption(plain(_("made {made}, {used}", made=made, used=used)), width="stretch")
        st.button(_("Revoke"), key=f"revoke_{token.id}", on_click=_revoke, args=(token.id,))


def _create() -> None:
    attempt(_created)


def _created() -> str:
    name = str(st.session_state[_NAME])
    st.session_state[_SECRET] = current.journal().create_token(name)
    return _("Token made for {name}.", name=name.strip())


def _forget_secret() -> None:
    st.session_state.pop(_SECRET, None)


def _revoke(token_id: int) -> None:
    attempt(lambda: _revoked(token_id))


def _revoked(token_id: int) -> str:
    token = current.journal().revoke_token(token_id)
    return _("Token of {name} revoked: it opens nothing any more.", name=token.name)
