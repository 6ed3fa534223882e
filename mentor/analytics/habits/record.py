"""A trader's trades made ready for the detectors: in order, with what was known at each entry.

Inside a session the *chain* are trades opened one after the other, each when the one before was closed (of overlapping
ones those that closed first), so that the result of the one before was known at each entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.habits.within import PERMUTATIONS, Bools, Floats, Ints
from mentor.analytics.session_frame import SessionTable
from mentor.analytics.usual_lots import usual_lots

#: Sessions of a symbol whose median lot is the usual one.
USUAL_SESSIONS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Trades of the chain, in order; sessions are numbered as in `Record`. `won` and `lost` are both false at 0.

    `first` marks the first of its session. `money` is the net result, `result` in the table's unit, `size` is
    log(lots / usual lots), `hours` since the session's first entry; NaN where unknown. `gap` is seconds since the one
    before closed, NaN for the first.
    """

    id: Ints
    session: Ints
    symbol: Ints
    first: Bools
    won: Bools
    lost: Bools
    money: Floats
    result: Floats
    size: Floats
    gap: Floats
    hours: Floats

    def before(self, values: Bools) -> Bools:
        """The value of the trade before in the session, false for the first."""
        return np.concatenate(([False], values[:-1])) & ~self.first


class Record:
    """The trades and sessions of a session table, for the detectors; see the module.

    `rows` are its trades in the order (day, session, entry, id), `sessions` its session frame.
    """

    def __init__(self, table: SessionTable, *, permutations: int = PERMUTATIONS) -> None:
        begun = table.trades["entry_time"].fillna(table.trades["closed_at"])
        self.rows = table.trades.assign(begun=begun).sort_values(
            ["session_date", "session_id", "begun", "id"], kind="stable", na_position="last"
        )
        self.sessions = table.sessions
        self.unit = table.unit
        self.permutations = permutations

    @cached_property
    def session(self) -> Ints:
        """Number of each row's session, from 0."""
        return np.asarray(pd.factorize(self.rows["session_id"])[0], dtype=np.int64)

    @cached_property
    def starts(self) -> Ints:
        """The first row of each session."""
        return np.flatnonzero(np.diff(self.session, prepend=-1))

    @property
    def ids(self) -> Ints:
        return self.rows["id"].to_numpy()

    @property
    def in_r(self) -> bool:
        """Whether results are counted in R."""
        return self.unit == "r"

    @property
    def result(self) -> Floats:
        """Result of each trade in `unit`, NaN where unknown."""
        return self.rows["result"].to_numpy(dtype=np.float64)

    @property
    def money(self) -> Floats:
        """Net result of each trade in base currency."""
        return self.rows["profit_loss"].to_numpy(dtype=np.float64)

    @cached_property
    def symbol(self) -> Ints:
        """A number for each row's symbol."""
        return np.asarray(pd.factorize(self.rows["symbol"])[0], dtype=np.int64)

    @cached_property
    def size(self) -> Floats:
        """log(lots / usual lots of the symbol); NaN where one is unknown."""
        lots = self.rows["lot_size"].where(self.rows["lot_size"] > 0).to_numpy()
        return np.log(lots / usual_lots(self.symbol, self.session, lots, USUAL_SESSIONS))

    @cached_property
    def timed(self) -> Bools:
        """Rows that know both times, in the right order."""
        return (self.rows["exit_time"] >= self.rows["entry_time"]).to_numpy()

    @cached_property
    def shortest(self) -> float:
        """Seconds a pause or holding time counts at least: half of what the clock of the file can tell."""
        seconds = (self.rows[name].dt.second.to_numpy()[self.timed] for name in ("entry_time", "exit_time"))
        whole = all((times == 0).all() for times in seconds)
        return 30.0 if whole else 1.0

    @cached_property
    def held(self) -> Floats:
        """Seconds from entry to exit, NaN where unknown."""
        seconds = (self.rows["exit_time"] - self.rows["entry_time"]).dt.total_seconds().to_numpy()
        return np.where(self.timed, np.maximum(seconds, self.shortest), np.nan)

    @cached_property
    def chain(self) -> Chain:
        kept = self._chained()
        rows, session = self.rows.iloc[kept], self.session[kept]
        entry, exit_ = _seconds(rows["entry_time"]), _seconds(rows["exit_time"])
        first = np.diff(session, prepend=-1) != 0
        gap = np.where(first, np.nan, entry - np.concatenate((entry[:1], exit_[:-1])))
        amounts = rows["profit_loss"].to_numpy()
        return Chain(
            id=rows["id"].to_numpy(),
            session=session,
            symbol=self.symbol[kept],
            first=first,
            won=amounts > 0,
            lost=amounts < 0,
            money=amounts,
            result=self.result[kept],
            size=self.size[kept],
            gap=np.where(gap >= 0, np.maximum(gap, self.shortest), np.nan),
            hours=(entry - entry[np.flatnonzero(first)][np.cumsum(first) - 1]) / 3600,
        )

    def _chained(self) -> Ints:
        """Rows of the chain: the longest choice of trades that do not overlap, taken by earliest exit."""
        places = np.flatnonzero(self.timed)
        rows = self.rows.iloc[places]
        entry, exit_ = _seconds(rows["entry_time"]), _seconds(rows["exit_time"])
        session = self.session[places]
        order = np.lexsort((places, entry, exit_, session))
        kept, now, until = [], -1, 0.0
        for place, number, opened, closed in zip(
            places[order].tolist(),
            session[order].tolist(),
            entry[order].tolist(),
            exit_[order].tolist(),
            strict=True,
        ):
            if number != now or opened >= until:
                kept.append(place)
                now, until = number, closed
        return np.array(kept, dtype=np.int64)


def _seconds(times: pd.Series[pd.Timestamp]) -> Floats:
    moments: npt.NDArray[np.datetime64] = times.dt.tz_localize(None).to_numpy().astype("datetime64[us]")
    return np.where(np.isnat(moments), np.nan, moments.astype(np.int64) / 1e6)
