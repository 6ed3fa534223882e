"""The check-in in the sidebar: saved with its time, corrected, removed."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from mentor import Journal
from tests.ui.conftest import Start
from tests.ui.test_pages import button, open_page, words


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
    app = open_page(start(), "session")
    assert "Told before the first trade · News · slept <badly>" in words(app)


def test_a_check_in_is_removed(start: Start, seen: Journal) -> None:
    app = start()
    check_in(app, "takut")
    button(app, "Remove this check-in").click().run()
    assert "Check-in removed" in words(app)
    assert seen.check_ins(seen.today()) == []
