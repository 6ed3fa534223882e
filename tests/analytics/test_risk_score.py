"""The risk score: process only, in range, monotone where it must be, and blind to what came later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.analytics.frames import empty_trades
from mentor.analytics.risk_score import CAPS, WEIGHTS, RiskScore, Unscored, risk_score, risk_scores
from tests.analytics.frame_builders import trade_rows

Row = Mapping[str, Any]
Rows = list[dict[str, Any]]

PERFECT: Row = {"profit_loss": 1.0, "lot_size": 0.01, "risk_percent": 0.8, "stop_price": 1.0}
RECKLESS: Row = {"profit_loss": 1.0, "lot_size": 10.0, "risk_percent": 50.0, "stop_price": 0.0}
NO_STOP: Row = {"profit_loss": -1.0, "stop_price": 0.0}


def frame(rows: list[Row] | Rows, day: int = 10, times: bool = True) -> pd.DataFrame:
    """One session; a trade an hour, each half an hour long, unless a row says otherwise."""
    whole = pd.Timestamp("2025-01-01") + pd.Timedelta(days=day)
    return trade_rows(
        {
            "id": 100 * day + place,
            "session_id": day,
            "session_date": whole,
            "entry_time": whole + pd.Timedelta(hours=place) if times else None,
            "exit_time": whole + pd.Timedelta(hours=place, minutes=30) if times else None,
            **row,
        }
        for place, row in enumerate(rows)
    )


def scored(rows: list[Row] | Rows, earlier: list[Row] | Rows = (), **plan: int) -> RiskScore:  # type: ignore[assignment]
    return risk_score(frame(rows), frame(earlier, day=1) if earlier else empty_trades(), **plan)


def part(found: RiskScore, name: str) -> float | None:
    return next(one.value for one in found.components if one.id == name)


@pytest.mark.parametrize("times", [True, False])
@pytest.mark.parametrize(
    ("rows", "score"),
    [
        pytest.param([PERFECT], 10, id="one perfect trade"),
        pytest.param([{**NO_STOP, "lot_size": 5.0, "risk_percent": 2.0}] * 5, 4, id="five without a stop, big lots"),
        pytest.param([{**NO_STOP, "lot_size": 0.01, "risk_percent": 40.0}] * 5, 3, id="40 percent at risk"),
        pytest.param(
            [{**NO_STOP, "lot_size": 0.01 * 2**n, "risk_percent": 2.0**n} for n in range(5)], 2, id="martingale"
        ),
        pytest.param([{**PERFECT, "risk_percent": 3.0}] * 10, 7, id="ten with a stop at 3 percent"),
        pytest.param([PERFECT, RECKLESS], 3, id="a perfect and a reckless one"),
        pytest.param([{"profit_loss": None}] * 3, None, id="everything missing"),
        pytest.param([], None, id="no trades"),
    ],
)
def test_the_days_the_original_got_wrong(rows: list[Row], score: int | None, times: bool) -> None:
    """`research/stats.md` 4.1 and 4.2: the original gave 6, 10, 10, 6, 10, 8, 10 and 5; ours has a plan of five."""
    plan = {"trades_a_day": 5} if len(rows) == 5 else {}
    assert risk_score(frame(rows, times=times), empty_trades(), **plan).score == score


def test_a_mixed_day() -> None:
    rows = [PERFECT, {**PERFECT, "risk_percent": 2.0, "profit_loss": -1.0}, {**PERFECT, "lot_size": 0.015}]
    assert scored(rows, [PERFECT], trades_a_day=3).score == 8


def test_says_why_there_is_no_score() -> None:
    assert scored([]).reason is Unscored.NO_TRADES
    assert scored([{"profit_loss": 1.0}] * 3).reason is Unscored.LITTLE_KNOWN


def test_each_component_at_its_bounds() -> None:
    """Formulas of `research/stats.md` 4.2, by hand."""
    size = {**PERFECT, "risk_percent": 2.0}
    assert part(scored([size]), "size") == 0.5
    assert part(scored([PERFECT, size]), "size") == pytest.approx((0.75 + 0.5) / 2)
    assert part(scored([{**PERFECT, "risk_percent": 3.5}]), "size") == pytest.approx(0.25)
    assert part(scored([{**PERFECT, "risk_percent": 6.5}]), "heat") == pytest.approx(0.5)
    assert part(scored([{**PERFECT, "lot_size": 0.06**0.5 / 10}], [PERFECT]), "lots") == pytest.approx(0.5)
    lost = {**PERFECT, "profit_loss": -1.0}
    assert part(scored([lost, {**PERFECT, "lot_size": 0.01 * 2.2**0.5}]), "escalation") == pytest.approx(0.5)
    assert part(scored([PERFECT] * 3, trades_a_day=2), "count") == 0.5
    assert [part(scored([lost] * 3 + [PERFECT] * after), "halt") for after in (0, 1, 2)] == [1.0, 0.5, 0.0]
    assert [part(scored([lost] + [PERFECT] * after, stop_after_losses=1), "halt") for after in (0, 1)] == [1.0, 0.5]


def test_the_weights_are_those_of_the_method() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert list(WEIGHTS.values()) == [0.25, 0.25, 0.10, 0.10, 0.15, 0.05, 0.10]


def test_every_cap_holds_the_score_down() -> None:
    lost = {**PERFECT, "profit_loss": -1.0}
    days = {
        "risk_above_10": [{**PERFECT, "risk_percent": 11.0}] + [PERFECT] * 9,
        "risk_above_5": [{**PERFECT, "risk_percent": 6.0}] + [PERFECT] * 9,
        "few_stops": [PERFECT, {**PERFECT, "stop_price": 0.0}, {**PERFECT, "stop_price": 0.0}],
        "lots_times_4_after_loss": [lost, {**PERFECT, "lot_size": 0.04}],
        "traded_on_after_halt": [lost, lost, lost, PERFECT, PERFECT],
        "little_known": [{"profit_loss": 1.0, "lot_size": 1.0, "stop_price": 1.0}],
    }
    assert set(days) == set(CAPS)
    for cap, rows in days.items():
        found = scored(rows)
        assert cap in found.caps
        assert found.score is not None
        assert found.score <= CAPS[cap]


def test_a_trade_that_was_open_already_did_not_follow_the_loss() -> None:
    lost = {**PERFECT, "profit_loss": -1.0}
    long = {"exit_time": pd.Timestamp("2025-01-11 09:00")}
    overlapping = [{**lost, **long}, {**PERFECT, "lot_size": 0.1}]
    assert part(scored(overlapping), "escalation") == 1.0
    assert part(scored([lost, {**PERFECT, "lot_size": 0.1}]), "escalation") == 0.0


def test_only_a_set_stop_counts_not_an_exit_at_one() -> None:
    assert part(scored([{**PERFECT, "stop_price": None, "stop_loss_used": True}]), "stop") is None


def test_a_risk_of_one_percent_everywhere_is_a_default() -> None:
    assert part(scored([{**PERFECT, "risk_percent": 1.0}]), "size") is None
    assert part(scored([{**PERFECT, "risk_percent": 1.0}], [PERFECT]), "size") == 1.0


def test_a_part_of_the_risks_is_no_sum() -> None:
    found = scored([PERFECT, {**PERFECT, "risk_percent": None}])
    assert (part(found, "heat"), part(found, "size")) == (None, 1.0)


def test_emotion_and_order_of_rows_do_not_matter() -> None:
    rows = frame([PERFECT, {**PERFECT, "profit_loss": -1.0}, RECKLESS])
    assert risk_score(rows.iloc[::-1], empty_trades()) == risk_score(rows, empty_trades())


# The nine properties of `research/stats.md` 4.3, and that the future changes nothing.

SAID = {**PERFECT, "symbol": "EURUSD", "lot_size": 0.02}
trade = st.fixed_dictionaries(
    {
        "symbol": st.sampled_from(["EURUSD", "XAUUSD"]),
        "profit_loss": st.sampled_from([-50.0, -1.0, 0.0, 1.0, 80.0, None]),
        "lot_size": st.one_of(st.none(), st.floats(0.01, 50).map(lambda lots: round(lots, 2))),
        "risk_percent": st.one_of(st.none(), st.floats(0.1, 30).map(lambda risk: round(risk, 2))),
        "stop_price": st.sampled_from([None, 0.0, 1.5]),
    }
)
session = st.lists(trade, min_size=1, max_size=8)
properties = settings(max_examples=12)


def at_least(better: RiskScore, worse: RiskScore) -> bool:
    return better.score is None or worse.score is None or better.score >= worse.score


@properties
@given(session, st.integers(1, 6))
def test_it_is_from_one_to_ten_or_none(rows: Rows, plan: int) -> None:
    found = scored(rows, [SAID], trades_a_day=plan)
    assert found.score in {None, *range(1, 11)}
    assert (found.score is None) == (found.reason is not None)
    assert all(part.value is None or 0 <= part.value <= 1 for part in found.components)


@properties
@given(session, st.data())
def test_a_stop_never_lowers_it(rows: Rows, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    better = [{**row, "stop_price": 1.5} if n == place else row for n, row in enumerate(rows)]
    assert at_least(scored(better, [SAID]), scored(rows, [SAID]))


@properties
@given(session, st.data())
def test_half_the_risk_never_lowers_it(rows: Rows, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    risk = rows[place]["risk_percent"]
    better = [{**row, "risk_percent": risk and risk / 2} if n == place else row for n, row in enumerate(rows)]
    assert at_least(scored(better, [SAID]), scored(rows, [SAID]))


@properties
@given(session, st.floats(0.001, 1000))
def test_it_does_not_depend_on_the_size_of_lots(rows: Rows, factor: float) -> None:
    scaled = [
        [{**row, "lot_size": row["lot_size"] and row["lot_size"] * factor} for row in day] for day in (rows, [SAID])
    ]
    assert scored(*scaled).score == scored(rows, [SAID]).score


@properties
@given(session, st.sampled_from([-80.0, 0.0, 80.0]))
def test_the_last_result_does_not_matter(rows: Rows, result: float) -> None:
    assert scored([*rows[:-1], {**rows[-1], "profit_loss": result}], [SAID]) == scored(rows, [SAID])


@properties
@given(session, st.data(), st.floats(1, 20))
def test_a_larger_lot_that_is_not_the_first_never_raises_it(rows: Rows, data: st.DataObject, factor: float) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    chosen = rows[place]
    first = next(
        n
        for n, row in enumerate(rows)
        if (row["symbol"] == chosen["symbol"] and row["lot_size"] is not None) or n == place
    )
    if chosen["lot_size"] is None or first == place:
        return
    worse = [{**row, "lot_size": row["lot_size"] * factor} if n == place else row for n, row in enumerate(rows)]
    assert at_least(scored(rows, [SAID]), scored(worse, [SAID]))


@properties
@given(session)
def test_the_same_trades_twice_never_raise_it(rows: Rows) -> None:
    once = frame(rows)
    twice = pd.concat([once, once.assign(id=once["id"] + 50)])
    earlier = frame([SAID], day=1)
    assert at_least(risk_score(once, earlier, trades_a_day=4), risk_score(twice, earlier, trades_a_day=4))


@properties
@given(session, st.data())
def test_a_loss_in_place_of_a_win_never_raises_it(rows: Rows, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    if rows[place]["profit_loss"] is None:
        return
    worse = [{**row, "profit_loss": -10.0} if n == place else row for n, row in enumerate(rows)]
    assert at_least(scored(rows, [SAID]), scored(worse, [SAID]))


@properties
@given(session)
def test_a_reckless_trade_leaves_at_most_three(rows: Rows) -> None:
    found = scored([*rows, dict(RECKLESS)], [SAID])
    assert found.score is None or found.score <= 3


@properties
@given(st.lists(session, min_size=1, max_size=5))
def test_all_sessions_at_once_are_each_by_itself_and_know_no_future(days: list[Rows]) -> None:
    frames = [frame(rows, day=number) for number, rows in enumerate(days)]
    for upto in range(1, len(frames) + 1):
        together = risk_scores(pd.concat(frames[:upto]), trades_a_day=4)
        earlier = pd.concat(frames[: upto - 1]) if upto > 1 else empty_trades()
        assert together[-1] == risk_score(frames[upto - 1], earlier, trades_a_day=4)
        assert together == risk_scores(pd.concat(frames), trades_a_day=4)[:upto]


def test_no_trades_no_scores() -> None:
    assert risk_scores(empty_trades()) == ()
