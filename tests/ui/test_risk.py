"""The risk score where sessions are shown: the number, its parts, its limits, and the trader's own word apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from mentor import Journal
from mentor.models import Trade
from tests.foreign import ForeignClient
from tests.ui.conftest import Start
from tests.ui.test_pages import figures, words


def add(journal: Journal, *, risk: float | None, ago: int = 0, stop: float | None = 1.0) -> None:
    trade = Trade(symbol="EURUSD", profit_loss=-1.0, lot_size=0.1, risk_percent=risk, stop_price=stop)
    journal.add_trade(trade, session_date=journal.today() - timedelta(days=ago))


def states(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.delta.replace("\\", "") for metric in app.main.metric}


@pytest.mark.parametrize("page", ["session", "today"])
def test_the_score_with_its_parts_and_limits(page: str, start: Start, seen: Journal) -> None:
    add(seen, risk=7.0)
    app = start(page=page)
    assert figures(app)["Risk score"] == "5 of 10"
    assert states(app)["Risk score"] == "85% of the weights known"
    assert "At most 5: a trade risked more than 5%." in words(app)
    parts = next(frame.value for frame in app.dataframe if "Weight" in frame.value).set_index("Part")
    assert parts.loc["Stops", "Reached"] == 1.0
    assert parts.loc["Risk a trade", "Reached"] == 0.0
    assert parts.loc["Largest lot", "Measured by"].startswith("not known: ")
    assert parts["Weight"].sum() == pytest.approx(1.0)


def test_what_is_not_known_is_said_to_be(start: Start, seen: Journal) -> None:
    add(seen, risk=None, stop=None)
    app = start(page="session")
    assert figures(app)["Risk score"] == "not known"
    assert states(app)["Risk score"] == "less than half of what it weighs is known"


def test_what_is_stored_when_nobody_says_anything_is_no_assessment(start: Start, seen: Journal) -> None:
    add(seen, risk=0.5)
    assert "Own assessment" not in figures(start(page="session"))


def test_the_traders_own_assessment_stands_apart(start: Start, seen: Journal, foreign: ForeignClient) -> None:
    add(seen, risk=0.5)
    foreign.open(seen.path)
    foreign.run("UPDATE trading_sessions SET risk_score = '3/10 <b>'")
    app = start(page="session")
    assert (figures(app)["Risk score"], figures(app)["Own assessment"]) == ("10 of 10", "3/10 <b>")
    assert states(app)["Own assessment"] == "stated, not computed"


def test_a_session_without_trades_has_none(start: Start, seen: Journal) -> None:
    seen.check_in("tenang")
    assert "Risk score" not in figures(start(page="session"))


def test_history_shows_it_for_every_session(start: Start, seen: Journal) -> None:
    for ago, risk in ((0, 0.5), (1, 12.0), (2, 0.6)):
        add(seen, risk=risk, ago=ago)
    app = start(page="history")
    assert app.dataframe[-1].value["Risk score"].tolist() == [10, 3, 10]
    assert "Risk score: known for 3 of 3 sessions with trades, median 10 of 10." in words(app)
    assert "Most often held down because a trade risked more than 10% (1 ×)." in words(app)


def test_a_history_in_which_no_score_is_known(start: Start, seen: Journal) -> None:
    add(seen, risk=None, stop=None)
    app = start(page="history")
    assert "Risk score: not known for any of these sessions" in words(app)
