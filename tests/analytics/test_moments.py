"""Moods told while trading: where the day stood, what followed, and when nothing may be said of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mentor.analytics.habits.record import Record
from mentor.analytics.inference import Grade
from mentor.analytics.moments import Aftermath, aftermath, moments, standing, usual_distance
from mentor.analytics.session_frame import session_table
from tests.analytics.frame_builders import moods, trade_rows

UNKNOWN = pd.Series({}, dtype="str")


def day(number: int) -> pd.Timestamp:
    return pd.Timestamp("2025-01-01") + timedelta(days=number)


def trade(session: int, entry: str, exit_: str, result: float, lots: float = 1.0, **more: Any) -> dict[str, Any]:
    """A trade of the session's day at these hours, UTC."""
    date = day(session)
    times = {"entry_time": f"{date:%Y-%m-%d} {entry}", "exit_time": f"{date:%Y-%m-%d} {exit_}"}
    row = {"session_id": session, "session_date": date, "profit_loss": result, "lot_size": lots, **times}
    return row | {"closed_at": row["exit_time"]} | more


def told(session: int, hour: str, emotion: str, timing: str = "between") -> tuple[int, str, str, str | None]:
    return session, emotion, timing, f"{day(session):%Y-%m-%d} {hour}"


def frame(
    trades: list[dict[str, Any]], checkins: list[tuple[int, str, str, str | None]], usual: float | None = 10.0
) -> pd.DataFrame:
    rows = trade_rows(trade | {"id": number} for number, trade in enumerate(trades, 1))
    felt = moods(*checkins)
    table = session_table(rows, felt, UNKNOWN, journal=rows, starting_balance=None)
    return moments(Record(table), felt, usual)


def test_a_day_is_even_while_nearer_to_zero_than_a_third_of_all_days() -> None:
    money = pd.Series([-30.0, 60.0, 90.0, -120.0, 150.0, 180.0, -210.0, 240.0, 270.0, 300.0])
    usual = usual_distance(money)
    assert usual == pytest.approx(120.0), "the fourth of ten distances is the one at a third of the way"
    assert usual_distance(money[:9]) is None
    assert [standing(running, 120.0) for running in (-121, -120, 0, 120, 121)] == [
        "behind",
        "even",
        "even",
        "even",
        "ahead",
    ]


def test_what_was_closed_by_then_and_what_was_opened_afterwards() -> None:
    (moment,) = frame(
        [
            trade(1, "09:00", "09:30", -20.0),
            trade(1, "09:10", "11:00", 500.0),  # open when the mood was told: neither before nor after
            trade(1, "10:00", "10:20", -7.0, lots=2.0),  # opened in that second
            trade(1, "12:00", "12:30", -5.0, lots=0.5),
        ],
        [told(1, "10:00", "takut")],
    ).itertuples()
    assert (moment.emotion, moment.standing, moment.running, moment.closed) == ("takut", "behind", -20.0, 1)
    assert (moment.followed, moment.result) == (2, -12.0)


def test_lots_afterwards_stand_beside_the_usual_ones_of_earlier_sessions() -> None:
    (moment,) = frame(
        [
            trade(1, "09:00", "09:30", 1.0, lots=1.0),
            trade(2, "09:00", "09:30", -20.0, lots=1.0),
            trade(2, "10:30", "10:40", 1.0, lots=2.0),
            trade(2, "11:30", "11:40", 1.0, lots=4.5),
        ],
        [told(2, "10:00", "takut")],
    ).itertuples()
    assert np.exp(moment.size) == pytest.approx(3.0), "√(2 × 4.5)"


@pytest.mark.parametrize(
    ("trades", "checkin"),
    [
        ([trade(1, "09:00", "09:30", -20.0)], told(1, "08:00", "takut", "before")),
        ([trade(1, "09:00", "09:30", -20.0)], told(1, "09:10", "takut")),
        ([trade(1, "09:00", "09:30", -20.0)], (1, "takut", "unknown", None)),
        (
            [trade(1, "09:00", "09:30", -20.0), trade(1, "09:00", "12:00", 5.0, entry_time=None)],
            told(1, "10:00", "takut"),
        ),
    ],
    ids=["before trading", "nothing closed yet", "time unknown", "a trade without its times"],
)
def test_no_moment(trades: list[dict[str, Any]], checkin: tuple[int, str, str, str | None]) -> None:
    assert frame(trades, [checkin]).empty


def test_an_empty_journal_has_no_moments() -> None:
    nothing = frame([], [], usual=None)
    assert nothing.empty
    assert aftermath(nothing, "takut", "even").evidence.sessions_missing == 30


