"""Instant feedback: what is known, what is suggested and why, on journals small enough to work out by hand."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mentor import Journal
from mentor.analytics import emotion_cost, mood_model
from mentor.analytics.emotion_cost import comparison
from mentor.analytics.inference import Grade, freedman_lane
from mentor.analytics.plain import plain
from mentor.errors import InvalidArgument
from mentor.i18n import language
from mentor.i18n.language import LANGUAGES
from mentor.models import Preferences, RiskPlan, Trade
from mentor.report import feedback_words
from mentor.report.feedback import Evidence, InstantFeedback, Past, Suggestion, Told, instant_feedback, past
from tests.analytics.frame_builders import moods, trade_rows
from tests.analytics.mood_journals import heavy_tailed, mixed, session_table
from tests.conftest import NOW

TODAY = date(2025, 6, 1)
PLAN = Preferences(timezone="Asia/Jakarta", currency="USD")


def sessions(results: Any, emotions: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One trade a day with these results, and the mood told before it."""
    trades = trade_rows({"profit_loss": float(result), "lot_size": 0.4} for result in results)
    felt = moods(*((number, emotion, "before", "2025-01-01 01:00") for number, emotion in enumerate(emotions, 1)))
    return trades, felt.assign(session_date=trades["session_date"])


def known(results: Any, emotions: list[str], markets: dict[int, str] | None = None) -> tuple[Past, pd.DataFrame]:
    trades, felt = sessions(results, emotions)
    told = pd.Series(markets or {}, dtype="str")
    return past(TODAY, trades=trades, moods=felt, markets=told, starting_balance=None), trades


def answer(results: Any, emotions: list[str], told: Told, preferences: Preferences = PLAN) -> InstantFeedback:
    before, trades = known(results, emotions)
    return instant_feedback(told, before, trades, preferences)


def fearful(loss: float = -50.0) -> tuple[Any, list[str]]:
    """60 days, on 20 of them a fear that comes with so much less."""
    random = np.random.default_rng(2)
    emotions = [str(word) for word in random.permutation(["takut"] * 20 + ["tenang"] * 40)]
    return random.normal(0, 10, 60).round(2) + loss * (np.array(emotions) == "takut"), emotions


@pytest.mark.parametrize(
    ("told", "action", "reason"),
    [
        (Told(emotion="takut"), "smaller", "worse"),
        (Told(emotion="takut", intensity=3), "smaller", "worse"),
        (Told(emotion="takut", intensity=4), "pause", "intensity"),
        (Told(emotion="marah", intensity=5), "pause", "intensity"),
        (Told(emotion="serakah", intensity=5), "smaller", "hard_mood"),
        (Told(emotion="lelah"), "smaller", "hard_mood"),
        (Told(emotion="tenang"), "carry_on", "steady_mood"),
        (Told(emotion="percaya_diri", intensity=5), "carry_on", "steady_mood"),
        (Told(emotion="senang sekali"), "carry_on", "own_word"),
    ],
)
def test_the_first_rule_that_applies(told: Told, action: str, reason: str) -> None:
    given = answer(*fearful(), told)
    assert (given.suggestion.action, given.suggestion.reason) == (action, reason)
    assert given.suggestion.own == (reason == "worse")


def test_evidence_is_that_of_the_emotions_analysis() -> None:
    given = answer(*fearful(), Told(emotion="takut"))
    assert given.phase == "before"
    found = given.evidence
    assert found is not None
    assert (found.n, found.n_baseline, found.compared, found.unit) == (20, 40, "calm_and_neutral", "money")
    assert found.grade is Grade.STRONG
    assert found.value == pytest.approx(-50, abs=6)
    assert (found.low, found.high) == pytest.approx((found.value - 6, found.value + 6), abs=2)
    assert given.suggestion.numbers == {"symbol": "EURUSD", "usual": 0.4, "half": 0.2, "decimals": 1}


