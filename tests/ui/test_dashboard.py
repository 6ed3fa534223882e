"""The dashboard's first minutes and its one glance: what is done, how one feels, what it costs, what to do next."""

from __future__ import annotations

import pytest
import streamlit as st

from mentor import Journal
from mentor.demo import demo_path
from mentor.i18n import numbers
from mentor.i18n.numbers import MINUS
from mentor.report.wording import advice_sentence
from tests.ui.conftest import Start
from tests.ui.test_checkins import check_in
from tests.ui.test_pages import button, charts, figures, words
from tests.ui.test_uploading import CSV, upload


def test_the_first_steps_are_ticked_one_by_one_and_go(start: Start, seen: Journal) -> None:
    app = start()
    assert "The journal is empty" in words(app)
    assert "done" not in words(app)
    check_in(app, "takut")
    assert "Say how you feel** · done" in words(app)
    assert "Three steps to your first insight" in words(app)
    seen.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    st.cache_resource.clear()  # what was read of the journal holds for a moment
    assert "Three steps" not in words(start())


def test_an_empty_dashboard_takes_the_first_file_itself(start: Start, seen: Journal) -> None:
    app = upload(start(), CSV)
    assert figures(app)["Will be added"] == "2"
    button(app, "Add 2 trades to the journal").click().run()
    assert seen.imports()[0].trades == 2
    assert "2 trades added, net +13.00; 1 row refused." in words(app)
    assert "Bring your trades** · done" in words(app)
    assert figures(app)["Net P/L"] == "13.00"


def test_trades_alone_leave_the_mood_to_be_told(journal: Journal, start: Start) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    said = words(start())
    assert "Bring your trades** · done" in said
    assert "No check-in today" in said
    assert "Not known yet" in said


def test_the_mood_of_today_stands_at_the_top(start: Start, seen: Journal) -> None:
    seen.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    app = start()
    check_in(app, "takut")
    assert "Fearful" in words(app)
    assert "No check-in today" not in words(app)


def test_the_demo_answers_all_three_questions(start: Start, seen: Journal) -> None:
    app = start(demo="1")
    with Journal.open(demo_path(seen.path)) as demo:
        greedy = demo.emotions().emotions[0]
        newest = next(session.date for session in demo.sessions() if session.total_trades)
        assert newest
        advice = advice_sentence(demo.mentor_report(newest).advice[0], demo.currency)
    assert greedy.emotion == "serakah"
    said = words(app).replace("\N{WORD JOINER}", "")
    assert greedy.money.pooled_cost
    assert f"Greedy {MINUS}${abs(greedy.money.pooled_cost.value):,.2f}** · Strong evidence" in said
    assert "the 30 sessions you marked Greedy before trading" in said
    assert advice in said
    assert f"From what was known on {numbers.day(newest)}." in said


@pytest.mark.usefixtures("small")
def test_a_month_of_the_calendar_is_chosen(start: Start) -> None:
    app = start()
    app.main.selectbox(key="calendar_month").set_value("2025-01-01").run()
    assert not app.exception
    month = charts(app)[1]
    assert [row[0] for row in month["data"][1]["customdata"]] == ["2025-01-15", "2025-01-16"]


@pytest.mark.usefixtures("small")
def test_the_calendar_begins_with_the_twelve_months_up_to_the_newest_day(start: Start) -> None:
    """However long ago that was: an old journal must not open on an empty year."""
    app = start()
    assert app.main.selectbox(key="calendar_year").options[:2] == ["12 months to Jan 2025", "2025"]
    assert app.main.selectbox(key="calendar_month").options == ["All months", "Jan 2025"]
    assert "12 months to Jan 2025" in app.get("plotly_chart")[1].proto.alt


@pytest.mark.usefixtures("small")
def test_the_numbers_of_the_curve_are_sent_once_asked_for(start: Start) -> None:
    app = start()
    assert len(app.dataframe) == 1
    app.session_state["equity_numbers"] = True
    app.run()
    table = app.dataframe[0].value
    assert table["Date"].tolist() == ["2025-01-16", "2025-01-15"]
    assert table["Net so far"].tolist() == [200.25, 250.50]
    assert table["Below the best day's end"].tolist() == [-50.25, 0.0]


@pytest.mark.usefixtures("small")
def test_the_calendar_stands_in_the_address_with_its_numbers(start: Start) -> None:
    app = start()
    app.main.selectbox(key="calendar_month").set_value("2025-01-01").run()
    assert app.query_params["calendar"] == "2025-01"
    again = start(calendar="2025-01")
    assert again.main.selectbox(key="calendar_month").value == "2025-01-01"
    again.session_state["calendar_numbers"] = True
    numbers = again.run().dataframe[0].value
    assert numbers["Date"].tolist() == ["2025-01-16", "2025-01-15"]
    assert numbers["Weekday"].tolist() == ["Thursday", "Wednesday"]
    assert numbers["Net P/L"].tolist() == [-50.25, 250.5]
    for garbage in ("2025-13", "1999", "None", "<b>", "0"):
        app = start(calendar=garbage)
        assert not app.exception
        assert app.main.selectbox(key="calendar_month").value == ""
        assert "calendar" not in app.query_params
