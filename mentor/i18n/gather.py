"""Gathers every sentence of the source into both catalogues: `python -m mentor.i18n.gather`, for whoever writes one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from mentor.i18n.language import ENGLISH, LANGUAGES, Language

CATALOGUES: Final = Path(__file__).resolve().parent / "catalogues"
_ROOT: Final = CATALOGUES.parents[2]
#: Catalogues say nothing about when they were written: the same sentences, the same file.
_WRITTEN: Final = datetime(2025, 1, 1, tzinfo=UTC)
#: Babel takes Indonesian for a language with two forms.
_PLURALS: Final[dict[Language, str]] = {"id": "nplurals=1; plural=0", "en": "nplurals=2; plural=(n != 1)"}
#: The functions whose first literal arguments are sentences, and how many of them are forms of the same one.
_FORMS: Final = {"_": 1, "message": 1, "ngettext": 2, "messages": 2}


def sentences() -> Catalog:
    """Every sentence of the source, in the order of the alphabet."""
    found = Catalog()
    for path in (path for folder in ("mentor", "pages") for path in (_ROOT / folder).rglob("*.py")):
        for text in _said(ast.parse(path.read_text(encoding="utf-8"))):
            found.add(text)
    return found


def _said(source: ast.AST) -> Iterator[str | tuple[str, ...]]:
    """The sentences of a module, also those within f-strings, where Babel's own search finds none."""
    for call in ast.walk(source):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _FORMS:
            literals = [part.value for part in call.args[: _FORMS[call.func.id]] if isinstance(part, ast.Constant)]
            forms = tuple(literal for literal in literals if isinstance(literal, str))
            if len(forms) == _FORMS[call.func.id]:
                yield forms if len(forms) > 1 else forms[0]


def read(language: Language) -> Catalog:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def gathered(language: Language, found: Catalog) -> Catalog:
    """The catalogue with the sentences found and no others; what was translated stays, English says itself."""
    before = read(language)
    after = Catalog(
        locale=language,
        project="Mentor",
        version="1",
        header_comment="# What Mentor says; gathered by `python -m mentor.i18n.gather`.",
        msgid_bugs_address="none",
        last_translator="Mentor",
        language_team="Mentor",
        creation_date=_WRITTEN,
        revision_date=_WRITTEN,
        fuzzy=False,
    )
    after.mime_headers = [("Plural-Forms", _PLURALS[language])]
    for entry in sorted((entry for entry in found if entry.id), key=lambda entry: str(entry.id)):
        known = before.get(entry.id)
        text = entry.id if language == ENGLISH else known.string if known else ""
        after.add(entry.id, text)
    return after


def write(language: Language, catalogue: Catalog) -> None:
    with (CATALOGUES / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=False, sort_output=True, ignore_obsolete=True)


def main() -> None:
    """Write both catalogues and say how much is still to be translated."""
    found = sentences()
    for language in LANGUAGES:
        after = gathered(language, found)
        write(language, after)
        missing = sum(not any(_forms(entry.string)) for entry in after if entry.id)
        print(f"{language}: {len(after)} sentences, {missing} not translated")


def _forms(text: object) -> tuple[object, ...]:
    return tuple(text) if isinstance(text, (list, tuple)) else (text,)


if __name__ == "__main__":
    main()
