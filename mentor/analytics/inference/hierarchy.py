"""Partial pooling: estimates of several emotions, drawn towards no effect as far as they do not differ from it.

y ~ N(θ, V), θᵢ ~ N(μ, τ²), τ from its prior, solved by quadrature over τ: given τ everything is normal.
The mean μ is 0 (no effect), or unknown with a flat prior.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from mentor.analytics.inference.arrays import Floats

Prior = Literal["half_normal", "half_cauchy", "uniform"]

#: Nodes of the Gauss–Legendre rule over the prior's quantiles.
NODES: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """One effect after pooling: posterior mean, central interval, and the probability that it is below 0."""

    value: float
    low: float
    high: float
    below_zero: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """The effects in the order of the estimates; `tau` is the posterior mean of their scatter."""

    effects: tuple[Pooled, ...]
    tau: float
    level: float


def hierarchical_normal(
    estimates: npt.ArrayLike,
    covariance: npt.ArrayLike,
    *,
    tau_scale: float,
    prior: Prior = "half_normal",
    mean: Literal["zero", "flat"] = "zero",
    level: float = 0.90,
) -> Hierarchy:
    """Posterior of k ≥ 1 effects; `covariance` (k × k) is that of the estimates, `tau_scale` > 0 the prior's scale.

    `uniform` is flat from 0 to `tau_scale`.
    """
    observed = np.asarray(estimates, dtype=np.float64)
    tau, weights = _prior_nodes(prior, tau_scale)
    given = _given_tau(observed, np.asarray(covariance, dtype=np.float64), tau, flat=mean == "flat")
    weights = weights * np.exp(given.log_likelihood - given.log_likelihood.max())
    weights /= weights.sum()
    return Hierarchy(
        effects=tuple(_pooled(weights, given.means[:, i], given.deviations[:, i], level) for i in range(observed.size)),
        tau=float(weights @ tau),
        level=level,
    )


def shared_baseline_covariance(standard_errors: npt.ArrayLike, shared: float) -> Floats:
    """Covariance of differences from one baseline: their squared errors, and the baseline's variance beside them.

    `shared` is the variance of the baseline's mean, taken no larger than the smallest squared error, since a
    difference cannot be surer than the baseline it is taken from.
    """
    squares = np.asarray(standard_errors, dtype=np.float64) ** 2
    common = np.full((squares.size, squares.size), min(shared, float(squares.min())))
    np.fill_diagonal(common, squares)
    return common


@dataclass(frozen=True, slots=True)
class _Given:
    """The posterior given each τ: log likelihood (m), means and standard deviations of the effects (m × k)."""

    log_likelihood: Floats
    means: Floats
    deviations: Floats


def _given_tau(observed: Floats, covariance: Floats, tau: Floats, *, flat: bool) -> _Given:
    """In the covariance's eigenvectors V + τ²I is diagonal for every τ at once."""
    noise, axes = np.linalg.eigh(covariance)
    noise = np.maximum(noise, 0.0)
    spread = noise + tau[:, np.newaxis] ** 2
    kept = tau[:, np.newaxis] ** 2 / spread
    turned, ones = axes.T @ observed, axes.sum(axis=0)
    certainty = (ones**2 / spread).sum(axis=1)
    centre = (ones * turned / spread).sum(axis=1) / certainty if flat else np.zeros_like(tau)
    left = turned - np.outer(centre, ones)
    log_likelihood = -0.5 * (np.log(spread) + left**2 / spread).sum(axis=1)
    variances = (kept * noise) @ (axes**2).T
    if flat:
        log_likelihood -= 0.5 * np.log(certainty)
        variances += (((1 - kept) * ones) @ axes.T) ** 2 / certainty[:, np.newaxis]
    means = centre[:, np.newaxis] + (kept * left) @ axes.T
    return _Given(log_likelihood, means, np.sqrt(variances))


def _prior_nodes(prior: Prior, scale: float) -> tuple[Floats, Floats]:
    """Values of τ and their weights under the prior: Gauss–Legendre nodes of its quantile function."""
    from scipy.special import ndtri

    nodes, weights = _gauss_legendre()
    share = (nodes + 1) / 2
    if prior == "half_normal":
        return scale * ndtri((1 + share) / 2), weights
    return scale * (share if prior == "uniform" else np.tan(np.pi * share / 2)), weights


@cache
def _gauss_legendre() -> tuple[Floats, Floats]:
    """Nodes and weights from −1 to 1: an eigenvalue problem, solved once."""
    return np.polynomial.legendre.leggauss(NODES)


def _pooled(weights: Floats, means: Floats, deviations: Floats, level: float) -> Pooled:
    """Summary of a mixture of normals."""
    return Pooled(
        value=float(weights @ means),
        low=_mixture_quantile((1 - level) / 2, weights, means, deviations),
        high=_mixture_quantile((1 + level) / 2, weights, means, deviations),
        below_zero=_mixture_share(0.0, weights, means, deviations),
    )


def _mixture_share(below: float, weights: Floats, means: Floats, deviations: Floats) -> float:
    from scipy.special import ndtr

    return float(weights @ ndtr((below - means) / deviations))


def _mixture_quantile(share: float, weights: Floats, means: Floats, deviations: Floats) -> float:
    """By bisection: the distribution is monotone and its quantiles lie within 10 deviations of some mean."""
    low, high = float((means - 10 * deviations).min()), float((means + 10 * deviations).max())
    for _ in range(80):
        middle = (low + high) / 2
        if _mixture_share(middle, weights, means, deviations) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
