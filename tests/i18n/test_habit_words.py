"""The habits in words: every detector has its own, an effect is written in its unit, and nothing is said too surely."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from mentor.analytics.habits import CATALOGUE, Habit, Missing
from mentor.analytics.inference import Grade
from mentor.i18n import habits as words
from mentor.i18n.language import spoken

FOUND = Habit(
    id="revenge_pace",
    opportunities=333,
    sessions=135,
    effect=0.27,
    low=0.25,
    high=0.3,
    p_value=0.0005,
    adjusted=0.008,
    grade=Grade.STRONG,
    unit="ratio",
    neutral=1.0,
    direction=-1,
    trades=(1, 2),
    missing=None,
    exploratory=False,
    chart=pd.DataFrame(),
)


def test_every_detector_has_words() -> None:
    assert list(words.WORDS) == [detector.id for detector in CATALOGUE]


@pytest.mark.parametrize("detector", CATALOGUE, ids=lambda detector: detector.id)
@pytest.mark.parametrize("missing", Missing)
def test_every_detector_says_what_is_missing(detector: object, missing: Missing) -> None:
    found = replace(FOUND, id=detector.id, missing=missing, sessions=3, opportunities=3)  # type: ignore[attr-defined]
    said = words.missing(found)
    assert said
    assert "{" not in said
    assert ("so far 3" in said) == (missing is Missing.SESSIONS)


def test_what_was_found_and_how_sure_it_is() -> None:
    assert words.verdict(FOUND) == "Strong evidence: faster after a loss"
    assert words.sentence(FOUND, None) == (
        "The pause after a loss was 0.27 × the pause after a win (95% interval 0.25 × to 0.30 ×; p = 0.008 among all "
        "habits): strong evidence."
    )
    assert words.opportunities(FOUND) == "333 trades after a loss in 135 sessions"


def test_the_opposite_of_a_habit_is_called_so() -> None:
    assert words.verdict(replace(FOUND, effect=1.4)) == "Strong evidence: slower after a loss"


def test_without_a_sign_no_direction_is_named() -> None:
    quiet = replace(FOUND, grade=Grade.NO_SIGN, adjusted=0.4)
    assert words.verdict(quiet) == "No clear sign"
    assert words.sentence(quiet, None).endswith("p = 0.400 among all habits): no clear sign.")
    assert not words.shows(quiet)


def test_an_exploratory_look_says_that_it_gives_no_more() -> None:
    hint = replace(FOUND, id="fatigue", unit="r", neutral=0.0, effect=-0.1, grade=Grade.HINT, exploratory=True)
    assert words.verdict(hint) == "A hint: worse with the hours"
    assert words.sentence(hint, None).endswith("a hint, and an exploratory look never gives more.")


@pytest.mark.parametrize(
    ("id", "unit", "effect", "said"),
    [
        ("overtrading", "r", -0.3, "came out 0.30 R worse than the others"),
        ("overtrading", "money", 12.5, "came out $12.50 better than the others"),
        ("overtrading", "per_percent", -2.0, "came out 2.00 USD per % risked worse than the others"),
        ("streaks", "share", 0.032, "won 3.2 points more often than"),
        ("risk_escalation", "correlation", -0.456, "with time was −0.46 (95%"),
    ],
)
def test_an_effect_is_written_in_its_unit(id: str, unit: str, effect: float, said: str) -> None:
    found = replace(FOUND, id=id, unit=unit, effect=effect, neutral=0.0)  # type: ignore[arg-type]
    assert said in words.sentence(found, "USD")


def test_what_is_only_counted_is_a_share_without_a_test() -> None:
    share = replace(FOUND, id="fomo", unit="share", effect=0.2, low=0.1, high=0.3, neutral=0.1)
    counted = replace(share, p_value=None, adjusted=None, grade=None)
    assert words.verdict(counted) == "Counted, not tested"
    assert words.sentence(counted, None) == (
        "20.0% of the returns to a symbol just won on came within the shortest tenth of all pauses; 10.0% would be no "
        "haste (95% interval 10.0% to 30.0%): counted, not tested."
    )


def test_doublings_and_the_weekday_come_from_the_chart() -> None:
    doubled = replace(
        FOUND,
        id="martingale",
        unit="count",
        effect=3.6,
        neutral=0.0,
        chart=pd.DataFrame({"kind": ["seen", "expected"], "value": [4.0, 0.4]}),
    )
    assert "each followed a loss 4 times, against 0.4 by chance" in words.sentence(doubled, None)
    friday = replace(
        FOUND,
        id="weekday",
        unit="r",
        effect=-0.5,
        neutral=0.0,
        direction=0,
        chart=pd.DataFrame({"weekday": [0, 4], "chosen": [False, True]}),
    )
    assert "stands out most is Friday: its sessions came out 0.50 R worse" in words.sentence(friday, None)
    assert words.opportunities(friday) == "333 sessions on that day"


def test_the_same_in_indonesian() -> None:
    with spoken("id"):
        assert words.verdict(FOUND) == "Bukti kuat: lebih cepat setelah rugi"
        assert words.sentence(FOUND, None) == (
            "Jeda setelah rugi adalah 0,27 × jeda setelah profit (rentang 95% 0,25 × sampai 0,30 ×; p = 0,008 di "
            "antara semua kebiasaan): bukti kuat."
        )
        assert words.opportunities(FOUND) == "333 trade setelah rugi dalam 135 sesi"
        lacking = replace(FOUND, missing=Missing.SESSIONS, sessions=3)
        assert words.missing(lacking).endswith("sejauh ini 3")


@pytest.mark.parametrize("detector", CATALOGUE, ids=lambda detector: detector.id)
def test_every_detector_counts_its_opportunities_in_both_languages(detector: object) -> None:
    one, many = (replace(FOUND, id=detector.id, opportunities=n, sessions=1) for n in (1, 1234))  # type: ignore[attr-defined]
    assert words.opportunities(one).startswith("1 ")
    assert words.opportunities(many).startswith("1,234 ")
    with spoken("id"):
        assert words.opportunities(many).startswith("1.234 ")
