"""The form of one trade, new or stored: every field a person can know, times on the trader's clock."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, cast

import streamlit as st

from mentor.errors import InvalidArgument
from mentor.i18n import labels
from mentor.i18n.language import _
from mentor.messages import message
from mentor.models import Side, Trade
from mentor.ui import current, live, trade_data
from mentor.ui.messages import announce, attempt, reported
from mentor.ui.plain import plain
from mentor.ui.typed import moment_of, number_of, number_text, time_text

#: What is open: 0 for a new trade, else the id of a stored one.
_OPEN: Final = "trade_form"
_EXITS: Final[dict[str, str]] = {"stop": message("At the stop"), "target": message("At the target")}
_TIME: Final = "2025-01-31 14:30:00"
_MOMENTS: Final = ("entry_time", "exit_time")
_WORDS: Final = ("strategy_used", "account", "currency", "notes")
_AMOUNTS: Final[dict[str, str]] = {
    "lot_size": message("Lots"),
    "profit_loss": message("P/L"),
    "fees": message("Fees"),
    "entry_price": message("Entry price"),
    "exit_price": message("Exit price"),
    "stop_price": message("Stop"),
    "target_price": message("Target"),
    "risk_percent": message("Risk"),
}


def open_new() -> None:
    """Open the form of a new trade, from a callback."""
    st.session_state[_OPEN] = 0


def open_trade(trade_id: int) -> None:
    """Open the form of a stored trade, from a callback."""
    st.session_state[_OPEN] = trade_id


def draw_open() -> None:
    """The form, if it is open."""
    opened = st.session_state.get(_OPEN)
    if opened is not None:
        live.hold()
    if opened == 0:
        st.dialog(_("Add a trade"), width="large", on_dismiss=_close)(_add)()
    elif opened is not None:
        st.dialog(_("Edit trade"), width="large", on_dismiss=_close)(_edit)(opened)


def _add() -> None:
    _form(None)


def _edit(trade_id: int) -> None:
    with reported():  # another program may have removed it meanwhile
        _form(trade_data.by_id((trade_id,))[0] if _OPEN in st.session_state else None)


def _form(stored: Trade | None) -> None:
    if _OPEN not in st.session_state:
        st.rerun()
    announce()
    trade = stored or Trade(symbol="", profit_loss=None, lot_size=None)
    place = f"trade_{trade.id or 'new'}"
    with st.form(place, border=False):
        with st.grid(3, min_column_width=190):
            _what(trade, place)
            _when(trade, place)
            _how_much(trade, place)
            _why(trade, place)
        notes, hint = trade.notes or "", _("Words and #tags")
        st.text_area(_("Notes"), value=notes, key=f"{place}_notes", height=80, placeholder=hint)
        st.caption(
            plain(_("Times are local: {zone}. Leave open what you do not know.", zone=current.journal().zone.key))
        )
        st.form_submit_button(_("Save trade"), type="primary", on_click=_save, args=(stored, place))


def _what(trade: Trade, place: str) -> None:
    st.text_input(_("Symbol"), value=trade.symbol, key=f"{place}_symbol", placeholder="EURUSD")
    sides: tuple[Side, ...] = ("long", "short")
    st.segmented_control(
        _("Side"), sides, default=trade.side, format_func=lambda side: _(labels.SIDES[side]), key=f"{place}_side"
    )
    _number(_("Lots"), trade.lot_size, f"{place}_lot_size")


def _when(trade: Trade, place: str) -> None:
    zone = current.journal().zone
    st.text_input(_("Entry"), value=time_text(trade.entry_time, zone), key=f"{place}_entry_time", placeholder=_TIME)
    st.text_input(
        _("Exit"),
        value=time_text(trade.exit_time, zone),
        key=f"{place}_exit_time",
        placeholder=_TIME,
        help=_("The trade belongs to the day of its exit. Without times a new trade is one of today."),
    )
    chosen = "stop" if trade.stop_loss_used else "target" if trade.take_profit_used else None
    st.segmented_control(
        _("Exit was"), list(_EXITS), default=chosen, format_func=lambda by: _(_EXITS[by]), key=f"{place}_exit_by"
    )


def _how_much(trade: Trade, place: str) -> None:
    _number(_("P/L, net of fees"), trade.profit_loss, f"{place}_profit_loss")
    paid = _("Commission and swap, positive when paid; already taken off the net.")
    _number(_("Fees"), trade.fees, f"{place}_fees", paid)
    st.text_input(
        _("Currency"),
        value=trade.currency or "",
        key=f"{place}_currency",
        placeholder=current.journal().currency or "USD",
        max_chars=5,
    )
    _number(_("Entry price"), trade.entry_price, f"{place}_entry_price")
    _number(_("Exit price"), trade.exit_price, f"{place}_exit_price")
    _number(_("Stop"), trade.stop_price, f"{place}_stop_price", _("The stop that was set, whether it was hit or not."))
    _number(_("Target"), trade.target_price, f"{place}_target_price")
    _number(_("Risk, %"), trade.risk_percent, f"{place}_risk_percent", _("Of the account, at the stop."))


def _why(trade: Trade, place: str) -> None:
    known = trade_data.choices()
    _one_of(_("Strategy"), known.strategies, trade.strategy_used, f"{place}_strategy_used")
    _one_of(_("Account"), known.accounts, trade.account, f"{place}_account")


def _number(label: str, value: float | None, key: str, meaning: str | None = None) -> None:
    """A number with every digit it has; Streamlit's own field would show two."""
    st.text_input(label, value=number_text(value), key=key, help=meaning)


