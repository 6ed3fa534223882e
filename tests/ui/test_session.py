"""The Session page: how the day ran, what the mentor saw then, and what the trader says of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mentor import Journal
from mentor.i18n import language
from mentor.models import Trade
from tests.foreign import ForeignClient
from tests.ui.conftest import Start
from tests.ui.test_pages import button, charts, figures, words

DAY = "2025-01-14"


@pytest.fixture
def two_days(journal: Journal) -> Journal:
    """A session the day before its own (+10) and one on it (−5)."""
    for day, amount in (("2025-01-13", 10.0), (DAY, -5.0)):
        journal.add_trade(Trade(symbol="EURUSD", profit_loss=amount, lot_size=0.1), session_date=day)
    return journal


def own_rating(journal: Journal) -> str | None:
    stored = journal.session(DAY)
    return stored and stored.own_risk_score


@pytest.mark.usefixtures("two_days")
def test_a_past_day_has_its_report_and_its_path(start: Start) -> None:
    app = start(date=DAY, page="session")
    assert not app.exception
    assert "What I see" in words(app)
    assert charts(app)[0]["data"][0]["text"] == ["start", "EURUSD −5.00<br>net so far −5.00"]


def test_later_days_change_nothing_in_it(two_days: Journal, start: Start) -> None:
    before = two_days.mentor_report(DAY)
    two_days.add_trade(Trade(symbol="EURUSD", profit_loss=900.0, lot_size=5.0), session_date="2025-01-15")
    assert two_days.mentor_report(DAY) == before
    app = start(date=DAY, page="session")
    assert "900" not in words(app)


def test_a_day_without_trades_and_an_unknown_day(two_days: Journal, start: Start) -> None:
    two_days.update_notes("2025-01-12", "only words")
    app = start(date="2025-01-12", page="session")
    assert "What I see" not in words(app)
    assert not app.exception
    assert "No session on this day" in words(start(date="2025-01-11", page="session"))


@pytest.mark.parametrize(("told", "shown"), [(None, "Market: not recorded"), ("normal", "Market: Normal")])
def test_an_ordinary_market_that_was_told_is_not_taken_for_none(
    told: str | None, shown: str, seen: Journal, start: Start
) -> None:
    seen.check_in("tenang", market_conditions=told)
    assert shown in words(start(page="session"))


def test_without_a_date_it_is_the_newest_session_not_an_empty_today(two_days: Journal, start: Start) -> None:
    two_days.update_notes("2100-01-01", "a slip of the pen")
    app = start(page="session")
    assert app.main.date_input(key="date").value == date.fromisoformat(DAY)
    assert "No session on this day" not in words(app)


def test_the_own_rating_is_kept_and_taken_back(two_days: Journal, start: Start) -> None:
    app = start(date=DAY, page="session")
    assert "Not rated." in words(app)
    app.main.pills[0].set_value(5).run()
    assert own_rating(two_days) == "5"
    assert "You rated Tue 14 Jan 2025 with 5 of 10." in words(app)
    assert figures(app)["Own assessment"] == "5"
    app.main.pills[0].set_value(None).run()
    assert own_rating(two_days) is None


def test_a_rating_of_another_program_is_shown_as_it_is(two_days: Journal, start: Start, foreign: ForeignClient) -> None:
    foreign.open(two_days.path)
    foreign.run("UPDATE trading_sessions SET risk_score = '7/10 <b>' WHERE session_date = ?", [DAY])
    assert "Another program wrote here: 7/10 <b>" in words(start(date=DAY, page="session"))


def test_a_report_is_stored_once_and_reads_in_either_language(two_days: Journal, start: Start) -> None:
    app = start(date=DAY, page="session")
    store = next(button for button in app.main.button if button.label == "Store this report")
    store.click().run()
    assert "Report of Tue 14 Jan 2025 stored." in words(app)
    assert "Stored reports" in words(app)
    store = next(button for button in app.main.button if button.label == "Store this report")
    store.click().run()
    assert "Nothing new to store" in words(app)
    session = two_days.session(DAY)
    assert session is not None
    assert len(two_days.reports(session.id)) == 1
    two_days.keep_language("id")
    with language.spoken("id"):
        app = start(date=DAY, page="session")
    assert "Laporan tersimpan" in words(app)
    assert "Report of" not in " ".join(box.label for box in app.main.expander)


@pytest.mark.usefixtures("two_days")
def test_next_and_previous(start: Start) -> None:
    app = start(date=DAY, page="session")
    next(button for button in app.main.button if button.label == "Next").click().run()
    assert app.main.date_input(key="date").value == date.fromisoformat(DAY) + timedelta(days=1)


def test_notes_being_written_belong_to_one_journal(two_days: Journal, start: Start) -> None:
    two_days.update_notes(DAY, "")
    keys = {start(date=DAY, page="session", demo=shown).main.text_area[0].key for shown in ("0", "1")}
    assert len(keys) == 2


def test_the_field_of_notes_is_another_once_they_are_stored_elsewhere(two_days: Journal, start: Start) -> None:
    """And only then: a trade leaves alone what is being typed."""
    app = start(date=DAY, page="session")
    before = app.main.text_area[0].key
    two_days.add_trade(Trade(symbol="EURUSD", profit_loss=1.0, lot_size=0.1), session_date=DAY)
    assert app.run().main.text_area[0].key == before
    two_days.update_notes(DAY, "newer")
    notes = app.run().main.text_area[0]
    assert notes.key != before
    assert notes.value == "newer"


def test_notes_stored_elsewhere_are_not_overwritten_unseen(two_days: Journal, start: Start) -> None:
    app = start(date=DAY, page="session")
    two_days.update_notes(DAY, "newer")
    app.main.text_area[0].set_value("mine, in haste")
    button(app, "Save notes").click().run()
    assert "nothing was saved" in words(app)
    assert "What you had written: mine, in haste" in words(app)
    assert app.main.text_area[0].value == "newer"
    stored = two_days.session(DAY)
    assert stored is not None
    assert stored.personal_notes == "newer"


def test_notes_that_are_already_stored_are_saved_once_more(two_days: Journal, start: Start) -> None:
    """The second of two clicks."""
    app = start(date=DAY, page="session")
    two_days.update_notes(DAY, "mine")
    app.main.text_area[0].set_value("mine")
    button(app, "Save notes").click().run()
    assert "Notes of Tue 14 Jan 2025 saved." in words(app)


@pytest.mark.usefixtures("two_days")
def test_an_emptied_date_is_the_newest_session(start: Start) -> None:
    """As is an address without a date that the browser goes back to."""
    app = start(date="2025-01-13", page="session")
    del app.query_params["date"]
    app.main.date_input(key="date").set_value(None).run()
    assert app.main.date_input(key="date").value == date.fromisoformat(DAY)
    assert "No session on this day" not in words(app)
