"""A measure of the trades that share two codes, a cell each, with how many there are and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.dimensions import OF_SESSIONS, ORDERED, Dimension
from mentor.analytics.inference.seeds import seed_of
from mentor.analytics.intervals import Interval, large_mean_interval, mean_interval, share_interval
from mentor.analytics.metrics import Measure, Reason, performance, undefined
from mentor.analytics.own_trades import own_trades

MeasureName = Literal[
    "net",
    "expectancy",
    "median",
    "session_mean",
    "win_rate",
    "profit_factor",
    "expectancy_r",
    "fees",
    "trades",
    "sessions",
]
#: What a row or column of a pivot holds: one code, what nobody knows, what is left when too many codes are found, all.
Kind = Literal["code", "unknown", "rest", "all"]

MEASURES: Final[tuple[MeasureName, ...]] = (
    "net",
    "expectancy",
    "median",
    "session_mean",
    "win_rate",
    "profit_factor",
    "expectancy_r",
    "fees",
    "trades",
    "sessions",
)
#: Facts, which few trades make no less certain.
COUNTS: Final[frozenset[MeasureName]] = frozenset(("fees", "trades", "sessions"))
#: Trades, or sessions where a session says one thing, below which a cell says too little.
FEWEST: Final = 5
#: Sessions above which means get Student's interval.
MOST_RESAMPLED: Final = 1_000
#: The columns a measure may need: of a million trades the others would be copied for every cell.
_MEASURED: Final = ("session_id", "session_date", "profit_loss", "currency", "fees", "r")
MOST_ROWS: Final = 40
MOST_COLUMNS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row or a column."""

    kind: Kind
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The measure over these trades, with its 95 % interval where it has one; `few`: too few to say."""

    measure: Measure
    trades: int
    sessions: int
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot:
    """`cells` by row, then column; the last of both is all of them together. `bots` trades were left out."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: tuple[tuple[Cell, ...], ...]
    by_session: bool
    bots: int


def pivot(
    trades: pd.DataFrame, rows: Dimension, columns: Dimension | None, measure: MeasureName, *, balance_known: bool
) -> Pivot:
    """Of trades as `dimensions.described` gives them; `balance_known` says why no R is known.

    Beside a mood the trades of bots do not count (`own_trades`): no mood of a person can have touched them.
    """
    asked = {rows, columns} - {None}
    kept = own_trades(trades) if "mood" in asked else trades
    by_session = bool(asked & OF_SESSIONS) or measure == "session_mean"
    down, row_of = _lines(kept, rows, MOST_ROWS)
    across, column_of = _lines(kept, columns, MOST_COLUMNS) if columns else ((), np.zeros(len(kept), dtype=np.int64))

    measured = kept[list(_MEASURED)]

    def cell(places: npt.NDArray[np.int64]) -> Cell:
        chosen = measured.iloc[places]
        return _cell(chosen, measure, by_session=by_session, balance_known=balance_known)

    return Pivot(
        rows=(*down, Line(kind="all")),
        columns=(*across, Line(kind="all")),
        cells=tuple(_cells(row_of, column_of, len(down), len(across), cell)),
        by_session=by_session,
        bots=len(trades) - len(kept),
    )


def _lines(trades: pd.DataFrame, dimension: Dimension, most: int) -> tuple[tuple[Line, ...], npt.NDArray[np.int64]]:
    """The rows (or columns) in order, and which of them each trade belongs to."""
    column = trades[dimension].cat
    codes, names = column.codes.to_numpy().astype(np.int64), [str(name) for name in column.categories]
    counts = np.bincount(codes + 1, minlength=len(names) + 1)
    found = [place for place in range(len(names)) if counts[place + 1]]
    kept = _kept(found, names, counts[1:], dimension, most)
    lines = [Line(kind="code", code=names[place]) for place in kept]
    into = np.full(len(names) + 1, len(lines), dtype=np.int64)
    into[np.array(kept, dtype=np.int64) + 1] = np.arange(len(lines))
    if len(kept) < len(found):
        lines.append(Line(kind="rest"))
    if counts[0]:
        into[0] = len(lines)
        lines.append(Line(kind="unknown"))
    return tuple(lines), into[codes + 1]


