"""The demo journal: 250 sessions of one invented trader whose truths `data/demo.md` writes down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, Final

from mentor.demo.trader import ACCOUNT, BALANCE, CURRENCY, Day, invent
from mentor.errors import InvalidArgument
from mentor.journal import Journal
from mentor.messages import message, messages
from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET, Preferences, RiskPlan
from mentor.storage import bulk, preferences, trades
from mentor.storage.database import Database
from mentor.storage.migrations import check_origin

#: Where the invented trader lives: the days of a demo journal that is made anew.
ZONE: Final = "Asia/Jakarta"
#: What the trader means to keep to, and breaks when greedy.
PLAN: Final = RiskPlan(risk_percent=1.0, trades_a_day=5, stop_after_losses=3)


@dataclass(frozen=True, slots=True)
class Filled:
    """How much was put into a journal."""

    sessions: int
    trades: int
    check_ins: int


def fill(journal: Journal, *, null: bool = False) -> Filled:
    """Put the invented trader into an empty journal, all or nothing; `null`: the same trader without any effect.

    Times are those of the journal's zone. Raises `InvalidArgument` for a journal that holds a session.
    """
    days = invent(journal.zone, null=null)
    database = Database(journal.path, check_origin)
    try:
        with database.transaction() as connection:
            held = bulk.sessions(connection)
            if held:
                raise InvalidArgument(
                    messages(
                        "This journal holds {n} session already; the demo needs an empty one",
                        "This journal holds {n} sessions already; the demo needs an empty one",
                        n=held,
                    ),
                    where=str(journal.path),
                    todo=message("Name a new file with --database FILE."),
                )
            bulk.add(connection, "trading_sessions", [_session(day, journal.user_id, key) for key, day in _keyed(days)])
            bulk.add(connection, "daily_trading_data", list(_trades(days)))
            bulk.add(connection, "mood_checkins", list(_check_ins(days)))
            preferences.write(connection, journal.user_id, _preferences(journal))
    finally:
        database.close()
    told = sum(day.check_in is not None for day in days)
    return Filled(sessions=len(days), trades=sum(len(day.trades) for day in days), check_ins=told)


def demo_path(path: Path) -> Path:
    """The demo's own file beside the journal `path`, made and filled when it is missing."""
    own = beside(path)
    with Journal.open(own, timezone=ZONE) as journal:
        if not journal.sessions():
            fill(journal)
    return own


def beside(path: Path) -> Path:
    """The name of the demo's own file beside the journal `path`."""
    return path.with_name(f"{path.stem}-demo{path.suffix or '.db'}")


def _keyed(days: list[Day]) -> Iterator[tuple[int, Day]]:
    """Each day with the id of its session."""
    return enumerate(days, start=1)


def _session(day: Day, user_id: int, key: int) -> dict[str, Any]:
    told = day.check_in
    begun = [trade.entry_time for trade in day.trades] + ([told.recorded_at] if told else [])
    return {
        "id": key,
        "session_date": day.date.isoformat(),
        "user_id": user_id,
        "emotions": told.emotion if told else DEFAULT_EMOTION,
        "market_conditions": told.market_conditions if told else DEFAULT_MARKET,
        "personal_notes": day.notes,
        "created_at": min(moment for moment in begun if moment is not None),
    }


def _trades(days: list[Day]) -> Iterator[dict[str, Any]]:
    for key, day in _keyed(days):
        for trade in day.trades:
            row = {name: getattr(trade, name) for name in ("bot_id", *trades.KNOWABLE)}
            yield row | {"session_id": key, "created_at": trade.exit_time}


def _check_ins(days: list[Day]) -> Iterator[dict[str, Any]]:
    for key, day in _keyed(days):
        if day.check_in is not None:
            yield {
                "session_id": key,
                "recorded_at": day.check_in.recorded_at,
                "emotion": day.check_in.emotion,
                "intensity": day.check_in.intensity,
                "market_conditions": day.check_in.market_conditions,
                "source": "demo",
            }


def _preferences(journal: Journal) -> Preferences:
    return Preferences(
        timezone=journal.zone.key,
        day_start=time(0),
        currency=CURRENCY,
        starting_balance=BALANCE,
        risk_plan=PLAN,
        account_names={ACCOUNT: "Demo"},
    )
