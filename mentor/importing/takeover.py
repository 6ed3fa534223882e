"""Takes over the journal of the system this one replaces: its three tables, as they are, become one session a date.

Other programs kept that file, so little in it is certain: several sessions share a date, times are missing, totals are
what a program counted, numbers may be text. What nobody recorded (its defaults) stays unknown. A row that misses
something needed is refused; an unreadable cell that a row can do without is listed and left out, the row is kept.
The bot that logged a trade may complete it later; what it logged, when and as which row stays, and tells it at the next
take-over: the trade is neither added again nor changed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from mentor.errors import ImportRefused
from mentor.importing.checks import LONGEST_SYMBOL, is_symbol
from mentor.importing.dates import FIRST_YEAR, LAST_YEAR
from mentor.importing.duplicates import ID_SEPARATOR
from mentor.importing.fingerprint import fingerprints
from mentor.importing.numbers import LARGEST
from mentor.importing.reading import TRADE_COLUMNS
from mentor.messages import message
from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET, Rejection

SESSIONS, TRADES, REPORTS = "trading_sessions", "daily_trading_data", "ai_mentor_reports"
#: The documented tables with their columns, which is all an old journal has of them.
OLD_TABLES: Mapping[str, tuple[str, ...]] = {
    SESSIONS: (
        *("id", "session_date", "user_id", "total_trades", "total_profit_loss", "emotions"),
        *("market_conditions", "personal_notes", "risk_score", "created_at"),
    ),
    TRADES: (
        *("id", "session_id", "bot_id", "symbol", "entry_time", "exit_time", "profit_loss", "lot_size"),
        *("stop_loss_used", "take_profit_used", "risk_percent", "strategy_used", "created_at"),
    ),
    REPORTS: (
        *("id", "session_id", "trading_patterns_analysis", "emotional_analysis", "risk_management_score"),
        *("recommendations", "motivation_message", "language", "created_at"),
    ),
}
#: Tables and a column that only our journals have.
OUR_TABLES = frozenset(("schema_migrations", "mood_checkins"))
OUR_COLUMN = "revision"
REPORT_TEXTS = OLD_TABLES[REPORTS][2:-1]
DEFAULT_RISK_SCORE = "5"
HALF_A_CENT = 0.005
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ].*)?")
FLAGS = {"0": False, "1": True, "false": False, "true": True}

_T = TypeVar("_T")

#: The schema of `Takeover.trades`: that of a reading, who logged the trade (0: unknown) and when.
TAKEN_COLUMNS: Mapping[str, str] = {**TRADE_COLUMNS, "bot_id": "int64", "created_at": "datetime64[us, UTC]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenMood:
    """A word other than the default. When it was felt is unknown; `recorded_at` (UTC) is when its session was made."""

    emotion: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenSession:
    """All sessions of one date as one; `risk_score` is the trader's own, as stored, `None` when never stated.

    `stated_trades` and `stated_profit_loss` are the old program's totals where they are not those of the date's
    `Takeover.trades` (profit to half a cent), else both `None`; totals of 0 and 0 were never stated.
    """

    date: date
    notes: str
    market: str
    risk_score: str | None
    stated_trades: int | None
    stated_profit_loss: float | None
    moods: tuple[TakenMood, ...]
    created_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenReport:
    """A report with its texts as stored; `fingerprint` is the same at every take-over."""

    session_date: date
    trading_patterns_analysis: str | None
    emotional_analysis: str | None
    risk_management_score: str | None
    recommendations: str | None
    motivation_message: str | None
    language: str | None
    created_at: datetime | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """An old journal, read: `sessions` by date, `trades` (`TAKEN_COLUMNS`, `line` is the row id) and `reports` by id.

    A rejection has the row id as its line and `table.column` as its column; one that ends in "left out" concerns a
    single cell, every other one the whole row.
    """

    sessions: tuple[TakenSession, ...]
    trades: pd.DataFrame
    reports: tuple[TakenReport, ...]
    rejected: tuple[Rejection, ...]


def is_old_journal(table_columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether a database (table → its columns) is a journal of the old system: its tables, and nothing of ours."""
    tables = {name.lower(): {column.lower() for column in columns} for name, columns in table_columns.items()}
    documented = all(tables.get(table, set()) >= set(columns) for table, columns in OLD_TABLES.items())
    return documented and not OUR_TABLES & tables.keys() and OUR_COLUMN not in tables[SESSIONS]


