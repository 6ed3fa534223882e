"""Storing uploaded files beside the page: how far it is, a way to stop it, and what came of it in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import streamlit as st

from mentor import progress
from mentor.errors import MentorError
from mentor.i18n.language import _
from mentor.i18n.refusals import sentence
from mentor.jobs import Job
from mentor.journal import Journal
from mentor.messages import message
from mentor.models import ImportRecord
from mentor.progress import Cancelled
from mentor.ui import current, import_list, long_work, messages

if TYPE_CHECKING:
    from mentor.importing.plan import ImportPlan

#: Another number, and the files on the page are gone.
ROUND: Final = "upload_round"
_STORING: Final = "upload_storing"
_EVERY: Final = 0.5


@dataclass(slots=True)
class _Storing:
    """Files being stored in a visitor's name, each all or nothing: which were, which were refused."""

    plans: Sequence[ImportPlan]
    then_clear: bool
    stored: list[tuple[str, ImportRecord | None]] = field(default_factory=list)
    refused: list[tuple[str, MentorError]] = field(default_factory=list)
    job: Job[None] | None = None

    @property
    def file(self) -> str:
        """The one that is being stored now."""
        return self.plans[min(len(self.stored) + len(self.refused), len(self.plans) - 1)].reading.file_name

    def run(self, book: Journal) -> None:
        for plan in self.plans:
            name = plan.reading.file_name
            try:
                self.stored.append((name, _stored(book, plan)))
            except MentorError as error:
                self.refused.append((name, error))


def begin(plans: Sequence[ImportPlan], *, then_clear: bool) -> None:
    """Store files from the earliest on; what came of it is said on the page that is drawn next after it."""
    work, book = _Storing(sorted(plans, key=lambda plan: plan.begins), then_clear), current.journal()
    work.job = Job(lambda: work.run(book), "import")
    st.session_state[_STORING] = work
    work.job.wait(long_work.PATIENCE)


def going_on() -> bool:
    """Whether this visitor's files are being stored; once they are, what came of it is said and the page drawn anew."""
    work: _Storing | None = st.session_state.get(_STORING)
    if work is not None and work.job is not None and work.job.over:
        _say(work)
        st.rerun()
    return work is not None


@st.fragment(run_every=_EVERY)
def draw() -> None:
    """How far it is; the rest of the page stays usable."""
    work: _Storing | None = st.session_state.get(_STORING)
    if work is None or work.job is None or work.job.over:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        long_work.draw_bar(_("Storing {file}", file=work.file), work.job)
        st.button(
            _("Cancel"), icon=":material/stop:", type="tertiary", key="cancel_work_storing", on_click=work.job.cancel
        )


def _stored(book: Journal, plan: ImportPlan) -> ImportRecord | None:
    """What came of one file, planned anew: those before it changed what is there. `None`: nothing was left to add."""
    progress.step(message("comparing with the journal"))
    now = book.plan_reading(plan.reading, plan.options)
    return book.commit_import(now) if now.adds else None


def _stopped(work: _Storing) -> str:
    """Of files before it what came of them is said; the transaction of the one being stored was taken back."""
    if len(work.stored) + len(work.refused) + 1 < len(work.plans):
        return _("Stopped: nothing of {file} was stored, nor of the files after it.", file=work.file)
    return _("Stopped: nothing of {file} was stored.", file=work.file)


def _say(work: _Storing) -> None:
    del st.session_state[_STORING]
    assert work.job is not None, "asked once it is over"
    several, stopped = len(work.plans) > 1, isinstance(work.job.error, Cancelled)
    name = "{}: {}" if several else "{1}"
    done = [
        name.format(file, import_list.result(one) if one else _("nothing to add any more."))
        for file, one in work.stored
    ]
    refused = [name.format(file, sentence(error)) for file, error in work.refused]
    if stopped:
        refused.append(_stopped(work))
    if done:
        messages.tell(" ".join(done))
    if work.job.error is not None and not stopped:
        raise work.job.error
    if refused:
        messages.refuse(" ".join(refused))
    elif work.then_clear:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
