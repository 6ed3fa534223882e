"""What a mood cannot have changed is not laid at its door."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import fisher_exact

from mentor.analytics.emotion_report import emotion_report
from mentor.analytics.inference import Cause, Effect, Undetermined
from mentor.analytics.mood_checks import MoodChecks
from tests.analytics.frame_builders import trade_rows
from tests.analytics.mood_journals import ZONE, heavy_tailed, known, mixed, report, told


def checks(results: list[float], emotions: list[str]) -> MoodChecks:
    return next(one.checks for one in report(results, emotions).emotions if one.emotion == "takut")


def test_how_often_a_mood_follows_a_loss() -> None:
    """Fear on 2 of the 3 days after a loss and 1 of the 3 after a win; the day after a zero counts as neither."""
    emotions = ["tenang", "takut", "tenang", "takut", "takut", "tenang", "tenang", "takut"]
    reverse = checks([-1.0, 2.0, -1.0, 3.0, -1.0, 5.0, 0.0, 1.0], emotions).reverse
    assert (reverse.after_loss, reverse.sessions_after_loss) == (2, 3)
    assert (reverse.after_win, reverse.sessions_after_win) == (1, 3)
    assert reverse.ratio == pytest.approx(2.0)
    assert reverse.p_value == pytest.approx(fisher_exact([[2, 1], [1, 2]]).pvalue)


def test_what_never_followed_a_win_has_no_ratio() -> None:
    reverse = checks([-1.0, 2.0, 3.0, -1.0, 2.0], ["tenang", "takut", "tenang", "tenang", "takut"]).reverse
    assert (reverse.after_loss, reverse.after_win, reverse.ratio) == (2, 0, None)
    assert reverse.p_value is not None
    nothing = checks([5.0] * 4, ["tenang", "takut"] * 2).reverse
    assert (nothing.sessions_after_loss, nothing.ratio, nothing.p_value) == (0, None, None)


def test_a_mood_that_yesterday_brought_is_suspicious() -> None:
    """Fear after losing sessions only: it seems to have cost yesterday money."""
    results = heavy_tailed(120, 5)
    emotions = ["tenang", *("takut" if before < 0 else "tenang" for before in results[:-1])]
    found = checks(results.tolist(), emotions)
    assert isinstance(found.yesterday, Effect)
    assert found.yesterday.value < 0
    assert found.yesterday.p_value <= 0.001
    assert found.suspicious
    assert found.reverse.ratio is None  # never after a win
    by_chance = [checks(results.tolist(), mixed(120, seed, "takut")).suspicious for seed in range(10)]
    assert sum(by_chance) <= 2


def test_the_test_of_yesterday_is_moved_back_as_a_whole() -> None:
    """Yesterday's result with yesterday's market and the day before it; the first session has no yesterday."""
    results, emotions = heavy_tailed(61, 6).tolist(), mixed(61, 3, "takut")
    markets = {number: "berita" for number in range(1, 62) if number % 4 == 0}
    [whole] = report(results, emotions, markets=markets).emotions
    [moved] = report(results[:-1], emotions[1:], markets=markets).emotions
    control, direct = whole.checks.yesterday, moved.result.effect
    assert isinstance(control, Effect)
    assert direct is not None
    # Not quite the same: what came before is ranked among one session more.
    assert (control.value, control.p_value) == pytest.approx((direct.value, direct.p_value), rel=0.01)


def test_what_a_bot_made_beside_the_trader_is_a_control() -> None:
    random = np.random.default_rng(4)
    emotions, own, robot = mixed(80, 7, "takut"), heavy_tailed(80, 1), random.normal(size=80)
    fearful = np.array(emotions) == "takut"

    def of(bot: np.ndarray) -> MoodChecks:
        rows = trade_rows(
            {"session_id": day + 1, "session_date": f"2025-{day // 28 + 1:02}-{day % 28 + 1:02}", "profit_loss": amount}
            | {"origin": origin, "id": 2 * day + (origin == "bot")}
            for day in range(80)
            for origin, amount in (("hand", own[day]), ("bot", bot[day]))
        )
        [emotion] = emotion_report(rows, told(emotions), known({}), zone=ZONE).emotions
        return emotion.checks

    innocent, odd = of(robot), of(robot - 3 * fearful)
    assert isinstance(innocent.bots, Effect)
    assert (innocent.bots.n_treated, innocent.suspicious) == (int(fearful.sum()), False)
    assert isinstance(odd.bots, Effect)
    assert odd.bots.p_value <= 0.001
    assert odd.suspicious


def test_without_a_yesterday_or_a_bot_there_is_no_control() -> None:
    found = checks([3.0, 4.0], ["takut", "tenang"])
    assert found.yesterday == Undetermined(reason=Cause.NO_TREATED, n_treated=0, n_baseline=1)
    assert found.bots is None
    assert not found.suspicious
