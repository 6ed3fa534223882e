"""The Review page: a week or a month by its address, beside the trader's own, with three questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentor import Journal
from mentor.analytics.periods import period_of
from mentor.models import Trade
from tests.ui.conftest import Start
from tests.ui.test_pages import button, figures, words


@pytest.fixture
def two_weeks(journal: Journal) -> Journal:
    """Monday and Tuesday of the third week of 2025, and the Friday before."""
    for day, amount in (("2025-01-10", -10.0), ("2025-01-13", 20.0), ("2025-01-13", -50.0), ("2025-01-14", 60.0)):
        journal.add_trade(Trade(symbol="EURUSD", profit_loss=amount, lot_size=0.1), session_date=day)
    return journal


def test_an_empty_journal_says_what_to_do(start: Start) -> None:
    assert "The journal is empty" in words(start(page="review"))


@pytest.mark.usefixtures("two_weeks")
def test_a_week_by_its_address(start: Start) -> None:
    app = start(period="2025-W03", page="review")
    assert not app.exception
    assert figures(app)["Net P/L"] == "30.00"
    said = words(app)
    assert "Mon 13 Jan 2025 to Sun 19 Jan 2025" in said
    assert "It made more than 1 of 1 earlier week with trades." in said
    table = app.dataframe[0].value
    assert table["Week from 13 Jan"].tolist() == ["+30.00", "3", "66.7%", "2", "1"]
    assert table["Week from 6 Jan"].tolist() == ["−10.00", "1", "0.0%", "1", "0"]
    assert "Mon 13 Jan 2025 came to −30.00." in said
    assert "On 2 of 2 days you told no mood" in said
    asked = [line for line in said.splitlines() if line.startswith("- ") and line.endswith("?")]
    assert f"{len(asked)} questions to think about" in said


@pytest.mark.usefixtures("two_weeks")
def test_from_a_month_to_the_week_before_its_last(start: Start) -> None:
    app = start(period="2025-01", page="review")
    assert figures(app)["Net P/L"] == "20.00"
    app.main.segmented_control(key="review_length").set_value("week").run()
    assert app.query_params["period"] in ("2025-W05", ["2025-W05"])
    app.main.button[0].click().run()
    assert app.query_params["period"] in ("2025-W04", ["2025-W04"])
    assert "No closed trade in this period" in words(app)
    button(app, "Newest week with trades").click().run()
    assert app.query_params["period"] in ("2025-W03", ["2025-W03"])
    assert figures(app)["Net P/L"] == "30.00"


@pytest.mark.usefixtures("two_weeks")
@pytest.mark.parametrize("asked", ["2025-W99", "x<b>"])
def test_an_address_that_is_no_period(asked: str, start: Start) -> None:
    app = start(period=asked, page="review")
    assert f"{asked} is no week or month; this is the newest week" in words(app)
    assert figures(app)["Net P/L"] == "30.00"
    assert app.main.segmented_control(key="review_length").value == "week"
    assert not app.exception


def test_without_a_period_it_is_the_newest_week_with_trades_not_an_empty_one(two_weeks: Journal, start: Start) -> None:
    two_weeks.update_notes("2100-01-01", "a slip of the pen")
    assert "Mon 13 Jan 2025 to Sun 19 Jan 2025" in words(start(page="review"))


def test_the_current_week_is_not_over(start: Start, seen: Journal) -> None:
    seen.log_trade_for_ai_analysis(7, "EURUSD", 5.0, 0.1)
    app = start(page="review")
    assert "Not over yet" in words(app)
    assert app.main.button[1].disabled
    assert period_of(seen.today(), "week").end >= seen.today() - timedelta(days=1)
