"""The test of the product: Freedman–Lane permutation of an HC3-studentised difference.

Residuals of the model without `treated` are permuted, added to its fit, and the full model is fitted again
(Freedman & Lane 1983, J. Business & Economic Statistics 1:292–298). Neither the fit nor the mean need be
added in fact: both lie in the model's space and change neither the coefficient nor the residuals.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from mentor import progress
from mentor.analytics.inference.arrays import Floats
from mentor.analytics.inference.effect import Cause, Effect, Undetermined
from mentor.analytics.inference.regression import Design, design

METHOD: Final = "freedman_lane_hc3"
#: Numbers held at once: few enough for the processor's cache, and for memory at thousands of sessions.
BLOCK: Final = 32_768


def freedman_lane(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    covariates: npt.ArrayLike,
    *,
    permutations: int = 1999,
    seed: int,
    level: float = 0.95,
) -> Effect | Undetermined:
    """Effect of `treated` (n truth values) on `outcome` (n finite numbers), given `covariates` (n × k, k may be 0).

    p = (1 + number of |t*| ≥ |t|) / (permutations + 1). The interval is value ± q·standard error, q the
    ⌈level · (permutations + 1)⌉-th smallest |t| of the permuted residuals of the full model.
    """
    answer, chosen = np.asarray(outcome, dtype=np.float64), np.asarray(treated, dtype=np.bool_)
    counts = {"n_treated": int(chosen.sum()), "n_baseline": int((~chosen).sum())}
    model = _model(chosen, _columns(covariates, chosen.size))
    if isinstance(model, Cause):
        return Undetermined(reason=model, **counts)
    unit, scaled = _scaled(answer)
    values, errors = model.studentised(scaled[np.newaxis])
    value, error = float(values[0]), float(errors[0])
    if error <= model.smallest:
        return Undetermined(reason=Cause.NO_SPREAD, **counts)
    null, centred = _permuted(model, scaled, permutations, seed)
    width = _quantile(np.abs(centred), level) * error
    if not math.isfinite(width):
        return Undetermined(reason=Cause.NO_SPREAD, **counts)
    return Effect(
        value=value * unit,
        standard_error=error * unit,
        statistic=value / error,
        p_value=p_value(value / error, null),
        low=(value - width) * unit,
        high=(value + width) * unit,
        method=METHOD,
        degrees_of_freedom=chosen.size - model.basis.shape[1],
        **counts,
    )


def p_value(statistic: float, null: Floats) -> float:
    """Two-sided share of the permuted statistics that are at least as large, the observed one counted in."""
    # Equal statistics must stay equal when money is counted in another unit.
    bar = abs(statistic) * (1 - 1e-9) - 1e-12
    return (1 + int(np.count_nonzero(np.abs(null) >= bar))) / (null.size + 1)


def permuted_rows(rows: int, permutations: int, seed: int) -> Iterator[npt.NDArray[np.intp]]:
    """Row numbers in random order, one permutation a line, in blocks that bound the memory."""
    random = np.random.default_rng(seed)
    height = max(1, BLOCK // rows)
    for start in range(0, permutations, height):
        progress.breathe()
        lines = min(height, permutations - start)
        order = np.tile(np.arange(rows), (lines, 1))
        yield random.permuted(order, axis=1, out=order)


def _permuted(model: Design, outcome: Floats, permutations: int, seed: int) -> tuple[Floats, Floats]:
    """The statistics of permuted residuals of the reduced model (the null) and of the full one (centred)."""
    under_null, left = model.reduced_residuals(outcome), model.residuals(outcome)
    null, centred = [], []
    for order in permuted_rows(outcome.size, permutations, seed):
        null.append(model.statistics(under_null[order]))
        centred.append(model.statistics(left[order]))
    return np.concatenate(null), np.concatenate(centred)


def _model(chosen: npt.NDArray[np.bool_], covariates: Floats) -> Design | Cause:
    if not chosen.any():
        return Cause.NO_TREATED
    if chosen.all():
        return Cause.NO_BASELINE
    return design(chosen, covariates)


def _scaled(outcome: Floats) -> tuple[float, Floats]:
    """The largest distance from the mean, and the outcome in that unit."""
    # In two steps: the mean of huge amounts is itself rounded.
    centred = outcome - outcome.mean()
    centred -= centred.mean()
    unit = float(np.abs(centred).max())
    return (unit, centred / unit) if unit > 0 else (1.0, centred)


def _quantile(sizes: Floats, level: float) -> float:
    place = min(math.ceil(level * (sizes.size + 1) - 1e-9), sizes.size)
    return float(np.partition(sizes, place - 1)[place - 1])


def _columns(covariates: npt.ArrayLike, rows: int) -> Floats:
    columns = np.asarray(covariates, dtype=np.float64)
    return columns.reshape(rows, -1) if columns.size else np.empty((rows, 0))
