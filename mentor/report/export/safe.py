"""Text of the trader and of files, made harmless for the form it is written in."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from mentor.i18n import numbers

#: Turns the reading direction of what follows, numbers too, or is no sign of a text at all.
_INVISIBLE: Final = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MEANS_SOMETHING: Final = re.compile(r"([\\`*_\[\]<>&|~$@]|:(?=//)|(?<=\bwww)\.)", re.IGNORECASE)
#: What begins a heading, a list or a rule where it stands first.
_BEGINS: Final = re.compile(r"^(\d{0,9})([#+=.)-])")


def html(text: str) -> str:
    """Nothing of it is markup, or steers how its surroundings are read."""
    return escape(numbers.unbroken(visible(text)))


def markdown(text: str) -> str:
    """The same for Markdown, inside a line."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(visible(text).split()))


def markdown_line(text: str) -> str:
    """The same where it is the first of its line or of its item."""
    return _BEGINS.sub(r"\1\\\2", markdown(text))


def fenced(text: str) -> str:
    """Several lines for Markdown, shown exactly as they are: the fence is longer than any in them."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}text\n{visible(text)}\n{fence}"


def visible(text: str) -> str:
    """Without signs that nobody sees and that change how others are seen; line ends as `\\n`."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
