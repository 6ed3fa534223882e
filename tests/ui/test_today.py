"""The Today page: the day as it runs, held against the plan, unknown where nobody said."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.charts import theme
from mentor.models import RiskPlan, Trade
from tests.foreign import ForeignClient
from tests.ui.conftest import Start
from tests.ui.test_pages import charts, figures, words


def plan(journal: Journal, **limits: float) -> None:
    journal.save_preferences(replace(journal.preferences(), risk_plan=RiskPlan(**limits)))  # type: ignore[arg-type]


def states(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.delta.replace("\\", "") for metric in app.main.metric}


def test_an_empty_journal_says_what_to_do(start: Start) -> None:
    assert "The journal is empty" in words(start(page="today"))


def test_a_day_without_anything_says_what_to_do(start: Start, seen: Journal) -> None:
    seen.add_trade(Trade(symbol="EURUSD", profit_loss=1.0, lot_size=0.1), session_date="2025-01-15")
    app = start(page="today")
    assert "Nothing yet today" in words(app)
    assert "No risk plan yet" in words(app)


def test_the_day_runs_with_its_moods(start: Start, seen: Journal) -> None:
    seen.check_in("tenang")
    for amount in (10.0, -4.0):
        seen.log_trade_for_ai_analysis(7, "EURUSD", amount, 0.1)
    app = start(page="today")
    assert figures(app)["Net P/L"] == "6.00"
    line, moods, *_ = charts(app)[0]["data"]
    assert len(line["x"]) == 3
    assert moods["text"] == ["Calm"]
    assert "What I see" in words(app)
    assert "Not known of this day: " in words(app)


def test_the_plan_and_what_is_not_known_of_it(start: Start, seen: Journal) -> None:
    plan(seen, risk_percent=1.0, trades_a_day=3, stop_after_losses=2)
    for amount in (-1.0, -1.0, 5.0, -1.0):
        seen.log_trade_for_ai_analysis(7, "EURUSD", amount, 0.1)
    app = start(page="today")
    assert figures(app)["Trades"] == "4 of 3"
    assert states(app)["Trades"] == "1 above the plan"
    assert figures(app)["Losses in a row"] == "1, stop after 2"
    assert states(app)["Losses in a row"] == "stop reached, 0 trades after it, perhaps 2 more"
    assert states(app)["Risk a trade"] == "the trades do not say their risk", "1.0 everywhere is a default"


def test_a_plan_that_is_kept(start: Start, seen: Journal) -> None:
    plan(seen, risk_percent=1.0, trades_a_day=3, stop_after_losses=2)
    seen.add_trade(Trade(symbol="EURUSD", profit_loss=-1.0, lot_size=0.1, risk_percent=0.5))
    app = start(page="today")
    assert states(app)["Trades"] == "2 left"
    assert states(app)["Losses in a row"] == "within the plan"
    assert states(app)["Risk a trade"] == "0 of 1 above"


def test_a_line_opens_to_its_evidence_and_the_trades(start: Start, seen: Journal) -> None:
    for amount in (10.0, -4.0):
        seen.log_trade_for_ai_analysis(7, "EURUSD", amount, 0.1)
    app = start(page="today")
    lines = [box.label.replace("\\", "") for box in app.main.expander]
    assert "6.00" in lines[0], "the result comes first"
    assert any("Measured: " in caption.value.replace("\\", "") for caption in app.main.caption)


def test_the_report_is_taken_along(start: Start, seen: Journal) -> None:
    seen.log_trade_for_ai_analysis(7, "EURUSD", 6.0, 0.1)
    app = start(page="today")
    assert [button.label for button in app.main.get("download_button")] == ["HTML, to print", "Markdown"]


def test_a_day_of_moods_only_has_its_lanes(start: Start, seen: Journal) -> None:
    seen.check_in("tenang", intensity=2)
    seen.check_in("marah")
    app = start(page="today")
    assert not app.exception
    assert charts(app)[0]["layout"]["yaxis2"]["ticktext"] == [theme.emotion_name("tenang"), theme.emotion_name("marah")]


def test_todays_stored_report_is_shown(start: Start, seen: Journal, foreign: ForeignClient) -> None:
    session = seen.get_or_create_today_session()
    seen.log_trade_for_ai_analysis(7, "EURUSD", 1.0, 0.1)
    foreign.open(seen.path)
    foreign.run("INSERT INTO ai_mentor_reports (session_id, motivation_message) VALUES (?, 'Teruskan!')", [session])
    app = start(page="today")
    assert "Teruskan!" in words(app)
