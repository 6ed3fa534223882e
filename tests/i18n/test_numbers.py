"""Money and percentages as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mentor.i18n import numbers
from mentor.i18n.language import spoken


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (1234.5, "USD", "$1,234.50"),
        (-1234.5, "USD", "−$1,234.50"),
        (1234.5, None, "1,234.50"),
        (-0.004, None, "0.00"),
        (12.0, "USDT", "12.00 USDT"),
        (1234.0, "JPY", "¥1,234"),
        (None, "USD", "–"),
        (float("nan"), "USD", "–"),
    ],
)
def test_money(amount: float | None, currency: str | None, expected: str) -> None:
    assert numbers.money(amount, currency) == expected


def test_losses_have_the_minus_of_the_charts_and_nothing_has_none() -> None:
    assert (numbers.number(-1.5), numbers.percent(-0.25), numbers.exact(-1.5)) == ("−1.50", "−25.0%", "−1.5")
    assert (numbers.number(-0.004), numbers.percent(-0.0004), numbers.exact(-0.0)) == ("0.00", "0.0%", "0")
    with spoken("id"):
        assert numbers.money(-1234.5, "IDR", signed=True) == "−Rp1.234,50"


def test_no_line_ends_between_a_minus_and_its_currency() -> None:
    """Browsers break a line behind this minus where a currency sign follows; letters and digits hold by themselves."""
    assert numbers.unbroken("from −$5 to −US$5 to −0.3") == "from −\u2060$5 to −US$5 to −0.3"


def test_signed_money_shows_a_gain_and_no_sign_for_nothing() -> None:
    assert numbers.money(5, "USD", signed=True) == "+$5.00"
    assert numbers.money(0, "USD", signed=True) == "$0.00"


def test_percent_and_counts() -> None:
    assert numbers.percent(0.4) == "40.0%"
    assert numbers.percent(None) == "–"
    assert numbers.number(12345, 0) == "12,345"


def test_moments_are_local() -> None:
    told = datetime(2025, 1, 15, 20, 30, tzinfo=UTC)
    assert numbers.moment(told, ZoneInfo("Asia/Jakarta")) == "16 Jan 2025 03:30"
    assert numbers.clock(told, ZoneInfo("Asia/Jakarta")) == "03:30"
    assert numbers.moment(None, ZoneInfo("UTC")) == "–"
    assert numbers.day(date(2025, 1, 15)) == "Wed 15 Jan 2025"


def test_indonesian_writes_numbers_its_own_way() -> None:
    with spoken("id"):
        assert numbers.money(1234567.89, "IDR") == "Rp1.234.567,89"
        assert numbers.percent(0.4) == "40,0%"
        assert numbers.day(date(2025, 1, 15)) == "Rab 15 Jan 2025"
        assert (numbers.weekday(0), numbers.weekday(4, short=True)) == ("Senin", "Jum")
        assert numbers.duration(3900) == "1 jam 5 mnt"
    assert (numbers.weekday(0), numbers.weekday(4, short=True)) == ("Monday", "Fri")
    assert numbers.duration(3900) == "1 h 5 min"


def test_prices_keep_every_digit() -> None:
    assert numbers.exact(1.083451) == "1.083451"
    assert numbers.exact(float("nan")) == "–"
    with spoken("id"):
        assert numbers.exact(104250.25) == "104250,25"
        assert numbers.separators() == ",."


def test_short_days_and_months() -> None:
    assert (numbers.short_day(date(2025, 8, 5)), numbers.month(date(2025, 8, 5))) == ("5 Aug", "Aug 2025")
    with spoken("id"):
        assert (numbers.short_day(date(2025, 8, 5)), numbers.month(date(2025, 8, 5), year=False)) == ("5 Agu", "Agu")
