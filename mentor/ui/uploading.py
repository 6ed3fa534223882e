"""The import of files, step by step: what each would add, what is asked, confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import streamlit as st

from mentor.errors import ColumnsUnknown, MentorError
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.i18n.refusals import sentence
from mentor.ui import mapping, preview, storing, upload_data, upload_options
from mentor.ui.plain import plain
from mentor.ui.upload_data import Upload

if TYPE_CHECKING:
    from mentor.importing.plan import ImportPlan

_ROUND: Final = storing.ROUND


@dataclass(frozen=True, slots=True)
class _Looked:
    """An upload with its plan, or with why it has none; neither while it is being read."""

    upload: Upload
    plan: ImportPlan | None = None
    refused: MentorError | None = None

    @property
    def ready(self) -> bool:
        return self.plan is not None and self.plan.adds and not self.plan.blocked

    @property
    def title(self) -> str:
        """The file and what comes of it, in a few words."""
        name = self.upload.name
        if self.refused is not None:
            return _("{file}: refused", file=name)
        if self.plan is None:
            return _("{file}: not read yet", file=name)
        trades = int(self.plan.adding.sum())
        if self.plan.blocked:
            return ngettext(
                "{file}: {n} trade to add, a question is open",
                "{file}: {n} trades to add, a question is open",
                trades,
                file=name,
            )
        return ngettext("{file}: {n} trade to add", "{file}: {n} trades to add", trades, file=name)


def draw_upload() -> None:
    """Choose files, look at what they would add, confirm."""
    chosen = st.file_uploader(
        _("Statements or trade lists of your brokers"),
        accept_multiple_files=True,
        max_upload_size=upload_data.MAX_UPLOAD_MB,
        key=f"upload_{st.session_state.get(_ROUND, 0)}",
        disabled=storing.going_on(),
    )
    st.caption(
        _(
            "Exports of brokers and platforms as they give them (CSV, Excel, HTML, JSON), told apart by what is in "
            "them; a whole journal (zip) or that of the old system (bots.db); or any table of trades: you say which "
            "column is what."
        )
    )
    uploads = [Upload(file.file_id, PurePath(file.name).name, file) for file in chosen]
    upload_data.keep_only(uploads)
    if storing.going_on():
        storing.draw()
        return
    above = st.container()
    looked = [_look(upload) for upload in uploads]
    if len(looked) > 1:
        with above:
            _add_all(looked)
    for one in looked:
        if len(looked) == 1:
            _draw(one, alone=True)
        else:
            with st.expander(plain(one.title), expanded=not one.ready):
                _draw(one, alone=False)


def _look(upload: Upload) -> _Looked:
    try:
        return _Looked(upload, plan=upload_data.plan(upload, upload_options.told(upload.id)))
    except MentorError as refused:
        return _Looked(upload, refused=refused)


def _draw(one: _Looked, *, alone: bool) -> None:
    upload, plan = one.upload, one.plan
    answers, shown = st.container(), st.container()
    with shown:
        if one.refused is not None:
            _refused(one)
        elif plan is not None:
            preview.draw(upload, plan)
            _confirm(one, plan, alone=alone)
    with answers:
        upload_options.ask(upload.id, expanded=plan is not None and plan.blocked)


def _refused(one: _Looked) -> None:
    """Why a file is refused, and the form for a table whose columns a person can name."""
    assert one.refused is not None, "asked for refused files only"
    st.error(plain(sentence(one.refused)), icon=":material/error:")
    said = st.session_state.get(f"mapping_{one.upload.id}", {})
    mapping.ask_again(one.upload, said, unknown=isinstance(one.refused, ColumnsUnknown))


def _confirm(one: _Looked, plan: ImportPlan, *, alone: bool) -> None:
    if not plan.adds:
        st.info(_nothing(plan), icon=":material/check:")
        return
    if st.button(_adding(plan), key=f"add_{one.upload.id}", type="primary", disabled=plan.blocked):
        _store([one], then_clear=alone)


def _adding(plan: ImportPlan) -> str:
    trades = int(plan.adding.sum())
    if plan.beside and not trades and not plan.words:
        return _("Add what else it holds to the journal")
    if not trades and not plan.words:
        return ngettext(
            "Keep {n} open position for the next file",
            "Keep {n} open positions for the next file",
            plan.reading.open_positions,
        )
    if plan.words:
        return ngettext(
            "Add {n} trade and {words} days, moods and reports to the journal",
            "Add {n} trades and {words} days, moods and reports to the journal",
            trades,
            words=numbers.number(plan.words, 0),
        )
    return ngettext("Add {n} trade to the journal", "Add {n} trades to the journal", trades)


def _nothing(plan: ImportPlan) -> str:
    if not plan.trades:
        return _("Nothing to add: no closed trade could be read in this file.")
    if plan.lookalikes:
        return _("Nothing to add while the trades that look like ones already there stay out.")
    return _("Nothing to add: the journal knows every trade of this file.")


def _add_all(looked: Sequence[_Looked]) -> None:
    ready = [one for one in looked if one.ready]
    left = len(looked) - len(ready)
    if left:
        told = ngettext(
            "{n} file below cannot be added, or not yet.", "{n} files below cannot be added, or not yet.", left
        )
        st.caption(told)
    label = ngettext("Add all: {n} file", "Add all: {n} files", len(ready))
    if st.button(label, key="add_all", type="primary", disabled=not ready):
        _store(ready, then_clear=not left)


def _store(ready: Sequence[_Looked], *, then_clear: bool) -> None:
    """Store the files from the earliest on; `then_clear` takes them off the page."""
    storing.begin([one.plan for one in ready if one.plan is not None], then_clear=then_clear)
    st.rerun()
