"""Entry and exit of every row: from date text to UTC instants and the trader's session date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.importing.date_text import DAY, NEVER, Dates, Ints, parse_dates
from mentor.importing.dates import ORDER_WORDS, Clocks, Order, assemble, decide_order, order_choices, undecided
from mentor.importing.extract import Column, Extract
from mentor.importing.faults import Faults, Mask, cell
from mentor.importing.instants import after_entry, as_times, to_utc, zone_named
from mentor.importing.reading import DayRule
from mentor.messages import Message, message
from mentor.models import ImportOptions, Question

LEGS = ("entry_time", "exit_time")
_FIRST: Mapping[Order, str] = {"dmy": message("day first"), "mdy": message("month first"), "ymd": message("year first")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Both ends of every row in UTC microseconds (NEVER: unknown), the session date, and what must be asked.

    `clocks` are the local clock values by leg. `dated` says which rows have a date or wait for one.
    """

    entry: Ints
    exit: Ints
    clocks: Mapping[str, Clocks]
    session_date: npt.NDArray[np.datetime64]
    dated: Mask
    zone: str
    questions: tuple[Question, ...]
    notices: tuple[str, ...]


def take_times(extract: Extract, faults: Faults, *, day_rule: DayRule, options: ImportOptions) -> Times:
    """Read both time columns; raises `InvalidArgument` for a source zone that is not known.

    The zone of a time is its own, else what the person says, else the header's, the broker's, the journal's.
    """
    columns = {leg: extract.columns[leg] for leg in LEGS if leg in extract.columns}
    dates = {leg: parse_dates(column.cells) for leg, column in columns.items()}
    order = options.date_order or decide_order(dates.values(), fixed=extract.date_order)
    clocks = {leg: _real_clocks(assemble(parts, order)) for leg, parts in dates.items()}
    for leg, clock in clocks.items():
        for mask, reason in clock.faults:
            faults.add(mask, columns[leg], reason)
    told = options.source_timezone or next((c.zone for c in columns.values() if c.zone), None)
    zone = told or extract.zone
    entry, exit_ = _instants(columns, clocks, faults, options.source_timezone, extract.zone or day_rule.zone.key)
    never = np.full(len(extract.lines), NEVER)
    asks_zone = zone is None and any(_zoneless(clock) for clock in clocks.values())
    dated = [clock.pending | (clock.local != NEVER) for clock in clocks.values()]
    return Times(
        entry=entry,
        exit=exit_,
        clocks=clocks,
        session_date=_session_dates(clocks, exit_, entry, never, day_rule),
        dated=np.logical_or.reduce(dated),
        zone=zone or (day_rule.zone.key if asks_zone else "UTC"),
        questions=(*_order_question(columns, dates, order), *([_zone_question(day_rule)] if asks_zone else [])),
        notices=(*_notices(columns, dates, clocks, order), *_rule(told, extract.zone, clocks)),
    )


def _instants(
    columns: Mapping[str, Column],
    clocks: Mapping[str, Clocks],
    faults: Faults,
    told: str | None,
    otherwise: str,
) -> tuple[Ints, Ints]:
    """Entry and exit in UTC: a value's own offset, else the zone told, else the header's, else `otherwise`."""
    never = np.full(len(faults.mask), NEVER)
    skipped = message("does not exist: the clocks were put forward over this hour")
    read = {}
    for leg, clock in clocks.items():
        read[leg] = to_utc(clock, zone_named(told or columns[leg].zone or otherwise))
        faults.add(read[leg].missing, columns[leg], skipped)
    entry = read["entry_time"].early if "entry_time" in read else never
    exit_ = after_entry(entry, read["exit_time"]) if "exit_time" in read else never
    return entry, exit_


def _real_clocks(clocks: Clocks) -> Clocks:
    """A column that says midnight in every row holds dates, not times."""
    timed = clocks.timed
    if timed.sum() > 1 and not (clocks.local[timed] % DAY).any() and (clocks.offset[timed] == NEVER).all():
        return replace(clocks, timed=np.zeros_like(timed))
    return clocks


def _zoneless(clock: Clocks) -> bool:
    return bool((clock.timed & (clock.offset == NEVER)).any())


def _session_dates(
    clocks: Mapping[str, Clocks], exit_: Ints, entry: Ints, never: Ints, day_rule: DayRule
) -> npt.NDArray[np.datetime64]:
    """The day of the exit, else of the entry; a date without a clock time is that day."""
    instant, day = never, never
    for leg, utc in (("exit_time", exit_), ("entry_time", entry)):
        clock = clocks.get(leg)
        if clock is None:
            continue
        unknown = (instant == NEVER) & (day == NEVER)
        day = np.where(unknown & ~clock.timed, clock.local, day)
        instant = np.where(unknown & clock.timed, utc, instant)
    stated = pd.Series(day.view("datetime64[us]")).astype("datetime64[s]").to_numpy()
    ruled = day_rule.session_dates(as_times(instant)).to_numpy()
    return np.where(instant == NEVER, stated, ruled)


def _order_question(
    columns: Mapping[str, Column], dates: Mapping[str, Dates], order: Order | None
) -> tuple[Question, ...]:
    if order is not None:
        return ()
    choices, contradictory = order_choices(dates.values())
    firsts = map(_FIRST.__getitem__, choices)
    orders = reduce(lambda one, other: message("{one} or {other}", one=one, other=other), firsts)
    for leg, parts in dates.items():
        rows = np.flatnonzero(undecided(parts))
        if len(rows):
            about = (_contradictory if contradictory else _undecided)(cell(columns[leg], rows[0]), columns[leg], orders)
            return (Question(kind="date_order", about=about, choices=choices, blocking=True),)
    return ()


def _undecided(date: str, column: Column, orders: str) -> Message:
    return message("{date} in column {column}: {orders}?", date=date, column=column.header, orders=orders)


def _contradictory(date: str, column: Column, orders: str) -> Message:
    return message(
        "{date} in column {column}: {orders}? No order fits all dates of the file: those that do not fit the answer "
        "will be refused.",
        date=date,
        column=column.header,
        orders=orders,
    )


def _zone_question(day_rule: DayRule) -> Question:
    choices = tuple(dict.fromkeys((day_rule.zone.key, "Europe/Athens", "UTC")))
    about = message("The file does not say which time zone its clock shows; {zone} is assumed.", zone=day_rule.zone.key)
    return Question(kind="timezone", about=about, choices=choices, blocking=False)


def _rule(told: str | None, zone: str | None, clocks: Mapping[str, Clocks]) -> tuple[str, ...]:
    """Says that the broker's own clock decides."""
    ruled = told is None and zone is not None and any(_zoneless(clock) for clock in clocks.values())
    return (message("Times are read as {zone}, the clock this broker writes.", zone=zone),) if ruled else ()


def _notices(
    columns: Mapping[str, Column], dates: Mapping[str, Dates], clocks: Mapping[str, Clocks], order: Order | None
) -> tuple[str, ...]:
    notices = []
    if order and any(undecided(parts).any() for parts in dates.values()):
        notices.append(message("Dates are read as {order}.", order=ORDER_WORDS[order]))
    for leg, clock in clocks.items():
        if (clock.local != NEVER).any() and not clock.timed.any():
            told = message("Column {column} has dates without a time of day.", column=columns[leg].header)
            notices.append(told)
    return tuple(notices)