def _one_of(label: str, known: tuple[str, ...], value: str | None, key: str) -> None:
    """One that is known already, or a new one."""
    options = sorted({*filter(None, known), *filter(None, [value])})
    place = options.index(value) if value else None
    st.selectbox(label, options, index=place, accept_new_options=True, placeholder=_("Choose or write"), key=key)


def _save(stored: Trade | None, place: str) -> None:
    if attempt(lambda: _saved(stored, place)):
        _close()


def _saved(stored: Trade | None, place: str) -> str:
    trade = _written(stored, place)
    _refuse_missing(trade)
    if stored is None or stored.id is None:
        current.journal().add_trade(trade)
        return _("Trade added: {symbol}.", symbol=trade.symbol)
    current.journal().edit_trade(stored.id, trade)
    return _("Trade changed: {symbol}.", symbol=trade.symbol)


def _refuse_missing(trade: Trade) -> None:
    """What no trade can do without, in the words of the form."""
    missing = {
        message("Symbol"): not trade.symbol,
        _AMOUNTS["lot_size"]: trade.lot_size is None,
        _AMOUNTS["profit_loss"]: trade.profit_loss is None,
    }
    for label, left_open in missing.items():
        if left_open:
            todo = message("Fill it in; everything else may stay open.")
            raise InvalidArgument(message("{field} is missing", field=label), todo=todo)


def _written(stored: Trade | None, place: str) -> Trade:
    """The trade as the form says it; raises InvalidArgument for a time or number that is none."""
    base, zone = stored or Trade(symbol="", profit_loss=None, lot_size=None), current.journal().zone
    exit_by = _said(place, "exit_by")
    written: dict[str, Any] = {
        **{name: moment_of(_said(place, name), zone, getattr(base, name)) for name in _MOMENTS},
        **{name: number_of(_said(place, name), label, getattr(base, name)) for name, label in _AMOUNTS.items()},
        **{name: _said(place, name) or None for name in _WORDS},
    }
    return replace(
        base,
        symbol=_said(place, "symbol"),
        side=cast("Side | None", _said(place, "side") or None),
        stop_loss_used=exit_by == "stop",
        take_profit_used=exit_by == "target",
        **written,
    )


def _said(place: str, field: str) -> str:
    """What a field of the form holds, empty when nothing was said."""
    return str(st.session_state.get(f"{place}_{field}") or "").strip()


def _close() -> None:
    st.session_state.pop(_OPEN, None)
