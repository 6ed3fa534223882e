"""Text of other programs means nothing to Markdown."""

from __future__ import annotations

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
