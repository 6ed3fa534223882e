"""Words for feelings, in the languages traders write them, as the codes the journal stores."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.numbers import without_blanks

LONGEST = 40
#: What stands between two feelings.
BETWEEN = r"[,;/|+&\n]|\s(?:and|dan|und|et|y|e|en|i)\s"

_WORDS: Mapping[str, tuple[str, ...]] = {
    "tenang": (
        "tenang calm relaxed composed patient focused disciplined peaceful sabar fokus disiplin santai ruhig gelassen",
        "geduldig konzentriert diszipliniert calme serein concentre tranquilo calmo paciente sereno sakin",
        "tranquillo concentrato concentrado disciplinado disciplinato spokojny opanowany rustig kalm entspannt detendu",
    ),
    "percaya_diri": (
        "percayadiri confident confidence yakin optimis optimistic selbstbewusst selbstsicher zuversichtlich confiant",
        "confiado segurodesi confiante fiducioso sicurodise optimiste optimista ottimista zelfverzekerd pewnysiebie",
    ),
    "netral": ("netral neutral neutro neutrale neutre normal biasa neutraal neutralny obojetny",),
    "ragu": (
        "ragu raguragu hesitant hesitation hesitating doubtful doubt uncertain unsure confused bingung bimbang",
        "zweifelnd zogerlich zoegerlich unsicher incertain indecis dudoso inseguro indeciso incerto confuso onzeker",
        "niepewny",
    ),
    "takut": (
        "takut fear fearful scared afraid anxious anxiety nervous worried panic panik cemas khawatir gugup angst",
        "aengstlich angstlich nervos nervoes peur anxieux nerveux inquiet miedo ansioso nervioso preocupado medo",
        "ansiedade nervoso paura ansia spaventato preoccupato bang angstig strach przestraszony zdenerwowany",
    ),
    "serakah": (
        "serakah greed greedy rakus tamak gier gierig habgierig cupide avide avidite avaricia codicia codicioso avido",
        "avidita ganancioso ganancia hebzuchtig chciwosc chciwy",
    ),
    "fomo": ("fomo fearofmissingout takutketinggalan takuttertinggal",),
    "frustasi": (
        "frustasi frustrasi frustrated frustration stressed stress tilt tilted kecewa stres frustriert enttauscht",
        "enttaeuscht gestresst frustre decu stresse frustrado decepcionado estresado estressado frustrato deluso",
        "stressato gefrustreerd disappointed sfrustrowany zestresowany",
    ),
    "marah": (
        "marah angry anger revenge revengeful vengeful rage balasdendam dendam kesal emosi wutend wuetend argerlich",
        "aergerlich rache rachsuchtig colere enerve fache enfadado enojado venganza arrabbiato vendetta raiva irritado",
        "vinganca boos zly wsciekly",
    ),
    "lelah": (
        "lelah tired exhausted fatigued bored capek capai bosan mengantuk mude muede erschopft erschoepft gelangweilt",
        "fatigue epuise ennuye cansado agotado aburrido stanco annoiato entediado moe verveeld sleepy zmeczony",
        "znudzony",
    ),
}
_CODES = {word: code for code, lines in _WORDS.items() for words in lines for word in words.split()}


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
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l")).encode("ascii", "ignore").decode()
    return _CODES.get(re.sub(r"[^a-z]", "", plain)) or " ".join(word.casefold().split())[:LONGEST]


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
