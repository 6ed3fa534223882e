"""The imports made so far, each with what came of it and the way to take it back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.numbers import count
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
            undone = f" · undone {numbers.moment(record.undone_at, zone)}" if record.undone_at else ""
            st.markdown(
                f"**{plain(record.file_name)}**  \n{plain(result(record))}  \n"
                f":small[{plain(numbers.moment(record.imported_at, zone) + undone)}]",
                width="stretch",
            )
            if record.undone_at is None:
                _undo_button(record)


def draw_open_positions() -> None:
    """What imported fills opened and no file closed yet."""
    frame = journal().open_positions()
    if len(frame):
        st.subheader("Positions still open", anchor=False)
        st.caption("From lists of fills. They are booked when a later file of the same account closes them.")
        tables.positions(frame, journal().zone)


def result(record: ImportRecord) -> str:
    """What an import added, in words."""
    net = numbers.money(record.net_profit_loss, record.currency, signed=True)
    parts = [f"{count(record.trades, 'trade')} added, net {net}"]
    if record.duplicates:
        parts.append(f"{record.duplicates} were there already")
    if record.rejected_rows:
        parts.append(f"{count(record.rejected_rows, 'row')} refused")
    return "; ".join(parts) + "."


def _undo_button(record: ImportRecord) -> None:
    with st.popover("Undo", icon=":material/undo:"):
        st.write(f"This removes the {count(record.trades, 'trade')} this import added. What you wrote yourself stays.")
        st.button(
            f"Remove {count(record.trades, 'trade')}",
            key=f"undo_{record.id}",
            type="primary",
            on_click=_undo,
            args=(record.id,),
        )


def _undo(import_id: int) -> None:
    attempt(lambda: _undone(journal().undo_import(import_id)))


def _undone(record: ImportRecord) -> str:
    return f"Import of {record.file_name} undone: {count(record.trades, 'trade')} removed."
