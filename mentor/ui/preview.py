"""What one file would add: figures, questions, the first trades, the rows that were refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mentor.i18n import numbers
from mentor.i18n.numbers import count
from mentor.importing import TITLES, refused_name
from mentor.ui import mapping, tables, upload_data, upload_options
from mentor.ui.current import journal
from mentor.ui.plain import plain
from mentor.ui.upload_data import Upload

if TYPE_CHECKING:
    from mentor.importing.plan import ImportPlan

#: The formats in which a person can say which column is what.
_BY_COLUMNS = ("closed_trades", "generic_fills")


def draw(upload: Upload, plan: ImportPlan) -> None:
    """Everything to be seen before the trades are added."""
    _summary(plan)
    for question in plan.reading.questions:
        upload_options.draw_question(question, upload.id)
    if plan.reading.notices:
        st.markdown("**How the file was read**\n" + "".join(f"\n- {plain(said)}" for said in plan.reading.notices))
    if plan.reading.format in _BY_COLUMNS:
        mapping.offer(upload, plan.reading.chosen)
    if plan.lookalikes or any(question.kind == "same_trade" for question in plan.reading.questions):
        alike = count(plan.lookalikes, "trade") if plan.lookalikes else "fills"
        st.checkbox(
            f"Also add the {alike} that look like ones already there",
            key=f"lookalikes_{upload.id}",
            help="Same day, symbol, lots and P/L as a trade from another source, a bot for example.",
        )
    if plan.trades:
        zone = journal().zone
        st.caption(plain(f"First trades, in your time ({zone.key})"))
        tables.first_trades(plan, zone)
    _still_open(plan)
    _refused(upload, plan)


def _still_open(plan: ImportPlan) -> None:
    """What goes on in a later file; nothing of it is booked yet."""
    pairing = plan.reading.pairing
    if pairing is not None and len(pairing.paired.positions):
        with st.expander(f"{count(len(pairing.paired.positions), 'position')} still open: booked when they are closed"):
            tables.positions(pairing.paired.positions, journal().zone)


def _summary(plan: ImportPlan) -> None:
    reading = plan.reading
    currency = reading.currency
    st.subheader(f"What is in {plain(reading.file_name)}", anchor=False)
    with st.grid("auto", min_column_width=140):
        st.metric("Will be added", numbers.number(int(plan.adding.sum()), 0), border=True)
        st.metric("Already there", numbers.number(plan.duplicates, 0), border=True)
        st.metric("Refused rows", numbers.number(len(reading.rejected), 0), border=True)
        st.metric("Net P/L of the file", plain(numbers.money(plan.net_profit_loss, currency)), border=True)
    st.caption(plain(" · ".join(_facts(plan))))


def _facts(plan: ImportPlan) -> list[str]:
    reading, zone = plan.reading, journal().zone
    facts = [TITLES.get(reading.format, reading.format), f"file's clock: {reading.source_timezone}"]
    if plan.first_entry and plan.last_exit:
        facts.append(f"{numbers.moment(plan.first_entry, zone)} to {numbers.moment(plan.last_exit, zone)}")
    if reading.account:
        facts.append(f"account: {reading.account}")
    amounts = {
        "deleted by hand before, not added again": (plan.deleted, "trade"),
        "probably there already": (plan.lookalikes, "trade"),
        "kept for the next file" if reading.pairing else "not imported": (reading.open_positions, "open position"),
        "ignored, no trade": (reading.ignored_rows, "row"),
    }
    return facts + [f"{count(amount, noun)} {words}" for words, (amount, noun) in amounts.items() if amount]


def _refused(upload: Upload, plan: ImportPlan) -> None:
    rejected = plan.reading.rejected
    if not rejected:
        return
    title = f"{count(len(rejected), 'cell')} could not be read; these rows are not imported"
    with st.expander(title, expanded=True, icon=":material/warning:"):
        tables.rejections(rejected)
        if len(rejected) > tables.SHOWN_ROWS:
            st.caption(f"The first {tables.SHOWN_ROWS} are shown.")
        if plan.reading.takeover is None:
            st.download_button(
                "Download these rows with the reasons",
                data=lambda: upload_data.refused(upload, plan),
                file_name=refused_name(upload.name),
                mime="text/csv",
                on_click="ignore",
                icon=":material/download:",
                key=f"refused_{upload.id}",
                help="In the layout of the file: mend them there, and upload that file.",
            )
