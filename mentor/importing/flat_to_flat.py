"""Follows the fills of each account and symbol from flat to flat, in whole units, and says which belong together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.importing.told import out_of_column
from mentor.messages import message

#: What a sell from flat is where the file does not say: a question, a short, or a row to leave out.
OpeningSells = Literal["ask", "short", "leave out"]

CLOSES_UNKNOWN = message("closes a position whose opening is in no file imported so far")
SELLS_UNKNOWN = message("sells what no file imported so far has bought")
REMOVES_UNKNOWN = message("removes a position whose opening is in no file imported so far")
EVENT = message("an event outside trading changed this position; enter this trade by hand")
TOO_SMALL = message("has a quantity too small to count beside the others of its symbol")

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

#: Below this, floats hold every whole number.
_WHOLE = float(2**53)
_MOST_DECIMALS = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Quantities as whole numbers: `counts` a row (0 where none is stated) of the size 1 / `scale`."""

    counts: Ints
    scale: Floats


def in_units(quantity: Floats, group: Ints) -> Units:
    """Whole numbers at the finest decimals of each group, as far as floats can tell them apart.

    What is finer than that (`0.30000000000000004`) is noise of the program that wrote the file.
    """
    stated = np.nan_to_num(quantity)
    groups = int(group.max(initial=-1)) + 1
    largest, needed = np.zeros(groups), np.zeros(groups, dtype=np.int64)
    np.maximum.at(largest, group, stated)
    np.maximum.at(needed, group, _decimals(stated))
    possible = np.floor(np.log10(_WHOLE / np.where(largest > 0, largest, 1.0))).astype(np.int64)
    powers = np.array([float(10**decimals) for decimals in range(_MOST_DECIMALS + 1)])
    scale = powers[np.clip(np.minimum(needed, possible), 0, _MOST_DECIMALS)][group]
    return Units(counts=np.rint(stated * scale).astype(np.int64), scale=scale)


def _decimals(values: Floats) -> Ints:
    """How many decimals each value was written with; `_MOST_DECIMALS` when floats cannot tell."""
    found = np.full(len(values), _MOST_DECIMALS, dtype=np.int64)
    rows = np.arange(len(values))
    for decimals in range(_MOST_DECIMALS):
        counts = np.rint(values[rows] * 10.0**decimals)
        written = (counts < _WHOLE) & (counts / 10.0**decimals == values[rows])
        found[rows[written]] = decimals
        rows = rows[~written]
        if not len(rows):
            break
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Fills in the order they happened, as lists: `row` is the position in the input, `size` in units, > 0 = bought.

    `alike` is where the fills of the same instant end, `groups` where each account and symbol begins and ends.
    """

    row: list[int]
    action: list[str]
    size: list[int]
    effect: list[str | None]
    may_short: list[bool]
    reason: list[str | None]
    alike: list[int]
    groups: list[tuple[int, int]]


def queue(fills: pd.DataFrame, group: Ints, units: Units) -> Queue:
    """By account and symbol, then day and time; the file's own order decides among equals."""
    day = fills["session_date"].to_numpy().astype("datetime64[s]").view(np.int64)
    clock = _clock(fills["at"], group, day)
    order = np.lexsort((fills["sequence"].to_numpy(), clock, day, group))
    begins = _changes(group[order])
    alike = begins | _changes(day[order]) | _changes(clock[order])
    ordered = fills[["action", "effect", "may_short", "notes"]].take(order)
    action = ordered["action"]
    return Queue(
        row=order.tolist(),
        action=action.tolist(),
        size=np.where(action == "sell", -units.counts[order], units.counts[order]).tolist(),
        effect=_texts(ordered["effect"]),
        may_short=ordered["may_short"].tolist(),
        reason=_texts(ordered["notes"].where(action == "break")),
        alike=np.repeat(_ends(alike), np.diff(np.append(np.flatnonzero(alike), len(order)))).tolist(),
        groups=list(zip(np.flatnonzero(begins).tolist(), _ends(begins).tolist(), strict=True)),
    )


def _clock(at: pd.Series, group: Ints, day: Ints) -> Ints:
    """Microseconds; the same for all fills of a day on which one has no time."""
    clock: Ints = at.dt.tz_localize(None).to_numpy().astype("datetime64[us]").view(np.int64)
    timeless = at.isna().to_numpy()
    if timeless.any():
        timeless = pd.Series(timeless).groupby([group, day]).transform("any").to_numpy()
    return np.where(timeless, 0, clock)


def _changes(values: Ints) -> Mask:
    return np.append(np.ones(len(values[:1]), dtype=bool), values[1:] != values[:-1])


def _ends(begins: Mask) -> Ints:
    return np.append(np.flatnonzero(begins)[1:], len(begins[:1]) * len(begins))[: int(begins.sum())]


def _texts(column: pd.Series) -> list[str | None]:
    if column.isna().all():
        return [None] * len(column)
    return column.astype(object).where(column.notna(), None).tolist()


