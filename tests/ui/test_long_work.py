"""Pages stand while what is long is worked out: progress, a stop, what is of before said to be that, check-ins."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.errors import JournalError
from mentor.importing import ImportPlan
from mentor.messages import message
from mentor.models import ImportRecord
from mentor.shared import shared_journal
from mentor.ui import long_work
from tests.test_jobs import LONG, Gate
from tests.ui.conftest import Start, open_page
from tests.ui.test_checkins import check_in, pills
from tests.ui.test_pages import button, words
from tests.ui.test_uploading import CSV, upload

STALE = "From before the last change; being worked out anew."


@pytest.fixture
def habits(monkeypatch: pytest.MonkeyPatch, small: Journal) -> Iterator[Gate]:
    """The look for habits in a small journal, which goes on when the test lets it."""
    assert small is not None
    gate = Gate(Journal.habits)
    monkeypatch.setattr(Journal, "habits", lambda *arguments: gate(*arguments))
    yield gate
    gate.permit.release(100)


@pytest.fixture
def impatient(start: Start, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A page whose journal is read; from now on it waits for nothing."""
    app = start()
    monkeypatch.setattr(long_work, "PATIENCE", 0.0)
    return app


def bars(app: AppTest) -> list[str]:
    return [bar.proto.text.replace("\\", "") for bar in app.get("progress")]


def test_the_page_stands_and_says_how_far_it_is(
    habits: Gate, impatient: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(impatient, "habits")
    habits.wait()
    app.run()
    assert bars(app) == ["Looking for habits … weighing, 1 of 4"]
    assert "Closed trades" in words(app), "what needs no habits is there"
    habits.permit.release()
    monkeypatch.setattr(long_work, "PATIENCE", LONG)
    app.run()
    assert not bars(app)
    assert not app.exception
    assert "Not enough data" in words(app)
    app.run()
    assert habits.runs == 1


def test_cancelled_it_stays_so_until_somebody_asks(habits: Gate, impatient: AppTest, journal: Journal) -> None:
    app = open_page(impatient, "habits")
    habits.wait()
    button(app.run(), "Cancel").click().run()
    assert "Stopped: Looking for habits" in words(app)
    shared_journal(journal.path).check_in("takut")
    app.run()
    assert not bars(app)
    assert habits.runs == 1
    button(app, "Work it out").click().run()
    habits.wait()
    assert app.run().get("progress")


def test_two_visitors_wait_for_the_same_work(
    habits: Gate, impatient: AppTest, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors = [open_page(app, "habits") for app in (impatient, start())]
    habits.wait()
    habits.permit.release()
    monkeypatch.setattr(long_work, "PATIENCE", LONG)
    for app in visitors:
        assert "Not enough data" in words(app.run())
    assert habits.runs == 1


def test_what_is_of_before_a_change_says_so(
    habits: Gate, impatient: AppTest, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(impatient, "habits")
    habits.wait()
    shared_journal(journal.path).check_in("takut")
    habits.permit.release()
    monkeypatch.setattr(long_work, "PATIENCE", LONG)
    app.run()
    assert STALE in words(app)
    assert "Not enough data" in words(app), "what is known is shown meanwhile"
    habits.permit.release()
    app.run()
    assert STALE not in words(app)
    assert habits.runs == 2


def test_a_failure_is_shown_and_tried_again(habits: Gate, impatient: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise JournalError(message("The journal is locked"))

    monkeypatch.setattr(long_work, "PATIENCE", LONG)
    with monkeypatch.context() as broken:
        broken.setattr(Journal, "habits", refuse)
        app = open_page(impatient, "habits")
        assert ["The journal is locked" in error.value for error in app.error] == [True]
    habits.permit.release()
    app.run()
    assert not app.error
    assert "Not enough data" in words(app)


def test_a_check_in_is_saved_while_work_goes_on(
    habits: Gate, impatient: AppTest, seen: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    feedback = Gate(Journal.instant_feedback)
    monkeypatch.setattr(Journal, "instant_feedback", lambda *arguments: feedback(*arguments))
    app = open_page(impatient, "habits")
    habits.wait()
    pills(app, "check_in_emotion").set_value("takut")
    app.run()
    feedback.wait()
    assert "Looking at your earlier sessions … weighing, 1 of 4" in bars(app.run())
    check_in(app, "takut")
    assert "Check-in saved: Fearful" in words(app)
    assert [told.emotion for told in seen.check_ins(seen.today())] == ["takut"]
    assert (habits.runs, bars(app)) == (1, ["Looking for habits … weighing, 1 of 4"])
    feedback.permit.release(100)


def test_storing_a_file_is_stopped_and_says_so(
    impatient: AppTest, seen: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Gate(Journal.commit_import)
    monkeypatch.setattr(Journal, "commit_import", lambda *arguments: commit(*arguments))
    monkeypatch.setattr(long_work, "PATIENCE", LONG)
    app = upload(open_page(impatient, "imports"), CSV)
    monkeypatch.setattr(long_work, "PATIENCE", 0.0)
    button(app, "Add 2 trades to the journal").click().run()
    commit.wait()
    assert bars(app.run()) == ["Storing trades.csv … weighing, 1 of 4"]
    monkeypatch.setattr(long_work, "PATIENCE", LONG)
    button(app, "Cancel").click().run()
    while bars(app):
        app.run()
    assert "Stopped: nothing of trades.csv was stored." in words(app)
    assert seen.imports() == []
    commit.permit.release()
    button(app, "Add 2 trades to the journal").click().run()
    assert "2 trades added, net +13.00" in words(app)


@pytest.mark.usefixtures("small")
def test_what_tells_no_steps_has_no_way_to_stop_it(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop that does nothing would be a lie, and without the journal nobody has a page."""
    gate = threading.Event()
    read = Journal.trades

    def slow(*arguments: Any) -> Any:
        gate.wait(LONG)
        return read(*arguments)

    monkeypatch.setattr(Journal, "trades", slow)
    monkeypatch.setattr(long_work, "PATIENCE", 0.0)
    app = start()
    gate.set()
    assert bars(app)[0].startswith("Reading the journal …")
    assert not [button for button in app.main.button if button.label == "Cancel"]


def test_what_was_stored_is_said_before_a_failure_of_ours(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    head, *rows = CSV.splitlines(keepends=True)
    app = start(page="imports")
    files = [(f"{number}.csv", head + row, "text/csv") for number, row in enumerate(rows[:2], start=1)]
    app.main.file_uploader[0].set_value(files)
    app.run()
    commit, committed = Journal.commit_import, list[int]()

    def fail_at_the_second(journal: Journal, plan: ImportPlan) -> ImportRecord:
        committed.append(1)
        if len(committed) > 1:
            raise RuntimeError
        return commit(journal, plan)

    monkeypatch.setattr(Journal, "commit_import", fail_at_the_second)
    button(app, "Add all: 2 files").click().run()
    app.run()
    assert any("1 trade added" in said.value for said in app.success)
