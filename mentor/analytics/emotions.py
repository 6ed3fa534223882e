"""How the sessions went beside the mood they began with: description only, no test and no interval.

A session is labelled by its last check-in before the first entry (basis `before`). Without one, a mood told
between or after the trades (`later`) or at an unknown moment (`unknown`) is shown apart, since the result may
have coloured it. A session without any word is not recorded, never neutral.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.frames import MOOD_SESSION_DTYPES
from mentor.models import EMOTIONS

Basis = Literal["before", "later", "unknown"]

#: From the word that may explain a result to those that may be explained by it.
BASES: Final[tuple[Basis, ...]] = ("before", "later", "unknown")
_BASIS_OF_TIMING: Final = {"before": "before", "between": "later", "after": "later", "unknown": "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodGroup:
    """The sessions of one emotion on one basis; money is net, in base currency.

    `mean` is the plain average a session: without an interval it describes these sessions and no others.
    """

    emotion: str
    basis: Basis
    sessions: int
    trades: int
    net: float
    mean: float
    winning_sessions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of how many traded sessions a mood is known, by when it was told."""

    sessions: int
    before: int
    later: int
    unknown: int

    @property
    def unrecorded(self) -> int:
        return self.sessions - self.before - self.later - self.unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodResults:
    """Every traded session with its label (`MOOD_SESSION_DTYPES`), the groups, and the coverage."""

    sessions: pd.DataFrame
    groups: tuple[MoodGroup, ...]
    coverage: Coverage


def mood_results(trades: pd.DataFrame, moods: pd.DataFrame) -> MoodResults:
    """Join the moods to the results of the traded sessions."""
    sessions = _results(trades).merge(labels(moods), on="session_id", how="left").astype(MOOD_SESSION_DTYPES)
    counts = sessions["basis"].value_counts()
    coverage = Coverage(sessions=len(sessions), **{basis: int(counts.get(basis, 0)) for basis in BASES})
    return MoodResults(sessions=sessions, groups=_groups(sessions), coverage=coverage)


def labels(moods: pd.DataFrame) -> pd.DataFrame:
    """One row a session: `session_id`, its `emotion`, and the `basis` that word has."""
    words = {word: _as_code(word) for word in moods["emotion"].unique()}
    told = moods.assign(basis=moods["timing"].map(_BASIS_OF_TIMING), emotion=moods["emotion"].map(words))
    told["rank"] = told["basis"].map({basis: rank for rank, basis in enumerate(reversed(BASES))})
    told = told.sort_values(["rank", "recorded_at"], kind="stable", na_position="first")
    last = told.drop_duplicates("session_id", keep="last")
    return last[["session_id", "emotion", "basis"]].sort_values("session_id")


def _as_code(word: str) -> str:
    """Our code for a word that differs only in its letters' case and what stands between; else the word itself."""
    code = "_".join(word.casefold().replace("-", " ").replace("_", " ").split())
    return code if code in EMOTIONS else word


def _results(trades: pd.DataFrame) -> pd.DataFrame:
    rows = countable(trades).trades
    results = rows.groupby("session_id", sort=True).agg(
        session_date=("session_date", "first"), profit_loss=("profit_loss", "sum"), trades=("id", "size")
    )
    return results.reset_index()


def _groups(sessions: pd.DataFrame) -> tuple[MoodGroup, ...]:
    groups = []
    for basis in BASES:
        told = sessions[sessions["basis"] == basis]
        found = [_group(str(emotion), basis, rows) for emotion, rows in told.groupby("emotion")]
        groups += sorted(found, key=lambda group: (group.mean, group.emotion))
    return tuple(groups)


def _group(emotion: str, basis: Basis, rows: pd.DataFrame) -> MoodGroup:
    return MoodGroup(
        emotion=emotion,
        basis=basis,
        sessions=len(rows),
        trades=int(rows["trades"].sum()),
        net=float(rows["profit_loss"].sum()),
        mean=float(rows["profit_loss"].mean()),
        winning_sessions=int((rows["profit_loss"] > 0).sum()),
    )
