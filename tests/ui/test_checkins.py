"""The check-in in the sidebar: saved with its time, corrected, removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.i18n import language
from mentor.models import RiskPlan
from tests.ui.conftest import Start
from tests.ui.test_pages import button, words


def pills(app: AppTest, key: str) -> Any:
    return app.sidebar.pills(key=key)


def check_in(app: AppTest, emotion: str) -> None:
    pills(app, "check_in_emotion").set_value(emotion)
    button(app, "Save check-in").click().run()


def test_a_check_in_is_stored_with_what_was_said(start: Start, seen: Journal) -> None:
    app = start()
    app.sidebar.selectbox(key="check_in_market").set_value("volatile")
    app.sidebar.text_area(key="check_in_note").set_value("slept <badly>")
    app.sidebar.segmented_control(key="check_in_intensity").set_value(4)
    check_in(app, "takut")
    assert "Check-in saved: Fearful" in words(app)
    (told,) = seen.check_ins(seen.today())
    assert (told.emotion, told.intensity, told.market_conditions, told.note, told.source) == (
        "takut",
        4,
        "volatile",
        "slept <badly>",
        "app",
    )
    assert pills(app, "check_in_emotion").value is None, "the form is empty again"
    assert app.sidebar.text_area(key="check_in_note").value == ""


def test_nothing_said_is_nothing_stored(start: Start, seen: Journal) -> None:
    app = start()
    app.sidebar.text_area(key="check_in_note").set_value("only a note")
    button(app, "Save check-in").click().run()
    assert "choose an emotion first" in words(app)
    assert app.sidebar.text_area(key="check_in_note").value == "only a note"
    assert seen.sessions() == []


def test_what_was_left_open_is_unknown(start: Start, seen: Journal) -> None:
    app = start()
    check_in(app, "netral")
    (told,) = seen.check_ins(seen.today())
    assert (told.emotion, told.intensity, told.market_conditions, told.note) == ("netral", None, None, "")


def test_a_check_in_is_corrected_and_keeps_its_time(start: Start, seen: Journal) -> None:
    app = start()
    check_in(app, "takut")
    (before,) = seen.check_ins(seen.today())
    pills(app, f"sidebar_{before.id}_emotion").set_value("tenang")
    button(app, "Save correction").click().run()
    (after,) = seen.check_ins(seen.today())
    assert after.emotion == "tenang"
    assert after.recorded_at == before.recorded_at


def test_the_session_page_says_when_it_was_told_and_what(start: Start, seen: Journal) -> None:
    seen.check_in("takut", market_conditions="berita", note="slept <badly>")
    app = start(page="session")
    assert "Told before the first trade · News · slept <badly>" in words(app)


def test_a_check_in_is_removed(start: Start, seen: Journal) -> None:
    app = start()
    check_in(app, "takut")
    button(app, "Remove this check-in").click().run()
    assert "Check-in removed" in words(app)
    assert seen.check_ins(seen.today()) == []


def feel(app: AppTest, emotion: str) -> AppTest:
    pills(app, "check_in_emotion").set_value(emotion)
    return app.run()


def test_picking_a_feeling_says_what_it_has_meant_and_stores_nothing(start: Start, seen: Journal) -> None:
    app = start()
    assert "rule" not in words(app)
    said = words(feel(app, "takut"))
    assert not app.exception
    assert "Sessions that began Fearful: 0 so far. Your own numbers need at least 30 more sessions." in said
    assert "Trade half of your usual size." in said
    assert "A general rule, not your own numbers" in said
    app.sidebar.segmented_control(key="check_in_intensity").set_value(4).run()
    assert "Pause before the next trade." in words(app)
    assert seen.sessions() == []
    button(app, "Save check-in").click().run()
    assert "Check-in saved: Fearful" in words(app)
    assert "Pause before" not in words(app), "nothing is asked any more"
    assert [told.intensity for told in seen.check_ins(seen.today())] == [4]


def test_the_plan_ends_the_day_before_any_feeling_counts(start: Start, seen: Journal) -> None:
    seen.save_preferences(replace(seen.preferences(), risk_plan=RiskPlan(stop_after_losses=2)))
    for _ in range(2):
        seen.log_trade_for_ai_analysis(0, "EURUSD", -5.0, 0.1)
    said = words(feel(start(), "tenang"))
    assert "Your plan ends the day after 2 losses in a row." in said
    assert "there is nothing to predict" in said
    assert "Stop for today." in said


def test_evidence_stands_behind_the_card(start: Start) -> None:
    app = start(demo="1")
    said = words(feel(app, "serakah"))
    assert "Strong evidence: sessions that began Greedy are associated with" in said
    assert "n = 30 beside 108, your calm and neutral sessions." in said
    assert "From your own numbers." in said
    assert "instead of your usual" in said


def test_the_sidebar_speaks_indonesian(start: Start, seen: Journal) -> None:
    seen.keep_language("id")
    with language.spoken("id"):  # the labels of choices are made here, outside of the visit
        app = feel(start(), "takut")
        assert "Sesi yang dimulai dengan mood Takut: 0 sejauh ini." in words(app)
        assert pills(app, "check_in_emotion").label == "Gimana perasaanmu?"
        assert [metric.label for metric in app.sidebar.metric] == ["Net hari ini", "Trade"]
        button(app, "Simpan check-in").click().run()
        assert "Check-in disimpan: Takut." in words(app)
