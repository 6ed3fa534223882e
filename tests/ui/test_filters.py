"""The filters of the sidebar hold on every page."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from mentor.i18n.numbers import MINUS
from mentor.models import TradeFilter
from mentor.ui.filters import in_words
from tests.foreign import ForeignClient
from tests.ui.conftest import Start, open_page
from tests.ui.test_pages import figures, words


@pytest.mark.usefixtures("small")
def test_a_symbol_narrows_the_figures_and_stays_across_pages(start: Start) -> None:
    app = start()
    app.sidebar.multiselect(key="symbols").set_value(["BTC/USD"]).run()
    assert figures(app)["Net P/L"] == "250.50"
    open_page(app, "session")
    open_page(app, "dashboard")
    assert app.sidebar.multiselect(key="symbols").value == ["BTC/USD"]
    assert figures(app)["Net P/L"] == "250.50"


@pytest.mark.usefixtures("small")
def test_a_period_without_sessions_says_how_to_go_on(start: Start) -> None:
    app = start()
    app.sidebar.selectbox(key="period").set_value("7").run()
    assert "No session in this selection" in words(app)


@pytest.mark.usefixtures("small")
def test_a_range_of_dates(start: Start) -> None:
    app = start()
    app.sidebar.selectbox(key="period").set_value("custom").run()
    app.sidebar.date_input(key="period_range").set_value((date(2025, 1, 16), date(2025, 1, 17))).run()
    assert not app.exception
    assert figures(app)["Net P/L"] == "−50.25"
    app.sidebar.date_input(key="period_range").set_value((date(2025, 1, 15),)).run()
    assert not app.exception
    assert figures(app)["Net P/L"] == "200.25"


def calendar_year(app: AppTest) -> int:
    return int(app.main.selectbox(key="calendar_year").value)


@pytest.mark.usefixtures("small")
def test_the_year_of_the_calendar_follows_a_period_that_lacks_it(start: Start, foreign: ForeignClient) -> None:
    foreign.run("INSERT INTO trading_sessions (id, session_date) VALUES (9, '2024-06-03')")
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size) "
        "VALUES (9, 101, 'EURUSD', 1, 0.1)"
    )
    app = start()
    newest_twelve_months = calendar_year(app)
    app.main.selectbox(key="calendar_year").set_value(2024).run()
    app.sidebar.selectbox(key="period").set_value("custom").run()
    app.sidebar.date_input(key="period_range").set_value((date(2025, 1, 15), date(2025, 1, 17))).run()
    assert not app.exception
    assert calendar_year(app) == newest_twelve_months


def test_a_filter_in_words() -> None:
    assert in_words(TradeFilter()) == "all time"
    filters = TradeFilter(start=date(2025, 1, 6), end=date(2025, 1, 10), symbols=("EURUSD",))
    assert in_words(filters) == "from Mon 6 Jan 2025 to Fri 10 Jan 2025, EURUSD"


@pytest.mark.usefixtures("small")
def test_the_address_opens_a_view_and_keeps_it_as_codes(start: Start) -> None:
    app = start(days="custom", **{"from": "2025-01-16", "to": "2025-01-17"})
    assert figures(app)["Net P/L"] == f"{MINUS}50.25"
    app.sidebar.multiselect(key="symbols").set_value(["BTC/USD"]).run()
    assert app.query_params["symbols"] == "BTC/USD"
    app.sidebar.selectbox(key="period").set_value("all").run()
    assert dict(app.query_params) == {"symbols": "BTC/USD"}
    assert figures(app)["Net P/L"] == "250.50"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "address",
    [{"days": "moon"}, {"days": "custom", "from": "2025-02-30"}, {"symbols": "NOTHING"}, {"days": "all"}],
)
def test_an_address_nobody_can_read_counts_for_nothing(address: dict[str, str], start: Start) -> None:
    app = start(**address)
    assert not app.exception
    assert not app.sidebar.multiselect(key="symbols").value
