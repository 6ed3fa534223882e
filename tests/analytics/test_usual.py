"""What is usual, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np

from mentor.analytics.usual import Usual, below, last_and_before, runs, usual, usual_limit


def test_usual_is_known_from_ten_values_on() -> None:
    assert usual(np.arange(9.0)) is None
    assert usual(np.append(np.arange(9.0), np.nan)) is None
    assert usual(np.arange(11.0)) == Usual(n=11, median=5.0, low=1.0, high=9.0)


def test_the_usual_number_of_trades() -> None:
    """Deviations 2, 1, 0, 1, 2 of median 3: their median is 1; then what half as many and two more ask for."""
    assert usual_limit(np.array([1.0, 2, 3, 4, 5])) == 5.0
    assert usual_limit(np.full(10, 1.0)) == 3.0
    assert usual_limit(np.full(10, 900.0)) == 1350.0


def test_rounding_is_no_difference() -> None:
    assert not below(0.1 + 0.2, 0.3)
    assert not below(0.3, 0.1 + 0.2)
    assert below(1e-12, 2e-12)
    assert not below(0.0, 0.0)


def test_runs_pass_over_even_days() -> None:
    assert runs(np.array([1.0, 2, 0, 3, -1, 0])) == [(3, 1), (1, -1)]
    assert runs(np.zeros(3)) == []


def test_medians_need_half_of_the_values() -> None:
    values = np.array([1.0, 2, 3, 4, 5, 10, 20, 30, 40, 50])
    assert last_and_before(values, 5) == (30.0, 3.0)
    assert last_and_before(np.where(values > 40, np.nan, values), 5) is None
