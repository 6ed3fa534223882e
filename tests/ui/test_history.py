"""The History page: sessions by date, searched in their notes, and what the period came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.models import Trade
from tests.ui.conftest import Start
from tests.ui.test_pages import figures, words


@pytest.fixture
def three_days(seen: Journal) -> Journal:
    """Today, 7 days ago and 40 days ago; the middle one with a note."""
    for ago, amount in ((0, 3.0), (7, 5.0), (40, -2.0)):
        day = seen.today() - timedelta(days=ago)
        seen.add_trade(Trade(symbol="EURUSD", profit_loss=amount, lot_size=0.1), session_date=day)
    seen.update_notes(seen.today() - timedelta(days=7), "Held back after LOSSES")
    return seen


def test_an_empty_history_says_what_to_do(start: Start) -> None:
    assert "The journal is empty" in words(start(page="history"))


@pytest.mark.usefixtures("three_days")
def test_periods_go_by_date_and_are_the_sidebars(start: Start) -> None:
    app = start(page="history")
    assert figures(app)["Net P/L"] == "6.00"
    for period, sessions, net in (("7", 1, "3.00"), ("30", 2, "8.00"), ("90", 3, "6.00")):
        app.main.segmented_control(key="history_period").set_value(period).run()
        assert len(app.dataframe[-1].value) == sessions, period
        assert figures(app)["Net P/L"] == net
        assert app.sidebar.selectbox(key="period").value == period
    app.sidebar.selectbox(key="period").set_value("all").run()
    assert app.main.segmented_control(key="history_period").value == "all"


@pytest.mark.usefixtures("three_days")
def test_weeks_are_compared(start: Start) -> None:
    app = start(page="history")
    weeks = app.dataframe[0].value
    assert weeks["profit_loss"].tolist() == [3.0, 5.0, -2.0]
    assert weeks["days"].tolist() == ["1 of 1", "1 of 1", "0 of 1"]


@pytest.mark.usefixtures("three_days")
def test_a_word_in_the_notes(start: Start) -> None:
    app = start(page="history")
    app.main.text_input(key="history_search").set_value("losses").run()
    assert app.dataframe[-1].value["Notes"].tolist() == ["Held back after LOSSES"]
    app.main.text_input(key="history_search").set_value("nothing").run()
    assert "No notes of this period hold these words" in words(app)


def listed(app: AppTest) -> list[str]:
    return app.dataframe[-1].value["Date"].tolist()


def test_sessions_are_filtered_and_the_address_says_so(three_days: Journal, start: Start) -> None:
    today, week, old = (str(three_days.today() - timedelta(days=ago)) for ago in (0, 7, 40))
    three_days.check_in("serakah", market_conditions="volatile")
    app = start(page="history")
    for name, chosen, expected in (
        ("result", ["loss"], [old]),
        ("result", ["win", "loss"], [today, week, old]),
        ("mood", ["serakah"], [today]),
        ("mood", ["-"], [week, old]),
        ("market", ["volatile"], [today]),
        ("weekday", [str(three_days.today().weekday())], [today, week]),
        ("has", ["notes"], [week]),
        ("has", ["told"], [today]),
        ("has", ["untold", "notes"], [week]),
    ):
        app.main.multiselect(key=f"history_{name}").set_value(chosen).run()
        assert listed(app) == expected, chosen
        assert figures(app)["Net P/L"] == "6.00", "of the whole period"
        assert app.query_params[name] in (chosen, chosen[0])
        app.main.multiselect(key=f"history_{name}").set_value([]).run()
    app.main.multiselect(key="history_has").set_value(["report"]).run()
    assert "No session fits these filters" in words(app)
    next(button for button in app.main.button if button.label == "Clear filters").click().run()
    assert len(listed(app)) == 3


def test_a_link_opens_the_filtered_history(three_days: Journal, start: Start) -> None:
    app = start(result="loss", has="nonsense", weekday="9", page="history")
    assert listed(app) == [str(three_days.today() - timedelta(days=40))]
    assert app.main.multiselect(key="history_has").value == []


@pytest.mark.usefixtures("small")
def test_stated_totals_have_a_result_and_words_of_others_can_be_chosen(start: Start) -> None:
    app = start(result="win", page="history")
    assert listed(app) == ["2025-01-17", "2025-01-15"]
    assert "euforia :red[x] <b>" in app.main.multiselect(key="history_mood").options
    app = start(weekday="4", page="history")
    assert listed(app) == ["2025-01-17"], "a date nobody can read has no weekday"


@pytest.mark.usefixtures("three_days")
def test_a_row_opens_its_session(start: Start, seen: Journal) -> None:
    app = start(page="history")
    table = app.dataframe[-1]
    app.session_state[table.key] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    app.session_state["open_session_of"] = {"date": str(seen.today() - timedelta(days=7))}
    app.run()
    assert app.main.date_input(key="date").value == seen.today() - timedelta(days=7)


@pytest.mark.usefixtures("small")
def test_a_session_without_a_readable_date_has_its_page(start: Start) -> None:
    app = start(page="history")
    assert app.dataframe[-1].value["Date"].tolist()[-1] == "kemarin"
    app = start(id="4", page="session")
    assert "Without a readable date: kemarin" in words(app)
    assert figures(app)["Net P/L"] == "−10.00"
    assert not app.exception


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("named", ["99", "x", "-1", "9" * 30])
def test_an_id_of_nothing_opens_today(named: str, start: Start, seen: Journal) -> None:
    app = start(id=named, page="session")
    assert not app.exception
    assert app.main.date_input(key="date").value == seen.today()


def test_a_large_history_is_shown_a_page_at_a_time(large: Journal, start: Start) -> None:
    app = start(page="history")
    assert len(app.dataframe[-1].value) == 50
    assert f"{len(large.sessions())} sessions" in words(app)
    app.get("pagination")[0].set_value(2).run()
    assert app.dataframe[-1].value["Date"].iloc[0] == large.sessions()[50].date_text


def reasons(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.delta.replace("\\", "") for metric in app.main.metric}


@pytest.mark.usefixtures("three_days")
def test_the_figures_behind_the_headline_say_why_they_are_missing(start: Start) -> None:
    app = start(page="history")
    app.session_state["more_figures"] = True
    app.run()
    assert figures(app)["Return"] == figures(app)["Expectancy, R"] == figures(app)["Holding time, median"] == "–"
    assert reasons(app)["Return"] == "no starting balance in Settings"
    assert reasons(app)["Holding time, median"] == "no trade states entry and exit times"
    assert (figures(app)["Recovery factor"], figures(app)["Winning days"]) == ("3.00", "66.7%")


def test_with_a_starting_balance_there_are_shares_of_it(three_days: Journal, start: Start) -> None:
    three_days.save_preferences(replace(three_days.preferences(), starting_balance=100.0))
    app = start(page="history")
    app.session_state["more_figures"] = True
    app.run()
    assert (figures(app)["Return"], figures(app)["Max drawdown, %"]) == ("6.0%", "2.0%")
    app.main.segmented_control(key="history_period").set_value("7").run()
    assert figures(app)["Return"] == "2.9%", "3 of the 103 that were there before the period"
    app.sidebar.multiselect(key="symbols").set_value(["EURUSD"]).run()
    assert reasons(app)["Return"] == "only for all symbols together"


def test_a_figure_shows_its_interval_and_waits_for_enough_days(seen: Journal, start: Start) -> None:
    for ago in range(20):
        trade = Trade(symbol="EURUSD", profit_loss=5.0 if ago % 2 else -3.0, lot_size=0.1)
        seen.add_trade(trade, session_date=seen.today() - timedelta(days=ago))
    app = start(page="history")
    app.session_state["more_figures"] = True
    app.run()
    assert not app.exception
    assert (figures(app)["Win rate"], reasons(app)["Win rate"]) == ("50.0%", "27.7% to 72.3%")
    assert (figures(app)["Sharpe ratio"], reasons(app)["Sharpe ratio"]) == ("–", "too few yet")
    assert figures(app)["Streak by chance"] == "3", "of 20 even trades 0.478 reach four"
    assert reasons(app)["Half Kelly"] == "no starting balance in Settings"


@pytest.mark.usefixtures("three_days")
def test_the_search_stands_in_the_address(start: Start) -> None:
    app = start(page="history")
    app.main.text_input(key="history_search").set_value("losses").run()
    assert app.query_params["search"] == "losses"
    assert listed(start(search="losses", page="history")) == listed(app)
