"""What trading looks like in a mood: trades, size, pauses, holding time, stops, results."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mentor.analytics.emotion_report import emotion_report
from mentor.analytics.inference import benjamini_hochberg
from mentor.analytics.mood_effects import Behaviour, MoodEffect
from tests.analytics.frame_builders import trade_rows
from tests.analytics.mood_journals import ZONE, heavy_tailed, known, mixed, report, told

EMOTIONS = mixed(100, 3, "takut")


def effects(rows: pd.DataFrame, emotions: list[str], timing: str = "before") -> dict[Behaviour, MoodEffect]:
    found = emotion_report(rows, told(emotions, timing), known({}), zone=ZONE)
    return {one.behaviour: one for one in found.effects if one.emotion == "takut"}


def days() -> Iterator[dict[str, Any]]:
    """On fearful days twice the trades, three times the lots, a quarter of the pause, half the time in a trade."""
    random = np.random.default_rng(1)
    for number, emotion in enumerate(EMOTIONS):
        fearful = emotion == "takut"
        moment = pd.Timestamp("2025-01-01 08:00", tz="UTC") + pd.Timedelta(days=number)
        for _ in range((4 if fearful else 2) * int(random.integers(1, 3))):
            end = moment + pd.Timedelta(minutes=(10 if fearful else 20) * math.exp(random.normal(0, 0.1)))
            yield {
                "session_id": number + 1,
                "session_date": moment.tz_localize(None).normalize(),
                "entry_time": moment,
                "exit_time": end,
                "profit_loss": float(random.normal()) - fearful,
                "lot_size": (0.3 if fearful else 0.1) * math.exp(random.normal(0, 0.05)),
                "stop_price": 1.1 if random.random() < (0.1 if fearful else 0.9) else None,
            }
            moment = end + pd.Timedelta(minutes=(5 if fearful else 20) * math.exp(random.normal(0, 0.1)))


def test_each_way_of_trading_is_found_and_measured() -> None:
    found = effects(trade_rows({"id": number} | row for number, row in enumerate(days())), EMOTIONS)
    expected: dict[Behaviour, float] = {
        "trades": 2,
        "size": 3,
        "pause": 0.25,
        "holding": 0.5,
        "stops": -0.8,
        "result": -1,
    }
    for name, value in expected.items():
        one = found[name]
        assert one.value == pytest.approx(value, rel=0.3), name
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.value <= one.high
        assert one.adjusted_p_value is not None
        assert one.adjusted_p_value <= 0.05
    assert found["holding"].baseline == pytest.approx(20 * 60, rel=0.1)
    assert found["holding"].typical == pytest.approx(10 * 60, rel=0.1)
    assert [one.ratio for one in found.values()] == [True, True, True, True, False, False]


def test_the_tests_are_one_family() -> None:
    rows = trade_rows({"id": number} | row for number, row in enumerate(days()))
    found = emotion_report(rows, told(EMOTIONS), known({}), zone=ZONE).effects
    p_values = [one.p_value for one in found if one.p_value is not None]
    assert [one.adjusted_p_value for one in found if one.p_value is not None] == list(benjamini_hochberg(p_values))


def test_a_pause_is_the_time_in_which_no_trade_was_open() -> None:
    """The second trade begins while the first is open; the third one hour after the last exit."""
    times = [("08:00", "10:00"), ("09:00", "09:30"), ("11:00", "11:10")]
    rows = trade_rows(
        {"id": number, "session_id": 1, "session_date": "2025-01-01", "profit_loss": 1.0}
        | {"entry_time": f"2025-01-01 {entry}", "exit_time": f"2025-01-01 {end}"}
        for number, (entry, end) in enumerate(times)
    )
    assert effects(rows, ["takut"])["pause"].typical == pytest.approx(3600)


def test_what_nobody_recorded_is_unknown() -> None:
    found = {one.behaviour: one for one in report(heavy_tailed(60, 1).tolist(), mixed(60, 2, "takut")).effects}
    for name in ("size", "pause", "holding", "stops"):
        assert (found[name].typical, found[name].value, found[name].p_value, found[name].n) == (None, None, None, 0)
    assert found["result"].p_value is not None
    assert found["trades"].reason is not None  # one trade on every day


def test_too_few_sessions_are_described_and_not_tested() -> None:
    found = {one.behaviour: one for one in report([1.0, 3.0], ["takut", "tenang"]).effects if one.emotion == "takut"}
    assert (found["result"].typical, found["result"].baseline) == (1.0, 3.0)
    assert (found["result"].value, found["result"].p_value, found["result"].reason) == (None, None, None)


def test_moods_told_later_are_a_family_of_their_own() -> None:
    found = report(heavy_tailed(60, 1).tolist(), mixed(60, 2, "takut"), timing="after").effects
    assert {one.told for one in found} == {"hindsight"}
