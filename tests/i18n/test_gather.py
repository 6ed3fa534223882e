"""Every sentence of the source is found, wherever it stands."""

from __future__ import annotations

import ast

from mentor.i18n.gather import _said

SOURCE = """
message("one " "sentence", n=1)
f"before {_('within an f-string', value=_('nested'))} after"
ngettext("{n} thing", "{n} things", 3)
_(TABLE["key"])
other("not ours")
"""


def test_sentences_are_found_within_f_strings_too() -> None:
    found = set(_said(ast.parse(SOURCE)))
    assert found == {"one sentence", "within an f-string", "nested", ("{n} thing", "{n} things")}
