"""What can be done with chosen trades: tag, edit, delete, open their session; and a new one added by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.models import Trade
from mentor.ui import current, live, screens, trade_data, trade_form
from mentor.ui.messages import attempt, reported
from mentor.ui.plain import plain

_DELETING = "trades_to_delete"


def draw_add() -> None:
    """The button that opens the form of a new trade."""
    st.button(_("Add a trade"), icon=":material/add:", on_click=trade_form.open_new)


def draw_chosen(trades: Sequence[Trade], days: Sequence[date | None]) -> None:
    """What can be done with these trades."""
    ids = tuple(trade.id for trade in trades if trade.id is not None)
    if not ids:
        st.caption(_("Choose rows at the left edge of the table to tag, edit or delete them."))
        return
    live.hold()  # with other rows nothing would be chosen any more
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(ngettext("**{n} trade chosen**", "**{n} trades chosen**", len(ids)))
        with st.popover(_("Tag"), icon=":material/sell:"), st.form("tag_trades", border=False):
            st.text_input(_("Tag"), key="trades_tag", placeholder=_("news"), max_chars=40)
            st.form_submit_button(_("Add tag"), on_click=_tag, args=(ids,))
        if len(ids) == 1:
            st.button(_("Edit"), icon=":material/edit:", on_click=trade_form.open_trade, args=ids)
            st.button(_("Open session"), icon=":material/event:", on_click=_open, args=(trades[0], days[0]))
        st.button(_("Delete"), icon=":material/delete:", on_click=_ask, args=(ids,))


def draw_dialog() -> None:
    """The dialog that is open, if one is; call once a page, at its end."""
    deleting = st.session_state.get(_DELETING)
    if deleting is not None:
        live.hold()
        st.dialog(_("Delete trades"), on_dismiss=lambda: _ask(None))(_confirm)(deleting)
    else:
        trade_form.draw_open()


def _confirm(ids: tuple[int, ...]) -> None:
    if _DELETING not in st.session_state:
        st.rerun()
    with reported():  # another program may have removed one meanwhile
        _what_goes(ids)
    with st.container(horizontal=True):
        label = ngettext("Delete {n} trade", "Delete {n} trades", len(ids))
        st.button(label, type="primary", on_click=_delete, args=(ids,))
        st.button(_("Keep"), on_click=_ask, args=(None,))


def _what_goes(ids: tuple[int, ...]) -> None:
    trades = trade_data.by_id(ids)
    told = ngettext(
        "This deletes {n} trade for good; an import of the same file does not bring it back.",
        "This deletes {n} trades for good; an import of the same file does not bring them back.",
        len(ids),
    )
    st.write(told)
    for trade in trades[:5]:
        amount = numbers.money(trade.profit_loss, trade.currency or current.journal().currency, signed=True)
        st.markdown(f"- {plain(f'{trade.symbol} {amount}')}")
    if len(trades) > 5:
        st.caption(ngettext("and {n} more", "and {n} more", len(trades) - 5))


def _ask(ids: tuple[int, ...] | None) -> None:
    if ids is None:
        st.session_state.pop(_DELETING, None)
    else:
        st.session_state[_DELETING] = ids


def _delete(ids: tuple[int, ...]) -> None:
    attempt(lambda: ngettext("{n} trade deleted.", "{n} trades deleted.", current.journal().delete_trades(ids)))
    _ask(None)


def _tag(ids: tuple[int, ...]) -> None:
    tag = str(st.session_state["trades_tag"])
    attempt(lambda: _tagged(current.journal().tag_trades(ids, tag), tag))


def _tagged(trades: int, tag: str) -> str:
    return ngettext("{n} trade tagged: {tag}.", "{n} trades tagged: {tag}.", trades, tag=tag)


def _open(trade: Trade, day: date | None) -> None:
    assert trade.session_id is not None, "a stored trade has a session"
    screens.open_session(day, trade.session_id)
