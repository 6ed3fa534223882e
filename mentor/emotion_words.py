"""Words for feelings, in the languages traders write them, and the code each one means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

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


def known_code(word: str) -> str | None:
    """The code of a word for a feeling, however it is written; `None` for a word we do not know."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l")).encode("ascii", "ignore").decode()
    return _CODES.get(re.sub(r"[^a-z]", "", plain))
