"""What can be done with chosen trades: tag, edit, delete, open their session; and a new one added by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.numbers import count
from mentor.models import Trade
from mentor.ui import current, screens, trade_data, trade_form
from mentor.ui.messages import attempt, reported
from mentor.ui.plain import plain

_DELETING = "trades_to_delete"


def draw_add() -> None:
    """The button that opens the form of a new trade."""
    st.button("Add a trade", icon=":material/add:", on_click=trade_form.open_new)


def draw_chosen(trades: Sequence[Trade], days: Sequence[date | None]) -> None:
    """What can be done with these trades."""
    ids = tuple(trade.id for trade in trades if trade.id is not None)
    if not ids:
        st.caption("Choose rows at the left edge of the table to tag, edit or delete them.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count(len(ids), 'trade')} chosen**")
        with st.popover("Tag", icon=":material/sell:"), st.form("tag_trades", border=False):
            st.text_input("Tag", key="trades_tag", placeholder="news", max_chars=40)
            st.form_submit_button("Add tag", on_click=_tag, args=(ids,))
        if len(ids) == 1:
            st.button("Edit", icon=":material/edit:", on_click=trade_form.open_trade, args=ids)
            st.button("Open session", icon=":material/event:", on_click=_open, args=(trades[0], days[0]))
        st.button("Delete", icon=":material/delete:", on_click=_ask, args=(ids,))


def draw_dialog() -> None:
    """The dialog that is open, if one is; call once a page, at its end."""
    deleting = st.session_state.get(_DELETING)
    if deleting is not None:
        _confirm(deleting)
    else:
        trade_form.draw_open()


@st.dialog("Delete trades", on_dismiss=lambda: _ask(None))
def _confirm(ids: tuple[int, ...]) -> None:
    if _DELETING not in st.session_state:
        st.rerun()
    with reported():  # another program may have removed one meanwhile
        _what_goes(ids)
    with st.container(horizontal=True):
        st.button(f"Delete {count(len(ids), 'trade')}", type="primary", on_click=_delete, args=(ids,))
        st.button("Keep", on_click=_ask, args=(None,))


def _what_goes(ids: tuple[int, ...]) -> None:
    trades = trade_data.by_id(ids)
    st.write(f"This deletes {count(len(ids), 'trade')} for good; an import of the same file does not bring them back.")
    for trade in trades[:5]:
        amount = numbers.money(trade.profit_loss, trade.currency or current.journal().currency, signed=True)
        st.markdown(f"- {plain(f'{trade.symbol} {amount}')}")
    if len(trades) > 5:
        st.caption(f"and {len(trades) - 5} more")


def _ask(ids: tuple[int, ...] | None) -> None:
    if ids is None:
        st.session_state.pop(_DELETING, None)
    else:
        st.session_state[_DELETING] = ids


def _delete(ids: tuple[int, ...]) -> None:
    attempt(lambda: f"{count(current.journal().delete_trades(ids), 'trade')} deleted.")
    _ask(None)


def _tag(ids: tuple[int, ...]) -> None:
    tag = str(st.session_state["trades_tag"])
    attempt(lambda: f"{count(current.journal().tag_trades(ids, tag), 'trade')} tagged: {tag}.")


def _open(trade: Trade, day: date | None) -> None:
    assert trade.session_id is not None, "a stored trade has a session"
    screens.open_session(day, trade.session_id)
