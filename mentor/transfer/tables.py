"""What of a journal travels: its tables, their columns, and what a column holds when no other program wrote into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.importing.reading import strings

#: 'reference': an id, here or in another table.
Kind = Literal["reference", "whole", "real", "moment", "text"]

#: Written so for people and for importers: what an amount is net of, which clock it is, by which id a broker knows it.
HEADERS: Mapping[str, str] = {
    "profit_loss": "net_profit_loss",
    "entry_time": "entry_time (UTC)",
    "exit_time": "exit_time (UTC)",
    "external_id": "ticket",
}
WHOLE = r"^-?\d{1,18}$"
REAL = r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$"
#: SQLite reads these as what is larger than any number.
INFINITE = pa.array(["9e999", "-9e999"])
MOMENT = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$"


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the journal: where it is stored, its columns in order, which of them may not be empty."""

    stored: str
    kinds: Mapping[str, Kind]
    needed: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.kinds)

    @cached_property
    def headers(self) -> tuple[str, ...]:
        return tuple(HEADERS.get(name, name) for name in self.kinds)

    @cached_property
    def references(self) -> tuple[str, ...]:
        return tuple(name for name, kind in self.kinds.items() if kind == "reference")


def _kinds(*runs: tuple[Kind, str]) -> dict[str, Kind]:
    """Column → kind, in the order of the columns: one pair for each run of one kind."""
    return {name: kind for kind, names in runs for name in names.split()}


#: By the name of their file. What is not here stays: the trader's number, and the random mark of a changed session.
TABLES: Mapping[str, Table] = {
    "sessions": Table(
        stored="trading_sessions",
        kinds=_kinds(
            ("reference", "id"),
            ("text", "session_date"),
            ("whole", "total_trades"),
            ("real", "total_profit_loss"),
            ("text", "emotions market_conditions personal_notes"),
            ("whole", "risk_score risk_score_said"),
            ("moment", "created_at"),
            ("whole", "stated_trades"),
            ("real", "stated_profit_loss"),
        ),
        needed=("id", "session_date", "total_trades", "total_profit_loss", "emotions", "market_conditions"),
    ),
    "trades": Table(
        stored="daily_trading_data",
        kinds=_kinds(
            ("reference", "id session_id"),
            ("whole", "bot_id"),
            ("text", "symbol"),
            ("moment", "entry_time exit_time"),
            ("real", "profit_loss lot_size"),
            ("whole", "stop_loss_used take_profit_used"),
            ("real", "risk_percent"),
            ("text", "strategy_used"),
            ("moment", "created_at"),
            ("text", "side"),
            ("real", "entry_price exit_price stop_price target_price fees"),
            ("text", "account currency external_id fingerprint"),
            ("reference", "import_id"),
            ("text", "notes"),
        ),
        needed=("id", "session_id", "bot_id", "symbol", "profit_loss", "lot_size"),
    ),
    "moods": Table(
        stored="mood_checkins",
        kinds=_kinds(
            ("reference", "id session_id"),
            ("moment", "recorded_at"),
            ("text", "emotion"),
            ("whole", "intensity"),
            ("text", "market_conditions note source timing"),
            ("reference", "import_id"),
        ),
        needed=("id", "session_id", "recorded_at", "emotion", "note", "source"),
    ),
    "reports": Table(
        stored="ai_mentor_reports",
        kinds=_kinds(
            ("reference", "id session_id"),
            ("text", "trading_patterns_analysis emotional_analysis"),
            ("whole", "risk_management_score"),
            ("text", "recommendations motivation_message language"),
            ("moment", "created_at"),
            ("text", "evidence_hash engine_version"),
        ),
        needed=("id", "session_id"),
    ),
    "imports": Table(
        stored="imports",
        kinds=_kinds(
            ("reference", "id"),
            ("text", "file_name format account currency source_timezone"),
            ("whole", "trades"),
            ("real", "net_profit_loss"),
            ("whole", "duplicates ignored_rows rejected_rows"),
            ("text", "traces"),
            ("moment", "imported_at undone_at"),
        ),
        needed=("id", "file_name", "format", "source_timezone", "trades", "traces", "imported_at"),
    ),
    "fills": Table(
        stored="fills",
        kinds=_kinds(
            ("reference", "id import_id trade_id closed_by"),
            ("whole", "part"),
            ("text", "account symbol currency"),
            ("whole", "at"),
            ("text", "session_date"),
            ("whole", "sequence"),
            ("text", "action"),
            ("real", "quantity price multiplier fees gross realized"),
            ("text", "effect leg"),
            ("whole", "may_short"),
            ("text", "external_id fingerprint notes strategy_used emotion"),
            ("whole", "stop_loss_used take_profit_used line"),
        ),
        needed=("id", "import_id", "part", "symbol", "session_date", "sequence", "action", "fingerprint", "line"),
    ),
    "deleted": Table(
        stored="deleted_trades",
        kinds=_kinds(
            ("reference", "id"),
            ("text", "account external_id fingerprint"),
            ("reference", "import_id"),
            ("moment", "deleted_at"),
        ),
        needed=("id", "import_id"),
    ),
    "mappings": Table(
        stored="column_mappings",
        kinds=_kinds(("text", "header columns"), ("moment", "chosen_at")),
        needed=("header", "columns", "chosen_at"),
    ),
    "bots": Table(
        stored="bots", kinds=_kinds(("whole", "id"), ("text", "name"), ("moment", "created_at")), needed=("id", "name")
    ),
}


