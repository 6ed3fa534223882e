"""From local clock values to UTC: time zones, the hour that exists twice, the hour that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from mentor.errors import InvalidArgument
from mentor.importing.date_text import NEVER, Ints, zone_minutes
from mentor.importing.dates import Clocks
from mentor.importing.faults import Mask
from mentor.messages import message


@dataclass(frozen=True, slots=True, kw_only=True)
class Instants:
    """UTC microseconds (NEVER where unknown); `late` is the second reading of an hour that exists twice."""

    early: Ints
    late: Ints
    missing: Mask  # clock times that the zone skips


def zone_named(name: str) -> tzinfo:
    """The zone of an IANA name or a fixed offset such as `UTC+7`; raises `InvalidArgument`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        minutes = zone_minutes(name) if name else None
        if minutes is None:
            todo = message("Use a name such as Europe/Athens, Asia/Jakarta or UTC.")
            raise InvalidArgument(message("The time zone {name!r} is not known", name=name), todo=todo) from error
    return timezone(timedelta(minutes=minutes))


def to_utc(clocks: Clocks, zone: tzinfo) -> Instants:
    """Timed local values to UTC; a value with its own offset does not need `zone`."""
    own = clocks.timed & (clocks.offset != NEVER)
    local = clocks.timed & ~own
    early, late = _localise(clocks.local, local, zone)
    missing = local & (early == NEVER)
    if own.any():
        stated = np.where(own, clocks.local - np.where(own, clocks.offset, 0), NEVER)
        early, late = np.where(own, stated, early), np.where(own, stated, late)
    return Instants(early=early, late=late, missing=missing)


def after_entry(entry: Ints, exit_: Instants) -> Ints:
    """The exit's first reading, or its second where only that is not before the entry."""
    second = (exit_.early != NEVER) & (entry != NEVER) & (exit_.early < entry) & (exit_.late >= entry)
    return np.where(second, exit_.late, exit_.early)


def as_times(micros: Ints) -> pd.Series:
    """UTC microseconds as `datetime64[us, UTC]`."""
    return pd.Series(micros.view("datetime64[us]"), copy=False).dt.tz_localize("UTC")


def _localise(values: Ints, rows: Mask, zone: tzinfo) -> tuple[Ints, Ints]:
    naive = pd.DatetimeIndex(np.where(rows, values, NEVER).view("datetime64[us]"))
    return _utc(naive, zone, first=True), _utc(naive, zone, first=False)


def _utc(naive: pd.DatetimeIndex, zone: tzinfo, *, first: bool) -> Ints:
    aware = naive.tz_localize(zone, ambiguous=np.full(len(naive), first), nonexistent="NaT")
    micros: Ints = aware.tz_convert("UTC").tz_localize(None).as_unit("us").asi8
    return micros
