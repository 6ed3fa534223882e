"""The journal of this installation, opened once for the whole process: the screen and the HTTP door share it."""

from __future__ import annotations

import threading
from pathlib import Path

from mentor.journal import Journal

_opened: dict[Path, Journal] = {}
_lock = threading.Lock()


def shared_journal(path: Path) -> Journal:
    """The journal at `path`, opened by whoever asks first. Raises `MentorError` where none can be."""
    with _lock:
        if path not in _opened:
            _opened[path] = Journal.open(path)
        return _opened[path]


def release(journal: Journal) -> None:
    """Close it; whoever asks next opens it again."""
    with _lock:
        for path in [path for path, held in _opened.items() if held is journal]:
            del _opened[path]
    journal.close()
