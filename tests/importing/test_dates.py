"""Dates and times in every spelling, the order of day and month, and days that do not exist."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.importing.date_text import NEVER, parse_dates, zone_minutes
from mentor.importing.dates import Clocks, Order, assemble, decide_order, order_choices, undecided

EPOCH = datetime(1970, 1, 1)


def read(*cells: str | None, order: Order | None = None) -> Clocks:
    dates = parse_dates(pa.array(cells, pa.string()))
    return assemble(dates, order or decide_order([dates]))


def local(clocks: Clocks) -> list[datetime | None]:
    return [None if micros == NEVER else EPOCH + timedelta(microseconds=int(micros)) for micros in clocks.local]


def refused(clocks: Clocks) -> dict[int, str]:
    return {int(at): reason for mask, reason in clocks.faults for at in mask.nonzero()[0]}


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024-01-02 10:05", datetime(2024, 1, 2, 10, 5)),
        ("2024-01-02T10:05:06.250", datetime(2024, 1, 2, 10, 5, 6, 250000)),
        ("2024.01.02 10:05:06", datetime(2024, 1, 2, 10, 5, 6)),
        ("2024/1/2 9:05", datetime(2024, 1, 2, 9, 5)),
        ("31.12.2024 23:59", datetime(2024, 12, 31, 23, 59)),
        ("12/31/2024 11:59 PM", datetime(2024, 12, 31, 23, 59)),
        ("12/31/2024 12:00 am", datetime(2024, 12, 31)),
        ("February 23, 202607:11 PM", datetime(2026, 2, 23, 19, 11)),
        ("23 Feb 2026 19:11", datetime(2026, 2, 23, 19, 11)),
        ("23-Feb-2026", datetime(2026, 2, 23)),
        ("Mon, 23 February 2026 19:11", datetime(2026, 2, 23, 19, 11)),
        ("2 Agustus 2024 10.30", datetime(2024, 8, 2, 10, 30)),
        ("17 Mei 2024 10:30", datetime(2024, 5, 17, 10, 30)),
        ("5 Desember 2024, 10:30", datetime(2024, 12, 5, 10, 30)),
        ("20240102 103005", datetime(2024, 1, 2, 10, 30, 5)),
        ("20240102", datetime(2024, 1, 2)),
        ("1704189600", datetime(2024, 1, 2, 10)),
        ("1704189600123", datetime(2024, 1, 2, 10, 0, 0, 123000)),
        ("662688000", datetime(1991, 1, 1)),
        ("20240102;103005", datetime(2024, 1, 2, 10, 30, 5)),
        ("20240102, 10:30:05.25", datetime(2024, 1, 2, 10, 30, 5, 250000)),
        ("2024-01-02;103005", datetime(2024, 1, 2, 10, 30, 5)),
        ("2024-01-02, 10:30:05", datetime(2024, 1, 2, 10, 30, 5)),
        ("2024-01-02T10:30:05.123456789Z", datetime(2024, 1, 2, 10, 30, 5, 123456)),
        ("7/28/2026 9:45:17 AM", datetime(2026, 7, 28, 9, 45, 17)),
        ("7/28/2026, 9:45:17\u202fPM", datetime(2026, 7, 28, 21, 45, 17)),
        ("7/28/2026 9:45 p.m.", datetime(2026, 7, 28, 21, 45)),
        ("7/28/2026 5:53p", datetime(2026, 7, 28, 17, 53)),
        ("27/04/2026 6:05:02", datetime(2026, 4, 27, 6, 5, 2)),
        ("15/04/2026 15:09:58.271", datetime(2026, 4, 15, 15, 9, 58, 271000)),
        ("07-07-2026", datetime(2026, 7, 7)),
        ("4/26/22 09:29:16", datetime(2022, 4, 26, 9, 29, 16)),
        ("Feb 23, 2026 07:11 PM", datetime(2026, 2, 23, 19, 11)),
        ("22-Jan-25;09:30:00", datetime(2025, 1, 22, 9, 30)),
        ("08/18/2023 as of 08/15/2023", datetime(2023, 8, 15)),
        ("27 avr. 2026", datetime(2026, 4, 27)),
        ("1er juin 2026", datetime(2026, 6, 1)),
        ("1 juillet 2026", datetime(2026, 7, 1)),
        ("3 août 2026", datetime(2026, 8, 3)),
        ("12. März 2026", datetime(2026, 3, 12)),
        ("3 dez. 2026", datetime(2026, 12, 3)),
        ("15 gennaio 2026", datetime(2026, 1, 15)),
        ("3 de enero de 2026", datetime(2026, 1, 3)),
        ("9 fevereiro 2026", datetime(2026, 2, 9)),
        ("9 out 2026", datetime(2026, 10, 9)),
    ],
)
def test_spellings(cell: str, moment: datetime) -> None:
    clocks = read(cell)

    assert refused(clocks) == {}
    assert local(clocks) == [moment]


@pytest.mark.parametrize(
    "cell", ["2024-02-30", "2023-02-29 10:00", "2024-13-01", "2024-00-10", "30 February 2024", "2024-01-2024"]
)
def test_days_that_do_not_exist_are_refused(cell: str) -> None:
    clocks = read("2024-02-29", cell)

    assert refused(clocks) == {1: "is no day of the calendar"}
    assert local(clocks) == [datetime(2024, 2, 29), None]


@pytest.mark.parametrize("cell", ["2024-01-02 25:00", "2024-01-02 10:61", "2024-01-02 13:00 PM", "2024-01-02 00:10 am"])
def test_times_that_do_not_exist_are_refused(cell: str) -> None:
    assert refused(read(cell)) == {0: "is no time of day"}


def test_words_and_lone_times_are_refused_each_in_its_way() -> None:
    clocks = read("yesterday", "10:30", "2024-01-02 10:00 XYZ", "45292.5")

    found = refused(clocks)
    assert (found[0], found[1], found[3]) == ("is not a date", "is a time of day without a date", "is not a date")
    assert "time zone" in found[2]


@pytest.mark.parametrize("cell", ["11/26", "11/26, 5:53p", "26.11.", "Nov 26", "26 Nov 17:53"])
def test_a_date_without_a_year_is_refused(cell: str) -> None:
    assert refused(read("2024-01-02", cell)) == {1: "is a date without a year"}


@pytest.mark.parametrize(
    "cell", ["1704189600", "1704189600123", "9999999999", "20240102103", "Balance as of 2024-01-02"]
)
def test_a_number_beside_dates_is_no_count_of_seconds(cell: str) -> None:
    assert refused(read("2024-01-02", cell)) == {1: "is not a date"}
    assert refused(read("1704189600", "Total", "45292")) == {0: "is not a date", 1: "is not a date", 2: "is not a date"}
    assert local(read("1704189600", "--", "1704189600.5"))[2] == datetime(2024, 1, 2, 10, 0, 0, 500000)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2024", "13/02/2024"], "dmy"),
        (["01/02/2024", "02/13/2024"], "mdy"),
        (["01.02.2024"], "dmy"),
        (["01/02/2024"], None),
        (["13/02/2024", "14/02/2024", "02/25/2024"], None),
        (["13/02/2024", "30/02/2024", "45/13/2024"], "dmy"),
        (["25-01-15"], None),
        (["15/01/25"], None),
        (["15.01.25"], "dmy"),
        (["45-01-15"], "ymd"),
        (["15/01/45"], "dmy"),
        (["01/25/24"], "mdy"),
        (["01/02/25", "13/02/2025"], "dmy"),
        (["13/02/2024", "02/25/2024"], None),
        (["2024-02-01"], None),
    ],
)
def test_the_whole_file_decides_the_order(cells: list[str], order: Order | None) -> None:
    assert decide_order([parse_dates(pa.array(cells))]) == order


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2024"], "mdy"),
        (["4/6/26", "4/7/26"], "mdy"),
        (["01.02.2024"], "mdy"),
        (["2024-01-02"], "mdy"),
        (["01/02/2024", "13/02/2024"], "dmy"),
        (["20-10-25"], None),
        (["01/02/2024", "02/13/2024", "13/02/2024"], None),
    ],
)
def test_a_known_brokers_order_holds_unless_a_date_contradicts_it(cells: list[str], order: Order | None) -> None:
    assert decide_order([parse_dates(pa.array(cells))], "mdy") == order


def test_a_contradiction_in_one_column_counts_for_all() -> None:
    columns = [parse_dates(pa.array(cells)) for cells in (["01/02/2024"], ["13/02/2024"])]

    assert decide_order(columns, fixed="mdy") == "dmy"


def test_without_an_order_only_dates_that_depend_on_it_wait() -> None:
    cells = ["01/02/2024", "03/03/2024", "2024-05-06"]

    clocks = read(*cells)

    assert clocks.pending.tolist() == [True, False, False]
    assert local(clocks) == [None, datetime(2024, 3, 3), datetime(2024, 5, 6)]
    assert undecided(parse_dates(pa.array(cells))).tolist() == [True, False, False]


def test_a_file_that_proves_both_orders_is_not_decided_by_the_majority() -> None:
    cells = ["13/02/2024", "14/02/2024", "02/25/2024"]

    asked, told = read(*cells), read(*cells, order="dmy")

    assert (asked.pending.all(), order_choices([parse_dates(pa.array(cells))])) == (True, (("dmy", "mdy"), True))
    assert list(refused(told)) == [2]
    assert "day/month/year" in refused(told)[2]


@pytest.mark.parametrize(
    ("cell", "choices"),
    [
        ("25-01-15", ("dmy", "ymd")),
        ("03/03/25", ("dmy", "mdy", "ymd")),
        ("01/02/2024", ("dmy", "mdy")),
    ],
)
def test_only_orders_that_are_possible_are_offered(cell: str, choices: tuple[Order, ...]) -> None:
    assert order_choices([parse_dates(pa.array([cell]))]) == (choices, False)
    assert read(cell).pending.all()


def test_two_digits_of_a_year() -> None:
    assert local(read("31/12/24 23:59", "01/02/69", "01/02/70", order="dmy")) == [
        datetime(2024, 12, 31, 23, 59),
        datetime(2069, 2, 1),
        datetime(1970, 2, 1),
    ]
    assert local(read("25-01-15", order="ymd")) == [datetime(2025, 1, 15)]


@pytest.mark.parametrize("cell", ["0025-01-15", "0204-01-01", "15/01/0025", "1969-12-31", "2101-01-01"])
def test_years_without_trades_are_refused(cell: str) -> None:
    clocks = read("2024-02-29", "13/02/2024", cell)

    assert refused(clocks) == {2: "has a year before 1970 or after 2100"}


def test_three_digits_are_no_year() -> None:
    assert refused(read("025-01-15", "15/01/025")) == {0: "is not a date", 1: "is not a date"}


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [
        ("Z", 0),
        ("UTC", 0),
        ("UTC+7", 420),
        ("+02:00", 120),
        ("-0530", -330),
        ("GMT-04", -240),
        ("WIB", 420),
        *(("EDT", -240), ("PST", -480), ("MDT", -360), ("CEST", 120), ("+0200", 120), ("-06:00", -360)),
        *(("CST", None), ("BST", None), ("IST", None), ("ET", None), ("US/Eastern", None)),
        ("+25", None),
    ],
)
def test_offsets_that_are_certain(zone: str, minutes: int | None) -> None:
    assert zone_minutes(zone) == minutes


def test_an_offset_in_the_value_is_kept() -> None:
    clocks = read("2024-01-02T10:00:00+02:00", "2024-01-02 10:00")

    assert clocks.offset.tolist() == [7_200_000_000, NEVER]


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        *(("2026-01-05 09:30:00+0000", 0), ("2026-01-05T09:30:00+02:00", 2), ("2026-01-05 09:30 -06:00", -6)),
        *(("20.07.2026 09:30:00 UTC+02", 2), ("2026/07/20 08:03:06,GMT-04", -4), ("20260105;093000 EST", -5)),
        *(("03/13/2026 09:31:05 EDT", -4), ("03/13/2026 9:31 AM PST", -8), ("03/13/2026 09:31 AEST", 10)),
    ],
)
def test_spellings_of_an_offset(cell: str, hours: int) -> None:
    clocks = read(cell)

    assert refused(clocks) == {}
    assert clocks.offset.tolist() == [hours * 3_600_000_000]


@pytest.mark.parametrize("zone", ["BST", "IST", "CST", "ET", "America/New_York"])
def test_an_abbreviation_that_means_several_zones_is_refused(zone: str) -> None:
    assert "time zone" in refused(read(f"2026-01-05 09:30:00 {zone}"))[0]


def test_beside_cdt_cst_is_american() -> None:
    clocks = read("2026-01-05 09:30:00 CST", "2026-07-05 09:30:00 CDT")

    assert clocks.offset.tolist() == [-6 * 3_600_000_000, -5 * 3_600_000_000]


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31))
FORMATS = ["%Y-%m-%d %H:%M:%S.%f", "%Y.%m.%d %H:%M:%S.%f", "%d %B %Y %H:%M:%S.%f", "%B %d, %Y %I:%M:%S.%f %p", "%Y%m%d"]


@settings(deadline=None)
@given(st.lists(MOMENTS, min_size=1, max_size=20), st.sampled_from(FORMATS))
def test_written_in_one_format_is_read_back(moments: list[datetime], pattern: str) -> None:
    clocks = read(*(moment.strftime(pattern) for moment in moments))

    assert refused(clocks) == {}
    assert local(clocks) == [datetime.strptime(moment.strftime(pattern), pattern) for moment in moments]


@settings(deadline=None)
@given(st.lists(MOMENTS, min_size=1, max_size=20), st.sampled_from([("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y")]))
def test_the_answered_order_is_followed(moments: list[datetime], style: tuple[Order, str]) -> None:
    order, pattern = style
    clocks = read(*(moment.strftime(pattern) for moment in moments), order=order)

    assert [moment.date() for moment in local(clocks) if moment] == [moment.date() for moment in moments]
    assert not clocks.timed.any()


def test_blocks_are_put_together_in_order() -> None:
    start = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
    seconds = np.arange(start, start + 70_000)
    cells = pa.array(np.datetime_as_string(seconds.astype("datetime64[s]")).tolist())

    clocks = assemble(parse_dates(cells), None)

    assert np.array_equal(clocks.local, seconds * 1_000_000)