def test_better_is_no_reason_to_trade_bigger() -> None:
    given = answer(*fearful(50.0), Told(emotion="takut"))
    assert (given.suggestion.action, given.suggestion.reason) == ("carry_on", "better")
    assert "no reason to trade bigger" in feedback_words.ground(given.suggestion)


def test_below_the_least_number_of_sessions_a_general_rule_is_named_as_one() -> None:
    given = answer([10.0, -20.0, 5.0], ["takut", "takut", "tenang"], Told(emotion="takut"))
    assert given.evidence is not None
    assert (given.evidence.n, given.evidence.value, given.evidence.grade) == (2, None, Grade.NOT_ENOUGH)
    assert given.evidence.missing == 27, "30 sessions with a mood"
    assert feedback_words.known(given) == (
        "Sessions that began Fearful: 2 so far. Your own numbers need at least 27 more sessions."
    )
    assert feedback_words.ground(given.suggestion).startswith("A general rule, not your own numbers:")
    assert "USD" not in " ".join([feedback_words.known(given), *feedback_words.why(given)]), "no amount below it"


def test_a_feeling_that_was_never_told_and_an_empty_journal() -> None:
    never = answer(*fearful(), Told(emotion="marah"))
    assert never.evidence is not None
    assert (never.evidence.n, never.evidence.missing) == (0, 5)
    empty = answer([], [], Told(emotion="tenang"))
    assert empty.evidence is not None
    assert (empty.evidence.n, empty.evidence.missing, empty.usual) == (0, 30, None)


def test_what_others_are_compared_with_is_not_compared_with_itself() -> None:
    given = answer(*fearful(), Told(emotion="tenang"))
    assert (given.evidence, given.baseline) == (None, 40)
    assert "40 sessions began so" in feedback_words.known(given)


def test_a_market_is_described_from_five_sessions_on() -> None:
    results, emotions = fearful()
    afraid = [number for number, emotion in enumerate(emotions, 1) if emotion == "takut"]
    markets = dict.fromkeys(afraid[:5], "volatile") | dict.fromkeys(afraid[5:9], "berita")
    before, trades = known(results, emotions, markets)
    given = instant_feedback(Told(emotion="takut", market="volatile"), before, trades, PLAN)
    assert given.in_market is not None
    assert given.in_market.n == 5
    assert given.in_market.mean == pytest.approx(float(np.mean([results[number - 1] for number in afraid[:5]])))
    assert instant_feedback(Told(emotion="takut", market="berita"), before, trades, PLAN).in_market is None


@pytest.mark.parametrize(
    ("running", "phase", "standing"), [(None, "before", None), (0.0, "before", None), (-500.0, "during", "behind")]
)
def test_a_running_result_says_that_the_day_has_begun(running: float | None, phase: str, standing: str | None) -> None:
    given = answer(*fearful(), Told(emotion="takut", running=running))
    assert (given.phase, given.standing) == (phase, standing)
    if running:
        assert given.suggestion.reason == "hard_mood", "evidence of mornings is none for the middle of a day"


def test_the_plan_comes_first() -> None:
    results, emotions = fearful()
    before, trades = known(results, emotions)
    lost = trade_rows(
        {"id": 100 + number, "session_id": 100, "session_date": pd.Timestamp(TODAY), "profit_loss": -1.0}
        for number in range(3)
    )
    every = pd.concat([trades, lost], ignore_index=True).astype(dict(trades.dtypes.astype("str")))
    strong = Told(emotion="marah", intensity=5)
    losses = replace(PLAN, risk_plan=RiskPlan(stop_after_losses=3, trades_a_day=3))
    given = instant_feedback(strong, before, every, losses)
    assert (given.phase, given.suggestion.action, given.suggestion.reason) == ("over", "stop", "plan_losses")
    assert feedback_words.known(given) == (
        "Your plan ends the day after 3 losses in a row. After the last trade there is nothing to predict."
    )
    count = replace(PLAN, risk_plan=RiskPlan(trades_a_day=3))
    assert instant_feedback(strong, before, every, count).suggestion.numbers == {"trades": 3, "limit": 3}
    within = replace(PLAN, risk_plan=RiskPlan(stop_after_losses=4, trades_a_day=4))
    given = instant_feedback(strong, before, every, within)
    assert (given.phase, given.running, given.suggestion.reason) == ("during", -3.0, "intensity")