class Walk:
    """One pass over a queue: parts of positions in `rows` and `sizes`; position n begins at `starts[n]`."""

    def __init__(self, fills: Queue, opening_sells: OpeningSells) -> None:
        self.rows: list[int] = []
        self.sizes: list[int] = []
        self.starts: list[int] = []
        self.closed: list[bool] = []
        self.refused: dict[int, str] = {}
        self.unexplained: list[int] = []
        self._fills = fills
        self._opening_sells = opening_sells
        self._reset()

    def run(self) -> None:
        """Every account and symbol begins flat."""
        for first, end in self._fills.groups:
            self._reset()
            while first < end:
                together = self._fills.alike[first]
                if together == first + 1:
                    self._take(first)
                else:
                    self._take_together(range(first, together))
                first = together

    def _reset(self) -> None:
        self._held = 0
        self._waits = False  # for an answer: nothing of this symbol is booked before
        self._changed = (
            False  # by an event: a sell may be of shares that came with it, whatever the file says of shorts
        )

    def _take_together(self, fills: Iterable[int]) -> None:
        """Fills of one instant: what cannot be explained yet lets a later one go first that can."""
        waiting: list[int] = []
        for at in fills:
            if self._explained(at):
                self._take(at)
                waiting = self._retry(waiting)
            else:
                waiting.append(at)
        while waiting:
            self._take(waiting[0])
            waiting = self._retry(waiting[1:])

    def _retry(self, waiting: list[int]) -> list[int]:
        while (chosen := next((at for at in waiting if self._explained(at)), None)) is not None:
            self._take(chosen)
            waiting.remove(chosen)
        return waiting

    def _explained(self, at: int) -> bool:
        """Whether what is open now accounts for this fill."""
        fills, size = self._fills, self._fills.size[at]
        if fills.action[at] == "break":
            return True
        if fills.action[at] == "remove":
            return abs(self._held) >= max(size, 1)
        if fills.effect[at] == "reverse":
            return self._reverses(size)
        if self._held * size < 0:
            return fills.effect[at] != "open" and (abs(size) <= abs(self._held) or self._may_open(at))
        return self._may_open(at) if self._held == 0 else fills.effect[at] != "close"

    def _reverses(self, size: int) -> bool:
        """Whether a fill closes all that is held and opens the other side."""
        return self._held * size < 0 and abs(size) > abs(self._held)

    def _may_open(self, at: int) -> bool:
        effect = self._fills.effect[at]
        if effect is not None:
            return effect in ("open", "reverse")
        return self._fills.size[at] > 0 or (self._fills.may_short[at] and not self._changed)

    def _take(self, at: int) -> None:
        action = self._fills.action[at]
        if self._waits:
            self.unexplained.append(self._fills.row[at])
        elif action == "break":
            self._break(at)
        elif action == "remove":
            self._remove(at)
        elif self._fills.size[at] == 0:
            self.refused[self._fills.row[at]] = TOO_SMALL
        else:
            self._trade(at)

    def _trade(self, at: int) -> None:
        size, held = self._fills.size[at], self._held
        if self._fills.effect[at] == "reverse" and not self._reverses(size):
            self._refuse([*self._drop(), self._fills.row[at]], CLOSES_UNKNOWN)
        elif held * size > 0 and self._fills.effect[at] == "close":
            self.refused[self._fills.row[at]] = CLOSES_UNKNOWN
        elif held * size > 0 or abs(size) <= abs(held):
            self._add(at, size)
        elif self._may_open(at) or (self._opening_sells == "short" and self._fills.effect[at] != "close"):
            self._close(at)
            self._add(at, size + held)
            self._changed = self._changed and self._fills.effect[at] != "open"
        else:
            self._cannot_explain(at)

    def _cannot_explain(self, at: int) -> None:
        if self._fills.effect[at] == "close":
            self._refuse([*self._drop(), self._fills.row[at]], CLOSES_UNKNOWN)
        elif self._opening_sells == "leave out":
            self._refuse([*self._drop(), self._fills.row[at]], SELLS_UNKNOWN)
        else:
            self.unexplained += [*self._drop(), self._fills.row[at]]
            self._waits = True

    def _break(self, at: int) -> None:
        self._refuse(self._drop(), self._fills.reason[at] or EVENT)
        self._changed = True

    def _remove(self, at: int) -> None:
        stated = self._fills.size[at] or abs(self._held)
        if self._held == 0 or stated > abs(self._held):
            self.refused[self._fills.row[at]] = REMOVES_UNKNOWN
        closes = min(stated, abs(self._held))
        if closes:
            self._add(at, -closes if self._held > 0 else closes)

    def _close(self, at: int) -> None:
        if self._held:
            self._add(at, -self._held)

    def _add(self, at: int, size: int) -> None:
        if self._held == 0:
            self.starts.append(len(self.rows))
            self.closed.append(False)
        self.rows.append(self._fills.row[at])
        self.sizes.append(size)
        self._held += size
        if self._held == 0:
            self.closed[-1] = True

    def _drop(self) -> list[int]:
        """Forget the open position; its rows."""
        if self._held == 0:
            return []
        start = self.starts.pop()
        rows = self.rows[start:]
        del self.rows[start:], self.sizes[start:], self.closed[-1]
        self._held = 0
        return rows

    def _refuse(self, rows: Iterable[int], reason: str) -> None:
        for row in rows:
            self.refused.setdefault(row, out_of_column(reason))
