"""Text fields read as times on the trader's clock and as numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mentor.errors import InvalidArgument
from mentor.i18n import language
from mentor.i18n.refusals import sentence
from mentor.messages import message
from mentor.ui.typed import moment_of, number_of, number_text, time_text

JAKARTA, BERLIN = ZoneInfo("Asia/Jakarta"), ZoneInfo("Europe/Berlin")


def test_a_time_is_the_traders() -> None:
    assert moment_of("2025-01-31 14:30:05", JAKARTA, None) == datetime(2025, 1, 31, 7, 30, 5, tzinfo=UTC)
    assert moment_of(" 2025-01-31T14:30 ", JAKARTA, None) == datetime(2025, 1, 31, 7, 30, tzinfo=UTC)
    assert moment_of("", JAKARTA, None) is None
    assert moment_of(None, JAKARTA, datetime(2025, 1, 1, tzinfo=UTC)) is None, "emptied: no longer known"


def test_an_untouched_time_stays_that_moment_also_in_the_hour_that_comes_twice() -> None:
    second = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert time_text(second, BERLIN) == "2025-10-26 02:30:00"
    assert moment_of("2025-10-26 02:30:00", BERLIN, second) is second


def test_a_time_that_came_twice_must_name_its_offset() -> None:
    with pytest.raises(InvalidArgument, match=r"twice.*02:30 \+02:00"):
        moment_of("2025-10-26 02:30", BERLIN, None)
    assert moment_of("2025-10-26 02:30 +01:00", BERLIN, None) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def test_a_time_the_clock_skipped_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="skipped"):
        moment_of("2025-03-30 02:30", BERLIN, None)


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2025-02-30 10:00",
        "31.01.2025 10:00",
        "2025-01-31",
        "2025-01-31 25:00",
        "0001-01-01 00:00:00",
        "9999-12-31 23:59:59-12:00",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument, match="no time"):
        moment_of(text, JAKARTA, None)


def test_numbers_keep_every_digit() -> None:
    assert number_text(1.083451) == "1.083451"
    assert number_of("1.083451", "Entry price") == 1.083451
    assert number_of("\N{MINUS SIGN}12.5", "P/L") == -12.5
    assert number_of(number_text(0.1 + 0.2), "Lots", 0.1 + 0.2) == 0.1 + 0.2
    assert (number_text(None), number_of("", "Lots")) == ("", None)


@pytest.mark.parametrize("text", ["1,5", "1.234,50", "nan", "inf", "1_000", "ten", "0x10", "--1", "1e9999"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument, match="Lots is no number"):
        number_of(text, "Lots")


def test_numbers_are_written_and_read_as_the_language_writes_them() -> None:
    with language.spoken("id"):
        assert number_text(1234.5) == "1234,5"
        assert [number_of(text, "P/L") for text in ("1234,5", "-0,25", "1.08512", "0.125", "1500")] == [
            1234.5,
            -0.25,
            1.08512,
            0.125,
            1500,
        ]
        assert number_of("1,085", "Entry price", 1.085) == 1.085
    with pytest.raises(InvalidArgument):
        number_of("1,5", "P/L")


@pytest.mark.parametrize("text", ["1.500", "-12.345", "100.000"])
def test_what_may_be_a_thousand_or_a_decimal_is_refused(text: str) -> None:
    """An Indonesian's `1.500` is a thousand, a platform's price of `1.085` is none: nobody guesses."""
    assert number_of(text, "P/L") == float(text)
    with language.spoken("id"), pytest.raises(InvalidArgument) as refused:
        number_of(text, message("P/L"), 7.0)
    said = sentence(refused.value)
    assert "could be a thousand or a decimal" in said
    assert text.replace(".", "") in said


def test_the_refusal_is_said_in_the_language() -> None:
    with pytest.raises(InvalidArgument) as refused:
        number_of("abc", message("Lots"))
    with language.spoken("id"):
        assert sentence(refused.value) == "Lot bukan angka (abc). Tulis tanpa titik ribuan, desimal dengan koma: 1234,5"
