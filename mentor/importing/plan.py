"""The plan of one import: what the file holds, row by row what the journal has of it, and both as JSON."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd

from mentor.errors import MentorError
from mentor.importing.reading import Reading
from mentor.models import ImportOptions, Rejection

#: The columns `as_json(include_trades=True)` lists for every trade.
ITEM_COLUMNS = (
    "symbol",
    "side",
    "lot_size",
    "entry_price",
    "exit_price",
    "entry_time",
    "exit_time",
    "fees",
    "profit_loss",
    "stop_price",
    "target_price",
    "stop_loss_used",
    "take_profit_used",
    "account",
    "external_id",
)


#: What is told of a position that is still open; `realised` is net and not booked.
POSITION_ITEMS = ("account", "symbol", "currency", "side", "quantity", "average_price", "opened_at", "realised", "fees")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """A reading held against a journal; `status` says 'new', 'duplicate', 'lookalike' or 'deleted' per trade.

    `twins` are the ids of the trades that lookalikes probably are; `words` counts what else of another journal this one
    lacks: days, moods, reports; `beside` its settings, and what its imports left for later ones.
    """

    reading: Reading
    status: pd.Series
    twins: pd.Series | None = None
    options: ImportOptions = field(default_factory=ImportOptions)
    words: int = 0
    beside: int = 0

    @property
    def adds(self) -> bool:
        """Whether a commit would store anything."""
        pairing = self.reading.pairing
        return bool(self.words or self.beside or self.adding.any() or (pairing is not None and pairing.moves_positions))

    @property
    def trades(self) -> int:
        """How many trades the file holds, known ones included."""
        return len(self.reading.trades)

    @property
    def new(self) -> int:
        """Trades the journal does not have."""
        return self._count("new")

    @property
    def duplicates(self) -> int:
        """Trades the journal already has."""
        return self._count("duplicate")

    @property
    def lookalikes(self) -> int:
        """Trades that are probably in the journal already, from another source."""
        return self._count("lookalike")

    @property
    def deleted(self) -> int:
        """Trades that were deleted by hand and do not come back."""
        return self._count("deleted")

    @property
    def adding(self) -> pd.Series:
        """Which trades a commit adds, as a mask over `reading.trades`."""
        wanted = ["new", "lookalike"] if self.options.add_lookalikes else ["new"]
        return self.status.isin(wanted)

    @property
    def blocked(self) -> bool:
        """Whether a question must be answered before the commit."""
        return any(question.blocking for question in self.reading.questions)

    @property
    def net_profit_loss(self) -> float | None:
        """Net of all trades in the file; `None` while one is unknown or when currencies differ."""
        amounts = self.reading.trades["profit_loss"]
        if amounts.isna().any() or self._currencies() > 1:
            return None
        return math.fsum(amounts)

    @property
    def fees(self) -> float | None:
        """Costs of all trades in the file, positive = paid; `None` when it states none, or several currencies."""
        known = self.reading.trades["fees"].dropna()
        return None if known.empty or self._currencies() > 1 else math.fsum(known)

    @property
    def begins(self) -> date:
        """The first day the file tells of: files are stored in this order, so that positions carry over."""
        pairing = self.reading.pairing
        days = (self.reading.trades if pairing is None else pairing.listed.fills)["session_date"].dropna()
        return date.max if days.empty else days.min().date()

    @property
    def first_entry(self) -> datetime | None:
        """The earliest entry in the file, UTC; `None` when no entry time is known."""
        return self._extreme("entry_time", latest=False)

    @property
    def last_exit(self) -> datetime | None:
        """The latest exit in the file, UTC; `None` when no exit time is known."""
        return self._extreme("exit_time", latest=True)

    def as_json(self, include_trades: bool = False) -> dict[str, Any]:
        """The plan as plain JSON values; times in UTC, unknown is `None`."""
        reading = self.reading
        answer: dict[str, Any] = {
            "file": reading.file_name,
            "format": reading.format,
            "trades": self.trades,
            "net_profit_loss": _number(self.net_profit_loss),
            "fees": _number(self.fees),
            "currency": reading.currency,
            "first_entry": _instant(self.first_entry),
            "last_exit": _instant(self.last_exit),
            "duplicates": self.duplicates,
            "lookalikes": self.lookalikes,
            "deleted": self.deleted,
            "open_positions": reading.open_positions,
            "positions": self._positions(),
            "ignored_rows": reading.ignored_rows,
            "source_timezone": reading.source_timezone,
            "rejected": [_rejection(rejection) for rejection in reading.rejected],
            "questions": [_question(asdict(question)) for question in reading.questions],
            "notices": list(reading.notices),
        }
        if include_trades:
            answer["items"] = _items(reading.trades)
        return answer

    def _positions(self) -> list[dict[str, Any]]:
        """Positions left open by single fills, carried ones included: nothing of them is booked yet."""
        pairing = self.reading.pairing
        if pairing is None:
            return []
        columns = {name: _plain(pairing.paired.positions[name]) for name in POSITION_ITEMS}
        return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]

    def _count(self, status: str) -> int:
        return int((self.status == status).sum())

    def _currencies(self) -> int:
        return int(self.reading.trades["currency"].nunique(dropna=False))

    def _extreme(self, column: str, *, latest: bool) -> datetime | None:
        times = self.reading.trades[column]
        found = times.max() if latest else times.min()
        return None if pd.isna(found) else found.to_pydatetime()


def refused_json(file: str, error: MentorError) -> dict[str, Any]:
    """The JSON of a file that cannot be imported at all."""
    return {"file": file, "format": None, "error": str(error)}


def _items(trades: pd.DataFrame) -> list[dict[str, Any]]:
    """Every trade as plain values."""
    columns = {name: _plain(trades[name]) for name in ITEM_COLUMNS}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    """Plain values, unknown is `None`; lists, for a column would turn `None` among texts back into NaN."""
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return [_instant(moment) for moment in values] if column.dtype.kind == "M" else values


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%d %H:%M:%S")


def _number(value: float | None) -> float | None:
    """A sum of cents without the dust of binary fractions."""
    return None if value is None else round(value, 10)


def _rejection(rejection: Rejection) -> dict[str, Any]:
    return {name: value for name, value in asdict(rejection).items() if name != "beside"}


def _question(question: dict[str, Any]) -> dict[str, Any]:
    return {**question, "choices": list(question["choices"])}
