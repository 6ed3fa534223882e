"""In invented journals where no mood does anything, the test is wrong about as often as it says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from mentor.analytics.inference import Effect, freedman_lane, normal_scores
from tests.analytics.inference.journals import GREEDY, MARKETS, NEUTRAL, Floats, Journals, invented

JOURNALS, SESSIONS = 400, 60


def covariates(journals: Journals, row: int) -> Floats:
    """Markets, and yesterday's result as a normal score."""
    scores = normal_scores(np.concatenate([[0.0], journals.results[row, :-1]]))
    scores[0] = 0.0
    return np.column_stack([journals.markets[row] == market for market in range(1, MARKETS)] + [scores])


def compared(journals: Journals) -> list[Effect]:
    """Greedy against calm and neutral, wherever there are sessions enough for a verdict."""
    found = []
    for row, moods in enumerate(journals.moods):
        rows = (moods == GREEDY) | (moods <= NEUTRAL)
        if (moods == GREEDY).sum() >= 5 and (moods <= NEUTRAL).sum() >= 10:
            result = journals.results[row, rows]
            effect = freedman_lane(result, moods[rows] == GREEDY, covariates(journals, row)[rows], seed=row)
            assert isinstance(effect, Effect)
            found.append(effect)
    return found


@pytest.mark.parametrize("confounded", [False, True], ids=["plain", "confounded"])
def test_false_alarms_are_as_rare_as_promised(confounded: bool) -> None:
    """Oracle 22: within [2.5, 8.5] % at 60 sessions; the interval misses as often as the test alarms."""
    effects = compared(invented(JOURNALS, SESSIONS, seed=20260105, confounded=confounded))
    assert len(effects) > 0.8 * JOURNALS
    assert 0.025 <= np.mean([effect.p_value <= 0.05 for effect in effects]) <= 0.085
    assert 0.915 <= np.mean([effect.low <= 0 <= effect.high for effect in effects]) <= 0.985


def test_the_invented_journals_bite() -> None:
    """Oracle 22: on the same data the t test of single trades is wrong more than 10 times in 100."""
    journals = invented(JOURNALS, SESSIONS, seed=20260105, confounded=False)
    alarms = []
    for moods, trades in zip(journals.moods, journals.trades, strict=True):
        greedy, calm = trades[moods == GREEDY].ravel(), trades[moods <= NEUTRAL].ravel()
        alarms.append(stats.ttest_ind(greedy, calm, equal_var=False, nan_policy="omit").pvalue <= 0.05)
    assert np.mean(alarms) > 0.10


def test_without_its_covariates_the_test_is_misled() -> None:
    """The confounded journals really are: the market has to be in the model."""
    journals = invented(JOURNALS, 250, seed=7, confounded=True)
    alarms = []
    for row, moods in enumerate(journals.moods[:150]):
        rows = (moods == GREEDY) | (moods <= NEUTRAL)
        bare = freedman_lane(journals.results[row, rows], moods[rows] == GREEDY, [], seed=row, permutations=199)
        alarms.append(isinstance(bare, Effect) and bare.p_value <= 0.05)
    assert np.mean(alarms) > 0.085


def test_what_is_there_is_found() -> None:
    """A loss of one deviation on greedy days is found in most journals of 120 sessions, and the interval holds it."""
    journals = invented(200, 120, seed=3, confounded=False)
    deviation = float(journals.results.std())
    planted = Journals(
        journals.results - deviation * (journals.moods == GREEDY), journals.moods, journals.markets, journals.trades
    )
    effects = compared(planted)
    assert np.mean([effect.p_value <= 0.05 and effect.value < 0 for effect in effects]) > 0.75
    assert 0.90 <= np.mean([effect.low <= -deviation <= effect.high for effect in effects]) <= 0.99
