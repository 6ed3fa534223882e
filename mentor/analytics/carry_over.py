"""Whether a mood lasts: what was told the day before, and what on the next traded day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.inference import p_value
from mentor.analytics.mood_groups import told_sessions

#: Sessions further apart than this many days do not follow each other.
LONGEST_GAP: Final = 4
#: Transitions below which a share is not shown as one, and staying is not tested.
FEWEST: Final = 10
#: Added to every count before shares are taken (Dirichlet ½), so that never seen is not never.
_PRIOR: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """Transitions between sessions that follow each other, both with a mood told before the first entry.

    `counts[i][j]` went from `emotions[i]` to `emotions[j]`, `shares` are the smoothed rows. `stay` is the share of
    transitions to the same emotion, `expected` what it would be without any carry-over; `p_value` compares the two.
    `None`: fewer than 10 transitions, or nothing to compare.
    """

    emotions: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float, ...], ...]
    transitions: int
    stay: float | None
    expected: float | None
    p_value: float | None


def carry_over(sessions: pd.DataFrame) -> CarryOver:
    """Of a session frame, in its order."""
    told = told_sessions(sessions, "before")
    emotions = tuple(sorted(set(told["emotion"])))
    codes = pd.Categorical(told["emotion"], categories=list(emotions)).codes.astype(np.int64)
    follows = _follows(sessions, told)
    counts = np.zeros((len(emotions), len(emotions)), dtype=np.int64)
    np.add.at(counts, (codes[:-1][follows], codes[1:][follows]), 1)
    smoothed = counts + _PRIOR
    stay, expected, p = _staying(codes, follows)
    return CarryOver(
        emotions=emotions,
        counts=tuple(tuple(row) for row in counts.tolist()),
        shares=tuple(tuple(row) for row in (smoothed / smoothed.sum(axis=1, keepdims=True)).tolist()),
        transitions=int(follows.sum()),
        stay=stay,
        expected=expected,
        p_value=p,
    )


def _follows(sessions: pd.DataFrame, told: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each told session but the first comes directly after the told one before, not days later."""
    places = sessions.index.get_indexer(told.index)
    days = told["session_date"].diff().dt.days.to_numpy()[1:]
    return np.asarray((np.diff(places) == 1) & (days <= LONGEST_GAP))


def _staying(
    codes: npt.NDArray[np.int64], follows: npt.NDArray[np.bool_]
) -> tuple[float | None, float | None, float | None]:
    """The share that stays, its mean over the rotations of the days before, and how unusual it is among them.

    Turning the row of moods along the days keeps each mood's own spells and breaks only what follows what.
    """
    n = codes.size
    if follows.sum() < FEWEST:
        return None, None, None
    later = codes[1:][follows]
    places = np.flatnonzero(follows)
    # All turns but the last two, which compare every day with itself and with the next one.
    stays = np.array([float((codes[(places - turn) % n] == later).mean()) for turn in range(n - 2)])
    expected = float(stays[1:].mean())
    if np.ptp(stays) == 0:
        return float(stays[0]), expected, None
    return float(stays[0]), expected, p_value(float(stays[0]) - expected, stays[1:] - expected)