def take_over(sessions: pd.DataFrame, trades: pd.DataFrame, reports: pd.DataFrame) -> Takeover:
    """Read the three tables, each with its `OLD_TABLES` columns as stored (NULL: missing) and its rows in any order.

    The names of the columns may be in any case, as in SQL.

    Times without a zone are UTC. Raises `ImportRefused` when the sessions belong to several users.
    """
    tables = [_Table(name, frame) for name, frame in zip(OLD_TABLES, (sessions, trades, reports), strict=True)]
    made, logged, written = tables
    _check_user(made)
    dates = _dates(made)
    days = dict(zip(made.keys, dates, strict=True))
    taken = _take_trades(logged, days)
    texts = _take_reports(written, days)
    merged = _merge(made, dates, taken)
    rejected = tuple(rejection for table in tables for rejection in table.rejected)
    return Takeover(sessions=merged, trades=taken, reports=texts, rejected=rejected)


class _Unreadable(ValueError):
    """A cell is not what its column should hold; the message says why."""


class _Table:
    """One old table by row id: reads a column at a time and notes what cannot be read."""

    def __init__(self, name: str, frame: pd.DataFrame) -> None:
        plain = frame.astype(object).where(frame.notna(), None).rename(columns=str.lower)
        ordered = plain.sort_values("id", kind="stable", key=lambda ids: pd.to_numeric(ids, errors="coerce"))
        self.name = name
        self.rows = ordered.reset_index(drop=True)
        self.keys = [_text(cell) for cell in self.rows["id"]]
        self.refused = np.zeros(len(self.rows), dtype=bool)
        self._faults: list[tuple[int, bool, Rejection]] = []
        self._check_ids()

    @property
    def rejected(self) -> list[Rejection]:
        """One rejection a refused row, and those of single cells in the rows that are kept."""
        return [fault for row, whole, fault in self._faults if whole or not self.refused[row]]

    def read(self, column: str, parse: Callable[[Any], _T], *, needed: bool = False) -> list[_T | None]:
        """The cells of a column, `None` where empty or unreadable; a needed one refuses its row."""
        return [self._cell(row, column, value, parse, needed) for row, value in enumerate(self.rows[column])]

    def refuse(self, row: int, column: str, reason: str) -> None:
        """Leave a row out; only the first reason is noted."""
        if not self.refused[row]:
            self.note(row, column, reason, whole=True)
        self.refused[row] = True

    def note(self, row: int, column: str, reason: str, *, whole: bool = False) -> None:
        """List a cell; `whole` when its row goes with it."""
        line, value = _line(self.keys[row]), _text(self.rows.at[row, column])[:200]
        fault = Rejection(line=line, column=f"{self.name}.{column}", value=value, reason=reason)
        self._faults.append((row, whole, fault))

    def prints(self, days: Sequence[date | None], columns: Sequence[str]) -> list[str]:
        """A stable fingerprint of every row: its date, its content, and how often the same came before."""
        frame = pd.DataFrame({"day": [str(day) for day in days]})
        frame = frame.assign(**{column: self.rows[column].map(_text) for column in columns})
        nth = frame.groupby(list(frame.columns)).cumcount().to_numpy(dtype=np.int64)
        fields = [(str(name), pa.array(frame[name].tolist(), pa.string())) for name in frame.columns]
        return [str(text) for text in fingerprints(self.name, [*fields, ("nth", nth)]).to_pylist()]

    def _check_ids(self) -> None:
        """Refuse rows that cannot be told apart: `id` need not be a primary key."""
        often = Counter(self.keys)
        for row, key in enumerate(self.keys):
            if not key:
                self.refuse(row, "id", message("is empty"))
            elif often[key] > 1:
                self.refuse(row, "id", message("is the id of {rows} rows", rows=often[key]))

    def _cell(self, row: int, column: str, value: Any, parse: Callable[[Any], _T], needed: bool) -> _T | None:
        try:
            if _text(value).strip():
                return parse(value)
            if needed:
                self.refuse(row, column, message("is empty"))
        except _Unreadable as error:
            if needed:
                self.refuse(row, column, error.args[0])
            else:
                self.note(row, column, message("{fault}; left out", fault=error.args[0]))
        return None


def _check_user(made: _Table) -> None:
    users = sorted({_text(user) for user in made.rows["user_id"] if user is not None})
    if len(users) > 1:
        what = message("The journal holds the sessions of several users: {users}", users=", ".join(users))
        todo = message(
            "One of them cannot be chosen yet: remove the rows of the others from a copy, and take that over."
        )
        raise ImportRefused(what, where=f"{SESSIONS}.user_id", todo=todo)


def _dates(made: _Table) -> list[date | None]:
    """The date of every session, `None` where it is refused."""
    dates = made.read("session_date", _day, needed=True)
    return [None if refused else day for day, refused in zip(dates, made.refused, strict=True)]


