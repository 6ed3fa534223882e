"""Text a spreadsheet would take for a formula: an apostrophe before it makes it text again, and is taken away here."""

from __future__ import annotations

import re
from typing import Final

#: Where a formula begins, in the wide letters of Asian keyboards too, behind blanks and quotes that programs pass over.
#: Apostrophes before it count, so that each is taken away once. Python and Arrow read it alike.
BEGINS: Final = "'*[ \u00a0\u3000\ufeff\n\"]*[=+\\-@＝＋－＠\t\r]"
_DANGEROUS: Final = re.compile(BEGINS)
_DEFUSED: Final = re.compile(f"'(?={BEGINS})")
_NUMBER: Final = re.compile(r"[+-]?[0-9.,]*[0-9]%?")


def defused(text: str) -> str:
    """A cell no spreadsheet runs; a negative number is none that it would."""
    return f"'{text}" if _DANGEROUS.match(text) and not _NUMBER.fullmatch(text) else text


def restored(text: str) -> str:
    """The cell as it was before `defused`."""
    return text[1:] if _DEFUSED.match(text) else text
