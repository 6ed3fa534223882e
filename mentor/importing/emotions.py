"""Feelings written beside trades, as the check-ins they become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.emotion_words import known_code
from mentor.importing.numbers import without_blanks

LONGEST = 40
#: What stands between two feelings.
BETWEEN = r"[,;/|+&\n]|\s(?:and|dan|und|et|y|e|en|i)\s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """A feeling written beside the trades of a day: its code or own word, and when the first such trade ended."""

    day: date
    emotion: str
    at: datetime | None


def in_words(cells: pa.Array) -> pa.Array:
    """Whether each cell names feelings, not a score or a whole sentence."""
    told = without_blanks(cells)
    lettered = pc.match_substring_regex(told, r"\pL")
    long = pc.match_substring_regex(told, rf"[^,;/|+&\n]{{{LONGEST + 1},}}")
    return pc.and_not(lettered, long).fill_null(False)


def code_of(word: str) -> str:
    """The code of a word for a feeling; a word we do not know stays itself, in lower case."""
    return known_code(word) or " ".join(word.casefold().split())[:LONGEST]


def felt(trades: pd.DataFrame) -> list[Felt]:
    """Each day's feelings, each once, of trades (`TRADE_COLUMNS`); a cell may name several."""
    told = trades.loc[trades["emotion"].notna(), ["session_date", "exit_time", "entry_time", "emotion"]]
    if told.empty:
        return []
    told = told.assign(
        emotion=told["emotion"].str.split(BETWEEN, regex=True), at=told["exit_time"].fillna(told["entry_time"])
    )
    told = told.explode("emotion")
    told = told.assign(emotion=[code_of(str(word)) for word in told["emotion"]])
    told = told[told["emotion"].str.contains(r"[^\W\d_]", regex=True)]
    first = told.sort_values("at", kind="stable").drop_duplicates(["session_date", "emotion"])
    return [
        Felt(day=day.date(), emotion=emotion, at=None if pd.isna(at) else at.to_pydatetime())
        for day, emotion, at in zip(first["session_date"], first["emotion"], first["at"], strict=True)
    ]
