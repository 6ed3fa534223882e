"""Which column of a file is what: proposed, corrected by the person importing it, and kept for files of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from mentor.i18n import numbers
from mentor.importing import FIELDS, Columns, numbered
from mentor.models import ChosenColumns
from mentor.ui import upload_data
from mentor.ui.current import journal
from mentor.ui.plain import plain
from mentor.ui.upload_data import Upload

_NONE: Final = ""
#: Field → what it is called here; those most files have.
_USUAL: Final = {
    "symbol": "Symbol",
    "side": "Side (buy or sell)",
    "size": "Size",
    "entry_time": "Entry time",
    "exit_time": "Exit time",
    "entry_price": "Entry price",
    "exit_price": "Exit price",
    "net_profit": "Profit, costs already off",
    "profit": "Profit before costs",
    "time": "Time, where there is one a row",
    "price": "Price, where there is one a row",
}
_COSTS: Final = {
    "commission": "Commission",
    "fees": "Fees, positive when paid",
    "swap": "Swap, negative when paid",
}
_NAMES: Final = {
    "date": "Date, where there is one a row",
    "effect": "Opens or closes",
    "asset": "Kind (stock, option, future)",
    "gross": "Value of a fill without costs",
    "amount": "Cash of a fill with costs",
    "stop": "Stop loss",
    "target": "Take profit",
    "risk_percent": "Risk in percent",
    "unit": "Unit of the size",
    "external_id": "Number of the trade",
    "shared_id": "Number of an order or position",
    "followed_plan": "Plan followed",
}
#: The others.
_RARE: Final = {
    field: _NAMES.get(field, field.replace("_", " ").capitalize())
    for field in FIELDS
    if field not in _USUAL and field not in _COSTS
}
#: So much of a cell shows what a column holds.
_CELL: Final = 24


def ask(upload: Upload, columns: Columns, said: Mapping[str, str]) -> None:
    """The form in which a person says which column is what; `said` is what they chose, else we propose."""
    chosen = said or columns.proposed
    with st.form(_key(upload.id, "form")):
        st.caption("Choose the column of the file for each; leave out what it does not have.")
        with st.grid(3, min_column_width=230):
            for field, label in _USUAL.items():
                _select(upload, columns, field, label, chosen)
            for kind, label in _COSTS.items():
                _select_costs(upload, columns, kind, label, chosen)
        with st.expander("More that a file may say"), st.grid(3, min_column_width=230):
            for field, label in _RARE.items():
                _select(upload, columns, field, label, chosen)
        st.form_submit_button("Read the file with these columns", on_click=_choose, args=(upload.id,))


def offer(upload: Upload, chosen: ChosenColumns | None) -> None:
    """The way to correct how a file was read, and to forget what was chosen before."""
    columns = upload_data.columns(upload)
    if columns is None:
        return
    with st.expander("Which column is what"):
        if chosen is not None and chosen.chosen_at is not None:
            moment = numbers.moment(chosen.chosen_at, journal().zone)
            st.caption(plain(f"You chose these columns on {moment}, for all files with this header."))
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
        "Forget the chosen columns",
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
        placeholder="Not in the file",
        key=_key(upload.id, kind),
    )


def _described(columns: Columns) -> dict[str, str]:
    """Each header with some cells beside it."""
    shown = {
        header: f"{header}: {', '.join(cell[:_CELL] for cell in cells)}" if cells else header
        for header, cells in zip(columns.headers, columns.samples, strict=True)
    }
    return {_NONE: "Not in the file"} | shown


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
