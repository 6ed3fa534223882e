"""Reasons that go through a column of text, or a table of the journal, and come out as sentences of any language."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from string import Formatter
from typing import Final

import pandas as pd

from mentor.messages import Message, message

EVENT: Final = message("“{what}” changed this position outside trading; enter this trade by hand")
NAMELESS_EVENT: Final = message(
    "“a row without a word for what it is” changed this position outside trading; enter this trade by hand"
)
CHANGED: Final = message("“{what}” changed this position; enter this trade by hand")
SPLIT: Final = message("a stock split on {day} changed this position; enter this trade by hand")
SPIN_OFF: Final = message("a spin-off on {day} changed this position; enter this trade by hand")
DISTRIBUTION: Final = message(
    "shares given out by the company on {day} changed this position; enter this trade by hand"
)
TRANSFER: Final = message("a transfer of shares on {day} changed this position; enter this trade by hand")
COINS: Final = message("a {kind} of {coin} changed this position; enter this trade by hand")
BOOKING: Final = message("a booking of DEGIRO without an order on {day} changed this position")
CORPORATE_ACTION: Final = message("belongs to a position that a corporate action changed, enter it by hand: {what}")
NO_ACTION: Final = message("has an action that is not known: none")
UNKNOWN_ACTION: Final = message("has an action that is not known: {action}")
#: The first that fits a text is what it says.
_TEMPLATES: Final = (
    *(NAMELESS_EVENT, EVENT, CHANGED, SPLIT, SPIN_OFF, DISTRIBUTION, TRANSFER, COINS, BOOKING, CORPORATE_ACTION),
    *(NO_ACTION, UNKNOWN_ACTION),
)


def in_column(template: Message, *values: pd.Series) -> pd.Series:
    """The sentence row by row, in English, with the template's values in their order; missing where a value is."""
    before, *between = [text for text, *_ in Formatter().parse(template)]
    told = pd.Series(before, index=values[0].index, dtype="str")
    for value, text in zip(values, [*between, ""], strict=False):
        told = told + value + text
    return told


@lru_cache(maxsize=1024)
def out_of_column(text: str) -> str:
    """The sentence a text is, with its values, so that it can be said in another language; else the text."""
    for template, pattern in zip(_TEMPLATES, _patterns(), strict=True):
        if found := pattern.fullmatch(text):
            return Message(template, **found.groupdict())
    return text


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_pattern(template), re.DOTALL) for template in _TEMPLATES)


def _pattern(template: Message) -> str:
    parts = Formatter().parse(template)
    return "".join(re.escape(text) + (f"(?P<{name}>.*)" if name else "") for text, name, *_ in parts)
