"""The Emotions page: what is known first, the rest by choosing, and "not enough data" where there is not enough."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.demo import ZONE, fill
from tests.foreign import ForeignClient
from tests.ui.conftest import Start, open_page
from tests.ui.test_pages import charts, words

QUESTIONS = ("How it comes about", "Results", "Way of trading", "Where", "Checks")
BOXES = ("record_checklist", "record_redo", "record_history")
#: Told before the first entry at 09:00 UTC.
EARLY, LATE = "01:00:00", "20:00:00"


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "journal.db"
    with Journal.open(path, timezone=ZONE) as made:
        fill(made)
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Journal]:
    """This test's own copy of the invented trader's journal."""
    with Journal.open(Path(shutil.copy(demo_file, tmp_path / "journal.db"))) as opened:
        yield opened


def log(foreign: ForeignClient, journal: Journal, told: list[tuple[str, float, str, str]]) -> None:
    """A session a day, from 100 days ago: its emotion, result, market, and the hour the emotion was told."""
    foreign.open(journal.path)
    for number, (emotion, result, market, hour) in enumerate(told, start=1):
        day = (journal.today() - timedelta(days=100 - number)).isoformat()
        foreign.run(
            "INSERT INTO trading_sessions (id, session_date, market_conditions) VALUES (?, ?, ?)", (number, day, market)
        )
        foreign.run(
            "INSERT INTO mood_checkins (session_id, recorded_at, emotion, source) VALUES (?, ?, ?, 'app')",
            (number, f"{day} {hour}", emotion),
        )
        foreign.run(
            "INSERT INTO daily_trading_data (session_id, bot_id, symbol, entry_time, exit_time, profit_loss, lot_size) "
            "VALUES (?, 0, 'EURUSD', ?, ?, ?, 0.1)",
            (number, f"{day} 09:00:00", f"{day} 10:00:00", result),
        )


def everything(app: AppTest) -> str:
    """All the page says, its tables and figures included."""
    tables = "\n".join(table.value.to_string(na_rep="") for table in app.dataframe)
    return "\n".join([words(app), tables, json.dumps(charts(app))])


def answer(app: AppTest, question: str) -> AppTest:
    app.session_state["emotion_question"] = question
    return app.run()


def opened(app: AppTest) -> AppTest:
    for box in BOXES:
        app.session_state[box] = True
    return app.run()


def test_an_empty_journal_says_what_to_do(start: Start) -> None:
    assert "The journal is empty" in words(start(page="emotions"))


def test_sessions_without_a_mood_say_that_it_must_be_told(journal: Journal, start: Start) -> None:
    journal.log_trade_for_ai_analysis(0, "EURUSD", 10.0, 0.1)
    said = words(start(page="emotions"))
    assert "No mood is known for these sessions" in said


@pytest.mark.usefixtures("demo")
def test_the_demos_greed_is_found_and_nothing_else(start: Start) -> None:
    app = start(page="emotions")
    (verdict,) = app.info
    said = verdict.value.replace("\\", "")
    assert said.startswith("**Strong evidence.** In the 30 sessions you marked Greedy before trading, the result is ")
    assert "associated with" in said
    assert "less a session than in your calm and neutral sessions (90% interval −" in said
    numbers, costs = app.dataframe[0].value, app.dataframe[1].value
    assert numbers["Emotion"].tolist()[0] == ["Greedy"]
    assert dict(zip(costs["Emotion"].str[0], costs["Evidence"], strict=True)) == {
        "Greedy": "Strong evidence",
        "Tired": "No clear sign",
        "Fearful": "No clear sign",
        "Frustrated": "No clear sign",
    }
    assert costs["Money"][0].startswith("−$")


@pytest.mark.usefixtures("demo")
def test_every_question_is_answered_without_codes_or_causes(start: Start) -> None:
    app = start(page="emotions")
    for emotion, question in product(("serakah", "lelah"), QUESTIONS):
        app.main.segmented_control(key="emotion_in_detail").set_value(emotion)
        answer(app, question)
        assert not app.exception, question
        assert not app.error, question
        said = everything(app)
        for code in ("NaN", "serakah", "lelah", "no_sign", "not_enough", "calm_and_neutral", " causes ", "caused"):
            assert code not in said, (question, code)


@pytest.mark.usefixtures("demo")
def test_the_parts_add_up_and_the_boxes_are_filled_once_they_are_opened(start: Start) -> None:
    app = start(page="emotions")
    table = app.dataframe[2].value
    parts = dict(zip(table["Part"], table.iloc[:, 1], strict=True))
    three = ("More or fewer trades", "Bigger or smaller", "Better or worse trades")
    assert sum(parts[part] for part in three) == pytest.approx(parts["Plain difference"], abs=0.02)
    assert parts["Plain difference"] + parts["Market and yesterday"] == pytest.approx(
        parts["Adjusted difference"], abs=0.02
    )
    before = len(app.dataframe)
    opened(app)
    assert len(app.dataframe) > before
    said = words(app)
    assert "Emotions are compared with your calm and neutral sessions: calm 62, neutral 46" in said
    assert "without any carry-over it would in" in said
    assert "a hint at most" in said


@pytest.mark.usefixtures("demo")
def test_the_sidebars_period_applies(start: Start) -> None:
    app = start()
    app.sidebar.multiselect(key="symbols").set_value(["XAUUSD"]).run()
    gold = open_page(app, "emotions")
    assert "XAUUSD" in words(gold)
    assert "known for 195 of 250 sessions" not in words(gold)


def test_three_sessions_are_not_enough_data(journal: Journal, foreign: ForeignClient, start: Start) -> None:
    log(foreign, journal, [("tenang", 1.0, "normal", EARLY), ("serakah", -9.0, "normal", EARLY), ("x", 2.0, "", EARLY)])
    app = opened(start(page="emotions"))
    assert [box.value for box in app.info] == [
        "There is not enough data to say anything of an emotion yet: it takes at least 27 more sessions with a mood "
        "told before trading."
    ]
    assert set(app.dataframe[0].value["So far"]) == {"Not enough data"}
    for question in QUESTIONS:
        answer(app, question)
        assert not app.exception, question
        assert "NaN" not in everything(app), question


def test_a_word_of_another_program_stays_text(journal: Journal, foreign: ForeignClient, start: Start) -> None:
    word = "<b>odd</b> :red[x] $5"
    log(foreign, journal, [("tenang", 1.0, "normal", EARLY)] * 4 + [(word, -9.0, "normal", EARLY)] * 4)
    app = opened(start(page="emotions"))
    choice = app.main.segmented_control(key="emotion_in_detail")
    assert "\\<b\\>odd\\<\\/b\\> \\:red\\[x\\] \\$5" in choice.options
    for question in QUESTIONS:
        answer(app, question)
        assert not app.exception, question
        assert "<b>odd" not in json.dumps(charts(app)), question


def test_moods_told_too_late_are_shown_apart(journal: Journal, foreign: ForeignClient, start: Start) -> None:
    told = [("tenang", 5.0 + place, "normal", LATE) for place in range(20)]
    told += [("serakah", -50.0 - place, "normal", LATE) for place in range(20)]
    log(foreign, journal, told)
    app = opened(start(page="emotions"))
    assert not app.exception
    assert "No mood was told before the first trade" in app.info[0].value
    assert "a hint at most" in words(app)
    assert set(app.dataframe[0].value["Evidence"]) <= {"A hint", "No clear sign", "Not enough data"}


def test_an_emotion_that_always_comes_with_one_market(journal: Journal, foreign: ForeignClient, start: Start) -> None:
    told = [("tenang", 5.0 + place % 7, "trending", EARLY) for place in range(30)]
    told += [("serakah", -50.0 - place % 5, "volatile", EARLY) for place in range(10)]
    log(foreign, journal, told)
    said = everything(opened(start(page="emotions")))
    assert "market “Volatile”, so the two cannot be told apart" in said


def test_only_calm_sessions_leave_nothing_to_compare(journal: Journal, foreign: ForeignClient, start: Start) -> None:
    log(foreign, journal, [("tenang", 5.0 + place, "normal", EARLY) for place in range(12)])
    app = opened(start(page="emotions"))
    assert not app.exception
    assert "nothing to compare with them yet" in app.info[0].value


@pytest.mark.parametrize("amounts", [(0.0, 0.0), (1e12, 1e-9), (7.0, 7.0)])
def test_odd_amounts_are_no_trouble(
    amounts: tuple[float, float], journal: Journal, foreign: ForeignClient, start: Start
) -> None:
    log(
        foreign,
        journal,
        [("tenang" if place % 3 else "takut", amounts[place % 2], "normal", EARLY) for place in range(45)],
    )
    app = opened(start(page="emotions"))
    for question in QUESTIONS:
        answer(app, question)
        assert not app.exception, question
        assert not app.error, question
        assert "NaN" not in everything(app), question


@pytest.mark.usefixtures("demo")
def test_the_emotion_and_its_question_stand_in_the_address(start: Start) -> None:
    app = start(emotion="lelah", question="results", page="emotions")
    assert app.main.segmented_control(key="emotion_in_detail").value == "lelah"
    assert app.session_state["emotion_question"] == "Results"
    assert app.query_params["emotion"] == "lelah"
    app = start(emotion="<b>", question="x", page="emotions")
    assert app.main.segmented_control(key="emotion_in_detail").value == "serakah"
    assert {"emotion", "question"} & set(app.query_params) == set()