def numbers(cells: pa.Array) -> pa.Array:
    """Which cells of text are numbers; unknown of null."""
    return pc.and_(pc.match_substring_regex(cells, REAL), pc.invert(pc.is_in(cells, INFINITE)))


def typed(cells: pa.Array, kind: Kind) -> pa.Array:
    """Text as its column's type, where every cell can be had back from it; else as it is."""
    if kind == "real" and _all(numbers(cells), cells):
        return cells.cast(pa.float64())
    if kind in ("whole", "reference") and _all(pc.match_substring_regex(cells, WHOLE), cells):
        return cells.cast(pa.int64())
    if kind == "moment" and _all(pc.match_substring_regex(cells, MOMENT), cells):
        return _moments(cells)
    return cells


def untyped(cells: pa.Array, kind: Kind) -> pa.Array:
    """Cells of any type as text; numbers always in the same words, so that they can be compared."""
    if pa.types.is_timestamp(cells.type):
        return cells.cast(pa.timestamp("s")).cast(pa.string())
    text = cells.cast(pa.string())
    if kind != "real":
        return text
    number = numbers(text)
    plain = pc.if_else(number, text, pa.scalar(None, pa.string())).cast(pa.float64()).cast(pa.string())
    return pc.if_else(number, plain, text)


def as_frame(table: Table, rows: pa.Table) -> pd.DataFrame:
    """A table as it is compared: ids as `Int64`, missing where one is none, and text for the rest."""
    columns = {}
    for name, kind in table.kinds.items():
        cells = untyped(one_array(rows[name]), kind)
        if kind == "reference":
            ids = pc.if_else(pc.match_substring_regex(cells, WHOLE), cells, pa.scalar(None, pa.string()))
            columns[name] = pd.Series(ids.cast(pa.int64()).to_pandas(types_mapper=lambda _: pd.Int64Dtype()))
        else:
            columns[name] = strings(cells)
    return pd.DataFrame(columns)


def one_array(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _all(fits: pa.Array, cells: pa.Array) -> bool:
    """Whether every cell that is there fits, and one is."""
    return cells.null_count < len(cells) and bool(pc.all(fits).as_py())


def _moments(cells: pa.Array) -> pa.Array:
    """Times of UTC; as they are where one of them is none, such as the 31st of February."""
    try:
        return cells.cast(pa.timestamp("s")).cast(pa.timestamp("s", "UTC"))
    except pa.ArrowInvalid:
        return cells
