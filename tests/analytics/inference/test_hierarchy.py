"""Partial pooling against the eight schools, against sampling, and at its limits."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from scipy.integrate import quad

from mentor.analytics.inference import hierarchical_normal, shared_baseline_covariance

#: Rubin 1981: effects of coaching in eight schools, and their standard errors.
SCHOOLS = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0]
ERRORS = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])


def test_eight_schools_with_a_flat_prior() -> None:
    """Oracle 11: τ flat on (0, 200)."""
    found = hierarchical_normal(SCHOOLS, np.diag(ERRORS**2), tau_scale=200, prior="uniform", mean="flat")
    means = [11.40, 7.89, 6.13, 7.64, 5.13, 6.14, 10.67, 8.46]
    assert [school.value for school in found.effects] == pytest.approx(means, abs=0.006)
    assert found.tau == pytest.approx(6.57, abs=0.01)


def test_eight_schools_with_a_half_cauchy_prior() -> None:
    """Oracle 11: τ half-Cauchy(5)."""
    found = hierarchical_normal(SCHOOLS, np.diag(ERRORS**2), tau_scale=5, prior="half_cauchy", mean="flat")
    means = [9.33, 7.81, 7.04, 7.68, 6.39, 6.96, 9.18, 8.03]
    assert [school.value for school in found.effects] == pytest.approx(means, abs=0.006)


def test_eight_schools_pooled_completely() -> None:
    """Oracle 11: without scatter the pooled effect is 7.6856 with error 4.0719."""
    found = hierarchical_normal(SCHOOLS, np.diag(ERRORS**2), tau_scale=1e-6, mean="flat")
    for school in found.effects:
        assert school.value == pytest.approx(7.685616724956035)
        assert (school.high - school.low) / 2 == pytest.approx(1.6448536 * 4.071919158402296, rel=1e-6)


def test_the_posterior_of_correlated_estimates_by_sampling() -> None:
    """Effects drawn from the prior, weighted by the likelihood of what was observed."""
    observed, covariance = np.array([-1.0, 0.4, -0.2]), shared_baseline_covariance([0.5, 0.4, 0.7], 0.1)
    found = hierarchical_normal(observed, covariance, tau_scale=0.8)
    random = np.random.default_rng(1)
    tau = np.abs(random.normal(0, 0.8, 400_000))
    effects = random.normal(size=(tau.size, 3)) * tau[:, np.newaxis]
    left = observed - effects
    weights = np.exp(-0.5 * np.einsum("ij,jk,ik->i", left, np.linalg.inv(covariance), left))
    weights /= weights.sum()
    assert found.tau == pytest.approx(weights @ tau, abs=0.01)
    for pooled, drawn in zip(found.effects, effects.T, strict=True):
        assert pooled.value == pytest.approx(weights @ drawn, abs=0.01)
        assert pooled.below_zero == pytest.approx(weights @ (drawn < 0), abs=0.01)
        assert weights @ (drawn < pooled.low) == pytest.approx(0.05, abs=0.005)
        assert weights @ (drawn < pooled.high) == pytest.approx(0.95, abs=0.005)


@pytest.mark.parametrize("estimate", [0.0, -0.02, 0.3])
def test_estimates_much_surer_than_the_prior(estimate: float) -> None:
    """Thousands of sessions: the error is a hundredth of the prior's scale, and the integral still right."""
    (effect,) = hierarchical_normal([estimate], [[1e-4]], tau_scale=1.0).effects

    def integral(weigh: Callable[[float], float]) -> float:
        def weighed(tau: float) -> float:
            spread = 1e-4 + tau**2
            return weigh(tau**2 / spread) * np.exp(-0.5 * (estimate**2 / spread + tau**2)) / np.sqrt(spread)

        return sum(float(quad(weighed, *ends, epsabs=1e-12)[0]) for ends in itertools.pairwise([0, 0.02, 0.2, 1, 9]))

    kept = integral(lambda share: share) / integral(lambda _: 1.0)
    assert effect.value == pytest.approx(kept * estimate, rel=1e-6)


@pytest.mark.parametrize("factor", [1e-6, 250.0, 1e9])
def test_the_unit_of_money_scales_everything(factor: float) -> None:
    covariance = shared_baseline_covariance([0.5, 0.4], 0.1)
    one = hierarchical_normal([-1.0, 0.4], covariance, tau_scale=0.8)
    other = hierarchical_normal([-factor, 0.4 * factor], covariance * factor**2, tau_scale=0.8 * factor)
    for first, second in zip(one.effects, other.effects, strict=True):
        assert (second.value, second.low, second.high) == pytest.approx(
            (first.value * factor, first.low * factor, first.high * factor)
        )
        assert second.below_zero == pytest.approx(first.below_zero)


def test_one_effect_is_drawn_towards_none() -> None:
    found = hierarchical_normal([-1.0], [[0.25]], tau_scale=1.0, level=0.95)
    (effect,) = found.effects
    assert -1 < effect.value < 0
    assert effect.low < effect.value < effect.high
    assert 0.5 < effect.below_zero < 1


def test_a_baseline_surer_than_its_differences() -> None:
    """More is taken for shared than a difference has: the covariance stays one."""
    covariance = shared_baseline_covariance([0.5, 1.0], 0.9)
    np.testing.assert_allclose(covariance, [[0.25, 0.25], [0.25, 1.0]])
    assert np.linalg.eigvalsh(covariance).min() > 0
    twins = shared_baseline_covariance([0.5, 0.5], 0.9)  # singular: both say the same
    assert np.isfinite([effect.low for effect in hierarchical_normal([1.0, 1.0], twins, tau_scale=1.0).effects]).all()
