"""The tables a question can ask: two of ours with what is known of every trade and session, and the documented ones."""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

import pandas as pd

from mentor.messages import Message, message

#: Each table, and what is in it.
TABLES: Final[dict[str, Message]] = {
    "trades": message(
        "A row a closed trade in your base currency with a readable amount. Times are local; weekday 1 is Monday; mood "
        "is the one told before the first entry; net is after fees."
    ),
    "sessions": message(
        "A row a session with such trades: what they came to, mood and market. own_net and own_trades leave bots out "
        "where a person does most of the trading: no mood can have touched those."
    ),
    "daily_trading_data": message(
        "The stored trades, in every currency: group by currency before you add up. Times are UTC."
    ),
    "trading_sessions": message("The stored sessions, as every program writes them."),
    "mood_checkins": message("How you felt, and when (UTC)."),
    "ai_mentor_reports": message("The stored reports."),
}
_KEPT: Final = (
    "id",
    "session_id",
    "session_date",
    "symbol",
    "side",
    "strategy",
    "account",
    "origin",
    "lot_size",
    "risk_percent",
    "r",
    "fees",
    "mood",
    "market",
    "result",
    "stop",
    "month",
)


def trades_table(described: pd.DataFrame, zone: tzinfo) -> pd.DataFrame:
    """Trades as `analytics.dimensions.described` gives them, as the table `trades`."""
    local = {
        f"{name}_local": described[column].dt.tz_convert(zone).dt.tz_localize(None)
        for name, column in (("entry", "entry_time"), ("exit", "exit_time"), ("closed", "closed_at"))
    }
    minutes = (described["exit_time"] - described["entry_time"]).dt.total_seconds() / 60
    return described[list(_KEPT)].assign(
        net=described["profit_loss"],
        session_date=described["session_date"].dt.date,
        weekday=described["weekday"].astype("Int64") + 1,
        hour=described["hour"].astype("Int64"),
        holding_minutes=minutes.where(minutes >= 0),
        **local,
    )


def sessions_table(described: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """The same by session, as the table `sessions`; `own` is what `analytics.own_trades` leaves of them."""
    sessions = described.groupby("session_id", sort=True).agg(
        session_date=("session_date", "first"),
        net=("profit_loss", "sum"),
        trades=("id", "size"),
        mood=("mood", "first"),
        market=("market", "first"),
    )
    by_own = own.groupby("session_id")["profit_loss"]
    return sessions.assign(
        session_date=sessions["session_date"].dt.date,
        own_net=by_own.sum().reindex(sessions.index),
        own_trades=by_own.size().reindex(sessions.index, fill_value=0),
    ).reset_index()


def named_in(sql: str) -> tuple[str, ...]:
    """The tables a question may mean; others need not be sent."""
    said = sql.casefold()
    listing = any(word in said for word in ("show", "describe", "duckdb_", "information_schema", "query"))
    return tuple(name for name in TABLES if listing or name in said)
