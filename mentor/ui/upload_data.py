"""What uploaded files would add: each is read once, and held against the journal as it is now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mentor.errors import ImportRefused
from mentor.i18n import language
from mentor.i18n.language import Language, _
from mentor.journal import JournalStamp
from mentor.messages import message
from mentor.models import ImportOptions
from mentor.ui.current import journal
from mentor.ui.plain import plain

if TYPE_CHECKING:
    from mentor.importing import Columns, ImportPlan, Reading

MAX_UPLOAD_MB: Final = 300
#: Files above this take long enough for a bar that says what is being done.
_LARGE: Final = 2 * 2**20
#: Reading, checking, comparing.
_STEPS: Final = 3
_KEPT: Final = "upload_kept"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded; `id` is new for every upload, so nobody need compare its bytes."""

    id: str
    name: str
    file: UploadedFile

    @property
    def source(self) -> tuple[str, bytes]:
        """Its name and bytes, as the importer takes them."""
        return self.name, self.file.getvalue()


@dataclass(slots=True)
class _Kept:
    """What is known of one upload in this visitor's session, as long as it stands on the page."""

    read_with: ImportOptions | None = None
    reading: Reading | None = None
    planned_at: tuple[JournalStamp, ImportOptions] | None = None
    plan: ImportPlan | None = None
    columns: Columns | None = None
    columns_read: bool = False


def keep_only(uploads: Collection[Upload]) -> None:
    """Let go of files that are no longer on the page."""
    ids = {upload.id for upload in uploads}
    kept = st.session_state.get(_KEPT, {})
    st.session_state[_KEPT] = {upload_id: known for upload_id, known in kept.items() if upload_id in ids}


def plan(upload: Upload, options: ImportOptions) -> ImportPlan:
    """The plan of an uploaded file; raises ImportRefused, also for one above the limit."""
    if _too_large(upload):
        what = message("The file is larger than {most} MB", most=MAX_UPLOAD_MB)
        todo = message("Split it, or use the command line, which has no limit: python -m mentor import FILE")
        raise ImportRefused(what, where=upload.name, todo=todo)
    known, key = _known(upload), (journal().stamp(), options)
    if known.plan is None or known.planned_at != key:
        with _watched(upload) as step:
            reading = _reading(known, upload, options, step)
            step(message("comparing with the journal"))
            known.plan = journal().plan_reading(reading, options)
            known.planned_at = key
    return known.plan


def columns(upload: Upload) -> Columns | None:
    """The columns of a file for a person to name; `None` where it holds no table."""
    from mentor.importing import document_of, likeliest

    known = _known(upload)
    if not known.columns_read:
        try:
            known.columns = None if _too_large(upload) else likeliest(document_of(upload.source))
        except ImportRefused:
            known.columns = None
        known.columns_read = True
    return known.columns


def refused(upload: Upload, plan: ImportPlan, read_in: Language) -> bytes:
    """The refused rows in the layout of their file, with the reasons; also called when no page is drawn."""
    from mentor.importing import document_of, refused_csv

    with language.spoken(read_in):
        return refused_csv(document_of(upload.source), plan.reading.rejected, _)


def forget(upload_id: str) -> None:
    """Read the file anew when it is next looked at."""
    st.session_state[_KEPT].pop(upload_id, None)


def _too_large(upload: Upload) -> bool:
    """The server's own limit is looked at in the browser only."""
    return upload.file.size > MAX_UPLOAD_MB * 2**20


def _known(upload: Upload) -> _Kept:
    kept: dict[str, _Kept] = st.session_state.setdefault(_KEPT, {})
    return kept.setdefault(upload.id, _Kept())


def _reading(known: _Kept, upload: Upload, options: ImportOptions, step: Callable[[str], None]) -> Reading:
    # A bot that logs meanwhile changes what is there already, not what the file holds.
    wanted = replace(options, add_lookalikes=False)
    if known.reading is None or known.read_with != wanted:
        known.reading = None  # never two of them in memory
        known.reading = journal().read_import(upload.source, wanted, step)
        known.read_with = wanted
    return known.reading


@contextmanager
def _watched(upload: Upload) -> Iterator[Callable[[str], None]]:
    """A large file is read under a bar that says what is being done."""
    if upload.file.size < _LARGE:
        with st.spinner(_("Reading the file …")):
            yield lambda _doing: None
        return
    bar, done = st.progress(0.0), 0

    def step(doing: str) -> None:
        nonlocal done
        bar.progress(done / _STEPS, text=plain(f"{upload.name}: {_(doing)} …"))
        done += 1

    try:
        yield step
    finally:
        bar.empty()
