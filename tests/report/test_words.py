"""The session in words: each language whole, each number as the language writes it, nothing that was not measured."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mentor.analytics.risk_score import Unscored
from mentor.i18n import risk
from mentor.models import MoodCheckin, Timing, Trade
from mentor.report import words
from mentor.report.facts import SessionFacts
from mentor.report.words import LANGUAGES, Language, sentences

both = pytest.mark.parametrize("language", LANGUAGES)


def mood(emotion: str, timing: Timing = "before", intensity: int | None = None) -> MoodCheckin:
    return MoodCheckin(
        id=1,
        session_id=1,
        recorded_at=datetime(2025, 1, 15, 1, tzinfo=UTC),
        emotion=emotion,
        intensity=intensity,
        market_conditions=None,
        note="",
        source="app",
        timing=timing,
    )


BEST = Trade(symbol="XAUUSD", side="long", strategy_used="breakout", profit_loss=1500.0, lot_size=0.1)
WORST = Trade(symbol="EURUSD", profit_loss=-2734.57, lot_size=0.1)
FULL = SessionFacts(
    session_id=1,
    session_date=date(2025, 1, 15),
    currency="USD",
    trades=5,
    counted=5,
    wins=2,
    losses=2,
    break_evens=1,
    other_currency=0,
    unreadable=0,
    net=-1234.57,
    win_rate=0.4,
    profit_factor=0.55,
    undefined={},
    best=BEST,
    worst=WORST,
    strategies=(("breakout", 1500.0), ("reversal", -2734.57)),
    without_strategy=0,
    exits_at_stop=2,
    exits_at_target=1,
    exits_at_neither=2,
    stop_known=5,
    risk_score=6,
    risk_unscored=None,
    risk_caps=("traded_on_after_halt",),
    risk_components={"stop": 1.0},
    moods=(mood("serakah", "before", 4),),
    word=None,
    market="volatile",
    stated=None,
)
EMPTY: dict[str, Any] = {
    "trades": 0,
    "counted": 0,
    "wins": 0,
    "losses": 0,
    "break_evens": 0,
    "net": None,
    "win_rate": None,
    "profit_factor": None,
    "best": None,
    "worst": None,
    "strategies": (),
    "exits_at_stop": 0,
    "exits_at_target": 0,
    "exits_at_neither": 0,
    "stop_known": 0,
    "risk_score": None,
    "risk_unscored": Unscored.NO_TRADES,
    "risk_caps": (),
}


def test_a_whole_session_in_bahasa_indonesia() -> None:
    assert sentences(FULL, "id") == [
        "Sesi Rabu, 15 Januari 2025.",
        "Hasil bersih: rugi US$1.234,57 dari 5 trade (2 profit, 2 rugi, 1 impas).",
        "Win rate 40,0%; profit factor 0,55.",
        "Hasil trade tertinggi: XAUUSD long (breakout), profit US$1.500,00; terendah: EURUSD, rugi US$2.734,57.",
        "Hasil strategi tertinggi: breakout, profit US$1.500,00; terendah: reversal, rugi US$2.734,57.",
        "Mood: serakah (intensitas 4 dari 5), dicatat sebelum trade pertama.",
        "Kondisi pasar: volatil.",
        "Exit: 2 kena stop loss, 1 kena take profit, 2 tidak tercatat kena stop loss maupun take profit.",
        "Skor manajemen risiko: 6 dari 10; paling tinggi 6 karena dua trade atau lebih dibuka setelah rugi beruntun "
        "yang seharusnya mengakhiri hari.",
        "Satu sesi saja belum cukup untuk menyimpulkan pengaruh emosi.",
    ]


def test_a_whole_session_in_english() -> None:
    assert sentences(FULL, "en") == [
        "Session of Wednesday, 15 January 2025.",
        "Net result: a loss of $1,234.57 from 5 trades (2 won, 2 lost, 1 break-even).",
        "Win rate 40.0%; profit factor 0.55.",
        "Highest trade result: XAUUSD long (breakout), a profit of $1,500.00; lowest: EURUSD, a loss of $2,734.57.",
        "Highest strategy result: breakout, a profit of $1,500.00; lowest: reversal, a loss of $2,734.57.",
        "Mood: greedy (intensity 4 of 5), recorded before the first trade.",
        "Market: volatile.",
        "Exits: 2 at the stop loss, 1 at the take profit, 2 recorded as neither stop loss nor take profit.",
        "Risk management score: 6 of 10; no more than 6 because two trades or more were opened after the losing run "
        "that should end a day.",
        "One session does not show what emotions do.",
    ]


@pytest.mark.parametrize(
    ("language", "currency", "net", "written"),
    [
        ("id", "IDR", 1234567.89, "profit Rp1.234.567,89 dari"),
        ("id", None, 1234567.89, "profit 1.234.567,89 dari"),
        ("id", "USD", -0.5, "rugi US$0,50 dari"),
        ("en", "USD", 1234.57, "a profit of $1,234.57 from"),
        ("en", "XYZ", 3.0, "a profit of 3.00 XYZ from"),
        ("id", "USD", 0.0, "Hasil bersih: impas dari"),
        ("en", "USD", -0.001, "Net result: break-even from"),
    ],
)
def test_money_is_written_as_the_language_writes_it(
    language: Language, currency: str | None, net: float, written: str
) -> None:
    assert written in sentences(replace(FULL, currency=currency, net=net), language)[1]


@pytest.mark.parametrize(
    ("reason", "indonesian", "english"),
    [
        ("no_losses", "karena tidak ada trade yang rugi", "because no trade lost"),
        ("only_break_even", "karena semua trade impas", "because every trade broke even"),
    ],
)
def test_an_undefined_profit_factor_says_why(reason: str, indonesian: str, english: str) -> None:
    facts = replace(FULL, profit_factor=None, undefined={"profit_factor": reason})
    assert sentences(facts, "id")[2] == f"Win rate 40,0%; profit factor tidak bisa dihitung {indonesian}."
    assert sentences(facts, "en")[2] == f"Win rate 40.0%; the profit factor is undefined {english}."


def test_a_mood_told_after_the_result_says_so() -> None:
    facts = replace(FULL, moods=(mood("tenang"), mood("percaya_diri", "after")))
    assert "Mood: tenang, dicatat sebelum trade pertama; percaya diri, dicatat setelah trade terakhir" in " ".join(
        sentences(facts, "id")
    )
    assert "confident, recorded after the last trade, when the result was known." in " ".join(sentences(facts, "en"))


def test_no_mood_is_not_recorded_never_neutral() -> None:
    for language, said, missing in (
        ("id", "Mood tidak dicatat.", "mood sebelum trade pertama"),
        ("en", "No mood was recorded.", "the mood before the first trade"),
    ):
        text = sentences(replace(FULL, moods=()), language)  # type: ignore[arg-type]
        assert said in text
        assert missing in text[-2]


def test_another_programs_word_is_quoted_as_it_is() -> None:
    facts = replace(FULL, moods=(), word="galau")
    assert "Mood “galau” ditulis program lain; kapan dirasakan tidak diketahui." in sentences(facts, "id")
    assert "The mood “galau” was written by another program; when it was felt is not known." in sentences(facts, "en")
    assert "Mood tidak dicatat." not in sentences(facts, "id")


def test_what_is_not_known_is_counted() -> None:
    facts = replace(FULL, stop_known=3, without_strategy=1, other_currency=2, unreadable=1, moods=())
    assert sentences(facts, "id")[-2] == (
        "Yang belum diketahui: mood sebelum trade pertama; harga stop loss pada 2 trade; strategi pada 1 trade; "
        "nilai 2 trade dalam USD, karena mata uangnya lain; hasil 1 trade yang angkanya tidak terbaca."
    )
    assert "the value in USD of 2 trades in another currency; the result of 1 trade whose" in sentences(facts, "en")[-2]


def test_a_risk_score_nothing_holds_down_and_one_that_is_not_known() -> None:
    assert "Risk management score: 9 of 10." in sentences(replace(FULL, risk_score=9, risk_caps=()), "en")
    unknown = replace(FULL, risk_score=None, risk_unscored=Unscored.LITTLE_KNOWN, risk_caps=())
    assert "Skor manajemen risiko tidak diketahui karena kurang dari separuh unsurnya diketahui." in sentences(
        unknown, "id"
    )


@both
def test_stated_totals_are_given_as_stated_and_nothing_else(language: Language) -> None:
    text = sentences(replace(FULL, **EMPTY, stated=(4, 80.5)), language)
    assert re.search(r"4 trades? .*80[.,]50", text[1])
    assert len([line for line in text if re.search(r"\d", line)]) == 3  # the day, what was stated, the mood's intensity
    assert not [line for line in text if "Win rate" in line]


@both
def test_a_session_without_trades_makes_no_claim(language: Language) -> None:
    text = " ".join(sentences(replace(FULL, **EMPTY, moods=()), language))
    assert ("Belum ada trade" if language == "id" else "No trade is recorded") in text
    assert not re.search(r"Win rate|\$|sesi saja|One session", text)


def test_stated_totals_that_differ_from_the_trades_stand_beside_them() -> None:
    text = sentences(replace(FULL, stated=(6, -900.0)), "id")
    assert text[1] == (
        "Program asalnya mencatat 6 trade dengan hasil rugi US$900,00; yang dihitung di sini adalah trade-nya sendiri."
    )
    assert "US$1.234,57" in text[2]


def test_trades_that_cannot_be_added_up_are_no_result() -> None:
    facts = replace(FULL, **(EMPTY | {"trades": 2, "exits_at_neither": 2, "unreadable": 2}))
    assert sentences(facts, "id")[1] == "Tidak ada trade yang bisa dijumlahkan."
    assert sentences(facts, "en")[1] == "No trade can be added up."


def test_a_symbol_with_braces_is_a_symbol() -> None:
    odd = replace(BEST, symbol="{net}")
    assert "{net} long (breakout)" in sentences(replace(FULL, best=odd), "en")[3]


def test_both_languages_say_the_same_things() -> None:
    for table in (words._SENTENCES, words._REASONS, words._TIMINGS, words._MISSING, risk.CAPS, risk.UNSCORED):
        indonesian, english = table["id"], table["en"]  # type: ignore[index]
        assert list(indonesian) == list(english)
        for key in indonesian:
            fields = [set(re.findall(r"{(\w+)}", text[key])) - {"n", "trades"} for text in (indonesian, english)]
            assert fields[0] == fields[1] or key == "currency", key


@both
def test_no_result_is_praised_or_blamed(language: Language) -> None:
    judging = re.compile(r"bagus|hebat|selamat|buruk|jelek|great|well done|congrat|bad|poor", re.IGNORECASE)
    for net in (5000.0, -5000.0):
        assert not judging.search(" ".join(sentences(replace(FULL, net=net), language)))
