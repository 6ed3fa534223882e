"""Effect sizes against published examples and statsmodels' sample sizes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor.analytics.inference import (
    Pattern,
    hedges_g,
    negligible,
    robustness_value,
    sessions_to_tell,
    shapley_frequency_size_edge,
)

factors = st.floats(-1e6, 1e6)
patterns = st.builds(Pattern, frequency=factors, size=factors, edge=factors)


def test_hedges_g_of_the_published_example() -> None:
    """Oracle 8, pingouin."""
    assert hedges_g([1, 2, 3, 4], [3, 4, 5, 6, 7]) == pytest.approx(-1.5180667801421626, rel=1e-12)


@pytest.mark.parametrize("factor", [1e-9, 1e12])
def test_hedges_g_has_no_unit(factor: float) -> None:
    scaled = [[value * factor for value in group] for group in ([1, 2, 3, 4], [3, 4, 5, 6, 7])]
    assert hedges_g(*scaled) == pytest.approx(-1.5180667801421626)


def test_hedges_g_is_not_defined_without_scatter() -> None:
    assert hedges_g([1.0], [2.0, 3.0]) is None
    assert hedges_g([0.1] * 3, [0.1] * 4) is None
    assert hedges_g([0.0, 0.0], [0.0, 0.0]) is None


def test_the_robustness_value_of_darfur() -> None:
    """Oracle 13: t 4.18 with 783 degrees of freedom, published as 13.9 %."""
    assert robustness_value(4.18, 783) == pytest.approx(0.13864, abs=5e-6)
    assert robustness_value(-4.18, 783) == robustness_value(4.18, 783)


def test_the_robustness_value_at_its_ends() -> None:
    assert robustness_value(0.0, 50) == 0
    assert robustness_value(1e-9, 50) == pytest.approx(1e-9 / math.sqrt(50), rel=1e-6)
    assert robustness_value(1e9, 5) == pytest.approx(1)


@pytest.mark.parametrize(
    ("low", "high", "said"), [(-34, 34, True), (-36, 10, False), (-10, 36, False), (-35, 0, False)]
)
def test_negligible_is_the_whole_interval(low: float, high: float, said: bool) -> None:
    assert negligible(low, high, 100.0) is said


def test_nothing_is_negligible_without_scatter() -> None:
    assert not negligible(0.0, 0.0, 0.0)


def test_sessions_to_tell_as_the_normal_formula() -> None:
    """Balanced, half a deviation: 62.8 an arm (statsmodels' t test says 63.8); 4 to 1: 39.2 (39.6)."""
    assert sessions_to_tell(10, 10) == math.ceil(2 * 62.79)
    assert sessions_to_tell(10, 40) == math.ceil(5 * 39.24)
    assert sessions_to_tell(40, 10) == sessions_to_tell(10, 40)


def test_the_published_split() -> None:
    """Oracle 19: calm (4 trades, 100 of risk, +0.10) against greedy (8, 150, −0.20)."""
    split = shapley_frequency_size_edge(
        Pattern(frequency=4, size=100, edge=0.10), Pattern(frequency=8, size=150, edge=-0.20)
    )
    assert (split.frequency, split.size, split.edge) == pytest.approx((-30, -20, -230))
    assert split.total == pytest.approx(-280)


@given(patterns, patterns)
def test_the_parts_add_up(base: Pattern, other: Pattern) -> None:
    split = shapley_frequency_size_edge(base, other)
    products = [of.frequency * of.size * of.edge for of in (other, base)]
    sizes = [abs(part) for part in (split.frequency, split.size, split.edge, *products)]
    assert split.total == pytest.approx(products[0] - products[1], rel=1e-9, abs=1e-9 * max(sizes) + 1e-300)


@given(patterns, factors)
def test_what_does_not_change_has_no_part(base: Pattern, size: float) -> None:
    split = shapley_frequency_size_edge(base, Pattern(frequency=base.frequency, size=size, edge=base.edge))
    assert split.frequency == split.edge == 0