def test_nothing_of_today_or_later_is_used() -> None:
    results, emotions = fearful()
    trades, felt = sessions(results, emotions)
    later = trade_rows(
        {"id": 100 + number, "session_id": 100 + number, "session_date": pd.Timestamp(TODAY) + timedelta(days=number)}
        | {"profit_loss": 9999.0, "lot_size": 50.0}
        for number in range(20)
    )
    more = moods(*((100 + number, "takut", "before", "2025-06-01 01:00") for number in range(20)))
    more["session_date"] = later["session_date"]
    markets = pd.Series({}, dtype="str")
    with_later = past(
        TODAY,
        trades=pd.concat([trades, later], ignore_index=True).astype(dict(trades.dtypes.astype("str"))),
        moods=pd.concat([felt, more], ignore_index=True),
        markets=markets,
        starting_balance=None,
    )
    told = Told(emotion="takut")
    before = past(TODAY, trades=trades, moods=felt, markets=markets, starting_balance=None)
    assert instant_feedback(told, with_later, trades, PLAN) == instant_feedback(told, before, trades, PLAN)


def test_journals_without_any_effect_hardly_ever_get_a_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    """With fewer permutations, and without what neither grade nor advice asks for."""
    monkeypatch.setattr(mood_model, "freedman_lane", functools.partial(freedman_lane, permutations=199))
    for name in ("mood_checks", "shifted_p_value", "_split", "_omnibus"):
        monkeypatch.setattr(emotion_cost, name, lambda *_: None)
    empty, trades = known([], [])
    claims = 0
    for seed in range(200):
        table = session_table(heavy_tailed(40, seed), mixed(40, seed, "takut", "ragu", "serakah"))
        here = replace(empty, table=table, before=comparison(table, "before"))
        given = instant_feedback(Told(emotion="takut"), here, trades, PLAN)
        claims += given.suggestion.reason in ("worse", "better")
    assert claims <= 20, f"{claims} of 200"


# The journal ------------------------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> list[datetime]:
    return [NOW]


@pytest.fixture
def ticking(tmp_path: Path, clock: list[datetime]) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "ticking.db", timezone="Asia/Jakarta", now=lambda: clock[0])
    yield opened
    opened.close()


def traded(journal: Journal, result: float, at: datetime) -> None:
    journal.add_trade(
        Trade(
            symbol="EURUSD",
            profit_loss=result,
            lot_size=1.0,
            entry_time=at - timedelta(minutes=10),
            exit_time=at - timedelta(minutes=1),
        )
    )


def test_a_day_as_it_goes(ticking: Journal, clock: list[datetime]) -> None:
    """Twelve days with a fear told in the middle of a losing day, then today."""
    for back in range(12, 0, -1):
        begun = NOW - timedelta(days=back)
        clock[0] = begun
        traded(ticking, -30.0 - back, begun)
        ticking.check_in("takut")
        if back > 4:
            traded(ticking, 5.0, begun + timedelta(minutes=30))
    clock[0] = NOW
    assert ticking.instant_feedback("fear").phase == "before"
    traded(ticking, -60.0, NOW)
    given = ticking.instant_feedback("Fear!", "volatile", intensity=2)
    assert (given.emotion, given.phase, given.standing, given.running) == ("takut", "during", "behind", -60.0)
    assert given.evidence is not None
    assert given.onward is not None
    # The days ended 30 … 37 (eight that went on) and 31 … 34 behind: a third of them within 32. On ten of them it was
    # further behind when the fear was told, 33 to 42.
    assert given.usual == 32.0
    assert (given.evidence.n, given.onward.stopped, given.onward.trades) == (8, 2, 1.0)
    assert given.evidence.grade is Grade.NOT_ENOUGH
    assert ticking.instant_feedback("takut", running_pnl=60.0).standing == "ahead"
    assert ticking.sessions()[0].emotions == "netral", "nothing is stored"


