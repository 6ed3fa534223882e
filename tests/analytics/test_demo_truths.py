"""What `data/demo.md` says is true of the invented trader is found; of the one without effects nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentor.analytics.emotion_report import EmotionReport, emotion_report
from mentor.analytics.inference import Effect, Grade
from mentor.analytics.mood_effects import Behaviour, MoodEffect
from mentor.analytics.session_frame import recorded_markets
from mentor.demo import fill
from mentor.journal import Journal


def _report(folder: Path, *, null: bool) -> EmotionReport:
    with Journal.open(folder / "demo.db", timezone="Asia/Jakarta") as journal:
        fill(journal, null=null)
        return emotion_report(
            journal.trades(),
            journal.moods(),
            recorded_markets(journal.sessions()),
            zone=journal.zone,
            starting_balance=journal.preferences().starting_balance,
        )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> EmotionReport:
    return _report(tmp_path_factory.mktemp("demo"), null=False)


@pytest.fixture(scope="module")
def null(tmp_path_factory: pytest.TempPathFactory) -> EmotionReport:
    return _report(tmp_path_factory.mktemp("null"), null=True)


def test_greed_costs_what_it_costs(demo: EmotionReport) -> None:
    """A greedy session: 425 dollars below the calm and neutral ones."""
    greed = demo.emotions[0]
    assert (greed.emotion, greed.grade, demo.unit) == ("serakah", Grade.STRONG, "r")
    assert greed.money.effect is not None
    assert greed.money.effect.low < -425 < greed.money.effect.high < 0
    assert greed.money.pooled is not None
    assert greed.money.pooled.low < -425 < greed.money.pooled.high < 0
    assert greed.r is not None
    assert demo.before.omnibus is not None
    assert demo.before.omnibus.p_value <= 0.01
    assert not greed.checks.suspicious


def test_greed_trades_more_bigger_and_worse(demo: EmotionReport) -> None:
    found = {one.behaviour: one for one in demo.effects if one.emotion == "serakah" and one.told == "before"}
    for name, value in {"trades": 2.0, "size": 1.8}.items():
        _holds(found[name], value)  # type: ignore[index]
    assert found["result"].high is not None
    assert found["result"].high < 0
    split = demo.emotions[0].split
    assert split is not None
    assert max(split.frequency, split.size, split.edge) < 0
    assert split.frequency + split.size + split.edge == pytest.approx(split.raw)


def _holds(one: MoodEffect, value: float) -> None:
    assert one.low is not None
    assert one.high is not None
    assert one.low < value < one.high
    assert one.adjusted_p_value is not None
    assert one.adjusted_p_value <= 0.01


def test_fear_frustration_and_tiredness_do_nothing(demo: EmotionReport) -> None:
    for one in demo.emotions[1:]:
        assert (one.emotion in {"takut", "frustasi", "lelah"}, one.grade) == (True, Grade.NO_SIGN)
        ways: set[Behaviour] = {"trades", "size", "pause", "holding", "stops"}
        for effect in demo.effects:
            if effect.emotion == one.emotion and effect.told == "before" and effect.behaviour in ways:
                assert effect.adjusted_p_value is not None
                assert effect.adjusted_p_value > 0.05


def test_days_do_not_follow_one_another_and_the_bot_notices_nothing(demo: EmotionReport) -> None:
    assert demo.carry_over.p_value is not None
    assert demo.carry_over.p_value > 0.05
    greed = demo.emotions[0].checks
    assert greed.reverse.p_value is not None
    assert greed.reverse.p_value > 0.05
    assert isinstance(greed.bots, Effect)
    assert greed.bots.p_value > 0.05


def test_the_record_is_as_complete_as_it_is(demo: EmotionReport) -> None:
    coverage = demo.coverage
    assert (coverage.sessions, coverage.before, coverage.later, coverage.unrecorded) == (250, 195, 18, 37)
    assert demo.before.baseline.rule == "calm_and_neutral"
    assert all(one.grade is Grade.NOT_ENOUGH for one in demo.hindsight.emotions)


def test_of_the_trader_without_effects_nothing_is_said(null: EmotionReport) -> None:
    for one in null.emotions:
        assert one.grade in {Grade.NO_SIGN, Grade.ABOUT_THE_SAME}
    assert null.before.omnibus is not None
    assert null.before.omnibus.p_value > 0.05
    assert all(one.adjusted_p_value is None or one.adjusted_p_value > 0.05 for one in null.effects)
