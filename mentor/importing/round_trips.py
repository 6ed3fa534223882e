"""Pairs single fills into round trips: one is a position from flat to flat, per account, symbol and leg."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from mentor.importing.fingerprint import fingerprints
from mentor.importing.flat_to_flat import Floats, Ints, Mask, OpeningSells, Units, Walk, in_units, queue
from mentor.importing.reading import TRADE_COLUMNS, strings
from mentor.messages import message

OTHER_CURRENCY = message("is in another currency than the other fills of this position")
MIXED_CURRENCIES = message("belongs to a position whose fills are in different currencies")

#: Schema of `Paired.parts`.
PART_COLUMNS = MappingProxyType(
    {
        "row": "int64",  # of the fill, counted in the input
        "trip": "int64",  # −1: of a position still open
        "quantity": "float64",
        "fees": "float64",
        "gross": "float64",
        "realized": "float64",  # as the broker states it; never on an opening part
        "closing": "bool",
    }
)
#: Schema of `Paired.positions`.
POSITION_COLUMNS = MappingProxyType(
    {
        "account": "str",
        "symbol": "str",
        "currency": "str",
        "side": "str",
        "quantity": "float64",
        "average_price": "float64",  # of the lots that remain, first in, first out
        "opened_at": "datetime64[us, UTC]",
        "session_date": "datetime64[s]",  # the day it was opened
        "realised": "float64",  # net, of the lots already closed
        "fees": "float64",  # all that was paid so far
    }
)
_MONEY_DECIMALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What the fills came to; rows are positions in the input.

    `trips` follows `TRADE_COLUMNS` and adds the number `trip`. `parts` says which share of which fill went where: a
    fill through zero has two. `refused` are rows with their reasons; where a part of such a row is booked, the reason
    is about the rest. `unexplained` (row, account, symbol) waits for an answer and is neither booked nor open.
    """

    trips: pd.DataFrame
    parts: pd.DataFrame
    positions: pd.DataFrame
    refused: tuple[tuple[int, str], ...]
    unexplained: pd.DataFrame