def _belongs(table: _Table, days: Mapping[str, date | None]) -> list[date | None]:
    """The date of every row by its session, of which `days` knows the date (`None`: refused)."""
    for row, session in enumerate(table.rows["session_id"]):
        if _text(session) not in days:
            table.refuse(row, "session_id", message("names a session that does not exist"))
        elif days[_text(session)] is None:
            table.refuse(row, "session_id", message("belongs to a session that is refused"))
    return [days.get(_text(session)) for session in table.rows["session_id"]]


def _take_trades(logged: _Table, days: Mapping[str, date | None]) -> pd.DataFrame:
    dates = _belongs(logged, days)
    columns: dict[str, Sequence[Any]] = {
        "symbol": logged.read("symbol", _symbol, needed=True),
        "profit_loss": logged.read("profit_loss", _number, needed=True),
        "lot_size": logged.read("lot_size", _number, needed=True),
        "risk_percent": logged.read("risk_percent", _number),
        "stop_loss_used": [bool(used) for used in logged.read("stop_loss_used", _flag)],
        "take_profit_used": [bool(used) for used in logged.read("take_profit_used", _flag)],
        "strategy_used": logged.read("strategy_used", _text),
        "created_at": logged.read("created_at", _instant),
        "bot_id": [bot or 0 for bot in logged.read("bot_id", _whole)],
        "session_date": dates,
        "fingerprint": logged.prints(dates, OLD_TABLES[TRADES][2:]),
        "line": [_line(key) or 0 for key in logged.keys],
    }
    columns["external_id"] = _external_ids(logged.keys, columns)
    columns["entry_time"], columns["exit_time"] = _legs(logged)
    return _frame(columns)[~logged.refused].reset_index(drop=True)


