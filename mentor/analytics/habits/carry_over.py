"""Whether yesterday's mood stays: `mentor.analytics.carry_over` as a habit."""

from __future__ import annotations

import pandas as pd

from mentor.analytics.carry_over import CarryOver, carry_over
from mentor.analytics.habits.between_sessions import FEWEST
from mentor.analytics.habits.habit import Finding, Missing, lacking
from mentor.analytics.habits.record import Record
from mentor.analytics.inference import wilson


def mood_carry_over(record: Record) -> Finding:
    """Share of following days with the mood of the day before, less what it would be without any carry-over."""
    told = record.sessions[record.sessions["basis"] == "before"]
    found = carry_over(record.sessions)
    counts = {"opportunities": found.transitions, "sessions": found.transitions}
    if told.empty:
        return lacking(Missing.MOODS, "share")
    share = wilson(sum(row[place] for place, row in enumerate(found.counts)), found.transitions)
    if found.transitions < FEWEST or share is None or found.stay is None or found.expected is None:
        return lacking(Missing.SESSIONS, "share", **counts)
    if found.p_value is None:
        return lacking(Missing.SPREAD, "share", **counts)
    middle = told["session_id"].iloc[len(told) // 2]
    late = (record.sessions["session_id"] == middle).cumsum() > 0
    halves = [_surplus(carry_over(record.sessions[part])) for part in (~late, late)]
    return Finding(
        opportunities=found.transitions,
        sessions=found.transitions,
        effect=found.stay - found.expected,
        low=share.low - found.expected,
        high=share.high - found.expected,
        p_value=found.p_value,
        unit="share",
        # A single day moves a share of thirty pairs by less than any share that passes the test.
        steady=True,
        halves=halves[0] * halves[1] > 0,
        trades=_stayed(record),
        chart=_transitions(found),
    )


def _surplus(found: CarryOver) -> float:
    return 0.0 if found.stay is None or found.expected is None else found.stay - found.expected


def _stayed(record: Record) -> tuple[int, ...]:
    """Trades of the days that began with the mood of the traded day before."""
    sessions = record.sessions
    told = sessions["emotion"].where(sessions["basis"] == "before")
    same = sessions.loc[told.eq(told.shift()).fillna(False).to_numpy(dtype=bool), "session_id"]
    return tuple(record.rows.loc[record.rows["session_id"].isin(same), "id"].tolist())


def _transitions(found: CarryOver) -> pd.DataFrame:
    """From one mood to the next: `before`, `emotion`, `days` counted, and the smoothed `share` of its row."""
    rows = [
        {"before": before, "emotion": emotion, "days": found.counts[i][j], "share": found.shares[i][j]}
        for i, before in enumerate(found.emotions)
        for j, emotion in enumerate(found.emotions)
    ]
    return pd.DataFrame(rows, columns=["before", "emotion", "days", "share"])
