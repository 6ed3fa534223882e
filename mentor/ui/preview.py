"""What one file would add: figures, questions, the first trades, the rows that were refused."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mentor.i18n import language, numbers
from mentor.i18n.language import _, ngettext
from mentor.importing import TITLES, refused_name
from mentor.messages import messages
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
        title, told = _("How the file was read"), "".join(f"\n- {plain(_(said))}" for said in plan.reading.notices)
        st.markdown(f"**{title}**\n{told}")
    if plan.reading.format in _BY_COLUMNS:
        mapping.offer(upload, plan.reading.chosen)
    if plan.lookalikes or any(question.kind == "same_trade" for question in plan.reading.questions):
        st.checkbox(
            _also(plan.lookalikes),
            key=f"lookalikes_{upload.id}",
            help=_("Same day, symbol, lots and P/L as a trade from another source, a bot for example."),
        )
    if plan.trades:
        zone = journal().zone
        st.caption(plain(_("First trades, in your time ({zone})", zone=zone.key)))
        tables.first_trades(plan, zone)
    _still_open(plan)
    _refused(upload, plan)


def _also(lookalikes: int) -> str:
    if not lookalikes:
        return _("Also add the fills that look like ones already there")
    return ngettext(
        "Also add the {n} trade that looks like one already there",
        "Also add the {n} trades that look like ones already there",
        lookalikes,
    )


def _still_open(plan: ImportPlan) -> None:
    """What goes on in a later file; nothing of it is booked yet."""
    pairing = plan.reading.pairing
    if pairing is not None and len(pairing.paired.positions):
        title = ngettext(
            "{n} position still open: booked when it is closed",
            "{n} positions still open: booked when they are closed",
            len(pairing.paired.positions),
        )
        with st.expander(title):
            tables.positions(pairing.paired.positions, journal().zone)


def _summary(plan: ImportPlan) -> None:
    reading = plan.reading
    currency = reading.currency
    st.header(_("What is in {file}", file=plain(reading.file_name)), anchor=False)
    with st.grid("auto", min_column_width=140):
        st.metric(_("Will be added"), numbers.number(int(plan.adding.sum()), 0), border=True)
        st.metric(_("Already there"), numbers.number(plan.duplicates, 0), border=True)
        st.metric(_("Refused rows"), numbers.number(len(reading.rejected), 0), border=True)
        st.metric(_("Net P/L of the file"), plain(numbers.money(plan.net_profit_loss, currency)), border=True)
    st.caption(plain(" · ".join(_facts(plan))))


def _facts(plan: ImportPlan) -> list[str]:
    reading, zone = plan.reading, journal().zone
    facts = [_(TITLES.get(reading.format, reading.format)), _("file's clock: {zone}", zone=reading.source_timezone)]
    if plan.first_entry and plan.last_exit:
        first, last = (numbers.moment(moment, zone) for moment in (plan.first_entry, plan.last_exit))
        facts.append(_("{first} to {last}", first=first, last=last))
    if reading.account:
        facts.append(_("account: {account}", account=reading.account))
    return facts + _left_out(plan)


def _left_out(plan: ImportPlan) -> list[str]:
    """What of the file is not added, and why."""
    waiting = messages(
        "{n} open position not imported", "{n} open positions not imported", n=plan.reading.open_positions
    )
    if plan.reading.pairing:
        waiting = messages(
            "{n} open position kept for the next file",
            "{n} open positions kept for the next file",
            n=plan.reading.open_positions,
        )
    told = (
        messages(
            "{n} trade deleted by hand before, not added again",
            "{n} trades deleted by hand before, not added again",
            n=plan.deleted,
        ),
        messages("{n} trade probably there already", "{n} trades probably there already", n=plan.lookalikes),
        waiting,
        messages("{n} row ignored, no trade", "{n} rows ignored, no trade", n=plan.reading.ignored_rows),
    )
    return [_(words) for words in told if words.values["n"]]


def _refused(upload: Upload, plan: ImportPlan) -> None:
    rejected = plan.reading.rejected
    if not rejected:
        return
    title = ngettext(
        "{n} cell could not be read; its row is not imported",
        "{n} cells could not be read; these rows are not imported",
        len(rejected),
    )
    with st.expander(title, expanded=True, icon=":material/warning:"):
        tables.rejections(rejected)
        if len(rejected) > tables.SHOWN_ROWS:
            st.caption(_("The first {rows} are shown.", rows=numbers.number(tables.SHOWN_ROWS, 0)))
        if plan.reading.takeover is None:
            st.download_button(
                _("Download these rows with the reasons"),
                data=partial(upload_data.refused, upload, plan, language.current()),
                file_name=refused_name(upload.name),
                mime="text/csv",
                on_click="ignore",
                icon=":material/download:",
                key=f"refused_{upload.id}",
                help=_("In the layout of the file: mend them there, and upload that file."),
            )
