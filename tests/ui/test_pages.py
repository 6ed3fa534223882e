"""Every page on an empty, a small and a large journal, and on files that are no journal."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.i18n.numbers import MINUS
from tests.ui.conftest import PAGES, Start, open_page


def words(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "info", "warning", "error", "success")
    return "\n".join(element.value for kind in kinds for element in app.get(kind)).replace("\\", "")


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value.replace("\\", "") for metric in app.main.metric}


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("page", sorted(path.stem for path in PAGES.glob("*.py")))
@pytest.mark.parametrize("size", ["journal", "small", "large", "first_day", "last_day"])
def test_every_page_opens_on_every_journal(page: str, size: str, start: Start, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(size)
    app = start(page=page)
    assert not app.exception
    assert not app.error
    assert app.title[0].value
    assert app.sidebar.selectbox(key="period").value == "all"


def test_an_empty_dashboard_says_what_to_do_next(start: Start) -> None:
    app = start()
    assert "The journal is empty" in words(app)
    assert "Bring your trades" in words(app)
    assert app.main.file_uploader
    assert not charts(app)


def test_an_empty_session_and_import_say_what_to_do_next(start: Start) -> None:
    app = start()
    assert "No session on this day" in words(open_page(app, "session"))
    assert "Nothing imported yet" in words(open_page(app, "imports"))


@pytest.mark.usefixtures("small")
def test_the_dashboard_of_other_programs_trades(start: Start) -> None:
    app = start()
    assert (
        figures(app).items()
        >= {
            "Net P/L": "190.25",
            "Win rate": "33.3%",
            "Expectancy": "63.42",
            "Profit factor": "4.16",
            "Max drawdown": "60.25",
        }.items()
    )
    said = words(app)
    assert "Left out of every figure: 1 trade whose P/L is no number" in said
    assert "1 trade without a readable date" in said
    assert "known for 0 of 3 sessions" in said
    recent = app.dataframe[0].value
    assert recent["Date"].tolist() == ["2025-01-17", "2025-01-16", "2025-01-15", "kemarin"]
    assert recent["Totals"].tolist()[0] == "stated"
    assert recent["Mood"].str[0].tolist() == [None, "euforia :red[x] <b>", "Calm", "Fearful"]
    assert "An empty cell: not recorded." in said


@pytest.mark.usefixtures("small")
def test_the_breakdown_counts_and_says_what_is_no_evidence(start: Start) -> None:
    app = start(by="weekday", page="breakdown")
    assert "it is no evidence" in words(app).replace("\n", " ")
    assert "1 trade does not say it." in words(app), "the one without a readable date has no weekday"
    assert charts(app)[0]["layout"]["yaxis"]["ticktext"] == ["Wednesday  (n = 1)", "Thursday  (n = 1)"]
    app.session_state["by_weekday_numbers"] = True
    app.run()
    table = app.dataframe[0].value
    assert table["Net P/L"].tolist() == ["+250.50", f"{MINUS}50.25"]
    assert table["95% interval"].tolist() == ["–", "–"]


@pytest.mark.usefixtures("journal")
def test_an_unknown_breakdown_in_the_address_is_the_first(start: Start) -> None:
    app = start(by="moon", spread="r", page="breakdown")
    assert not app.exception


def test_an_undefined_figure_is_a_dash_with_its_reason(journal: Journal, start: Start) -> None:
    journal.log_trade_for_ai_analysis(1, "EURUSD", 10.0, 0.1)
    app = start()
    profit_factor = next(metric for metric in app.main.metric if metric.label == "Profit factor")
    assert profit_factor.value == "–"
    assert "no losing trade yet" in profit_factor.delta


@pytest.mark.usefixtures("small")
def test_a_session_opens_by_its_address(start: Start) -> None:
    app = start(date="2025-01-15", page="session")
    assert app.main.date_input(key="date").value == date(2025, 1, 15)
    assert figures(app)["Net P/L"] == "250.50"
    assert app.dataframe[0].value["Symbol"].tolist() == ["BTC/USD"]
    assert app.dataframe[0].value["Exit by"].tolist() == ["target"]
    assert app.main.text_area[0].value == "Fokus pada <b>risk</b> $5 $6"


@pytest.mark.usefixtures("small")
def test_a_report_of_another_program_is_shown_as_text(start: Start) -> None:
    app = start(date="2025-01-15", page="session")
    shown = [element.value for element in app.text]
    assert shown == ["trend_following: 0.7", "not <b>json</b>", "8/10 - GOOD", "• Tingkatkan disiplin", "Teruskan!"]


@pytest.mark.usefixtures("small")
def test_stated_totals_are_called_stated_and_stay_out_of_the_figures(start: Start) -> None:
    app = start(date="2025-01-17", page="session")
    assert "Another program stated 4 trades and net 99.50" in words(app)
    assert figures(app) == {}


@pytest.mark.usefixtures("small")
def test_a_date_without_session_says_so(start: Start) -> None:
    app = start(date="2024-02-29", page="session")
    assert "No session on this day" in words(app)
    assert not app.exception


@pytest.mark.usefixtures("small")
def test_a_broken_date_in_the_address_is_today(start: Start) -> None:
    app = start(date="2025-02-30", page="session")
    assert app.main.date_input(key="date").value == today()
    assert not app.exception


def today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Jakarta")).date()


@pytest.mark.usefixtures("small")
def test_the_buttons_go_to_the_days_around(start: Start) -> None:
    app = start(date="2025-01-15", page="session")
    button(app, "Next").click().run()
    assert app.main.date_input(key="date").value == date(2025, 1, 16)
    button(app, "Previous").click().run()
    button(app, "Previous").click().run()
    assert app.main.date_input(key="date").value == date(2025, 1, 14)


def button(app: AppTest, label: str) -> Any:
    return next(found for found in app.button if found.label.replace("\\", "") == label)


@pytest.mark.usefixtures("small")
def test_a_clicked_day_opens_its_session(start: Start) -> None:
    app = start()
    app.session_state["open_session_of"] = {"date": "2025-01-16"}
    app.run()
    assert app.title[0].value == "Session"
    assert app.main.date_input(key="date").value == date(2025, 1, 16)


def test_notes_are_saved_and_make_a_session(journal: Journal, start: Start) -> None:
    app = start(date="2025-01-10", page="session")
    app.main.text_area[0].set_value("Took <b>one</b> trade")
    button(app, "Save notes").click().run()
    assert "Notes of Fri 10 Jan 2025 saved" in words(app)
    stored = journal.session("2025-01-10")
    assert stored is not None
    assert stored.personal_notes == "Took <b>one</b> trade"


def test_the_large_dashboard_draws_a_thinned_curve_of_exact_numbers(large: Journal, start: Start) -> None:
    app = start()
    expected = large.trades()["profit_loss"]
    assert figures(app)["Net P/L"].replace(",", "") == f"{'-' if expected.sum() < 0 else ''}{abs(expected.sum()):.2f}"
    assert len(charts(app)) == 2
    assert len(app.dataframe[0].value) == 7
    equity = app.get("plotly_chart")[0].proto.spec
    assert len(equity) < 200_000


@pytest.mark.parametrize("content", [b"just text, no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_journal_gives_one_sentence(tmp_path: Path, content: bytes, start: Start) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    app = start(path)
    assert len(app.error) == 1
    assert not app.exception
    assert "other" in app.error[0].value
    assert path.read_bytes() == content
