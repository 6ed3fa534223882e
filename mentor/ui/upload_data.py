"""What uploaded files would add: each is read once, and held against the journal as it is now."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mentor import progress
from mentor.errors import ImportRefused
from mentor.i18n import language
from mentor.i18n.language import Language, _
from mentor.journal import Journal
from mentor.messages import message
from mentor.models import ImportOptions
from mentor.ui import long_work

if TYPE_CHECKING:
    from mentor.importing import Columns, ImportPlan, Reading

MAX_UPLOAD_MB: Final = 300
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
    planned: tuple[ImportOptions, ImportPlan] | None = None
    columns: Columns | None = None
    columns_read: bool = False


def keep_only(uploads: Collection[Upload]) -> None:
    """Let go of files that are no longer on the page."""
    ids = {upload.id for upload in uploads}
    kept = st.session_state.get(_KEPT, {})
    st.session_state[_KEPT] = {upload_id: known for upload_id, known in kept.items() if upload_id in ids}


def plan(upload: Upload, options: ImportOptions) -> ImportPlan | None:
    """The plan of an uploaded file; `None` until it is read, which is said in its place.

    Raises ImportRefused, also for one above the limit.
    """
    if _too_large(upload):
        what = message("The file is larger than {most} MB", most=MAX_UPLOAD_MB)
        todo = message("Split it, or use the command line, which has no limit: python -m mentor import FILE")
        raise ImportRefused(what, where=upload.name, todo=todo)
    known = _known(upload)
    asked = long_work.question(
        "upload", (upload.id, repr(options)), lambda book: _plan(book, known, upload, options), lane="import"
    )
    if known.planned is None or known.planned[0] != options:
        long_work.forget_answer(asked)
    answered, planned = long_work.awaited(asked, _("Reading {file}", file=upload.name)), known.planned
    # What was asked with other options may have been worked out just now.
    return planned[1] if answered and planned is not None and planned[0] == options else None


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


def _plan(book: Journal, known: _Kept, upload: Upload, options: ImportOptions) -> bool:
    """Kept in the visitor's session alone, since it may be large; the answer is only that it is there."""
    done = itertools.count()

    def step(doing: str) -> None:
        progress.step(doing, next(done), _STEPS)

    reading = _reading(book, known, upload, options, step)
    step(message("comparing with the journal"))
    known.planned = options, book.plan_reading(reading, options)
    return True


def _reading(
    book: Journal, known: _Kept, upload: Upload, options: ImportOptions, step: Callable[[str], None]
) -> Reading:
    # A bot that logs meanwhile changes what is there already, not what the file holds.
    wanted = replace(options, add_lookalikes=False)
    if known.reading is None or known.read_with != wanted:
        known.reading = known.planned = None  # never two of them in memory
        known.reading = book.read_import(upload.source, wanted, step)
        known.read_with = wanted
    return known.reading
