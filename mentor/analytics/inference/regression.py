"""A linear model with one column of interest, made ready to be fitted to many outcomes at once.

With Q an orthonormal basis of [1, covariates] and r = treated − QQ'treated, the coefficient of `treated` is
c'y with c = r / r'r (Frisch–Waugh–Lovell), and its HC3 variance Σ c²e² / (1 − h)², e the residuals and h the
leverages of the full model (MacKinnon & White 1985, J. Econometrics 29:305–325).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from mentor.analytics.inference.arrays import Bools, Floats
from mentor.analytics.inference.effect import Cause

#: Relative size below which a difference is rounding.
ROUNDING: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Design:
    """`reduced` (n × k) is Q, `basis` (n × k + 1) Q and r / |r|, `length` |r|, `weights` (n) c² / (1 − h)²."""

    reduced: Floats
    basis: Floats
    length: float
    weights: Floats

    @property
    def smallest(self) -> float:
        """Below this a coefficient or its error is rounding, for outcomes of the order of 1."""
        return ROUNDING / self.length

    def studentised(self, outcomes: Floats) -> tuple[Floats, Floats]:
        """Coefficient of `treated` and its HC3 standard error for each row of outcomes (m × n)."""
        along = outcomes @ self.basis
        residuals = along @ self.basis.T
        # In place: fresh memory costs more than the arithmetic.
        np.square(np.subtract(outcomes, residuals, out=residuals), out=residuals)
        return along[:, -1] / self.length, np.sqrt(residuals @ self.weights)

    def residuals(self, outcomes: Floats) -> Floats:
        """What the full model leaves of each row of outcomes."""
        return outcomes - (outcomes @ self.basis) @ self.basis.T

    def reduced_residuals(self, outcomes: Floats) -> Floats:
        """What the model without `treated` leaves of each row of outcomes."""
        return outcomes - (outcomes @ self.reduced) @ self.reduced.T

    def statistics(self, outcomes: Floats) -> Floats:
        """HC3 t for each row; infinite where a difference does not scatter, 0 where there is no difference either."""
        values, errors = self.studentised(outcomes)
        without = np.where(np.abs(values) > self.smallest, np.copysign(np.inf, values), 0.0)
        return np.divide(values, errors, out=without, where=errors > self.smallest)


def design(treated: Bools | Floats, covariates: Floats) -> Design | Cause:
    """The model outcome ~ 1 + covariates + treated, or why its column `treated` cannot be judged."""
    column = treated.astype(np.float64)
    reduced = _basis(covariates)
    rest = column - reduced @ (reduced.T @ column)
    rest -= reduced @ (reduced.T @ rest)
    length = float(np.linalg.norm(rest))
    if length <= 1e-7 * float(np.linalg.norm(column - column.mean())):
        return Cause.NOT_SEPARABLE
    basis = np.column_stack([reduced, rest / length])
    free = 1 - np.einsum("ij,ij->i", basis, basis)
    if free.min() <= ROUNDING:
        return Cause.ONE_DECIDES
    return Design(reduced, basis, length, (rest / length**2 / free) ** 2)


def _basis(covariates: Floats) -> Floats:
    """An orthonormal basis of 1 and the covariates; those that repeat others add nothing."""
    centred = covariates - covariates.mean(axis=0)
    sizes = np.abs(centred).max(axis=0, initial=0.0)
    centred = centred[:, sizes > ROUNDING * np.abs(covariates).max(axis=0, initial=0.0)]
    centred = centred / np.linalg.norm(centred, axis=0)
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    constant = np.full((len(covariates), 1), len(covariates) ** -0.5)
    return np.hstack([constant, left[:, values > 1e-9]])