@pytest.mark.parametrize(
    "asked", [{"emotion": ""}, {"emotion": "takut", "intensity": 6}, {"emotion": "takut", "running_pnl": float("nan")}]
)
def test_what_cannot_be_asked(journal: Journal, asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        journal.instant_feedback(**asked)


def test_the_answer_for_machines_is_ids_and_numbers(journal: Journal) -> None:
    given = plain(journal.instant_feedback("takut"))
    assert json.loads(json.dumps(given)) == given
    assert given["suggestion"] == {"action": "smaller", "reason": "hard_mood", "numbers": {}, "own": False}


# Words ------------------------------------------------------------------------------------------------------------


def given_during(value: float, grade: Grade) -> InstantFeedback:
    found = Evidence(
        unit="r",
        compared="other_moments",
        n=12,
        n_baseline=40,
        value=value,
        low=value - 0.5,
        high=value + 0.5,
        p_value=0.03,
        grade=grade,
        missing=0,
        reason=None,
    )
    base = answer(*fearful(), Told(emotion="takut", running=-500.0))
    return replace(base, evidence=found)


def test_a_hint_is_said_as_one_and_never_as_a_cause() -> None:
    given = given_during(-1.25, Grade.HINT)
    assert feedback_words.known(given) == (
        "A hint: on days clearly down, trading on while Fearful is associated with 1.25 R less by the end of the day "
        "than your other moods on such days (90% interval −1.75 to −0.75, n = 12)."
    )
    assert feedback_words.done(given) == "Done for today? Then there is nothing to predict."
    assert any("never more than a hint" in line for line in feedback_words.why(given))
    unclear = feedback_words.known(given_during(0.2, Grade.NO_SIGN))
    assert unclear.startswith("No clear sign: +0.20 R when you traded on while Fearful")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (
            {"symbol": "EURUSD", "usual": 0.35, "half": 0.17, "decimals": 2},
            "Trade smaller: EURUSD at most 0.17 instead of your usual 0.35.",
        ),
        (
            {"symbol": "ES", "usual": 1.0, "half": None, "decimals": 0},
            "Trade the smallest size you can: of ES your usual one is 1.",
        ),
        ({}, "Trade half of your usual size."),
    ],
)
def test_a_smaller_size_in_the_traders_own_lots(numbers: dict[str, Any], words: str) -> None:
    assert feedback_words.advice(Suggestion(action="smaller", reason="worse", numbers=numbers)) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"after": "loss", "seconds": 170.0}, "Pause at least 3 min, your usual pause after a loss."),
        ({"after": "win", "seconds": 3600.0}, "Pause at least 1 h, your usual pause after a win."),
        ({}, "Pause before the next trade."),
    ],
)
def test_a_pause_as_long_as_usual(numbers: dict[str, Any], words: str) -> None:
    assert feedback_words.advice(Suggestion(action="pause", reason="intensity", numbers=numbers)) == words


FACES: list[Callable[[], InstantFeedback]] = [
    lambda: answer(*fearful(), Told(emotion="takut", market="volatile")),
    lambda: answer(*fearful(), Told(emotion="tenang")),
    lambda: answer([], [], Told(emotion="marah", intensity=5)),
    lambda: answer(*fearful(), Told(emotion="takut", running=-500.0)),
    lambda: given_during(-1.25, Grade.HINT),
    lambda: given_during(1.25, Grade.NO_SIGN),
]


@pytest.mark.parametrize("face", FACES)
def test_both_languages_say_all_of_it(face: Callable[[], InstantFeedback]) -> None:
    given = face()
    said = {}
    for spoken in LANGUAGES:
        with language.spoken(spoken):
            words = feedback_words
            said[spoken] = [words.known(given), words.advice(given.suggestion), words.ground(given.suggestion)]
            said[spoken] += words.why(given)
    for one, other in zip(said["id"], said["en"], strict=True):
        assert one
        assert one != other, "said in Indonesian too"
        assert "{" not in one + other
