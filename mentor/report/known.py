"""What was known on a day: the session, everything before it, and nothing of later days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from mentor import progress
from mentor.analytics.frames import ordered
from mentor.analytics.risk_score import RiskScore, risk_score, risk_scores
from mentor.messages import message
from mentor.models import MoodCheckin, Preferences, Session

if TYPE_CHECKING:
    from mentor.analytics.emotion_report import EmotionReport
    from mentor.analytics.habits import Habit

#: The last day whose end is a moment anywhere on Earth.
_LAST: Final = date.max - timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is said of the sessions before a day; `None` and empty where nobody asked.

    `measured` keeps what else a report measured of them, by name, so that the next one of the day need not.
    """

    emotions: EmotionReport | None = None
    habits: tuple[Habit, ...] = ()
    scores: tuple[RiskScore, ...] | None = None
    measured: dict[tuple[str, int], Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One session as it stood on its day.

    `trades` are its trade frame, `earlier` that of all earlier sessions, `checkins` its own, `moods` the mood frame
    up to and with the day. `beside` are the trades of other sessions on the same date: in no figure of this one.
    `score` is the session's, `earlier_scores` those of the earlier ones in order of day and id.
    """

    session: Session
    trades: pd.DataFrame = field(compare=False)
    earlier: pd.DataFrame = field(compare=False)
    beside: int
    checkins: tuple[MoodCheckin, ...]
    moods: pd.DataFrame = field(compare=False)
    score: RiskScore
    earlier_scores: tuple[RiskScore, ...]
    preferences: Preferences
    history: History

    @property
    def day(self) -> date:
        assert self.session.date is not None, "a session asked for by its day has one"
        return self.session.date


def known_on(
    session: Session,
    *,
    trades: pd.DataFrame,
    checkins: Sequence[MoodCheckin],
    moods: pd.DataFrame,
    preferences: Preferences,
    history: History,
) -> Known:
    """Cut a journal's trade frame, the session's check-ins and the journal's mood frame at the end of its day.

    `history` is `history_before` the day (an empty `History` where it was not computed). Trades of sessions without a
    day have no place before or after it and are left out.
    """
    assert session.date is not None, "a session asked for by its day has one"
    progress.step(message("looking at the risk of every earlier day"))
    rows = ordered(trades)
    own, earlier = rows[(rows["session_id"] == session.id).to_numpy()], before(rows, session.date)
    limits = _limits(preferences)
    end = day_end(session.date, preferences)
    told = moods[((moods["session_date"] <= pd.Timestamp(session.date)) & ~(moods["recorded_at"] > end)).to_numpy()]
    return Known(
        session=session,
        trades=own,
        earlier=earlier,
        beside=int((rows["session_date"] == pd.Timestamp(session.date)).sum()) - len(own),
        checkins=tuple(sorted((told for told in checkins if _told_by(told, end)), key=_moment)),
        moods=told,
        score=risk_score(own, earlier, **limits),
        earlier_scores=risk_scores(earlier, **limits) if history.scores is None else history.scores,
        preferences=preferences,
        history=history,
    )


def before(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows of a trade or mood frame on earlier session dates."""
    return frame[(frame["session_date"] < pd.Timestamp(day)).to_numpy()]


def history_before(
    day: date, *, trades: pd.DataFrame, moods: pd.DataFrame, markets: pd.Series[str], preferences: Preferences
) -> History:
    """What moods came with and which habits show in the sessions before a day: slow, so keep it.

    `trades` and `moods` are the journal's frames, `markets` is `recorded_markets` of its sessions.
    """
    # Half a second of imports that a report without statistics never needs.
    from mentor.analytics.emotion_report import of_table
    from mentor.analytics.habits import habits
    from mentor.analytics.session_frame import session_table

    known, told = before(trades, day), before(moods, day)
    told = told[~(told["recorded_at"] > day_end(day, preferences)).to_numpy()]
    balance, limits = preferences.starting_balance, _limits(preferences)
    table = session_table(known, told, markets, journal=known, starting_balance=balance)
    return History(
        emotions=of_table(table, ZoneInfo(preferences.timezone)),
        habits=habits(table),
        scores=risk_scores(ordered(known), **limits),
    )


def _limits(preferences: Preferences) -> dict[str, int | None]:
    plan = preferences.risk_plan
    return {"trades_a_day": plan.trades_a_day, "stop_after_losses": plan.stop_after_losses}


def day_end(day: date, preferences: Preferences) -> pd.Timestamp:
    """The moment the trader's day ends, UTC; of the last days a calendar knows that of the last one with a next."""
    late = timedelta(hours=preferences.day_start.hour, minutes=preferences.day_start.minute)
    local = datetime.combine(min(day, _LAST), time()) + timedelta(days=1) + late
    return pd.Timestamp(local.replace(tzinfo=ZoneInfo(preferences.timezone))).tz_convert("UTC")


def _told_by(checkin: MoodCheckin, end: pd.Timestamp) -> bool:
    return checkin.recorded_at is None or not pd.Timestamp(checkin.recorded_at) > end


def _moment(checkin: MoodCheckin) -> tuple[float, int]:
    """In order of time, unknown moments first."""
    told = checkin.recorded_at
    return -math.inf if told is None else told.timestamp(), checkin.id
