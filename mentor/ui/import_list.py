"""The imports made so far, each with what came of it and the way to take it back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.models import ImportRecord
from mentor.ui import tables
from mentor.ui.current import journal
from mentor.ui.messages import attempt
from mentor.ui.plain import plain


def draw(records: Sequence[ImportRecord]) -> None:
    """Every import with what came of it, and the button that takes it back."""
    zone = journal().zone
    for record in records:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            when = numbers.moment(record.imported_at, zone)
            if record.undone_at:
                undone = numbers.moment(record.undone_at, zone)
                when = _("{imported} · undone {undone}", imported=when, undone=undone)
            st.markdown(
                f"**{plain(record.file_name)}**  \n{plain(result(record))}  \n:small[{plain(when)}]",
                width="stretch",
            )
            if record.undone_at is None:
                _undo_button(record)


def draw_open_positions() -> None:
    """What imported fills opened and no file closed yet."""
    frame = journal().open_positions()
    if len(frame):
        st.header(_("Positions still open"), anchor=False)
        st.caption(_("From lists of fills. They are booked when a later file of the same account closes them."))
        tables.positions(frame, journal().zone)


def result(record: ImportRecord) -> str:
    """What an import added, in words."""
    net = numbers.money(record.net_profit_loss, record.currency, signed=True)
    parts = [ngettext("{n} trade added, net {net}", "{n} trades added, net {net}", record.trades, net=net)]
    if record.duplicates:
        parts.append(ngettext("{n} was there already", "{n} were there already", record.duplicates))
    if record.rejected_rows:
        parts.append(ngettext("{n} row refused", "{n} rows refused", record.rejected_rows))
    return "; ".join(parts) + "."


def _undo_button(record: ImportRecord) -> None:
    with st.popover(_("Undo"), icon=":material/undo:"):
        told = ngettext(
            "This removes the {n} trade this import added. What you wrote yourself stays.",
            "This removes the {n} trades this import added. What you wrote yourself stays.",
            record.trades,
        )
        st.write(told)
        st.button(
            ngettext("Remove {n} trade", "Remove {n} trades", record.trades),
            key=f"undo_{record.id}",
            type="primary",
            on_click=_undo,
            args=(record.id,),
        )


def _undo(import_id: int) -> None:
    attempt(lambda: _undone(journal().undo_import(import_id)))


def _undone(record: ImportRecord) -> str:
    return ngettext(
        "Import of {file} undone: {n} trade removed.",
        "Import of {file} undone: {n} trades removed.",
        record.trades,
        file=record.file_name,
    )
