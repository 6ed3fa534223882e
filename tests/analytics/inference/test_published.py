"""Published numbers of methods the product decided against, and that scipy and numpy here still give them.

They are what the simulations that chose our test were compared with; a library that drifts shows here first.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from mentor.analytics.inference import cliffs_delta, freedman_lane
from mentor.analytics.inference.effect import Effect

#: R's `sleep`: extra hours with two drugs.
SLEEP = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
#: R's `PlantGrowth`: control and two treatments.
PLANTS = (
    [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
)
#: The example of R's `wilcox.test`.
DEPRESSION = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], [1.15, 0.88, 0.90, 0.74, 1.21]
#: Efron & Tibshirani 1993, table 2.1: survival of treated and untreated mice.
MICE = [94, 197, 16, 38, 99, 141, 23], [52, 104, 146, 10, 51, 30, 40, 27, 46]
#: Efron & Tibshirani 1993, table 14.1, test A: 26 children.
SPATIAL = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41]
#: Brunner & Munzel 2000: pain scores under two treatments.
PAIN = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1], [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]


def test_welch_of_sleep() -> None:
    """Oracle 3; ours beside it is in `test_permutation`."""
    found = stats.ttest_ind(*SLEEP, equal_var=False)
    assert (found.statistic, found.pvalue) == pytest.approx((-1.8608134674868526, 0.0793941401873583), rel=1e-10)
    assert found.df == pytest.approx(17.776473516178488)
    assert tuple(found.confidence_interval()) == pytest.approx((-3.365483230711710, 0.205483230711710))


def test_several_groups_of_plants() -> None:
    """Oracle 4."""
    assert tuple(stats.kruskal(*PLANTS)) == pytest.approx((7.988228749443715, 0.018423755731471966))
    assert tuple(stats.f_oneway(*PLANTS)) == pytest.approx((4.846087862380136, 0.015909958325622912))


def test_rank_sum_and_trimmed_means_of_the_depression_example() -> None:
    """Oracle 5; our δ says the same as W."""
    found = stats.mannwhitneyu(*DEPRESSION, alternative="greater", method="exact")
    assert tuple(found) == pytest.approx((35, 0.1272061272061272))
    assert cliffs_delta(*DEPRESSION) == pytest.approx(2 * found.statistic / 50 - 1)
    trimmed = stats.ttest_ind(*DEPRESSION, trim=0.2, equal_var=False)
    assert (trimmed.statistic, trimmed.pvalue) == pytest.approx((1.4260512230672626, 0.19693532124492155))


def test_every_split_of_the_mice() -> None:
    """Oracle 6; the difference is ours, its exact chance scipy's."""
    ours = freedman_lane([*MICE[0], *MICE[1]], [True] * 7 + [False] * 9, [], seed=1)
    assert isinstance(ours, Effect)
    assert ours.value == pytest.approx(30.634920634920634)
    exact = [
        stats.permutation_test(MICE, apart, vectorized=True, n_resamples=np.inf, alternative="greater").pvalue
        for apart in (_apart, lambda *groups, axis: np.abs(_apart(*groups, axis=axis)))
    ]
    assert exact == pytest.approx([1613 / 11440, 0.2783216783216783])
    # Studentised it is another statistic; of the same data it says much the same.
    assert ours.p_value == pytest.approx(exact[1], abs=0.06)


def _apart(treated: np.ndarray, others: np.ndarray, axis: int) -> np.ndarray:
    return np.asarray(treated.mean(axis=axis) - others.mean(axis=axis))


def test_the_bootstrap_of_a_variance() -> None:
    """Oracle 7: the book's BCa interval, found too short for groups as small as ours."""
    assert np.var(SPATIAL) == pytest.approx(171.5340, abs=5e-5)
    random = np.random.default_rng(1)
    found = stats.bootstrap((SPATIAL,), np.var, n_resamples=9999, confidence_level=0.9, method="BCa", rng=random)
    assert tuple(found.confidence_interval) == pytest.approx((115.3, 260.5), abs=4)


def test_brunner_and_munzels_pain() -> None:
    """Oracle 9."""
    assert tuple(stats.brunnermunzel(*PAIN)) == pytest.approx((3.1374674829505, 0.005786208666151469))


def test_the_normal_mixture_e_value() -> None:
    """Oracle 21: S = I·d with d = .5, I = 50, τ² = .25; the product does not peek, so it has no such function yet."""
    information, variance = 50, 0.25
    score = information * 0.5
    spread = 1 + variance * information
    assert math.exp(variance * score**2 / (2 * spread)) / math.sqrt(spread) == pytest.approx(88.7383537)
