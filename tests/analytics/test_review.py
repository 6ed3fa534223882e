"""A week or a month looked back on: numbers worked out by hand, and nothing of later days."""

from __future__ import annotations

from datetime import date

import pytest

from mentor.analytics.frames import empty_moods, empty_trades
from mentor.analytics.periods import Period, period_named, period_of
from mentor.analytics.review import Earlier, RiskOverview, Totals, review
from mentor.analytics.risk_score import by_session, risk_scores
from tests.analytics.frame_builders import moods, trade_rows

WEEK = Period("week", date(2025, 1, 13))
#: The week before (−10), then Monday +20 and −50, Tuesday −5, Thursday +40, the Monday after +1000.
ROWS = [
    {"session_id": 1, "session_date": "2025-01-10", "profit_loss": -10.0},
    {"session_id": 2, "session_date": "2025-01-13", "profit_loss": 20.0},
    {"session_id": 2, "session_date": "2025-01-13", "profit_loss": -50.0},
    {"session_id": 3, "session_date": "2025-01-14", "profit_loss": -5.0},
    {"session_id": 4, "session_date": "2025-01-16", "profit_loss": 40.0},
    {"session_id": 5, "session_date": "2025-01-20", "profit_loss": 1000.0},
]


def test_the_week_in_figures() -> None:
    found = review(WEEK, trade_rows(ROWS), empty_moods(), {})
    assert found.totals == Totals(net=5.0, trades=4, wins=2, days=3, winning_days=1)
    assert found.before == Totals(net=-10.0, trades=1, wins=0, days=1, winning_days=0)
    assert found.performance.net.value == 5.0
    assert found.best is not None
    assert found.worst is not None
    assert (found.best.day, found.best.net) == (date(2025, 1, 16), 40.0)
    assert (found.worst.day, found.worst.net) == (date(2025, 1, 13), -30.0)
    assert (found.losing_run, found.winning_run) == (2, 1)
    assert found.trades == {2, 3, 4, 5}


def test_few_earlier_weeks_are_counted_and_give_no_usual_one() -> None:
    found = review(WEEK, trade_rows(ROWS), empty_moods(), {})
    assert found.earlier == Earlier(periods=1, worse=1, median=None, low=None, high=None)


def test_from_ten_earlier_weeks_on_there_is_a_usual_one() -> None:
    start = period_named("2024-W01")
    assert start is not None
    rows, week = [], start
    for net in range(11):  # −50, −40, … 50
        rows.append({"session_date": str(week.start), "profit_loss": -50.0 + 10 * net})
        week = week.after()
    found = review(week, trade_rows([*rows, {"session_date": str(week.start), "profit_loss": 15.0}]), empty_moods(), {})
    assert found.earlier == Earlier(periods=11, worse=7, median=0.0, low=-40.0, high=40.0)


def test_later_days_change_nothing() -> None:
    early, late = (review(WEEK, trade_rows(rows), empty_moods(), {}) for rows in (ROWS[:-1], ROWS))
    assert (early.totals, early.earlier, early.trades) == (late.totals, late.earlier, late.trades)


def test_moods_are_counted_with_what_came_with_them() -> None:
    told = moods(
        (2, "serakah", "before", "2025-01-13 01:00"),
        (3, "serakah", "before", "2025-01-14 01:00"),
        (4, "tenang", "after", "2025-01-16 09:00"),
        (5, "marah", "before", "2025-01-20 01:00"),
    ).assign(session_date=lambda frame: frame["recorded_at"].dt.tz_localize(None).dt.normalize())
    found = review(WEEK, trade_rows(ROWS), told, {}).moods
    assert [(one.emotion, one.basis, one.sessions, one.net, one.winning_sessions) for one in found.groups] == [
        ("serakah", "before", 2, -35.0, 0),
        ("tenang", "later", 1, 40.0, 1),
    ]
    assert (found.coverage.sessions, found.coverage.before, found.coverage.unrecorded) == (3, 2, 0)


def test_the_risk_of_the_period() -> None:
    rows = [
        {"session_id": 1, "session_date": "2025-01-13", "stop_price": 1.0, "risk_percent": 0.5, "lot_size": 0.1},
        {"session_id": 2, "session_date": "2025-01-14", "stop_price": 0.0, "risk_percent": 12.0, "lot_size": 0.1},
    ]
    trades = trade_rows([{"profit_loss": 1.0, **row} for row in rows])
    scores = by_session(risk_scores(trades))
    found = review(WEEK, trades, empty_moods(), scores).risk
    assert (found.sessions, found.known) == (2, 2)
    assert found.median == (scores[1].score + scores[2].score) / 2  # type: ignore[operator]
    assert found.weakest == ("stop", 0.5, 2), "the first of those that are equally weak"
    assert found.caps[0] == ("risk_above_10", 1)


def test_a_period_without_trades() -> None:
    found = review(WEEK, empty_trades(), empty_moods(), {})
    assert (found.totals, found.before, found.best, found.worst) == (None, None, None, None)
    assert found.risk == RiskOverview(sessions=0, known=0, median=None, weakest=None, caps=())
    assert found.earlier.periods == 0


def test_one_day_is_neither_best_nor_worst() -> None:
    found = review(WEEK, trade_rows(ROWS[3:4]), empty_moods(), {})
    assert found.totals is not None
    assert (found.best, found.worst) == (None, None)


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2025-W03", "2025-01-13", "2025-01-19"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2025-01", "2025-01-01", "2025-01-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
    ],
)
def test_a_period_has_its_name(code: str, start: str, end: str) -> None:
    named = period_named(code)
    assert named is not None
    assert (str(named.start), str(named.end), named.code) == (start, end, code)
    assert named.before().after() == named
    assert period_of(named.end, named.length) == named


@pytest.mark.parametrize("text", ["", "2025", "2025-W54", "2025-W00", "2025-13", "2025-00", "0001-W01", "9999-12", "x"])
def test_no_period_has_any_other_name(text: str) -> None:
    assert period_named(text) is None
