"""The columns of the trade frame: as they are stored where nothing odd is in them, else by SQL that reads what is odd.

ADBC gives a column one type for all its values: text or bytes among numbers make it text or bytes, in which numbers are
rounded. So a stored column is taken only if its type, and for times the form of every one, leaves nothing to guess.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

#: The last second of 2099: later than any trade, so what is beyond was no time.
LATEST: Final = 4_102_444_799

_ORIGINS: Final = pa.array(["hand", "import", "bot"])
_MOMENT: Final = pa.timestamp("us")
_TIME_LENGTH: Final = len("2025-01-15 08:00:00")

#: The typed column of what SQLite holds; `None` where only SQL can tell what some of it means.
Reader = Callable[[pa.Array], pa.Array | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column as SQL over `daily_trading_data AS t`: `stored` as it is, `careful` so that `read` can always read."""

    name: str
    stored: str
    careful: str
    read: Reader


def columns(base: str | None) -> tuple[Column, ...]:
    """All of them, where `base` is the currency that trades need not name."""
    logged = "CASE WHEN t.import_id IS NULL OR t.bot_id <> 0 THEN t.created_at END"
    origin = "CASE WHEN t.bot_id <> 0 THEN 2 WHEN t.import_id IS NOT NULL THEN 1 ELSE 0 END"
    return (
        Column(name="id", stored="t.id", careful="t.id", read=_whole),
        Column(name="session_id", stored="t.session_id", careful="t.session_id", read=_whole),
        _words("symbol", "symbol", lambda _: True),
        Column(name="side", stored="t.side", careful=side(), read=_words_that(lambda word: word in ("long", "short"))),
        _words("strategy", "strategy_used", lambda word: word != ""),
        _words("account", "account", lambda _: True),
        _words("currency", "currency", lambda word: word not in ("", base)),
        Column(name="origin", stored=origin, careful=origin, read=_origin),
        Column(name="entry_time", stored="t.entry_time", careful=moment("t.entry_time"), read=_moments),
        Column(name="exit_time", stored="t.exit_time", careful=moment("t.exit_time"), read=_moments),
        Column(name="logged_at", stored=logged, careful=moment(logged), read=_moments),
        *(
            Column(name=name, stored=f"t.{name}", careful=number(f"t.{name}"), read=_numbers)
            for name in ("profit_loss", "fees", "lot_size", "risk_percent", "stop_price")
        ),
        *(
            Column(name=name, stored=f"t.{name}", careful=flag(f"t.{name}"), read=_flags)
            for name in ("stop_loss_used", "take_profit_used")
        ),
    )


# SQL that makes the best of whatever another program stored ---------------------------------------------------


def number(column: str) -> str:
    """What is no number in a REAL column is unknown; CAST alone would make it 0."""
    return f"CASE WHEN typeof({column}) IN ('real', 'integer') THEN CAST({column} AS REAL) END"


def moment(column: str) -> str:
    """UTC text; what is no time between 1970 and 2100 is unknown.

    To SQLite `10:00` is of the year 2000, `now` of this moment and 30 February 2 March: the day must be one.
    """
    seconds, day = f"unixepoch({column}, 'auto')", f"substr({column}, 1, 10)"
    dated = f"(typeof({column}) IN ('integer', 'real') OR date({day}) = {day})"
    return f"CASE WHEN {dated} AND {seconds} BETWEEN 0 AND {LATEST} THEN datetime({seconds}, 'unixepoch') END"


def side() -> str:
    return "CASE WHEN t.side IN ('long', 'short') THEN t.side END"


def flag(column: str) -> str:
    return f"coalesce({column} + 0, 0) <> 0"


# What is stored, typed ----------------------------------------------------------------------------------------


def _words(name: str, stored: str, wanted: Callable[[str], bool]) -> Column:
    return Column(name=name, stored=f"t.{stored}", careful=f"CAST(t.{stored} AS TEXT)", read=_words_that(wanted))


def _words_that(wanted: Callable[[str], bool]) -> Reader:
    """Each different word once; those that are not wanted are unknown."""

    def read(stored: pa.Array) -> pa.Array | None:
        if not (pa.types.is_string(stored.type) or _nothing(stored)):
            return None
        told = stored.cast(pa.string())
        encoded = told.dictionary_encode()
        unwanted = [word for word in encoded.dictionary.to_pylist() if not wanted(word)]
        if not unwanted:
            return encoded
        return pc.if_else(pc.is_in(told, pa.array(unwanted, pa.string())), None, told).dictionary_encode()

    return read


def _moments(stored: pa.Array) -> pa.Array | None:
    """UTC; the file has whole seconds, the frame microseconds."""
    if _nothing(stored):
        return stored.cast(pa.int64()).cast(_MOMENT)
    if not pa.types.is_string(stored.type):
        return None
    lengths = pc.min_max(pc.binary_length(stored)).as_py()
    if set(lengths.values()) != {_TIME_LENGTH}:
        return None
    try:
        moments = stored.cast(_MOMENT)
    except pa.ArrowInvalid:
        return None
    counted, latest = moments.cast(pa.int64()), LATEST * 1_000_000
    bounds = pc.min_max(counted).as_py()
    if bounds["min"] >= 0 and bounds["max"] <= latest:
        return moments
    known = pc.and_(pc.greater_equal(counted, 0), pc.less_equal(counted, latest))
    return pc.if_else(known, moments, None)


def _numbers(stored: pa.Array) -> pa.Array | None:
    return stored.cast(pa.float64(), safe=False) if _is_number(stored) else None


def _flags(stored: pa.Array) -> pa.Array | None:
    return pc.not_equal(stored.fill_null(0), 0) if _is_number(stored) else None


def _whole(stored: pa.Array) -> pa.Array:
    """A key of the file, which can be nothing else."""
    return stored.cast(pa.int64())


def _origin(numbers: pa.Array) -> pa.Array:
    encoded = numbers.dictionary_encode()
    return pa.DictionaryArray.from_arrays(encoded.indices, _ORIGINS.take(encoded.dictionary))


def _is_number(stored: pa.Array) -> bool:
    return bool(pa.types.is_floating(stored.type) or pa.types.is_integer(stored.type))


def _nothing(stored: pa.Array) -> bool:
    """A column without a single value has no type of its own."""
    return bool(stored.null_count == len(stored))
