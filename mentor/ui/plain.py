"""Text of files, notes and other programs, made harmless where the page reads markup."""

from __future__ import annotations

import re
from typing import Final

from mentor.i18n import numbers
from mentor.report.export.safe import visible

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
#: Where a bare address of the web or of mail is told by; an escaped one is linked all the same.
_ADDRESS: Final = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_JOINED: Final = "\u2060"  # takes no room and breaks no line


def plain(text: str) -> str:
    """The same text with all that could mean something to Markdown escaped, on one line that reads in one direction."""
    return _PUNCTUATION.sub(r"\\\1", _ADDRESS.sub(_JOINED, numbers.unbroken(" ".join(visible(text).split()))))
