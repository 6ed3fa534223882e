"""Invented days, readable in the test that uses them: what was traded, what came before, what was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from mentor.analytics.frames import MOOD_DTYPES, empty_moods
from mentor.models import MoodCheckin, Preferences, RiskPlan, Session, Timing
from mentor.report.finding import Finding, MentorReport
from mentor.report.known import History, Known, known_on
from mentor.report.mentor import mentor_report
from tests.analytics.frame_builders import trade_rows

ZONE = ZoneInfo("Asia/Jakarta")
#: The day the reports are of, a Saturday a month after the first earlier day, and its session.
DAY = date(2025, 2, 1)
SESSION = 100

Row = dict[str, Any]


def trade(amount: float | None, at: str = "02:00", minutes: int = 10, **more: Any) -> Row:
    """A trade entered at `at` UTC and held so many minutes; 0.10 lots of EURUSD with a stop unless said otherwise."""
    return {"profit_loss": amount, "at": at, "minutes": minutes, "lot_size": 0.1, "stop_price": 1.0, **more}


def bot_trade(amount: float, **more: Any) -> Row:
    """As the documented function logs it: no times, no stop, the default risk."""
    return {"profit_loss": amount, "lot_size": 0.1, "risk_percent": 1.0, "origin": "bot", **more}


def usual_days(*amounts: float, **more: Any) -> list[list[Row]]:
    """Days of one trade each."""
    return [[trade(amount, **more)] for amount in amounts]


def frame(today: Sequence[Row], earlier: Sequence[Sequence[Row]]) -> pd.DataFrame:
    """Earlier days end the day before; ids count from 1 in order of the days."""
    first = DAY - timedelta(days=len(earlier))
    days = [(number + 1, first + timedelta(days=number), rows) for number, rows in enumerate(earlier)]
    return trade_rows(
        _on(day, row) | {"session_id": session, "session_date": pd.Timestamp(day)}
        for session, day, rows in [*days, (SESSION, DAY, today)]
        for row in rows
    )


def told(emotion: str, timing: Timing, at: str | None = "01:30", intensity: int | None = 3) -> MoodCheckin:
    return MoodCheckin(
        id=1,
        session_id=SESSION,
        recorded_at=None if at is None else _moment(DAY, at),
        emotion=emotion,
        intensity=intensity,
        market_conditions=None,
        note="",
        source="sidebar",
        timing=timing,
    )


def moods(*checkins: MoodCheckin, earlier: Sequence[tuple[int, str]] = ()) -> pd.DataFrame:
    """The mood frame of the day's check-ins, and of earlier sessions' moods told before their first entry."""
    rows = [
        {
            "session_id": number,
            "session_date": pd.Timestamp("2025-01-02"),
            "recorded_at": _moment(date(2025, 1, 2), "01:00"),
            "emotion": emotion,
            "timing": "before",
        }
        for number, emotion in earlier
    ] + [
        {
            "session_id": one.session_id,
            "session_date": pd.Timestamp(DAY),
            "recorded_at": one.recorded_at,
            "emotion": one.emotion,
            "timing": one.timing,
        }
        for one in checkins
    ]
    if not rows:
        return empty_moods()
    made = pd.DataFrame(rows)
    made["recorded_at"] = pd.to_datetime(made["recorded_at"], utc=True)
    return made[list(MOOD_DTYPES)].astype(MOOD_DTYPES)


def session(**more: Any) -> Session:
    filled: dict[str, Any] = {
        "id": SESSION,
        "date": DAY,
        "date_text": DAY.isoformat(),
        "total_trades": 0,
        "total_profit_loss": 0.0,
        "emotions": "netral",
        "market_conditions": "normal",
        "personal_notes": "",
        "risk_score": None,
        "created_at": None,
        "stated": False,
    }
    return Session(**filled | more)


def known(
    today: Sequence[Row],
    earlier: Sequence[Sequence[Row]] = (),
    *,
    checkins: Sequence[MoodCheckin] = (),
    told_earlier: Sequence[tuple[int, str]] = (),
    plan: RiskPlan | None = None,
    balance: float | None = None,
    history: History | None = None,
    **of_session: Any,
) -> Known:
    return known_on(
        session(**of_session),
        trades=frame(today, earlier),
        checkins=checkins,
        moods=moods(*checkins, earlier=told_earlier),
        preferences=Preferences(
            timezone="Asia/Jakarta", currency="USD", starting_balance=balance, risk_plan=plan or RiskPlan()
        ),
        history=history or History(),
    )


def report(today: Sequence[Row], earlier: Sequence[Sequence[Row]] = (), **more: Any) -> MentorReport:
    return mentor_report(known(today, earlier, **more))


def rules(made: MentorReport) -> list[str]:
    """`severity rule` of every finding, in order."""
    return [f"{one.severity} {one.rule}" for one in made.findings]


def finding(made: MentorReport, rule: str) -> Finding:
    [found] = [one for one in made.findings if one.rule == rule]
    return found


def _on(day: date, row: Row) -> Row:
    if "at" not in row:
        return {"closed_at": _moment(day, "12:00"), **row}
    entry = _moment(day, row["at"])
    left = {name: value for name, value in row.items() if name not in ("at", "minutes")}
    return left | {"entry_time": entry, "exit_time": entry + timedelta(minutes=row["minutes"])} | _closed(entry, row)


def _closed(entry: datetime, row: Row) -> Row:
    return {"closed_at": entry + timedelta(minutes=row["minutes"])}


def _moment(day: date, at: str) -> datetime:
    hour, minute = map(int, at.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
