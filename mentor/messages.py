"""Sentences made far from any language: they read as English and can be said in another one later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self


class Message(str):
    """An English sentence that remembers its template and values, so that `mentor.i18n` can say it in another language.

    It is a string, the English one: whoever does not care about languages reads, compares and stores it as such.
    With a `plural` the value `n` decides between the two. Values may be messages themselves. A template's braces are
    filled; values are never looked into, whatever a user's file put into them.
    """

    template: str
    plural: str | None
    values: Mapping[str, object]

    def __new__(cls, template: str, plural: str | None = None, /, **values: object) -> Self:
        chosen = template if plural is None or values["n"] == 1 else plural
        made = super().__new__(cls, chosen.format(**values) if values else chosen)
        made.template, made.plural, made.values = template, plural, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.template, self.plural, dict(self.values))


def message(template: str, /, **values: object) -> Message:
    """A sentence to be said later; the template is found by the catalogues, so it must be a literal."""
    return Message(template, **values)


def messages(singular: str, plural: str, /, *, n: int, **values: object) -> Message:
    """The same of a number of things: `n` chooses the form and may stand in it as `{n}`."""
    return Message(singular, plural, n=n, **values)


def joined(between: str, parts: Iterable[str], /) -> Message:
    """Sentences, names, figures side by side, each said in the language of the whole."""
    values = {f"part_{nth}": part for nth, part in enumerate(parts)}
    return Message(between.join(f"{{{name}}}" for name in values), **values)


def _rebuilt(template: str, plural: str | None, values: dict[str, object]) -> Message:
    return Message(template, plural, **values)
