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
from mentor.report.told import Told
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
        "Net −$310.00 from 3 trades: 0 won, 3 lost. That is below your usual days: 8 in 10 lie between −$20.00 and "
        "+$60.00, the median is +$20.00."
    )
    assert say(tilted, "size_after_loss") == (
        "After a loss on EURUSD you went from 0.1 to 0.2 lots (2 ×). Your usual size there is 0.1 lots. In all you "
        "raised them 2 times in 2 trades after a loss."
    )
    assert say(tilted, "past_losses") == (
        "You opened 1 trade after 2 losses in a row. It brought −$200.00. Your plan ends the day there."
    )
    assert say(tilted, "mood") == "Mood before the first trade: Angry, told at 08:30."
    assert advice_sentence(tilted.advice[0], "USD") == (
        "Next session: after a loss on EURUSD trade no more than 0.1 lots until a trade has won."
    )


def test_a_lost_day_in_indonesian(tilted: MentorReport) -> None:
    assert say(tilted, "result", "id") == (
        "Hasil bersih −US$310,00 dari 3 trade: 0 profit, 3 rugi. Ini di bawah hari biasamu: 8 dari 10 hari ada di "
        "antara −US$20,00 dan +US$60,00, median +US$20,00."
    )
    assert say(tilted, "size_after_loss", "id").startswith("Setelah rugi di EURUSD, lotmu naik dari 0,1 ke 0,2 ")
    with language.spoken("id"):
        assert advice_sentence(tilted.advice[0], "USD") == (
            "Sesi berikutnya: setelah rugi di EURUSD, paling besar 0,1 lot sampai ada trade yang profit."
        )


def test_more_trades_than_usual_are_counted_from_the_limit() -> None:
    """Usual are 2 a day, the limit is 4, so one of five lies beyond it."""
    days = [[trade(3), trade(-2, "03:00")] for _ in range(12)]
    made = report([*(trade(3, f"0{hour}:00") for hour in (2, 3, 4, 5)), trade(-40, "09:00")], days)
    assert say(made, "overtrading") == (
        "5 trades; usually it is 2 a day, and up to 4 is nothing unusual. The 1 trade beyond 4 brought −$40.00."
    )
    assert say(made, "overtrading", "id").endswith("1 trade setelah yang ke-4 hasilnya −US$40,00.")


def test_days_that_were_all_the_same_have_no_range() -> None:
    made = report([trade(1), trade(3, "03:00")], usual_days(*[4.0] * 10))
    assert say(made, "result").endswith("That is one of your usual days: at least 8 in 10 came to +$4.00.")


def test_large_medians_have_no_cents_and_no_share_has_more_than_it_knows() -> None:
    days = usual_days(*[1500.75, -900.5] * 6, *[2500.25] * 12, *[-9000.0] * 2)
    made = report([trade(-1_000.55)], days, told_earlier=[(1, "tenang")], balance=20_000)
    assert say(made, "result") == (
        "Net −$1,000.55 from 1 trade: 0 won, 1 lost. That is below your usual days: 8 in 10 lie between −$900 and "
        "+$2,500, the median is +$1,501."
    )
    assert say(made, "result", "id").endswith("di antara −US$900 dan +US$2.500, median +US$1.501.")
    assert "$19,000.55 below your best day's end, 35% of" in say(made, "drawdown")
    assert "on 0 of the last 7, on 5% of those before" in say(made, "recent")


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.0, "0%"), (0.0549, "5.5%"), (0.0996, "10%"), (0.976, "98%"), (0.999, "99%"), (1.0, "100%")],
)
def test_what_is_not_all_is_never_written_as_all(share: float, written: str) -> None:
    assert Told({"share": share}, None).share("share") == written


def test_the_first_day_does_not_count_one_session() -> None:
    made = report([trade(-5), trade(4, "03:00")])
    assert say(made, "mood_missing") == "No mood is recorded for this day."


def test_a_mood_on_a_day_without_trades_is_before_no_trade() -> None:
    made = report([], usual_days(1), checkins=[told("tenang", "before")])
    assert say(made, "mood") == "Mood of the day: Calm."


def test_a_median_pause_is_called_one() -> None:
    pauses = [[trade(1, "02:00"), trade(1, "02:40"), trade(1, "03:20")] for _ in range(10)]
    once = report([trade(-1, "02:00"), trade(1, "02:15")], pauses)
    assert say(once, "pace_after_loss") == (
        "After a loss you were back in after 5 min; your usual pause is 30 min, and 9 in 10 last 30 min or longer."
    )
    twice = report([trade(-1, "02:00"), trade(-1, "02:15"), trade(1, "02:30")], pauses)
    assert say(twice, "pace_after_loss").startswith("After 2 losses you were back in after 5 min (median); ")


def test_a_day_in_another_currency_says_no_more_than_that() -> None:
    assert say(report([trade(500, currency="JPY")]), "left_out").endswith("So the day has no result to show here.")
    assert say(report([trade(None)]), "left_out").endswith("So what the day brought is not known.")


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
        "Mood before the first trade: FOMO. In 12 earlier sessions it is associated with −$80.00 a session beside your "
        "calm and neutral sessions (90% interval −120.00 to −40.00). Moderate evidence."
    )
    assert sentence(mood(Grade.NO_SIGN, -8.0), "USD", ZONE) == (
        "Mood before the first trade: FOMO. In 12 earlier sessions it differs by −$8.00 a session from your calm and "
        "neutral sessions (90% interval −48.00 to +32.00). No clear sign."
    )
    assert sentence(mood(Grade.NOT_ENOUGH, -8.0), "USD", ZONE).endswith(
        "Not enough data on it yet: at least 4 more sessions."
    )
    assert "cannot have changed" in sentence(mood(Grade.HINT, -80.0, suspicious=True), "USD", ZONE)


def test_the_evidence_behind_a_finding() -> None:
    shown = explanation(mood(Grade.MODERATE, -80.0), "USD")
    assert (shown.observations, shown.interval, shown.grade, shown.source) == (
        "12 earlier sessions",
        "−$120.00 to −$40.00",
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
    assert "+$5.00 with {net} (1 trade)" in sentence(finding(report(rows), "setups"), "USD", ZONE)


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
