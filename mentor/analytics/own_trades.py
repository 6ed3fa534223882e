"""Whose trades tell of the trader: a person's, and a bot's only where bots do most of the trading."""

from __future__ import annotations

import pandas as pd

_BOT = "bot"


def own_trades(trades: pd.DataFrame) -> pd.DataFrame:
    """The trades without those of bots, if a person traded on at least half of the sessions; else all of them."""
    own = trades[trades["origin"] != _BOT]
    if own.empty or 2 * own["session_id"].nunique() < trades["session_id"].nunique():
        return trades
    return own


def bot_trades(trades: pd.DataFrame) -> pd.DataFrame:
    """The trades of bots where `own_trades` leaves them out: results that no mood of a person can have touched."""
    if len(own_trades(trades)) == len(trades):
        return trades.iloc[:0]
    return trades[trades["origin"] == _BOT]