def pair(fills: pd.DataFrame, *, opening_sells: OpeningSells = "ask") -> Paired:
    """Fills in any order → round trips, positions still open, and what is refused or has to be asked."""
    group: Ints = fills.groupby(["account", "symbol", "leg"], dropna=False).ngroup().to_numpy().astype(np.int64)
    units = in_units(fills["quantity"].to_numpy(), group)
    walk = Walk(queue(fills, group, units), opening_sells)
    walk.run()
    found = _Positions(
        row=np.array(walk.rows, dtype=np.int64),
        size=np.array(walk.sizes, dtype=np.int64),
        starts=np.array(walk.starts, dtype=np.int64),
        closed=np.array(walk.closed, dtype=bool),
    )
    mixed = _mixed_currencies(fills, found, walk.refused)
    booked, still_open = found.choose(found.closed & ~mixed), found.choose(~found.closed & ~mixed)
    booked = booked.in_order(fills["sequence"].to_numpy()[booked.row[booked.ends - 1]])
    closed, remaining = _Parts.of(fills, booked, units), _Parts.of(fills, still_open, units)
    return Paired(
        trips=_trips(fills, closed, units),
        parts=_parts(closed, remaining),
        positions=_open_positions(fills, remaining, units),
        refused=tuple(sorted(walk.refused.items())),
        unexplained=_unexplained(fills, sorted(walk.unexplained)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Positions:
    """Parts of fills, position after position; `size` in units, > 0 = bought, each position begins at its `starts`."""

    row: Ints
    size: Ints
    starts: Ints
    closed: Mask

    @property
    def ends(self) -> Ints:
        return np.append(self.starts, len(self.row))[1:]

    @property
    def number(self) -> Ints:
        """The position of each part."""
        return np.repeat(np.arange(len(self.starts)), self.ends - self.starts)

    def choose(self, wanted: Mask) -> _Positions:
        return self._take(np.flatnonzero(wanted))

    def in_order(self, keys: Ints) -> _Positions:
        return self._take(np.argsort(keys, kind="stable"))

    def _take(self, positions: Ints) -> _Positions:
        lengths = (self.ends - self.starts)[positions]
        starts = np.cumsum(lengths) - lengths
        parts = np.arange(int(lengths.sum())) + np.repeat(self.starts[positions] - starts, lengths)
        return _Positions(row=self.row[parts], size=self.size[parts], starts=starts, closed=self.closed[positions])

    def total(self, values: Floats | Ints) -> Floats:
        """The sum of each position, correctly rounded, so that no order of fills changes it."""
        listed = values.tolist()
        slices = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return np.array([math.fsum(listed[start:end]) for start, end in slices], dtype=np.float64)

    def every(self, mask: Mask) -> Mask:
        return np.logical_and.reduceat(mask, self.starts) if len(self.starts) else np.zeros(0, dtype=bool)


def _mixed_currencies(fills: pd.DataFrame, found: _Positions, refused: dict[int, str]) -> Mask:
    """Which positions have fills in several currencies; all these fills are refused."""
    codes = pd.factorize(fills["currency"])[0][found.row]
    if not len(codes):
        return np.zeros(0, dtype=bool)
    first = _first_known(codes, found)
    differs = (codes >= 0) & (codes != first[found.number])
    mixed = ~found.every(~differs)
    for position in np.flatnonzero(mixed).tolist():
        parts = slice(found.starts[position], found.ends[position])
        rows = found.row[parts]
        refused.setdefault(int(rows[np.argmax(differs[parts])]), OTHER_CURRENCY)
        for row in rows.tolist():
            refused.setdefault(row, MIXED_CURRENCIES)
    return mixed


def _first_known(codes: Ints, positions: _Positions) -> Ints:
    """Each position's first code that is not −1; −1 where there is none."""
    known = np.flatnonzero(codes >= 0)
    nearest = np.searchsorted(known, positions.starts)
    candidates = np.append(known, len(codes))[nearest]
    return np.where(candidates < positions.ends, np.append(codes, -1)[candidates], -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What each part of some positions moved: its share of the fill's quantity, fees, cash and stated profit."""

    positions: _Positions
    closing: Mask
    quantity: Floats
    price: Floats
    fees: Floats
    gross: Floats
    realized: Floats

    @classmethod
    def of(cls, fills: pd.DataFrame, positions: _Positions, units: Units) -> _Parts:
        row, size = positions.row, positions.size
        stated, counts = units.counts[row], np.abs(size)
        share = np.where(stated > 0, counts / np.maximum(stated, 1), 1.0)
        closing = np.sign(size) != np.sign(size[positions.starts])[positions.number]
        removed = (fills["action"] == "remove").to_numpy()[row]
        quantity = np.where(stated == counts, fills["quantity"].to_numpy()[row], counts / units.scale[row])
        price = fills["price"].to_numpy()[row]
        price = np.where(removed & np.isnan(price), 0.0, price)
        gross = fills["gross"].to_numpy()[row] * share
        gross = np.where(removed & np.isnan(gross), _removed_cash(fills, positions, quantity, price), gross)
        return cls(
            positions=positions,
            closing=closing,
            quantity=quantity,
            price=price,
            fees=fills["fees"].to_numpy()[row] * share,
            gross=gross,
            realized=np.where(closing, fills["realized"].to_numpy()[row], np.nan),
        )

    def frame(self, trip: Ints) -> pd.DataFrame:
        values = {name: getattr(self, name) for name in PART_COLUMNS if name not in ("row", "trip")}
        frame = pd.DataFrame({"row": self.positions.row, "trip": trip} | values)
        return frame[list(PART_COLUMNS)].astype(dict(PART_COLUMNS))

    def average_price(self, weights: Floats | Ints) -> Floats:
        """Weighted by quantity; between the lowest and the highest price, so that one price stays as written."""
        positions, counts = self.positions, weights > 0
        if not len(positions.starts):
            return np.zeros(0)
        mean = positions.total(np.where(counts, weights * self.price, 0.0)) / positions.total(weights)
        lowest = np.minimum.reduceat(np.where(counts, self.price, np.inf), positions.starts)
        highest = np.maximum.reduceat(np.where(counts, self.price, -np.inf), positions.starts)
        return np.clip(mean, lowest, highest)

    def gross_profit(self) -> Floats:
        """What the broker states when it does so for every closing part, else the cash of all parts."""
        stated = self.positions.every(~self.closing | ~np.isnan(self.realized))
        of_broker = self.positions.total(np.where(self.closing, self.realized, 0.0))
        return np.where(stated, of_broker, self.positions.total(self.gross))

    def fees_paid(self) -> Floats:
        """Missing when no part states any."""
        silent = self.positions.every(np.isnan(self.fees))
        paid = np.round(self.positions.total(np.nan_to_num(self.fees)), _MONEY_DECIMALS)
        return np.where(silent, np.nan, paid)


def _removed_cash(fills: pd.DataFrame, positions: _Positions, quantity: Floats, price: Floats) -> Floats:
    """What taking a position away at `price` moves, with the multiplier of its other fills where the row has none."""
    own = fills["multiplier"].take(positions.row).reset_index(drop=True)
    multiplier = own.fillna(own.groupby(positions.number).transform("first")).to_numpy()
    return np.where(price == 0, 0.0, -np.sign(positions.size) * quantity * price * multiplier)


def _trips(fills: pd.DataFrame, parts: _Parts, units: Units) -> pd.DataFrame:
    positions = parts.positions
    first, last = positions.row[positions.starts], positions.row[positions.ends - 1]
    opened = np.where(parts.closing, 0, np.abs(positions.size))
    fees = parts.fees_paid()
    profit = np.round(parts.gross_profit() - np.nan_to_num(fees), _MONEY_DECIMALS)
    at_the_end = ("session_date", "stop_loss_used", "take_profit_used", "line")
    values = {
        **{name: _taken(fills, name, last) for name in at_the_end},
        **{name: _taken(fills, name, first) for name in ("symbol", "account")},
        "currency": _currencies(fills, positions),
        "side": _sides(positions),
        "lot_size": positions.total(opened) / units.scale[first],
        "entry_price": parts.average_price(opened),
        "exit_price": parts.average_price(np.abs(positions.size) - opened),
        "entry_time": _taken(fills, "at", first),
        "exit_time": _taken(fills, "at", last),
        "profit_loss": profit,
        "fees": fees,
        "strategy_used": _joined(fills["strategy_used"], positions),
        "notes": _joined(fills["notes"], positions),
        "emotion": _joined(fills["emotion"], positions),
        "fingerprint": _fingerprints(fills, parts),
        "trip": np.arange(len(first)),
    }
    return _frame(values, {**TRADE_COLUMNS, "trip": "int64"}, len(first))


def _parts(closed: _Parts, remaining: _Parts) -> pd.DataFrame:
    still_open = np.full(len(remaining.closing), -1)
    return pd.concat([closed.frame(closed.positions.number), remaining.frame(still_open)], ignore_index=True)


def _open_positions(fills: pd.DataFrame, parts: _Parts, units: Units) -> pd.DataFrame:
    """Realised is the cash of what is closed: of the closing parts and the lots they took, first in, first out."""
    positions = parts.positions
    first = positions.row[positions.starts]
    held, left = _lots_left(positions, parts.closing)
    used = np.where(left < 1, (1 - left) * (parts.gross - np.nan_to_num(parts.fees)), 0.0)
    values = {
        **{name: _taken(fills, name, first) for name in ("account", "symbol", "session_date")},
        "currency": _currencies(fills, positions),
        "side": _sides(positions),
        "quantity": held / units.scale[first],
        "average_price": parts.average_price(left * parts.quantity),
        "opened_at": _taken(fills, "at", first),
        "realised": np.round(positions.total(used), _MONEY_DECIMALS),
        "fees": parts.fees_paid(),
    }
    return _frame(values, POSITION_COLUMNS, len(first))


def _lots_left(positions: _Positions, closing: Mask) -> tuple[Floats, Floats]:
    """The units each position holds, and how much of each part they are: the last ones bought (or sold short)."""
    sizes, left = positions.size.tolist(), np.zeros(len(closing))
    held = []
    for start, end in zip(positions.starts.tolist(), positions.ends.tolist(), strict=True):
        remaining = abs(sum(sizes[start:end]))
        held.append(remaining)
        for part in start + np.flatnonzero(~closing[start:end])[::-1]:
            kept = min(remaining, abs(sizes[part]))
            left[part] = kept / abs(sizes[part])
            remaining -= kept
    return np.array(held, dtype=np.float64), left


def _taken(fills: pd.DataFrame, name: str, rows: Ints) -> pd.Series:
    return fills[name].take(rows).reset_index(drop=True)


def _sides(positions: _Positions) -> pd.Series:
    return pd.Series(np.where(positions.size[positions.starts] > 0, "long", "short"), dtype="str")


def _currencies(fills: pd.DataFrame, positions: _Positions) -> pd.Series:
    """The one its fills name."""
    codes, names = pd.factorize(fills["currency"])
    first = _first_known(codes[positions.row], positions)
    return pd.Series(names).reindex(first).reset_index(drop=True)


def _joined(column: pd.Series, positions: _Positions) -> pd.Series:
    """The distinct texts of each position's fills, in the order they happened."""
    texts = pd.DataFrame({"position": positions.number, "text": column.take(positions.row).array})
    joined: list[str | None] = [None] * len(positions.starts)
    for position, text in texts.dropna().drop_duplicates().itertuples(index=False):
        joined[position] = text if joined[position] is None else f"{joined[position]}; {text}"
    return strings(pa.array(joined, pa.string()))


def _fingerprints(fills: pd.DataFrame, parts: _Parts) -> pd.Series:
    """Of the fills and how much of each: a sum over the parts, which their order does not change.

    Its shape is that of the first fill: what two kinds of files say of one trade cannot be compared.
    """
    positions = parts.positions
    shape = _taken(fills, "fingerprint", positions.row[positions.starts]).str.slice(0, 2)
    high, low = _words(fills["fingerprint"].take(positions.row).tolist())
    prints = fingerprints("part of a fill", [("high", high), ("low", low), ("quantity", parts.quantity)])
    sums = [np.add.reduceat(word, positions.starts) for word in _words(prints.to_pylist())]
    trips = strings(fingerprints("round trip", list(zip(("high", "low"), sums, strict=True))))
    return shape + trips.str.slice(2)


def _words(prints: list[str]) -> tuple[Ints, Ints]:
    words = np.frombuffer(bytes.fromhex("".join(prints)), dtype=">i8").astype(np.int64).reshape(-1, 2)
    return words[:, 0].copy(), words[:, 1].copy()


def _unexplained(fills: pd.DataFrame, rows: list[int]) -> pd.DataFrame:
    chosen = fills[["account", "symbol"]].take(rows).reset_index(drop=True)
    chosen.insert(0, "row", np.array(rows, dtype=np.int64))
    return chosen


def _frame(values: dict[str, Any], schema: Mapping[str, str], rows: int) -> pd.DataFrame:
    """The declared columns with their types; what nobody knows is missing."""
    unknown = np.full(rows, np.nan)
    return pd.DataFrame({name: pd.Series(values.get(name, unknown), dtype=kind) for name, kind in schema.items()})
