"""What an uploaded file would add, read once a file and held against the journal as it is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from mentor.errors import ImportRefused
from mentor.journal import Journal
from mentor.models import ImportOptions
from mentor.ui.current import KEYS, State, state

if TYPE_CHECKING:
    from mentor.importing import ImportPlan, Reading

MAX_UPLOAD_MB: Final = 300


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded; `id` is new for every upload, so nobody need compare its bytes."""

    id: str
    name: str
    content: bytes


_UPLOAD_KEYS: Final = KEYS | {
    Upload: lambda upload: upload.id,
    ImportOptions: repr,
    Journal: lambda journal: str(journal.path),
}


def plan(upload: Upload, options: ImportOptions) -> ImportPlan:
    """The plan of an uploaded file; raises ImportRefused, also for one above the limit."""
    if len(upload.content) > MAX_UPLOAD_MB * 2**20:
        todo = "Split it, or use the command line, which has no limit: python -m mentor import FILE"
        raise ImportRefused(f"The file is larger than {MAX_UPLOAD_MB} MB", where=upload.name, todo=todo)
    return _plan(state(), upload, options)


@st.cache_resource(show_spinner=False, max_entries=1, scope="session", hash_funcs=_UPLOAD_KEYS)
def _plan(now: State, upload: Upload, options: ImportOptions) -> ImportPlan:
    # A bot that logs meanwhile changes what is there already, not what the file holds.
    reading = _reading(now.journal, upload, replace(options, add_lookalikes=False))
    return now.journal.plan_reading(reading, options)


@st.cache_resource(show_spinner="Reading the file …", max_entries=1, scope="session", hash_funcs=_UPLOAD_KEYS)
def _reading(journal: Journal, upload: Upload, options: ImportOptions) -> Reading:
    return journal.read_import((upload.name, upload.content), options)
