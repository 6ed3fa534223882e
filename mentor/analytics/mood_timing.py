"""When a mood was told, beside the trades of its day: before the first entry, between, or after the last exit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import pandas as pd

from mentor.analytics.frames import MOOD_DTYPES, empty_moods
from mentor.models import DEFAULT_EMOTION, Session, Timing


def timings_of(
    session_ids: Sequence[int], recorded_at: Sequence[datetime | None], bounds: pd.DataFrame
) -> list[Timing]:
    """Timing of each check-in against `session_bounds`."""
    moments = pd.Series(list(recorded_at), dtype="object").astype("datetime64[us, UTC]")
    told = pd.DataFrame({"session_id": pd.Series(session_ids, dtype="int64"), "recorded_at": moments})
    return [cast("Timing", word) for word in timings(told, bounds)]


def session_bounds(trades: pd.DataFrame) -> pd.DataFrame:
    """First entry and last exit by session_id, UTC; NaT when a trade of the session does not know its own.

    A bot that states no times logs a trade when it closes it: that moment (`closed_at`) counts for both.
    """
    logged = trades["closed_at"].where(trades["exit_time"].isna())
    times = pd.DataFrame(
        {
            "session_id": trades["session_id"],
            "first_entry": trades["entry_time"].fillna(logged),
            "last_exit": trades["exit_time"].fillna(logged),
        }
    )
    complete = times.notna().groupby(times["session_id"]).all()
    bounds = times.groupby("session_id").agg({"first_entry": "min", "last_exit": "max"})
    return bounds.where(complete[["first_entry", "last_exit"]])


def timings(moods: pd.DataFrame, bounds: pd.DataFrame) -> pd.Series[str]:
    """Timing of every row of `moods` (session_id, recorded_at) against `session_bounds`.

    A day without trades is still before its first entry.
    """
    joined = moods[["session_id", "recorded_at"]].join(bounds, on="session_id")
    traded = moods["session_id"].isin(bounds.index)
    known = joined["first_entry"].notna() & joined["last_exit"].notna() & joined["recorded_at"].notna()
    answer = pd.Series("unknown", index=moods.index, dtype="str")
    answer[known] = "between"
    answer[known & (joined["recorded_at"] >= joined["last_exit"])] = "after"
    answer[known & (joined["recorded_at"] <= joined["first_entry"])] = "before"
    answer[~traded & moods["recorded_at"].notna()] = "before"
    return answer


def mood_frame(told: pd.DataFrame, sessions: Sequence[Session], bounds: pd.DataFrame) -> pd.DataFrame:
    """The mood frame: check-ins with their timing, and the words only a session knows, told at an unknown moment.

    `told` has session_id, recorded_at (epoch seconds), emotion and stated_timing (missing: follows from the time).
    """
    days = {session.id: session.date for session in sessions}
    frame = pd.DataFrame(
        {
            "session_id": told["session_id"],
            "recorded_at": pd.to_datetime(told["recorded_at"], unit="s", utc=True),
            "emotion": told["emotion"],
        }
    )
    stated = told["stated_timing"].astype("object")
    frame["timing"] = stated.where(stated.notna(), timings(frame, bounds))
    words = [
        {"session_id": session.id, "emotion": session.emotions, "timing": "unknown"}
        for session in _with_a_word_of_their_own(sessions, frame)
    ]
    whole = pd.concat([frame, pd.DataFrame(words)], ignore_index=True) if words else frame
    if whole.empty:
        return empty_moods()
    whole["session_date"] = pd.to_datetime(whole["session_id"].map(days))
    return whole[list(MOOD_DTYPES)].astype(MOOD_DTYPES)


def _with_a_word_of_their_own(sessions: Sequence[Session], told: pd.DataFrame) -> list[Session]:
    """Sessions whose word is neither the default nor one of their check-ins: another program wrote it."""
    words = told.groupby("session_id")["emotion"].agg(set).to_dict()
    return [session for session in sessions if session.emotions not in {DEFAULT_EMOTION, *words.get(session.id, ())}]
