"""Typed copies of a trader's rows in the documented tables, for questions: what is no number, day or moment is null."""

from __future__ import annotations

from typing import Final

import pandas as pd
import pyarrow as pa

from mentor.storage.connection import Connection
from mentor.storage.trade_columns import moment

_OWN: Final = "JOIN trading_sessions AS s ON s.id = t.session_id WHERE s.user_id = ? ORDER BY t.id"
#: Each table: its columns by kind, and which of its rows are a trader's.
_TABLES: Final[dict[str, tuple[dict[str, str], str]]] = {
    "trading_sessions": (
        {
            "whole": "id total_trades risk_score",
            "day": "session_date",
            "number": "total_profit_loss",
            "text": "emotions market_conditions personal_notes",
        },
        "WHERE t.user_id = ? ORDER BY t.id",
    ),
    "daily_trading_data": (
        {
            "whole": "id session_id bot_id stop_loss_used take_profit_used import_id",
            "text": "symbol side strategy_used account currency notes",
            "moment": "entry_time exit_time created_at",
            "number": "profit_loss lot_size risk_percent entry_price exit_price stop_price target_price fees",
        },
        _OWN,
    ),
    "mood_checkins": (
        {
            "whole": "id session_id intensity",
            "moment": "recorded_at",
            "text": "emotion market_conditions note source timing",
        },
        _OWN,
    ),
    "ai_mentor_reports": (
        {
            "whole": "id session_id",
            "text": "trading_patterns_analysis emotional_analysis risk_management_score recommendations "
            "motivation_message language",
            "moment": "created_at",
        },
        _OWN,
    ),
}
TABLES: Final = tuple(_TABLES)
_DAY: Final = "substr(CAST({0} AS TEXT), 1, 10)"
#: How a cell is read, and the type of its column.
_READ: Final[dict[str, tuple[str, pa.DataType]]] = {
    "whole": ("CASE WHEN typeof({0}) = 'integer' THEN {0} END", pa.int64()),
    "number": ("CASE WHEN typeof({0}) IN ('real', 'integer') THEN CAST({0} AS REAL) END", pa.float64()),
    "text": ("nullif(CAST({0} AS TEXT), '')", pa.string()),
    # SQLite takes 30 February for 2 March, and any number for a day: only what it writes the same way is one.
    "day": (f"CASE WHEN date({_DAY}) = {_DAY} THEN {_DAY} END", pa.string()),
    "moment": (f"unixepoch({moment('{0}')})", pa.int64()),
}
_SHOWN: Final = {"day": pa.date32(), "moment": pa.timestamp("s")}


def table(connection: Connection, user_id: int, name: str) -> pd.DataFrame:
    """One of `TABLES`, rows by id; moments are UTC without zone, columns are Arrow's."""
    kinds, own = _TABLES[name]
    columns = [(column, kind) for kind, names in kinds.items() for column in names.split()]
    cells = ", ".join(f"{_READ[kind][0].format(f't.{column}')} AS {column}" for column, kind in columns)
    found = connection.table(f"SELECT {cells} FROM {name} AS t {own}", (user_id,))
    typed = [found[column].cast(_READ[kind][1]).cast(_SHOWN.get(kind, _READ[kind][1])) for column, kind in columns]
    copy: pd.DataFrame = pa.table(typed, names=[column for column, _ in columns]).to_pandas(types_mapper=pd.ArrowDtype)
    return copy
