"""Which sessions are compared with which: those of an emotion, and the trader's own baseline."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

#: When the moods compared were told: before the first entry, or at any other or an unknown time.
Told = Literal["before", "hindsight"]
#: Calm and explicitly neutral sessions, or with fewer than 10 of them every session of another emotion.
BaselineRule = Literal["calm_and_neutral", "everything_else"]

CALM: Final = "tenang"
NEUTRAL: Final = "netral"
#: Sessions of an emotion, of the baseline and of all with a mood that any verdict asks for.
FEWEST_TREATED: Final = 5
FEWEST_BASELINE: Final = 10
FEWEST_SESSIONS: Final = 30
_BASES: Final = {"before": ("before",), "hindsight": ("later", "unknown")}


def told_sessions(sessions: pd.DataFrame, told: Told) -> pd.DataFrame:
    """The sessions of a session frame with a known result and a mood told then."""
    return sessions[sessions["basis"].isin(_BASES[told]) & sessions["result"].notna()]


def baseline_rule(rows: pd.DataFrame) -> BaselineRule:
    """By their number only, never by their results."""
    return "calm_and_neutral" if _calm_or_neutral(rows).sum() >= FEWEST_BASELINE else "everything_else"


def compared_emotions(rows: pd.DataFrame, rule: BaselineRule) -> list[str]:
    """The emotions that are compared with a baseline, in alphabetical order."""
    shown = rows[~_calm_or_neutral(rows)] if rule == "calm_and_neutral" else rows
    return sorted(set(shown["emotion"]))


def pair(rows: pd.DataFrame, emotion: str, rule: BaselineRule) -> tuple[pd.DataFrame, npt.NDArray[np.bool_]]:
    """The sessions of the emotion and of its baseline, and which are the emotion's."""
    if rule == "calm_and_neutral":
        rows = rows[(rows["emotion"] == emotion) | _calm_or_neutral(rows)]
    return rows, (rows["emotion"] == emotion).to_numpy(dtype=np.bool_)


def enough(sessions: int, n: int, n_baseline: int) -> bool:
    """Whether there are sessions for a test: of all with a mood, of the emotion, of the baseline."""
    return sessions >= FEWEST_SESSIONS and n >= FEWEST_TREATED and n_baseline >= FEWEST_BASELINE


def _calm_or_neutral(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["emotion"].isin((CALM, NEUTRAL))
