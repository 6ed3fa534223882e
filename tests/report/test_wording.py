"""Every finding, advice and closing line in both languages, and what nobody here knows by its id and numbers."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path

import pytest

from mentor.analytics.inference import Grade
from mentor.i18n import language
from mentor.i18n.language import LANGUAGES, Language
from mentor.models import RiskPlan
from mentor.report import advice, sentences
from mentor.report.finding import Advice, Finding, MentorReport, Severity
from mentor.report.measures import MEASURES
from mentor.report.next_words import ADVICE, CLOSING
from mentor.report.rules import CATALOGUE
from mentor.report.rules.together import PROCESS
from mentor.report.wording import advice_sentence, closing_sentence, explanation, sentence
from tests.report.days import ZONE, finding, report, told, trade, usual_days

each_language = pytest.mark.parametrize("spoken", LANGUAGES)
PLAN = RiskPlan(risk_percent=1.0, trades_a_day=4, stop_after_losses=2)


@pytest.fixture(scope="module")
def tilted() -> MentorReport:
    """A day that lost 3 % with everything that can go wrong after a loss."""
    today = [
        trade(-50, "02:00", risk_percent=0.5),
        trade(-60, "02:15", lot_size=0.2, risk_percent=1),
        trade(-200, "02:27", lot_size=0.4, risk_percent=2),
    ]
    days = usual_days(*range(-30, 80, 10), risk_percent=0.5)
    return report(today, days, plan=PLAN, balance=10_000, checkins=[told("marah", "before")])


def say(made: MentorReport, rule: str, spoken: Language = "en") -> str:
    with language.spoken(spoken):
        return sentence(finding(made, rule), "USD", ZONE)


def test_a_lost_day_in_english(tilted: MentorReport) -> None:
    assert say(tilted, "result") == (
        "Net -$310.00 from 3 trades: 0 won, 3 lost. That is below your usual days: 8 in 10 lie between -$20.00 and "
        "+$60.00, the median is +$20.00."
    )
    assert say(tilted, "size_after_loss") == (
        "After a loss on EURUSD you went from 0.1 to 0.2 lots (2.00 ×). Your usual size there is 0.1 lots. In all you "
        "raised 2 times in 2 trades after a loss."
    )
    assert say(tilted, "past_losses") == (
        "You opened 1 trade after 2 losses in a row. It brought -$200.00. Your plan ends the day there."
    )
    assert say(tilted, "mood") == "Mood before the first trade: Angry, told at 08:30."
    assert advice_sentence(tilted.advice[0], "USD") == (
        "Next session: after a loss on EURUSD trade no more than 0.1 lots until a trade has won."
    )


def test_a_lost_day_in_indonesian(tilted: MentorReport) -> None:
    assert say(tilted, "result", "id") == (
        "Hasil bersih -US$310,00 dari 3 trade: 0 profit, 3 rugi. Ini di bawah hari biasamu: 8 dari 10 hari ada di "
        "antara -US$20,00 dan +US$60,00, median +US$20,00."
    )
    assert say(tilted, "size_after_loss", "id").startswith("Setelah rugi di EURUSD, lot kamu naik dari 0,1 ke 0,2 ")
    with language.spoken("id"):
        assert advice_sentence(tilted.advice[0], "USD") == (
            "Sesi berikutnya: setelah rugi di EURUSD, paling besar 0,1 lot sampai ada trade yang profit."
        )


def mood(grade: Grade, value: float, **more: object) -> Finding:
    numbers = {
        "emotion": "fomo",
        "known": "compared",
        "unit": "money",
        "baseline": "calm_and_neutral",
        "sessions_missing": 4,
        "suspicious": False,
        "value": value,
    }
    return Finding(
        rule="mood",
        version=1,
        severity=Severity.NOTICE,
        scope="history",
        numbers=numbers | more,  # type: ignore[arg-type]
        n=12,
        interval=(value - 40, value + 40),
        grade=grade,
    )


def test_a_mood_is_associated_and_never_the_cause() -> None:
    assert sentence(mood(Grade.MODERATE, -80.0), "USD", ZONE) == (
        "Mood before the first trade: FOMO. In 12 earlier sessions it is associated with -$80.00 a session beside your "
        "calm and neutral sessions (90% interval -120.00 to -40.00). Moderate evidence."
    )
    assert sentence(mood(Grade.NO_SIGN, -8.0), "USD", ZONE) == (
        "Mood before the first trade: FOMO. In 12 earlier sessions it differs by -$8.00 a session from your calm and "
        "neutral sessions (90% interval -48.00 to +32.00). No clear sign."
    )
    assert sentence(mood(Grade.NOT_ENOUGH, -8.0), "USD", ZONE).endswith(
        "Not enough data on it yet: at least 4 more sessions."
    )
    assert "cannot have changed" in sentence(mood(Grade.HINT, -80.0, suspicious=True), "USD", ZONE)


def test_the_evidence_behind_a_finding() -> None:
    shown = explanation(mood(Grade.MODERATE, -80.0), "USD")
    assert (shown.observations, shown.interval, shown.grade, shown.source) == (
        "12 earlier sessions",
        "-$120.00 to -$40.00",
        "Moderate evidence",
        "emotions",
    )


def test_what_another_version_wrote_is_shown_by_its_id_and_numbers() -> None:
    known = mood(Grade.MODERATE, -80.0)
    later = replace(known, version=2, numbers={"emotion": "fomo", "hour": 9})
    assert sentence(later, "USD", ZONE) == 'mood: {"emotion": "fomo", "hour": 9}'
    assert sentence(replace(known, rule="of_tomorrow", numbers={}), "USD", ZONE) == "of_tomorrow"
    assert explanation(later, "USD").observations == "12"
    for numbers in ({}, {"emotion": 5}, {**known.numbers, "value": "many"}, {**known.numbers, "unit": "yards"}):
        assert sentence(replace(known, numbers=numbers), "USD", ZONE).startswith("mood"), numbers
    assert advice_sentence(Advice(id="of_tomorrow", rule="mood", numbers={"x": 1}), None) == 'of_tomorrow: {"x": 1}'
    assert closing_sentence(Advice(id="first_day", rule="result", numbers={}), None) == "first_day"


@pytest.mark.parametrize("rule", [rule.id for rule in CATALOGUE])
def test_no_stored_number_brings_a_report_down(rule: str) -> None:
    """A damaged report is shown by its ids, whatever became of its numbers."""
    for severity in Severity:
        broken = Finding(rule=rule, version=1, severity=severity, scope="session", numbers={"n": None}, n=1)
        assert sentence(broken, "USD", ZONE)
        assert explanation(broken, "USD").title


def test_text_of_a_user_is_never_a_template() -> None:
    rows = [trade(5, strategy="{net}"), trade(-2, "03:00", strategy="%s <b>")]
    assert "{net} with +$5.00 (1 trade)" in sentence(finding(report(rows), "setups"), "USD", ZONE)


@each_language
def test_every_rule_advice_and_closing_has_its_words(spoken: Language) -> None:
    ids = {rule.id for rule in CATALOGUE}
    assert set(sentences.SENTENCES) == ids == set(MEASURES)
    assert set(sentences.BROKEN) == set(PROCESS)
    assert set(sentences.KEPT) < set(PROCESS)
    assert set(advice._ADVICE) < ids
    with language.spoken(spoken):
        for make in (*ADVICE.values(), *CLOSING.values()):
            assert make(_Anything())[-1] == "."  # type: ignore[arg-type]


class _Anything:
    """Stands for numbers of every name."""

    def codes(self, _name: str) -> list[str]:
        return ["overtrading"]

    def whole(self, _name: str) -> int:
        return 3

    def __getattr__(self, _kind: str) -> object:
        return lambda _name: "x"


@each_language
def test_no_sentence_praises_blames_or_claims_a_cause(spoken: Language, tilted: MentorReport) -> None:
    with language.spoken(spoken):
        said = " ".join(sentence(one, "USD", ZONE) for one in tilted.findings)
        said += closing_sentence(tilted.closing, "USD") + advice_sentence(tilted.advice[0], "USD")
    words = set(said.lower().translate(str.maketrans("", "", string.punctuation)).split())
    assert not words & {"great", "bad", "because", "causes", "hebat", "bagus", "buruk", "jelek", "menyebabkan"}


def test_every_measure_stands_in_the_methods() -> None:
    methods = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
    anchors = {line.lstrip("# ").lower().replace(" ", "-") for line in methods.splitlines() if line.startswith("## ")}
    assert {measure.source for measure in MEASURES.values()} <= anchors
    assert [rule.id for rule in CATALOGUE if f"`{rule.id}`" not in methods] == []
