"""Text of other programs means nothing to Markdown."""

from __future__ import annotations

import re

import pytest

from mentor.ui.plain import plain


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[x](javascript:1)", "$a$", "**b**", ":red[x]", "`c`"])
def test_every_meaningful_character_is_escaped(text: str) -> None:
    escaped = plain(text)
    assert escaped.replace("\\", "") == text
    for position, character in enumerate(escaped):
        if character in "<>[]()$*`:":
            assert escaped[position - 1] == "\\"


def test_it_stays_on_one_line() -> None:
    assert plain("a\n# b\tc") == "a \\# b c"


def test_numbers_behind_it_read_in_their_own_direction() -> None:
    """What turns the reading direction would turn the figures of the same sentence: 12 for 21."""
    assert plain("senang\u202e 12 \u2066x") == "senang 12 x"
    assert plain("עברית 😀") == "עברית 😀"


@pytest.mark.parametrize(
    "text", ["see https://evil.test/x", "WWW.evil.test", "me@evil.test", "http://a https://b c@d.e"]
)
def test_a_bare_address_is_no_link(text: str) -> None:
    """Markdown here links addresses after it has undone the escapes: they are told by `://`, `www.` and `@`."""
    escaped = plain(text).replace("\\", "")
    assert not re.search(r"://|www\.|\w@", escaped, re.IGNORECASE)
    assert escaped.replace("\u2060", "") == text
