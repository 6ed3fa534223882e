"""Rank methods against R's printed examples, scipy, and every split of a small sample."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from mentor.analytics.inference import cliffs_delta, hodges_lehmann, normal_scores, shared_ranks

#: Oracle 5, the example of R's `wilcox.test`: W 35, shift 0.305.
DEPRESSION = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
BASELINE = [1.15, 0.88, 0.90, 0.74, 1.21]
#: Oracle 3, R's `sleep`: shift −1.35.
SLEEP = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_ranks_as_scipy() -> None:
    random = np.random.default_rng(1)
    for size in range(12):
        given = random.integers(-3, 3, size).astype(float)
        np.testing.assert_array_equal(shared_ranks(given), stats.rankdata(given))


def test_sums_that_differ_by_rounding_are_equal() -> None:
    """10.1 + 20.2 is not 30.3 in binary; whether two sessions tie must not depend on how their trades add up."""
    assert 10.1 + 20.2 != 30.3
    np.testing.assert_array_equal(shared_ranks([10.1 + 20.2, 30.3, 5.0]), [2.5, 2.5, 1.0])
    np.testing.assert_array_equal(shared_ranks([1e12, 2e-9, 1e-9]), [3, 2, 1])


def test_normal_scores_are_quantiles_of_the_normal() -> None:
    np.testing.assert_allclose(normal_scores([30, 10, 20]), stats.norm.ppf([0.75, 0.25, 0.5]))
    np.testing.assert_allclose(normal_scores([5, 5, 5, 5]), [0, 0, 0, 0], atol=1e-15)
    assert normal_scores([]).size == 0


def test_the_published_shifts() -> None:
    found = [hodges_lehmann(*SLEEP), hodges_lehmann(DEPRESSION, BASELINE)]
    assert [shift.value for shift in found if shift] == pytest.approx([-1.35, 0.305])


def test_the_interval_of_the_shift_holds_its_level() -> None:
    """With m = 5 and n = 10 no shift is shown in ≤ 5 % of all splits, and one pair fewer would be too many."""
    splits = [set(split) for split in itertools.combinations(range(15), 5)]
    pairs = sorted(sum(i > j for i in split for j in range(15) if j not in split) for split in splits)
    shift = hodges_lehmann(range(5), np.arange(10) * 100.0)
    assert shift is not None
    differences = sorted(i - 100.0 * j for i in range(5) for j in range(10))
    place = differences.index(shift.low) + 1
    assert shift.high == differences[50 - place]
    missed = [2 * np.mean([count < bar for count in pairs]) for bar in (place, place + 1)]
    assert missed[0] <= 0.05 < missed[1]


def test_a_shift_between_too_few_has_no_interval() -> None:
    shift = hodges_lehmann([1.0], [2.0])
    assert shift is not None
    assert (shift.value, shift.low, shift.high) == (-1.0, None, None)
    assert hodges_lehmann([], [1.0]) is None
    assert hodges_lehmann([1.0], []) is None


def test_cliffs_delta_of_the_published_examples() -> None:
    """Oracle 8: the example of R's effsize; pingouin's rank-biserial and common language effect (.1). Oracle 5: W."""
    assert cliffs_delta([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50]) == pytest.approx(-0.25)
    assert cliffs_delta([1, 2, 3, 4], [3, 4, 5, 6, 7]) == pytest.approx(-0.8)
    assert cliffs_delta(DEPRESSION, BASELINE) == pytest.approx(2 * 35 / 50 - 1)


def test_cliffs_delta_at_its_ends() -> None:
    assert cliffs_delta([3, 4], [1, 2]) == 1
    assert cliffs_delta([1, 2], [3]) == -1
    assert cliffs_delta([1, 1], [1]) == 0
    assert cliffs_delta([], [1]) is None