def journal(outcomes: np.ndarray, emotions: list[str], *, first: float = -20.0) -> pd.DataFrame:
    """A session an outcome: a trade that leaves the day behind, the mood, then one trade with that outcome."""
    trades = [
        row
        for number, outcome in enumerate(outcomes.tolist())
        for row in (
            trade(number, "09:00", "09:30", first - number % 7),
            trade(number, "11:00", "11:30", outcome),
        )
    ]
    return frame(trades, [told(number, "10:00", emotion) for number, emotion in enumerate(emotions)])


def test_one_moment_a_session_the_first_such_and_who_stopped_is_counted_apart() -> None:
    trades = [trade(number, "09:00", "09:30", -20.0) for number in range(4)]
    trades += [trade(number, "12:00", "12:30", 1.0) for number in range(3)]  # the last session stopped
    checkins = [
        *(told(number, hour, "takut") for number in (0, 3) for hour in ("10:00", "10:30")),
        told(1, "10:00", "marah"),
        told(1, "10:30", "takut"),
        told(2, "10:00", "marah"),
        told(2, "10:30", "ragu"),
    ]
    after = aftermath(frame(trades, checkins), "takut", "behind")
    assert (after.n, after.n_baseline, after.stopped, after.trades) == (2, 1, 1, 1.0)
    assert after.evidence.grade is Grade.NOT_ENOUGH
    assert after.effect is None
    nobody = aftermath(frame(trades, checkins), "takut", "ahead")
    assert (nobody.n, nobody.n_baseline, nobody.trades) == (0, 0, None)


def test_a_plain_effect_is_found_and_never_more_than_a_hint() -> None:
    emotions = ["takut" if number % 3 == 0 else "ragu" for number in range(90)]
    noise = np.random.default_rng(1).normal(0, 1, 90).round(2)
    outcomes = noise - 20.0 * (np.array(emotions) == "takut")
    after = aftermath(journal(outcomes, emotions), "takut", "behind")
    assert (after.n, after.n_baseline) == (30, 60)
    assert after.effect is not None
    assert after.effect.value == pytest.approx(-20.0, abs=0.6)
    assert after.effect.low < -20 < after.effect.high
    # Two emotions tested (Holm: × 2), three standings.
    assert after.p_value == pytest.approx(3 * 2 * after.effect.p_value)
    assert after.evidence.grade is Grade.HINT


def test_how_the_day_stood_explains_what_only_seems_to_be_the_mood() -> None:
    """The further behind, the more fearful and the worse the rest: the mood itself adds nothing."""
    random = np.random.default_rng(5)
    behind = np.sort(random.uniform(10, 400, 120))
    fearful = behind + random.normal(0, 60, 120) > 200
    rest = -0.5 * behind + random.normal(0, 10, 120)
    trades = [
        row
        for number in range(120)
        for row in (
            trade(number, "09:00", "09:30", -float(behind[number])),
            trade(number, "11:00", "11:30", float(rest[number])),
        )
    ]
    checkins = [told(number, "10:00", "takut" if fearful[number] else "ragu") for number in range(120)]
    after = aftermath(frame(trades, checkins, usual=5.0), "takut", "behind")
    assert after.effect is not None
    plain = rest[fearful].mean() - rest[~fearful].mean()
    assert plain < -50
    assert abs(after.effect.value) < 0.2 * abs(plain)


def null(seed: int) -> Aftermath:
    """Forty such days made directly: hundreds of them are needed."""
    random = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "session_id": range(40),
            "session_date": pd.date_range("2025-01-01", periods=40),
            "emotion": random.choice(["takut", "ragu", "tenang"], 40, p=[0.3, 0.3, 0.4]),
            "standing": "behind",
            "running": -random.uniform(20, 200, 40),
            "closed": random.integers(1, 5, 40),
            "followed": random.integers(1, 5, 40),
            "result": np.round(random.standard_t(3, 40) * 100, 2),
            "size": 0.0,
        }
    )
    return aftermath(rows, "takut", "behind")


def test_journals_without_any_effect_hardly_ever_get_a_claim() -> None:
    claims = sum(null(seed).evidence.grade.strength >= Grade.HINT.strength for seed in range(200))
    assert claims <= 10, f"{claims} of 200"


def test_money_in_another_unit_and_rows_in_another_order_change_nothing() -> None:
    emotions = ["takut" if number % 3 == 0 else "ragu" for number in range(60)]
    outcomes = np.random.default_rng(3).normal(0, 10, 60).round(2)
    one = aftermath(journal(outcomes, emotions), "takut", "behind")
    in_rupiah = aftermath(journal(16_000 * outcomes, emotions, first=-320_000.0), "takut", "behind")
    assert one.p_value == in_rupiah.p_value
    shuffled = journal(outcomes, emotions).sample(frac=1, random_state=1).sort_values(["session_date"], kind="stable")
    other = aftermath(shuffled, "takut", "behind")
    assert one.p_value == other.p_value
    assert one.effect == other.effect
