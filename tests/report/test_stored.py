"""Reports as the journal keeps them: the same in either language, stored once, never changed by what comes later."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mentor import Journal
from mentor.i18n.language import LANGUAGES, Language, spoken
from mentor.models import StoredReport
from mentor.report import render
from mentor.report.export.html import html
from mentor.report.export.markdown import markdown
from mentor.report.finding import Advice, Finding, MentorReport, Severity
from mentor.report.known import known_on
from mentor.report.mentor import mentor_report
from mentor.report.stored import evidence_hash, read_report
from mentor.storage.reports import COLUMNS
from tests.foreign import ForeignClient
from tests.report.dozen import DAYS, a_dozen_days

TODAY = "2025-01-15"


@pytest.fixture(scope="module")
def dozen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with a_dozen_days(tmp_path_factory.mktemp("dozen")) as journal:
        yield journal


def newest(journal: Journal, day: str) -> StoredReport:
    session = journal.session(day)
    assert session is not None
    return journal.reports(session.id)[0]


def told(journal: Journal, day: str, report: MentorReport, language: Language) -> tuple[str, str]:
    with spoken(language):
        page = render.page(journal.known_on(day), report)
        return html(page), markdown(page)


@pytest.mark.parametrize("day", DAYS)
def test_a_stored_report_reads_the_same_in_either_language(dozen: Journal, day: str) -> None:
    live = dozen.mentor_report(day)
    with spoken("id"):
        written = dozen.write_mentor_report(day)
    stored = newest(dozen, day)
    read = dozen.read_report(stored)
    assert (written.new, written.id, stored.language) == (True, stored.id, "bahasa_indonesia")
    assert read == live
    for language in LANGUAGES:
        assert told(dozen, day, read, language) == told(dozen, day, live, language)
    with spoken("en"):
        again = dozen.write_mentor_report(day)
    assert (again.new, again.id) == (False, written.id)


def test_what_is_stored_are_ids_and_numbers(dozen: Journal) -> None:
    day = "2025-01-08"
    dozen.write_mentor_report(day)
    report, stored = dozen.mentor_report(day), newest(dozen, day)
    trading, moods = (json.loads(text or "") for text in (stored.trading_patterns_analysis, stored.emotional_analysis))
    places = [found["place"] for found in (*trading["findings"], *moods["findings"])]
    assert sorted(places) == list(range(len(report.findings)))
    assert {found["rule"] for found in moods["findings"]} == {"mood"}
    assert json.loads(stored.recommendations or "") == [
        {"id": advice.id, "rule": advice.rule, "numbers": advice.numbers} for advice in report.advice
    ]
    assert stored.risk_management_score == (None if report.risk_score is None else str(report.risk_score))


@pytest.mark.parametrize("number", [2, 5, 9])
def test_later_days_change_no_earlier_report(dozen: Journal, tmp_path: Path, number: int) -> None:
    day = DAYS[number - 1]
    with a_dozen_days(tmp_path, number) as then:
        assert then.mentor_report(day) == dozen.mentor_report(day)
        assert told(then, day, then.mentor_report(day), "id") == told(dozen, day, dozen.mentor_report(day), "id")


def test_a_later_trade_stores_nothing_new_for_an_earlier_day(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    journal.create_trading_session("2025-01-14", notes="kemarin")
    before = journal.write_mentor_report("2025-01-14")
    journal.log_trade_for_ai_analysis(1, "EURUSD", -90.0, 0.4)
    assert journal.write_mentor_report("2025-01-14") == replace(before, new=False)


def test_a_mood_told_days_later_stores_nothing_new(journal: Journal) -> None:
    """It was not known on the day, so the report says the same."""
    journal.create_trading_session("2025-01-14")
    before = journal.write_mentor_report("2025-01-14")
    journal.update_session_emotions_and_notes("2025-01-14", "marah", "belakangan")
    assert journal.write_mentor_report("2025-01-14") == replace(before, new=False)


def test_new_evidence_stores_another_report_and_the_old_stays(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    first = journal.write_mentor_report(TODAY)
    journal.log_trade_for_ai_analysis(1, "EURUSD", -4.0, 0.1)
    second = journal.write_mentor_report(TODAY)
    assert (first.new, second.new) == (True, True)
    assert {report.id for report in journal.reports(1)} == {first.id, second.id}


def test_evidence_that_returns_is_stored_again(journal: Journal) -> None:
    """Only the newest counts: what a reader finds on top must be what holds now."""
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    journal.write_mentor_report(TODAY)
    added = journal.log_trade_for_ai_analysis(1, "EURUSD", -4.0, 0.1)
    journal.write_mentor_report(TODAY)
    journal.delete_trades([added])
    assert journal.write_mentor_report(TODAY).new


def test_a_report_of_another_engine_is_followed_by_ours(journal: Journal, foreign: ForeignClient) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    journal.write_mentor_report(TODAY)
    foreign.open(journal.path)
    foreign.run("UPDATE ai_mentor_reports SET engine_version = 'mentor 0'")
    assert journal.write_mentor_report(TODAY).new


def test_many_at_once_store_one_report(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    with Journal.open(journal.path, now=journal._now) as other, ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda writer: writer.write_mentor_report(TODAY), [journal, other] * 3))
    assert sum(each.new for each in written) == 1
    assert {each.id for each in written} == {report.id for report in journal.reports(1)}


def test_shuffled_rows_are_the_same_evidence(dozen: Journal) -> None:
    for day in (DAYS[2], DAYS[7]):
        known = dozen.known_on(day)
        frame = dozen.trades().sample(frac=1.0, random_state=7)
        moods = dozen.moods().sample(frac=1.0, random_state=8)
        shuffled = known_on(
            known.session,
            trades=frame,
            checkins=known.checkins[::-1],
            moods=moods,
            preferences=known.preferences,
            history=known.history,
        )
        assert mentor_report(shuffled) == mentor_report(known)


def test_an_old_bots_round_trip_stores_a_report_we_read(journal: Journal) -> None:
    for result in (10.0, -4.0):
        journal.log_trade_for_ai_analysis(1, "EURUSD", result, 0.1)
    analysis = json.loads(json.dumps(journal.analyze_trading_session()))
    assert journal.save_ai_mentor_report(1, analysis) is True
    stored = newest(journal, TODAY)
    assert journal.read_report(stored) == journal.mentor_report(TODAY)
    assert stored.language == "bahasa_indonesia"
    assert stored.motivation_message == analysis["motivasi"]
    assert not journal.write_mentor_report(TODAY).new, "the same evidence, whoever stored it"
    assert journal.save_ai_mentor_report(1, analysis) is True
    assert len(journal.reports(1)) == 1


def test_the_documented_dict_speaks_the_language_kept(journal: Journal) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    indonesian = journal.analyze_trading_session()
    journal.keep_language("en")
    english = journal.analyze_trading_session()
    assert english["motivasi"] != indonesian["motivasi"]
    assert english["pola_trading"] == indonesian["pola_trading"]
    journal.save_ai_mentor_report(1, english)
    assert newest(journal, TODAY).language == "english"


def test_a_session_without_a_readable_day_has_figures_and_no_report(journal: Journal, foreign: ForeignClient) -> None:
    foreign.open(journal.path)
    foreign.run("INSERT INTO trading_sessions (id, session_date) VALUES (9, 'kemarin')")
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) VALUES (9, 7, 'A', 5, 1)"
    )
    analysis = journal.analyze_trading_session({"session_id": 9})
    assert (analysis["pola_trading"]["net"], analysis["rekomendasi"], analysis["motivasi"]) == (5.0, [], "")
    journal.save_ai_mentor_report(9, analysis)
    assert journal.read_report(journal.reports(9)[0]) is None


def columns(**changes: Any) -> dict[str, Any]:
    finding = {"place": 0, "rule": "tomorrows_rule", "version": 9, "severity": "warning", "scope": "session"}
    finding |= {"numbers": {"lots": 0.5}, "n": 3, "interval": [1.0, 2.0], "grade": "hint", "trades": [4, 5]}
    closing = {"id": "tomorrows_words", "rule": "tomorrows_rule", "numbers": {"x": 1}}
    trading = {"engine": "mentor 9", "session_date": TODAY, "currency": "USD", "closing": closing}
    parts = {"finding": finding, "trading": trading} | changes
    return {
        "trading_patterns_analysis": json.dumps({"findings": [parts["finding"]]} | parts["trading"]),
        "emotional_analysis": json.dumps(parts.get("moods", {"findings": []})),
        "risk_management_score": parts.get("score", "7"),
        "recommendations": json.dumps(parts.get("advice", [{"id": "rest", "rule": "tomorrows_rule", "numbers": {}}])),
        "motivation_message": "?",
    }


def stored(report: dict[str, Any]) -> StoredReport:
    return StoredReport(id=1, session_id=3, session_date=TODAY, language="english", created_at=None, **report)


def test_a_rule_of_a_later_version_is_shown_by_its_id_and_numbers(dozen: Journal) -> None:
    read = read_report(stored(columns()))
    assert read is not None
    assert read.findings == (
        Finding(
            rule="tomorrows_rule",
            version=9,
            severity=Severity.WARNING,
            scope="session",
            numbers={"lots": 0.5},
            n=3,
            interval=(1.0, 2.0),
            grade=read.findings[0].grade,
            trades=(4, 5),
        ),
    )
    assert (read.session_id, read.risk_score, read.advice[0]) == (
        3,
        7,
        Advice(id="rest", rule="tomorrows_rule", numbers={}),
    )
    for language in LANGUAGES:
        said = told(dozen, DAYS[0], read, language)
        assert all("tomorrows" in text for text in said)


GOOD = json.loads(columns()["trading_patterns_analysis"])["findings"][0]


@pytest.mark.parametrize(
    "changes",
    [
        {"trading": {"engine": "another program"}},
        {"trading": {}},
        {"finding": 7},
        {"finding": {}},
        *({"finding": GOOD | {name: value}} for name, value in (
            ("rule", None), ("version", "1"), ("severity", "catastrophe"), ("scope", "galaxy"), ("numbers", []),
            ("n", -1), ("n", True), ("interval", [1]), ("interval", ["a", "b"]), ("grade", "sure"), ("trades", ["1"]),
            ("trades", [2**64]), ("place", None),
        )),
        {"moods": []},
        {"moods": None},
        {"advice": {"id": "x"}},
        {"advice": ["rest"]},
        {"score": "11"},
        {"score": "8/10"},
    ],
    ids=str,
)  # fmt: skip
def test_a_damaged_report_is_text(changes: dict[str, Any]) -> None:
    assert read_report(stored(columns(**changes))) is None


@pytest.mark.parametrize("name", COLUMNS[:2] + COLUMNS[3:4])
@pytest.mark.parametrize(
    "text",
    [None, "", "Tetap semangat!", "[" * 200_000, "NaN", '{"engine": "mentor 1"', '{"engine": "mentor 1", "n": 1e999}'],
    ids=lambda text: str(text)[:12],
)
def test_other_text_is_no_report_of_ours(name: str, text: str | None) -> None:
    assert read_report(stored(columns() | {name: text})) is None


def test_a_number_another_program_changed_ends_nothing(journal: Journal) -> None:
    """Every number of every finding replaced by every other kind: said somehow, or shown as text."""
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    journal.log_trade_for_ai_analysis(1, "EURUSD", -30.0, 0.4)
    journal.write_mentor_report(TODAY)
    report = newest(journal, TODAY)
    trading = json.loads(report.trading_patterns_analysis or "")
    for finding in trading["findings"]:
        for name, was in list(finding["numbers"].items()):
            for odd in (None, "x", [], {}, True, -1, 1e300, 10**400):
                finding["numbers"][name] = odd
                changed = read_report(replace(report, trading_patterns_analysis=json.dumps(trading)))
                if changed is not None:
                    told(journal, TODAY, changed, "id")
            finding["numbers"][name] = was


def test_the_digest_is_of_numbers_alone() -> None:
    told = columns()
    assert evidence_hash(told) == evidence_hash(told | {"motivation_message": "Teruskan!"})
    respaced = json.dumps(dict(reversed(json.loads(told["trading_patterns_analysis"]).items())), indent=3)
    assert evidence_hash(told) == evidence_hash(told | {"trading_patterns_analysis": respaced})
    assert evidence_hash(told) != evidence_hash(columns(score="6"))
    assert evidence_hash(told) != evidence_hash(columns(finding=GOOD | {"n": 4}))
