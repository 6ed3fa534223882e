"""The Explore page: pivots whose choice stands in the address, and questions in SQL with their files."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.i18n import language
from mentor.models import Trade
from mentor.query import QUESTIONS
from mentor.ui.explore_files import as_csv
from tests.foreign import ForeignClient
from tests.ui.conftest import Start, open_page
from tests.ui.test_languages import switch
from tests.ui.test_pages import button, charts, words

NOON = datetime(2025, 1, 13, 5, 0, tzinfo=UTC)  # a Monday, 12:00 in Jakarta


@pytest.fixture
def traded(seen: Journal) -> Journal:
    """Six trades on two days, one in gold, one with a strategy that a spreadsheet would take for a formula."""
    for nth, (symbol, amount) in enumerate(
        [("EURUSD", 10.0), ("EURUSD", -4.0), ("XAUUSD", 5.5), ("EURUSD", 1.0), ("EURUSD", 2.0), ("EURUSD", 3.0)]
    ):
        moment = NOON + timedelta(days=nth % 2, minutes=nth)
        seen.add_trade(
            Trade(
                symbol=symbol,
                profit_loss=amount,
                lot_size=0.1,
                entry_time=moment,
                exit_time=moment + timedelta(minutes=5),
                strategy_used="=1+1" if nth == 0 else "plan",
            )
        )
    return seen


def table(app: AppTest) -> pd.DataFrame:
    frame: pd.DataFrame = app.main.dataframe[0].value
    return frame


def view(app: AppTest, **chosen: str) -> AppTest:
    for name, code in chosen.items():
        app.selectbox(key=f"explore_{name}").set_value(code)
    return app.run()


def asked(app: AppTest, sql: str) -> AppTest:
    """Ask it, and come back until it is answered."""
    app.text_area(key="explore_sql_text").set_value(sql)
    button(app, "Ask").click().run()
    for _ in range(60):
        if "explore_sql_running" not in app.session_state:
            return app
        app.session_state["explore_sql_running"].wait(1)
        app.run()
    raise AssertionError("no answer")


@pytest.mark.usefixtures("traded")
def test_a_pivot_by_symbol_and_its_totals(start: Start) -> None:
    app = start(page="explore")
    assert not app.exception
    rows = table(app)
    assert rows["Symbol"].tolist() == ["EURUSD", "XAUUSD", "All"]
    assert rows["Net P/L"].tolist() == ["12.00", "5.50", "17.50"]
    assert rows["Trades"].tolist() == ["5", "1", "6"]
    assert "fewer than 5 trades, too few to say" in words(app)
    assert charts(app)[0]["data"][0]["x"] is not None


@pytest.mark.usefixtures("traded")
def test_two_dimensions_make_cells_with_their_numbers(start: Start) -> None:
    app = view(start(page="explore"), columns="weekday")
    rows = table(app).set_index("Symbol")
    assert rows.loc["EURUSD"].tolist() == ["12.00 · n = 2", "0.00 · n = 3", "12.00 · n = 5"]
    assert rows.loc["XAUUSD", "Tuesday"] == "–", "no trade is no zero"
    app = view(app, measure="profit_factor")
    assert table(app).set_index("Symbol").loc["EURUSD", "Monday"] == "– no losing trade yet"


@pytest.mark.usefixtures("traded")
def test_the_view_stands_in_the_address_as_codes_and_comes_back(start: Start) -> None:
    app = view(start(page="explore"), rows="weekday", columns="symbol", measure="win_rate")
    kept = {name: app.query_params[name] for name in ("rows", "columns", "measure")}
    assert {name: codes if isinstance(codes, str) else codes[0] for name, codes in kept.items()} == {
        "rows": "weekday",
        "columns": "symbol",
        "measure": "win_rate",
    }
    app = view(app, rows="symbol", columns="none", measure="net")
    assert not {"rows", "columns", "measure"} & set(app.query_params), "the default goes without saying"


@pytest.mark.usefixtures("traded")
def test_an_address_opens_its_view_and_nonsense_the_default(start: Start) -> None:
    app = start()
    app.query_params["rows"], app.query_params["measure"] = "month", "<script>"
    app = open_page(app, "explore")
    assert app.selectbox(key="explore_measure").value == "net"
    assert app.selectbox(key="explore_rows").value in ("month", "symbol")


def test_trades_in_another_currency_stand_apart(traded: Journal, foreign: ForeignClient, start: Start) -> None:
    foreign.open(traded.path)
    foreign.run("INSERT OR REPLACE INTO settings (key, value, user_id) VALUES ('currency', 'USD', 1)")
    foreign.run(
        "INSERT INTO daily_trading_data (session_id, bot_id, symbol, profit_loss, lot_size, currency) "
        "VALUES (1, 0, 'USDJPY', 900, 0.1, 'JPY')"
    )
    app = start(page="explore")
    assert table(app)["Symbol"].tolist() == ["EURUSD", "XAUUSD", "All"]
    assert "Trades in JPY stand apart" in words(app)
    app = view(app, **{"in": "JPY"})
    assert table(app)["Net P/L"].tolist() == ["900.00", "900.00"]


@pytest.mark.usefixtures("traded")
def test_the_sidebar_filters_the_pivot(start: Start) -> None:
    app = start(page="explore")
    app.sidebar.multiselect(key="symbols").set_value(["XAUUSD"]).run()
    assert table(app)["Symbol"].tolist() == ["XAUUSD", "All"]


@pytest.mark.usefixtures("traded")
def test_a_question_of_ones_own_is_answered(start: Start) -> None:
    app = start(page="explore")
    app.segmented_control(key="explore_view").set_value("sql").run()
    app = asked(app, "SELECT symbol, sum(net) AS net, min(hour) AS hour FROM trades GROUP BY symbol ORDER BY symbol")
    assert not app.exception
    assert table(app).to_dict("list") == {"symbol": ["EURUSD", "XAUUSD"], "net": [12.0, 5.5], "hour": [12, 12]}
    assert "2 rows, answered in" in words(app)
    assert charts(app)[0]["data"][0]["customdata"][0][0] == "EURUSD"


@pytest.mark.usefixtures("traded")
def test_a_refused_question_is_a_sentence(start: Start) -> None:
    app = start(page="explore")
    app.segmented_control(key="explore_view").set_value("sql").run()
    app = asked(app, "COPY trades TO '/tmp/out'")
    assert "one can only ask" in words(app)
    assert not app.exception
    app = asked(app, "SELECT 1 AS one")
    assert "one can only ask" not in words(app)


@pytest.mark.usefixtures("traded")
def test_a_long_question_leaves_the_page_usable_and_can_be_cancelled(start: Start) -> None:
    app = start(page="explore")
    app.segmented_control(key="explore_view").set_value("sql").run()
    app.text_area(key="explore_sql_text").set_value("SELECT count(*) FROM range(10000000) a, range(10000000) b")
    button(app, "Ask").click().run()
    assert "being answered" in words(app)
    assert app.sidebar.selectbox(key="period").value == "all", "the sidebar is drawn meanwhile"
    button(app, "Cancel").click().run()
    app.session_state["explore_sql_running"].wait(20) if "explore_sql_running" in app.session_state else None
    app.run()
    assert "was cancelled" in words(app)


@pytest.mark.usefixtures("large")
def test_every_ready_made_question_is_answered(start: Start) -> None:
    app = start(page="explore")
    app.segmented_control(key="explore_view").set_value("sql").run()
    before = None
    for code in QUESTIONS:
        app.selectbox(key="explore_question").set_value(code).run()
        sql = app.text_area(key="explore_sql_text").value
        assert sql != before, code
        app, before = asked(app, sql), sql
        assert not app.error, code
        assert not app.exception, code
        assert "answered in" in words(app), code


@pytest.mark.usefixtures("traded")
def test_it_speaks_indonesian(start: Start) -> None:
    app = switch(start()).set_value("id").run()
    with language.spoken("id"):
        app = view(open_page(app, "explore"), rows="weekday", measure="win_rate")
        assert app.title[0].value == "Jelajahi"
        assert table(app).iloc[:, 0].tolist() == ["Senin", "Selasa", "Semua"]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    cells = ["=1+1", "+1+1", "-cmd", "@x", "\tx", "harmless", None]
    frame = pd.DataFrame({"=bad": pd.Series(cells, dtype="str"), "net": [-1.5] * len(cells)})
    read = list(csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig"))))
    assert read[0] == ["'=bad", "net"]
    assert [row[0] for row in read[1:]] == ["'=1+1", "'+1+1", "'-cmd", "'@x", "'\tx", "harmless", ""]
    assert read[1][1] == "-1.5", "a negative number is a number"
