"""Feelings written beside trades: their words in several languages, what is no word, and how the journal keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from mentor.importing.columns import recognise
from mentor.importing.emotions import code_of, felt
from mentor.journal import Journal
from mentor.models import ImportRecord
from tests.importing.files import only, read

HEADER = "Symbol,Side,Lots,Open Time,Close Time,Profit,Emotion,Notes"
DAY = "2025-01-13"


def row(emotion: str, *, hour: int = 10, day: str = DAY, profit: int = 5, notes: str = "") -> str:
    return f'EURUSD,buy,0.1,{day} {hour}:00:00,{day} {hour}:30:00,{profit},"{emotion}",{notes}'


def file(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows, ""))


def words(*rows: str) -> list[str]:
    return [one.emotion for one in felt(read(file(*rows)).trades)]


def take(journal: Journal, *rows: str) -> ImportRecord:
    return journal.commit_import(journal.plan_import(("trades.csv", file(*rows).encode())))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *(("Tenang", "tenang"), ("balas dendam", "marah"), ("percaya-diri", "percaya_diri")),
        *(("Fearful", "takut"), ("FOMO!", "fomo"), ("Tilted", "frustasi")),
        *(("ängstlich", "takut"), ("wütend", "marah"), ("müde", "lelah")),
        *(("Épuisé", "lelah"), ("déçu", "frustasi"), ("confiant", "percaya_diri")),
        *(("codicioso", "serakah"), ("Tranquilo", "tenang"), ("miedo", "takut")),
        *(("indeciso", "ragu"), ("arrabbiato", "marah"), ("ansioso", "takut")),
        *(("zły", "marah"), ("spokojny", "tenang")),
        ("7 - calm", "tenang"),
        ("not calm", "not calm"),
    ],
)
def test_a_word_is_known_in_many_languages(word: str, code: str) -> None:
    assert code_of(word) == code


@pytest.mark.parametrize(
    "header", ["Emotion", "Perasaan", "Gefühl", "Humeur", "Estado de ánimo", "Stato d'animo", "Nastrój", "心情"]
)
def test_a_column_of_feelings_is_known_in_many_languages(header: str) -> None:
    assert recognise(["Symbol", header], []).fields["emotion"].header == header


def test_a_cell_may_name_several_feelings_and_a_day_tells_each_once() -> None:
    told = words(row("calm, nervous & tired"), row("Calm / takut", hour=11), row("sad and bored", hour=12), row(""))

    assert told == ["tenang", "takut", "lelah", "sad"]


def test_a_feeling_belongs_to_the_day_of_its_trade() -> None:
    trades = read(file(row("calm"), row("calm", day="2025-01-14")), source_timezone="UTC").trades

    assert [(one.day, one.at and one.at.hour) for one in felt(trades)] == [
        (date(2025, 1, 13), 10),
        (date(2025, 1, 14), 10),
    ]


@pytest.mark.parametrize("cell", ["8", "7/10", "😨", "I sold because the news came out and everyone else was selling"])
def test_what_is_no_word_for_a_feeling_is_kept_as_a_note(cell: str) -> None:
    reading = read(file(row(cell, notes="late")))

    assert felt(reading.trades) == []
    assert only(reading)["notes"] == f"late; Emotion: {cell}"


def test_what_else_a_journal_says_is_kept_as_notes() -> None:
    header = HEADER + ",Mistakes,Tags,Followed Plan"
    reading = read(
        file(row("calm", notes="ok") + ",late,a b,yes", row("calm") + ",,,no", row("") + ",,,", header=header)
    )

    notes = reading.trades["notes"].fillna("").tolist()
    assert notes == ["ok; Mistakes: late; Tags: a b; Followed Plan: yes", "Followed Plan: no", ""]
    assert not any("not used" in notice for notice in reading.notices)


def test_an_imported_feeling_is_a_check_in_of_unknown_timing(journal: Journal) -> None:
    take(journal, row("nervous"), row("Angst", hour=12), row("7", hour=13))

    told = journal.check_ins(DAY)
    assert [(one.emotion, one.timing, one.source) for one in told] == [("takut", "unknown", "import")]
    session = journal.session(DAY)
    assert session is not None
    assert session.emotions == "takut"


def test_the_same_file_again_adds_no_check_in(journal: Journal) -> None:
    take(journal, row("nervous"))
    take(journal, row("nervous"))

    assert len(journal.check_ins(DAY)) == 1


def test_undoing_an_import_takes_its_check_ins_back(journal: Journal) -> None:
    record = take(journal, row("nervous"))

    journal.undo_import(record.id)

    assert journal.check_ins(DAY) == []
    assert journal.session(DAY) is None


def test_a_check_in_made_by_hand_keeps_the_word_of_the_session(journal: Journal) -> None:
    journal.check_in("tenang")
    today = str(journal.today())

    record = take(journal, row("angry", day=today))
    told = [one.emotion for one in journal.check_ins(today)]
    session = journal.session(today)
    assert sorted(told) == ["marah", "tenang"]
    assert session is not None
    assert session.emotions == "tenang"

    journal.undo_import(record.id)
    assert [one.emotion for one in journal.check_ins(today)] == ["tenang"]


def test_feelings_beside_fills_come_with_the_round_trip(journal: Journal) -> None:
    text = (
        "Symbol,Side,Shares,Price,Time,Mood\nX,Buy,1,5,2025-01-13 10:00:00,greedy\nX,Sell,1,6,2025-01-13 11:00:00,8\n"
    )

    journal.commit_import(journal.plan_import(("fills.csv", text.encode())))

    assert [one.emotion for one in journal.check_ins(DAY)] == ["serakah"]


def test_a_day_that_two_imports_filled_goes_with_the_second(journal: Journal) -> None:
    first, second = take(journal, row("nervous")), take(journal, row("calm", hour=12))

    journal.undo_import(first.id)
    assert journal.session(DAY) is not None
    journal.undo_import(second.id)
    assert journal.session(DAY) is None