def _kept(
    found: list[int], names: list[str], counts: npt.NDArray[np.int64], dimension: Dimension, most: int
) -> list[int]:
    """The codes that get a line of their own: the newest months, of others those with most trades."""
    by_name = sorted(found, key=names.__getitem__)
    if dimension == "month":
        return by_name[-most:]
    by_trades = sorted(by_name, key=lambda place: -counts[place])[:most]
    return sorted(by_trades) if dimension in ORDERED else by_trades


def _cells(
    row_of: npt.NDArray[np.int64],
    column_of: npt.NDArray[np.int64],
    rows: int,
    columns: int,
    cell: Callable[[npt.NDArray[np.int64]], Cell],
) -> Iterator[tuple[Cell, ...]]:
    """A row after the other, its sum last; then the row of all."""
    every = np.arange(row_of.size)
    for row in range(rows):
        here = every[row_of == row]
        yield *(cell(here[column_of[here] == column]) for column in range(columns)), cell(here)
    yield *(cell(every[column_of == column]) for column in range(columns)), cell(every)


def _cell(trades: pd.DataFrame, measure: MeasureName, *, by_session: bool, balance_known: bool) -> Cell:
    sessions = int(trades["session_id"].nunique())
    found = _measured(trades, measure, balance_known=balance_known)
    few = measure not in COUNTS and (sessions if by_session else found.n) < FEWEST
    return Cell(measure=found, trades=len(trades), sessions=sessions, few=few)


def _measured(trades: pd.DataFrame, measure: MeasureName, *, balance_known: bool) -> Measure:
    if measure == "trades":
        return Measure(float(len(trades)), None, len(trades))
    if measure == "sessions":
        return Measure(float(trades["session_id"].nunique()), None, len(trades))
    if trades.empty:
        return undefined(Reason.NO_TRADES, 0)
    if measure == "fees":
        return _known_sum(trades["fees"])
    if measure == "expectancy_r":
        return _mean_r(trades, balance_known=balance_known)
    return _of_amounts(trades, measure)


def _of_amounts(trades: pd.DataFrame, measure: MeasureName) -> Measure:
    """Of trades that can all be added up, one or more."""
    amounts, n = trades["profit_loss"], len(trades)
    if measure == "win_rate":
        won = amounts > 0
        return _within(Measure(float(won.sum() / n), None, n), share_interval(won, trades))
    if measure == "session_mean":
        return _session_mean(trades)
    if measure == "median":
        return Measure(float(amounts.median()), None, n)
    if measure == "profit_factor":
        return performance(trades).profit_factor
    net = math.fsum(amounts.tolist())
    if measure == "expectancy":
        return _within(Measure(net / n, None, n), _mean_interval(amounts, trades, "expectancy"))
    return Measure(net, None, n)


def _session_mean(trades: pd.DataFrame) -> Measure:
    """Mean of what whole sessions took from these trades."""
    sessions = trades.groupby(["session_date", "session_id"], dropna=False)["profit_loss"].sum().reset_index()
    amounts = sessions["profit_loss"]
    mean = Measure(math.fsum(amounts.tolist()) / len(sessions), None, len(sessions))
    return _within(mean, _mean_interval(amounts, sessions, "session_mean"))


def _known_sum(fees: pd.Series[float]) -> Measure:
    known = fees.dropna()
    return Measure(math.fsum(known.tolist()), None, len(known)) if len(known) else undefined(Reason.NO_FEES, 0)


def _mean_r(trades: pd.DataFrame, *, balance_known: bool) -> Measure:
    known = trades["r"].dropna()
    if known.empty:
        return undefined(Reason.NO_RISK if balance_known else Reason.NO_BALANCE, 0)
    mean = Measure(float(known.mean()), None, len(known))
    return _within(mean, _mean_interval(known, trades, "expectancy_r"))


def _mean_interval(values: pd.Series[float], trades: pd.DataFrame, measure: MeasureName) -> Interval | None:
    """Resampled like that of the headline figures, as long as a table of such cells does not keep anybody waiting."""
    if trades["session_id"].nunique() > MOST_RESAMPLED:
        return large_mean_interval(values, trades)
    return mean_interval(values, trades, seed_of(measure))


def _within(measure: Measure, interval: Interval | None) -> Measure:
    return measure if interval is None else replace(measure, low=interval[0], high=interval[1])
