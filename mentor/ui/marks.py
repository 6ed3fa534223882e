"""Emotions and results in their colours, in choices and tables; a name or a sign says the same without them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from mentor.charts import theme
from mentor.i18n import labels
from mentor.i18n.numbers import MINUS
from mentor.models import EMOTIONS
from mentor.ui.plain import plain


def emotion(code: str) -> str:
    """An emotion as the page's markup: its name behind its icon in its colour; the bare word when it is not ours."""
    if code not in EMOTIONS:
        return plain(code)
    icon, name = labels.emotion_with_icon(code).split(" ", 1)
    return f':color[{icon}]{{foreground="{theme.EMOTIONS[code]}"}} {name}'


def chip(code: object) -> list[str] | None:
    """What a cell of a column of emotions holds; nothing where none is known."""
    return [labels.emotion(code)] if isinstance(code, str) and code else None


def emotion_column(label: str, *, pinned: bool | None = None) -> ColumnConfig:
    """A column of chips in the colours of the emotions."""
    names = [labels.emotion(code) for code in theme.CHIPS]
    return st.column_config.MultiselectColumn(label, options=names, color=list(theme.CHIPS.values()), pinned=pinned)


def sign_style(column: pd.Series[Any]) -> list[str]:
    """The colour of each result of a column, numbers or what is written of them."""
    return [style(sign) for sign in _signs(column)]


def _signs(column: Iterable[object]) -> Iterable[int]:
    for cell in column:
        if isinstance(cell, str):
            yield 1 if cell.startswith("+") else -1 if cell.startswith(MINUS) else 0
        else:
            yield 0 if pd.isna(cell) else int(cell > 0) - int(cell < 0)  # type: ignore[call-overload, operator]


def style(amount: float) -> str:
    """The colour of a result on the page as it is, light or dark."""
    colours = theme.SIGN_TEXT.get(st.context.theme.type or "")
    return f"color: {colours[amount < 0]}" if amount and colours else ""
