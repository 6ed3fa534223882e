"""The language spoken now, and every sentence of the catalogues in it."""

from __future__ import annotations

import gettext
import io
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from mentor.messages import Message

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
#: What the source is written in, and what is said where a catalogue has no entry.
ENGLISH: Final[Language] = "en"

_SPOKEN: ContextVar[Language | None] = ContextVar("language", default=None)
_ASKED: list[Callable[[], Language | None]] = []


def current() -> Language:
    """The language of this context (`spoken`), else that of whoever is asked (`follow`), else English."""
    if (chosen := _SPOKEN.get()) is not None:
        return chosen
    return next(filter(None, (ask() for ask in _ASKED)), ENGLISH)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Speak it until the end of the block."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def follow(ask: Callable[[], Language | None]) -> None:
    """Let the screen say which language its visitor reads: callbacks run before any page could set it."""
    _ASKED[:] = [ask]


def matching(locale: str | None) -> Language | None:
    """Ours for a locale as browsers (`id-ID`) and machines (`id_ID.UTF-8`) name it."""
    spoken_there = (locale or "").replace("_", "-").split("-")[0].casefold()
    return next((language for language in LANGUAGES if language == spoken_there), None)


def _(text: str, /, **values: object) -> str:
    """A sentence in the language spoken: a template of ours with its values, or a `Message` made elsewhere.

    A template kept in a table is a `Message` without values, and gets them here.
    """
    return _said(text if isinstance(text, Message) and not values else Message(text, **values))


def ngettext(singular: str, plural: str, n: int, /, **values: object) -> str:
    """The same of a number of things; `{n}` is the number as the language writes it."""
    return _said(Message(singular, plural, n=n, **values))


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """The sentences of a language, read from its catalogue."""
    source = resources.files("mentor.i18n") / "catalogues" / f"{language}.po"
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _said(told: Message) -> str:
    if not told.template:
        return ""
    known = catalogue(current())
    template = _chosen(told, known)
    values = {name: _(value) if isinstance(value, Message) else value for name, value in told.values.items()}
    if told.plural is not None:
        values["n"] = format_decimal(_count(told), locale=current())
    return _WRITTEN.vformat(template, (), values) if values else template


class _Written(string.Formatter):
    """Numbers with a format of their own, `{worth:g}`, are written as the language writes them; others as given."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text = str(super().format_field(value, format_spec))
        if not format_spec or not isinstance(value, int | float):
            return text
        written = text.translate({ord("."): get_decimal_symbol(current()), ord(","): get_group_symbol(current())})
        return f"\N{MINUS SIGN}{written[1:]}" if written.startswith("-") else written


_WRITTEN: Final = _Written()


def _chosen(told: Message, known: gettext.NullTranslations) -> str:
    if told.plural is None:
        return known.gettext(told.template)
    return known.ngettext(told.template, told.plural, _count(told))


def _count(told: Message) -> int:
    n = told.values["n"]
    assert isinstance(n, int), "a plural counts things"
    return n
