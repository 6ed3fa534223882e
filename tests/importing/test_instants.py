"""Local clock values in UTC, the hour that exists twice, the hour that does not exist."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pyarrow as pa
import pytest

from mentor.errors import InvalidArgument
from mentor.importing.date_text import NEVER, parse_dates
from mentor.importing.dates import assemble
from mentor.importing.instants import Instants, after_entry, to_utc, zone_named


def instants(*cells: str, zone: str = "America/New_York") -> Instants:
    return to_utc(assemble(parse_dates(pa.array(cells)), None), zone_named(zone))


def micros(moment: str) -> int:
    return int(np.datetime64(datetime.fromisoformat(moment), "us").astype(np.int64))


def test_a_zone_has_its_daylight_saving() -> None:
    read = instants("2026-01-05 09:30", "2026-07-06 09:30")

    assert read.early.tolist() == [micros("2026-01-05 14:30"), micros("2026-07-06 13:30")]


def test_an_offset_in_the_value_comes_before_the_zone() -> None:
    read = instants("2026-01-05 09:30 EST", "2026-01-05 09:30:00+02:00", "2026-01-05T09:30Z", zone="Asia/Jakarta")

    assert read.early.tolist() == [micros("2026-01-05 14:30"), micros("2026-01-05 07:30"), micros("2026-01-05 09:30")]


def test_an_hour_that_exists_twice_is_the_second_where_the_first_is_before_the_entry() -> None:
    exits = instants("2026-11-01 01:30", "2026-11-01 01:30")
    entry = np.array([micros("2026-11-01 05:00"), micros("2026-11-01 05:45")])

    assert after_entry(entry, exits).tolist() == [micros("2026-11-01 05:30"), micros("2026-11-01 06:30")]


def test_an_hour_that_does_not_exist_is_said_and_unknown() -> None:
    read = instants("2026-03-08 02:30", "2026-03-08 03:30", "2026-03-08")

    assert read.missing.tolist() == [True, False, False]
    assert read.early.tolist() == [NEVER, micros("2026-03-08 07:30"), NEVER]


@pytest.mark.parametrize("name", ["BST", "CST", "Mars/Olympus", ""])
def test_a_zone_that_is_not_known_for_certain_is_refused(name: str) -> None:
    with pytest.raises(InvalidArgument):
        zone_named(name)
