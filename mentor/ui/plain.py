"""Text of files, notes and other programs, made harmless where the page reads markup."""

from __future__ import annotations

import re
from typing import Final

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """The same text with every character that could mean something to Markdown escaped, on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
