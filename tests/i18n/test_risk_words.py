"""The risk score in words: every part, limit and reason has some, in both languages where the report needs them."""

from __future__ import annotations

import pytest

from mentor.analytics.risk_score import CAPS, WEIGHTS, Component, RiskScore, Unscored
from mentor.i18n import risk


def scored(score: int | None, *caps: str, reason: Unscored | None = None) -> RiskScore:
    parts = (Component("stop", 0.25, 1.0), Component("count", 0.05, None))
    return RiskScore(session_id=1, score=score, reason=reason, components=parts, caps=caps)


def test_everything_has_words() -> None:
    assert list(risk.PARTS) == list(WEIGHTS)
    for language in ("id", "en"):
        assert list(risk.CAPS[language]) == list(CAPS)
        assert set(risk.UNSCORED[language]) == set(Unscored)


def test_the_strictest_limit_comes_first() -> None:
    assert risk.held_down(("risk_above_5", "risk_above_10")) == (
        "At most 3: a trade risked more than 10%. At most 5: a trade risked more than 5%."
    )


def test_a_score_with_its_parts() -> None:
    assert risk.lines(scored(5, "few_stops")) == [
        "Risk score: 5 of 10.",
        "At most 5: fewer than half of the trades had a stop.",
        "  Stops (weight 25%): 100%",
        "  Number of trades (weight 5%): not known, the risk plan names no number",
    ]


def test_no_score_says_why() -> None:
    unknown = scored(None, reason=Unscored.LITTLE_KNOWN)
    assert risk.lines(unknown) == ["Risk score: not known because less than half of what it weighs is known."]


@pytest.mark.parametrize(("stored", "told"), [("5", None), (None, None), ("", None), ("8", "8"), ("8/10", "8/10")])
def test_the_default_is_nobodys_assessment(stored: str | None, told: str | None) -> None:
    assert risk.self_assessed(stored) == told
