"""Kelly's fraction and the bound on ruin against games with known answers."""

from __future__ import annotations

import pytest

from mentor.analytics.inference import kelly_fraction, ruin_bound


@pytest.mark.parametrize(
    ("wins", "losses", "payoff", "fraction"), [(60, 40, 1.0, 0.2), (40, 60, 2.0, 0.1), (40, 40, 1.5, 1 / 6)]
)
def test_kelly(wins: int, losses: int, payoff: float, fraction: float) -> None:
    """Oracle 15; the last with 20 break-even trades beside them, (.6 − .4) / (1.5 · .8)."""
    assert kelly_fraction(wins, losses, payoff) == pytest.approx(fraction)


def test_kelly_says_when_there_is_no_edge() -> None:
    found = kelly_fraction(40, 60, 1.0)
    assert found is not None
    assert found < 0
    assert kelly_fraction(0, 5, 1.0) is None
    assert kelly_fraction(5, 0, 1.0) is None


@pytest.mark.parametrize(("wins", "chance"), [(55, 0.13443063), (60, 0.01734153)])
@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e12])
def test_ruin_of_a_game_of_ones(wins: int, chance: float, unit: float) -> None:
    """Oracle 16: (q/p)^10 with p = .55 and .6, where the bound is reached."""
    results = [unit] * wins + [-unit] * (100 - wins)
    assert ruin_bound(results, 10 * unit) == pytest.approx(chance, abs=5e-9)


def test_ruin_without_an_edge_is_certain_and_without_a_loss_unknown() -> None:
    assert ruin_bound([1.0, -1.0], 10.0) == 1
    assert ruin_bound([1.0, -2.0], 10.0) == 1
    assert ruin_bound([-1.0], 10.0) == 1
    assert ruin_bound([1.0, 2.0], 10.0) is None
    assert ruin_bound([], 10.0) is None


def test_a_bigger_cushion_is_safer() -> None:
    results = [3.0, -1.0, -1.0, 0.0, 2.0, -2.5]
    bounds = [ruin_bound(results, cushion) or 0.0 for cushion in (1.0, 5.0, 25.0)]
    assert 1 > bounds[0] > bounds[1] > bounds[2] > 0
    assert bounds[1] == pytest.approx(bounds[0] ** 5)
