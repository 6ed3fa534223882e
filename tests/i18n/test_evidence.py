"""The words of evidence: every code has one, no sentence claims a cause, nothing is written as certain."""

from __future__ import annotations

from typing import get_args

import pytest

from mentor.analytics.emotions import Coverage
from mentor.analytics.inference import Cause, Grade, Rule
from mentor.analytics.mood_effects import Behaviour
from mentor.analytics.mood_groups import BaselineRule
from mentor.analytics.session_frame import SizeUnit
from mentor.i18n import evidence
from mentor.i18n.language import spoken


def test_every_code_has_words() -> None:
    assert set(evidence.GRADES) == set(Grade)
    assert set(evidence.RULES) == set(Rule)
    assert set(evidence.CAUSES) == set(Cause)
    assert set(evidence.BEHAVIOURS) == set(get_args(Behaviour))
    assert set(evidence.BASELINES) == set(get_args(BaselineRule))
    assert set(evidence.SIZES) == set(get_args(SizeUnit))


@pytest.mark.parametrize(
    ("value", "unit", "currency", "words"),
    [
        (-2.613, "r", "USD", "−2.61 R"),
        (12.5, "money", "USD", "+$12.50"),
        (12.5, "money", None, "+12.50"),
        (3.0, "per_percent", "EUR", "+3.00 EUR per % risked"),
        (3.0, "per_percent", None, "+3.00 per % risked"),
        (-0.001, "r", None, "0.00 R"),
        (None, "r", None, "–"),
    ],
)
def test_amounts_have_sign_and_unit(value: float | None, unit: str, currency: str | None, words: str) -> None:
    assert evidence.amount(value, unit, currency) == words  # type: ignore[arg-type]


def test_nothing_is_certain() -> None:
    assert [evidence.chance(p) for p in (0.0005, 0.0412, 1.0, None)] == ["p < 0.001", "p = 0.041", "p = 1.000", "–"]
    assert [evidence.probability(p) for p in (0.99999, 0.5, 1e-9, None)] == ["> 99.9%", "50.0%", "< 0.1%", "–"]


def test_intervals_and_ratios() -> None:
    assert evidence.interval(-1.0, 2.34) == "−1.00 to +2.34"
    assert evidence.interval(None, 1.0) == "–"
    assert (evidence.times(1.5), evidence.points(-0.042)) == ("1.50 ×", "−4 points")


def test_columns_of_slices_have_names() -> None:
    assert evidence.category("weekday", "4") == "Fri"
    assert evidence.category("market", "sepi") == "Quiet"
    assert evidence.category("strategy", "breakout") == "breakout"


def test_figures_are_written_as_the_language_writes_them() -> None:
    with spoken("id"):
        assert evidence.amount(-1234.5, "money", "IDR") == "−Rp1.234,50"
        assert evidence.amount(3.0, "per_percent", "EUR") == "+3,00 EUR per % risiko"
        assert evidence.interval(-1.0, 2.34) == "−1,00 sampai +2,34"
        assert (evidence.chance(0.0005), evidence.points(-0.042)) == ("p < 0,001", "−4 poin")
        assert evidence.category("weekday", "4") == "Jum"


def test_what_is_known_of_moods_in_both_languages() -> None:
    told = Coverage(sessions=1234, before=3, later=2, unknown=0)
    assert evidence.coverage(told) == (
        "A mood from before the first trade is known for 3 of 1,234 sessions; told during or after trading: 2; "
        "not recorded: 1,229."
    )
    with spoken("id"):
        assert evidence.coverage(told) == (
            "Mood sebelum trade pertama diketahui pada 3 dari 1.234 sesi; dicatat saat atau setelah trading: 2; "
            "tidak dicatat: 1.229."
        )
