"""The import of one file, step by step: options, preview, confirmation; and the imports made, with undo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal, cast
from zoneinfo import available_timezones

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mentor.errors import InvalidArgument
from mentor.i18n import labels, numbers
from mentor.i18n.numbers import count
from mentor.models import ImportOptions, ImportRecord, Question
from mentor.ui import data, tables
from mentor.ui.messages import attempt, reported
from mentor.ui.plain import plain

if TYPE_CHECKING:
    from mentor.importing.plan import ImportPlan

DateOrder = Literal["dmy", "mdy", "ymd"]

_ORDERS: Final[dict[DateOrder, str]] = {
    "dmy": "day, month, year: 31.12.2025",
    "mdy": "month, day, year: 12/31/2025",
    "ymd": "year, month, day: 2025-12-31",
}
_ROUND: Final = "upload_round"


def draw_upload() -> None:
    """Choose a file, look at what it would add, confirm."""
    upload = st.file_uploader(
        "Statement or trade list of your broker",
        max_upload_size=data.MAX_UPLOAD_MB,
        key=f"upload_{st.session_state.get(_ROUND, 0)}",
    )
    st.caption("A MetaTrader 4 statement (HTML), or a CSV file of closed trades with named columns.")
    if upload is not None:
        with reported():
            _preview(upload)


def draw_imports(records: Sequence[ImportRecord]) -> None:
    """Every import with what came of it, and the button that takes it back."""
    journal = data.journal()
    for record in records:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            undone = f" · undone {numbers.moment(record.undone_at, journal.zone)}" if record.undone_at else ""
            st.markdown(
                f"**{plain(record.file_name)}**  \n{plain(_result(record))}  \n"
                f":small[{plain(numbers.moment(record.imported_at, journal.zone) + undone)}]",
                width="stretch",
            )
            if record.undone_at is None:
                _undo_button(record)


def _preview(upload: UploadedFile) -> None:
    file = data.Upload(upload.file_id, PurePath(upload.name).name, upload.getvalue())
    answers, shown = st.container(), st.container()
    blocked = False
    with shown, reported():
        plan = data.plan(file, _told(file.id))
        blocked = plan.blocked
        _show(plan, file.id)
    with answers:
        _ask(file.id, expanded=blocked)


def _show(plan: ImportPlan, upload_id: str) -> None:
    _summary(plan)
    for question in plan.reading.questions:
        _question(question, upload_id)
    for notice in plan.reading.notices:
        st.info(plain(notice), icon=":material/info:")
    if plan.lookalikes:
        st.checkbox(
            f"Also add the {count(plan.lookalikes, 'trade')} that look like ones already there",
            key=f"lookalikes_{upload_id}",
            help="Same day, symbol, lots and P/L as a trade from another source, a bot for example.",
        )
    if plan.trades:
        zone = data.journal().zone
        st.caption(plain(f"First trades, in your time ({zone.key})"))
        tables.first_trades(plan, zone)
    _refused(plan)
    _confirm(plan)


def _told(upload_id: str) -> ImportOptions:
    """What the person said about the file so far; `None` where nothing was said."""
    said = st.session_state
    return ImportOptions(
        source_timezone=said.get(f"timezone_{upload_id}"),
        date_order=said.get(f"date_order_{upload_id}"),
        account=said.get(f"account_{upload_id}", "").strip() or None,
        multipliers=parsed_multipliers(said.get(f"multipliers_{upload_id}", "")),
        add_lookalikes=said.get(f"lookalikes_{upload_id}", False),
    )


def _ask(upload_id: str, *, expanded: bool) -> None:
    """The fields whose values `_told` reads; drawn after the plan, which says whether one must be filled."""
    title = "What the file may not say: time zone, date order, account, money per point"
    with st.expander(title, expanded=expanded):
        st.selectbox(
            "Time zone of the file's clock",
            sorted(available_timezones()),
            index=None,
            placeholder="As found in the file, or yours",
            key=f"timezone_{upload_id}",
        )
        st.selectbox(
            "Order of its dates",
            list(_ORDERS),
            index=None,
            format_func=_ORDERS.__getitem__,
            placeholder="As found in the file",
            key=f"date_order_{upload_id}",
        )
        st.text_input("Account", key=f"account_{upload_id}", placeholder="As found in the file")
        st.text_input(
            "Money per point and lot, by symbol",
            key=f"multipliers_{upload_id}",
            placeholder="ES=50, NQ=20",
            help="Needed only where a file gives prices but no profit.",
        )


def parsed_multipliers(text: str) -> dict[str, float]:
    """`ES=50, NQ=20` as a mapping; raises InvalidArgument for anything else."""
    found = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        symbol, _, text = part.partition("=")
        value = _number(text)
        if not symbol.strip() or value is None or not 0 < value < float("inf"):
            raise InvalidArgument("This is no multiplier", where=part, todo="Write them as ES=50, NQ=20.")
        found[symbol.strip()] = value
    return found


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


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
    reading, zone = plan.reading, data.journal().zone
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


def _question(question: Question, upload_id: str) -> None:
    """What is asked, and a button for each answer that can be given by one."""
    box = st.warning if question.blocking else st.info
    box(plain(_asked(question)), icon=":material/help:")
    if question.kind in ("timezone", "date_order"):
        with st.container(horizontal=True):
            for choice in question.choices:
                label = _ORDERS.get(cast("DateOrder", choice), choice)
                key = f"{question.kind}_{upload_id}"
                st.button(plain(label), key=f"answer_{key}_{choice}", on_click=_answer, args=(key, choice))


def _asked(question: Question) -> str:
    if question.kind == "multiplier":
        return f"The file gives no profit for {question.about}. Write above how much money a point and lot of it is."
    return question.about


def _answer(key: str, choice: str) -> None:
    st.session_state[key] = choice


def _refused(plan: ImportPlan) -> None:
    rejected = plan.reading.rejected
    if rejected:
        title = f"{count(len(rejected), 'cell')} could not be read; these rows are not imported"
        with st.expander(title, expanded=True, icon=":material/warning:"):
            tables.rejections(rejected)
            if len(rejected) > tables.SHOWN_ROWS:
                st.caption(f"The first {tables.SHOWN_ROWS} are shown.")


def _confirm(plan: ImportPlan) -> None:
    adding = int(plan.adding.sum())
    if not adding:
        st.info(_nothing(plan), icon=":material/check:")
        return
    st.button(
        f"Add {count(adding, 'trade')} to the journal",
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
    if attempt(lambda: _result(data.journal().commit_import(plan))):
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _result(record: ImportRecord) -> str:
    net = numbers.money(record.net_profit_loss, record.currency, signed=True)
    parts = [f"{count(record.trades, 'trade')} added, net {net}"]
    if record.duplicates:
        parts.append(f"{record.duplicates} were there already")
    if record.rejected_rows:
        parts.append(f"{count(record.rejected_rows, 'row')} refused")
    return "; ".join(parts) + "."


def _undo_button(record: ImportRecord) -> None:
    with st.popover("Undo", icon=":material/undo:"):
        st.write(f"This removes the {count(record.trades, 'trade')} this import added. Moods and notes stay.")
        st.button(
            f"Remove {count(record.trades, 'trade')}",
            key=f"undo_{record.id}",
            type="primary",
            on_click=_undo,
            args=(record.id,),
        )


def _undo(import_id: int) -> None:
    attempt(lambda: _undone(data.journal().undo_import(import_id)))


def _undone(record: ImportRecord) -> str:
    return f"Import of {record.file_name} undone: {count(record.trades, 'trade')} removed."
