"""The risk score in words: every part, limit and reason has some, in both languages where the report needs them."""

from __future__ import annotations

from mentor.analytics.risk_score import CAPS, WEIGHTS, Component, RiskScore, Unscored
from mentor.i18n import risk
from mentor.i18n.language import spoken


def scored(score: int | None, *caps: str, reason: Unscored | None = None) -> RiskScore:
    parts = (Component("stop", 0.25, 1.0), Component("count", 0.05, None))
    return RiskScore(session_id=1, score=score, reason=reason, components=parts, caps=caps)


def test_everything_has_words() -> None:
    assert list(risk.PARTS) == list(WEIGHTS)
    assert list(risk.CAPS) == list(CAPS)
    assert set(risk.UNSCORED) == set(Unscored)


def test_the_strictest_limit_comes_first() -> None:
    assert risk.held_down(("risk_above_5", "risk_above_10")) == (
        "At most 3: a trade risked more than 10%. At most 5: a trade risked more than 5%."
    )


def test_a_score_with_its_parts() -> None:
    assert risk.lines(scored(5, "few_stops")) == [
        "Risk score: 5 of 10.",
        "At most 5: fewer than half of the trades whose stop is known had one.",
        "  Stops (weight 25%): 100%",
        "  Number of trades (weight 5%): not known, the risk plan names no number",
    ]


def test_no_score_says_why() -> None:
    unknown = scored(None, reason=Unscored.LITTLE_KNOWN)
    assert risk.lines(unknown) == ["Risk score: not known because less than half of what it weighs is known."]


def test_a_score_in_indonesian() -> None:
    with spoken("id"):
        assert risk.lines(scored(5, "few_stops")) == [
            "Skor risiko: 5 dari 10.",
            "Paling tinggi 5: dari trade yang stop-nya diketahui, kurang dari separuh memakai stop.",
            "  Stop loss (bobot 25%): 100%",
            "  Jumlah trade (bobot 5%): tidak diketahui, rencana risiko tidak menyebut jumlahnya",
        ]
