"""Mentor: a trading journal that tells traders, with evidence, what their emotions cost them.

The documented functions below work on the default journal (`MENTOR_DATABASE`, else `data/mentor.db`), so that a
bot written for the system this replaces changes one import.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from mentor.errors import MentorError
from mentor.journal import Journal
from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET
from mentor.settings import database_path

__all__ = [
    "Journal",
    "MentorError",
    "analyze_trading_session",
    "create_trading_session",
    "get_or_create_today_session",
    "get_recent_mentor_reports",
    "get_trading_session_data",
    "log_trade_for_ai_analysis",
    "save_ai_mentor_report",
    "update_session_emotions_and_notes",
]


@cache
def _journal_at(path: Path) -> Journal:
    return Journal.open(path)


def _journal() -> Journal:
    return _journal_at(database_path())


def create_trading_session(
    session_date: date | str,
    emotions: str = DEFAULT_EMOTION,
    market_conditions: str = DEFAULT_MARKET,
    notes: str = "",
) -> int:
    """See `Journal.create_trading_session`."""
    return _journal().create_trading_session(session_date, emotions, market_conditions, notes)


def get_or_create_today_session() -> int:
    """See `Journal.get_or_create_today_session`."""
    return _journal().get_or_create_today_session()


def update_session_emotions_and_notes(session_date: date | str, emotions: str, notes: str) -> bool:
    """See `Journal.update_session_emotions_and_notes`."""
    return _journal().update_session_emotions_and_notes(session_date, emotions, notes)


def log_trade_for_ai_analysis(
    bot_id: int,
    symbol: str,
    profit_loss: float,
    lot_size: float,
    stop_loss_used: bool = False,
    take_profit_used: bool = False,
    risk_percent: float | None = 1.0,
    strategy_used: str = "",
) -> int:
    """See `Journal.log_trade_for_ai_analysis`."""
    return _journal().log_trade_for_ai_analysis(
        bot_id, symbol, profit_loss, lot_size, stop_loss_used, take_profit_used, risk_percent, strategy_used
    )


def get_trading_session_data(session_date: date | str) -> dict[str, Any] | None:
    """See `Journal.get_trading_session_data`."""
    return _journal().get_trading_session_data(session_date)


def analyze_trading_session(session: date | str | Mapping[str, Any] | None = None) -> dict[str, Any]:
    """See `Journal.analyze_trading_session`."""
    return _journal().analyze_trading_session(session)


def save_ai_mentor_report(session_id: int, analysis: Mapping[str, Any]) -> bool:
    """See `Journal.save_ai_mentor_report`."""
    return _journal().save_ai_mentor_report(session_id, analysis)


def get_recent_mentor_reports(limit: int = 7) -> list[dict[str, Any]]:
    """See `Journal.get_recent_mentor_reports`."""
    return _journal().get_recent_mentor_reports(limit)