def _external_ids(keys: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> list[str | None]:
    """What a row keeps when its bot completes it; the moment it was logged tells the rows of two journals apart.

    The row stands behind the separator: rows that were only numbered anew are known by the rest and their fingerprint.
    """
    rows = zip(columns["symbol"], columns["created_at"], columns["bot_id"], keys, strict=True)
    return [
        f"{symbol} {made.isoformat()} bot {bot}{ID_SEPARATOR}row {key}" if made else None
        for symbol, made, bot, key in rows
    ]


def _legs(logged: _Table) -> tuple[list[datetime | None], list[datetime | None]]:
    """Entry and exit times; both are left out where the exit comes first."""
    entries, exits = logged.read("entry_time", _moment), logged.read("exit_time", _moment)
    for row, (entry, exit_) in enumerate(zip(entries, exits, strict=True)):
        if entry and exit_ and exit_ < entry:
            logged.note(row, "exit_time", message("is before the entry; both times are left out"))
            entries[row] = exits[row] = None
    return entries, exits


def _frame(columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """The columns in the declared order and types; what an old journal does not have is missing."""
    unknown = [None] * len(columns["line"])
    cells = {name: pd.Series(columns.get(name, unknown), dtype=object) for name in TAKEN_COLUMNS}
    return pd.DataFrame({name: _typed(cells[name], kind) for name, kind in TAKEN_COLUMNS.items()})


def _typed(cells: pd.Series, kind: Any) -> pd.Series:
    if kind.startswith("datetime64"):
        cells = pd.to_datetime(cells, utc="UTC" in kind)
    return cells.astype(kind)


def _take_reports(written: _Table, days: Mapping[str, date | None]) -> tuple[TakenReport, ...]:
    dates = _belongs(written, days)
    texts = {
        column: [None if cell is None else _text(cell) for cell in written.rows[column]] for column in REPORT_TEXTS
    }
    stamps = written.read("created_at", _instant)
    prints = written.prints(dates, OLD_TABLES[REPORTS][2:])
    return tuple(
        TakenReport(
            session_date=day,
            created_at=stamps[row],
            fingerprint=prints[row],
            **{column: cells[row] for column, cells in texts.items()},
        )
        for row, day in enumerate(dates)
        if day is not None and not written.refused[row]
    )


def _merge(made: _Table, days: Sequence[date | None], taken: pd.DataFrame) -> tuple[TakenSession, ...]:
    """One session a date, from all sessions of that date in the order of their ids."""
    rows = pd.DataFrame(
        {
            "day": days,
            "emotion": made.read("emotions", _text),
            "market": made.read("market_conditions", _text),
            "notes": made.read("personal_notes", _text),
            "score": made.read("risk_score", _text),
            "trades": made.read("total_trades", _whole),
            "profit": made.read("total_profit_loss", _number),
            "created": made.read("created_at", _instant),
        },
        dtype=object,
    )
    profits = {pd.Timestamp(str(day)).date(): amounts for day, amounts in taken.groupby("session_date")["profit_loss"]}
    nothing = pd.Series(dtype="float64")
    at = rows.groupby("day").indices
    dates = sorted({day for day in days if day is not None})
    return tuple(_session(day, rows.iloc[at[day]], profits.get(day, nothing)) for day in dates)


def _session(day: date, rows: pd.DataFrame, profits: pd.Series) -> TakenSession:
    markets = _said(rows["market"], DEFAULT_MARKET)
    scores = _said(rows["score"], DEFAULT_RISK_SCORE)
    stated_trades, stated_profit = _stated(rows, profits)
    return TakenSession(
        date=day,
        notes=_notes(rows["notes"]),
        market=markets[-1] if markets else DEFAULT_MARKET,
        risk_score=scores[-1] if scores else None,
        stated_trades=stated_trades,
        stated_profit_loss=stated_profit,
        moods=_moods(rows),
        created_at=min((moment for moment in rows["created"] if moment), default=None),
    )


def _notes(notes: Iterable[str | None]) -> str:
    """The notes under each other, equal ones once; lines end in one way, so that they can be compared."""
    texts = (note.replace("\r\n", "\n").replace("\r", "\n").strip() for note in notes if note)
    return "\n".join(dict.fromkeys(texts))


def _said(words: Iterable[str | None], default: str) -> list[str]:
    """The words that are not the default, in order."""
    return [word.strip() for word in words if word and word.strip().casefold() != default]


def _moods(rows: pd.DataFrame) -> tuple[TakenMood, ...]:
    felt = zip(rows["emotion"], rows["created"], strict=True)
    return tuple(
        TakenMood(emotion=word, recorded_at=made) for cell, made in felt for word in _said([cell], DEFAULT_EMOTION)
    )


def _stated(rows: pd.DataFrame, profits: pd.Series) -> tuple[int | None, float | None]:
    """The totals of the sessions added up, unless they are the trades' own or nobody ever wrote them."""
    count = sum(trades for trades in rows["trades"] if trades)
    profit = math.fsum(amount for amount in rows["profit"] if amount)
    same = count == len(profits) and abs(profit - math.fsum(profits)) < HALF_A_CENT
    return (None, None) if same or (count == 0 and profit == 0) else (count, profit)


# Cells ----------------------------------------------------------------------------------------------------------------


def _text(cell: Any) -> str:
    """A cell as text, a whole number without a fraction: a column with gaps may arrive as floats."""
    if isinstance(cell, float | np.floating) and float(cell).is_integer() and abs(float(cell)) <= LARGEST:
        return str(int(cell))
    return "" if cell is None else str(cell)


def _line(key: str) -> int | None:
    """A row id as a line, if it is a whole number of 64 bits."""
    return int(key) if key.isdecimal() and len(key) < len(str(2**63)) else None


def _day(cell: Any) -> date:
    found = DAY.fullmatch(_text(cell).strip())
    try:
        day = date.fromisoformat(found[1] if found else "")
    except ValueError as error:
        raise _Unreadable(message("is no calendar day")) from error
    _check_year(day)
    return day


def _instant(cell: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(cell).strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _Unreadable(message("is no date and time")) from error
    _check_year(moment)
    return moment


def _check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _Unreadable(message("is not in the years {first} to {last}", first=FIRST_YEAR, last=LAST_YEAR))


def _moment(cell: Any) -> datetime:
    if ":" not in _text(cell):
        raise _Unreadable(message("has no time of day"))
    return _instant(cell)


def _number(cell: Any) -> float:
    text = _text(cell).strip()
    if isinstance(cell, bool | np.bool_) or not NUMBER.fullmatch(text):
        raise _Unreadable(message("is not a number"))
    if abs(float(text)) > LARGEST:
        raise _Unreadable(message("is too large to be true"))
    return float(text)


def _whole(cell: Any) -> int:
    number = _number(cell)
    if not number.is_integer():
        raise _Unreadable(message("is no whole number"))
    return int(number)


def _flag(cell: Any) -> bool:
    word = _text(cell).strip().lower()
    if word not in FLAGS:
        raise _Unreadable(message("is neither 0 nor 1"))
    return FLAGS[word]


def _symbol(cell: Any) -> str:
    word = _text(cell).strip()
    if not is_symbol(word):
        raise _Unreadable(message("is no symbol: one line of at most {most} characters", most=LONGEST_SYMBOL))
    return word
