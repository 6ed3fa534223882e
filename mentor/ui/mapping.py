"""Which column of a file is what: proposed, corrected by the person importing it, and kept for files of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _
from mentor.importing import Columns, numbered
from mentor.messages import message
from mentor.models import ChosenColumns
from mentor.ui import upload_data
from mentor.ui.current import journal
from mentor.ui.plain import plain
from mentor.ui.upload_data import Upload

_NONE: Final = ""
#: Field → what it is called here; those most files have.
_USUAL: Final[dict[str, str]] = {
    "symbol": message("Symbol"),
    "side": message("Side (buy or sell)"),
    "size": message("Size"),
    "entry_time": message("Entry time"),
    "exit_time": message("Exit time"),
    "entry_price": message("Entry price"),
    "exit_price": message("Exit price"),
    "net_profit": message("Profit, costs already off"),
    "profit": message("Profit before costs"),
    "time": message("Time, where there is one a row"),
    "price": message("Price, where there is one a row"),
}
_COSTS: Final[dict[str, str]] = {
    "commission": message("Commission"),
    "fees": message("Fees, positive when paid"),
    "swap": message("Swap, negative when paid"),
}
#: The others.
_RARE: Final[dict[str, str]] = {
    "effect": message("Opens or closes"),
    "asset": message("Kind (stock, option, future)"),
    "unit": message("Unit of the size"),
    "entry_date": message("Entry date"),
    "exit_date": message("Exit date"),
    "date": message("Date, where there is one a row"),
    "gross": message("Value of a fill without costs"),
    "amount": message("Cash of a fill with costs"),
    "stop": message("Stop loss"),
    "target": message("Take profit"),
    "risk_percent": message("Risk in percent"),
    "strategy": message("Strategy"),
    "notes": message("Notes"),
    "emotion": message("Emotion"),
    "mistakes": message("Mistakes"),
    "tags": message("Tags"),
    "followed_plan": message("Plan followed"),
    "account": message("Account"),
    "currency": message("Currency"),
    "fee_currency": message("Fee currency"),
    "external_id": message("Number of the trade"),
    "status": message("Status"),
    "shared_id": message("Number of an order or position"),
}
#: So much of a cell shows what a column holds.
_CELL: Final = 24


def ask(upload: Upload, columns: Columns, said: Mapping[str, str]) -> None:
    """The form in which a person says which column is what; `said` is what they chose, else we propose."""
    chosen = said or columns.proposed
    with st.form(_key(upload.id, "form")):
        st.caption(_("Choose the column of the file for each; leave out what it does not have."))
        with st.grid(3, min_column_width=230):
            for field, label in _USUAL.items():
                _select(upload, columns, field, _(label), chosen)
            for kind, label in _COSTS.items():
                _select_costs(upload, columns, kind, _(label), chosen)
        with st.expander(_("More that a file may say")), st.grid(3, min_column_width=230):
            for field, label in _RARE.items():
                _select(upload, columns, field, _(label), chosen)
        st.form_submit_button(_("Read the file with these columns"), on_click=_choose, args=(upload.id,))


def offer(upload: Upload, chosen: ChosenColumns | None) -> None:
    """The way to correct how a file was read, and to forget what was chosen before."""
    columns = upload_data.columns(upload)
    if columns is None:
        return
    with st.expander(_("Which column is what")):
        if chosen is not None and chosen.chosen_at is not None:
            moment = numbers.moment(chosen.chosen_at, journal().zone)
            st.caption(plain(_("You chose these columns on {moment}, for all files with this header.", moment=moment)))
            _forget_button(upload, columns)
        ask(upload, columns, chosen.columns if chosen else {})


def ask_again(upload: Upload, said: Mapping[str, str], *, unknown: bool) -> None:
    """The form under a file that was refused: for its columns, or for those that were chosen."""
    columns = upload_data.columns(upload)
    if columns is None:
        return
    saved = journal().mapping_for(columns.fingerprint)
    if saved is not None:
        _forget_button(upload, columns)
    if unknown or said or saved:
        ask(upload, columns, said or (saved.columns if saved else {}))


def _forget_button(upload: Upload, columns: Columns) -> None:
    st.button(
        _("Forget the chosen columns"),
        key=_key(upload.id, "forget"),
        on_click=_forget,
        args=(upload.id, columns.fingerprint),
    )


def _select(upload: Upload, columns: Columns, field: str, label: str, chosen: Mapping[str, str]) -> None:
    options = (_NONE, *columns.headers)
    st.selectbox(
        label,
        options,
        index=options.index(chosen[field]) if chosen.get(field) in options else 0,
        format_func=_described(columns).__getitem__,
        key=_key(upload.id, field),
    )


def _select_costs(upload: Upload, columns: Columns, kind: str, label: str, chosen: Mapping[str, str]) -> None:
    named = [header for field, header in chosen.items() if field.partition(" ")[0] == kind]
    st.multiselect(
        label,
        columns.headers,
        default=[header for header in named if header in columns.headers],
        format_func=_described(columns).__getitem__,
        placeholder=_("Not in the file"),
        key=_key(upload.id, kind),
    )


def _described(columns: Columns) -> dict[str, str]:
    """Each header with some cells beside it."""
    shown = {
        header: f"{header}: {', '.join(cell[:_CELL] for cell in cells)}" if cells else header
        for header, cells in zip(columns.headers, columns.samples, strict=True)
    }
    return {_NONE: _("Not in the file")} | shown


def _choose(upload_id: str) -> None:
    said = st.session_state
    chosen = {field: said[_key(upload_id, field)] for field in (*_USUAL, *_RARE)}
    mapping = {field: header for field, header in chosen.items() if header != _NONE}
    for kind in _COSTS:
        mapping |= numbered(kind, said[_key(upload_id, kind)])
    said[f"mapping_{upload_id}"] = mapping


def _forget(upload_id: str, fingerprint: str) -> None:
    journal().forget_mapping(fingerprint)
    upload_data.forget(upload_id)
    for key in (f"mapping_{upload_id}", *(_key(upload_id, field) for field in (*_USUAL, *_COSTS, *_RARE))):
        st.session_state.pop(key, None)


def _key(upload_id: str, field: str) -> str:
    return f"column_{field}_{upload_id}"
