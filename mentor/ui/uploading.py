"""The import of one file, step by step: what it would add, what is asked, confirmation."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mentor.i18n import labels, numbers
from mentor.i18n.numbers import count
from mentor.ui import import_list, tables, upload_data, upload_options
from mentor.ui.current import journal
from mentor.ui.messages import attempt, reported
from mentor.ui.plain import plain
from mentor.ui.upload_data import Upload

if TYPE_CHECKING:
    from mentor.importing.plan import ImportPlan

_ROUND: Final = "upload_round"


def draw_upload() -> None:
    """Choose a file, look at what it would add, confirm."""
    upload = st.file_uploader(
        "Statement or trade list of your broker",
        max_upload_size=upload_data.MAX_UPLOAD_MB,
        key=f"upload_{st.session_state.get(_ROUND, 0)}",
    )
    st.caption(
        "A MetaTrader 4 statement (HTML), a MetaTrader 5 history report (HTML, Excel), a TradingView list of trades, "
        "the old system's journal (bots.db), or a CSV file of closed trades with named columns."
    )
    if upload is not None:
        with reported():
            _preview(upload)


def _preview(upload: UploadedFile) -> None:
    file = Upload(upload.file_id, PurePath(upload.name).name, upload.getvalue())
    answers, shown = st.container(), st.container()
    blocked = False
    with shown, reported():
        plan = upload_data.plan(file, upload_options.told(file.id))
        blocked = plan.blocked
        _show(plan, file.id)
    with answers:
        upload_options.ask(file.id, expanded=blocked)


def _show(plan: ImportPlan, upload_id: str) -> None:
    _summary(plan)
    for question in plan.reading.questions:
        upload_options.draw_question(question, upload_id)
    for notice in plan.reading.notices:
        st.info(plain(notice), icon=":material/info:")
    if plan.lookalikes:
        st.checkbox(
            f"Also add the {count(plan.lookalikes, 'trade')} that look like ones already there",
            key=f"lookalikes_{upload_id}",
            help="Same day, symbol, lots and P/L as a trade from another source, a bot for example.",
        )
    if plan.trades:
        zone = journal().zone
        st.caption(plain(f"First trades, in your time ({zone.key})"))
        tables.first_trades(plan, zone)
    _refused(plan)
    _confirm(plan)


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
    facts = [labels.file_format(reading.format), f"file's clock: {reading.source_timezone}"]
    if plan.first_entry and plan.last_exit:
        facts.append(f"{numbers.moment(plan.first_entry, zone)} to {numbers.moment(plan.last_exit, zone)}")
    if reading.account:
        facts.append(f"account: {reading.account}")
    amounts = {
        "deleted by hand before, not added again": (plan.deleted, "trade"),
        "probably there already": (plan.lookalikes, "trade"),
        "not imported": (reading.open_positions, "open position"),
        "ignored, no trade": (reading.ignored_rows, "row"),
    }
    return facts + [f"{count(amount, noun)} {words}" for words, (amount, noun) in amounts.items() if amount]


def _refused(plan: ImportPlan) -> None:
    rejected = plan.reading.rejected
    if rejected:
        title = f"{count(len(rejected), 'cell')} could not be read; these rows are not imported"
        with st.expander(title, expanded=True, icon=":material/warning:"):
            tables.rejections(rejected)
            if len(rejected) > tables.SHOWN_ROWS:
                st.caption(f"The first {tables.SHOWN_ROWS} are shown.")


def _confirm(plan: ImportPlan) -> None:
    if not plan.adds:
        st.info(_nothing(plan), icon=":material/check:")
        return
    words = f" and {plan.words:,} days, moods and reports" if plan.words else ""
    st.button(
        f"Add {count(int(plan.adding.sum()), 'trade')}{words} to the journal",
        type="primary",
        disabled=plan.blocked,
        on_click=_commit,
        args=(plan,),
    )


def _nothing(plan: ImportPlan) -> str:
    if not plan.trades:
        return "Nothing to add: no closed trade could be read in this file."
    if plan.lookalikes:
        return "Nothing to add while the trades that look like ones already there stay out."
    return "Nothing to add: the journal knows every trade of this file."


def _commit(plan: ImportPlan) -> None:
    if attempt(lambda: import_list.result(journal().commit_import(plan))):
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
