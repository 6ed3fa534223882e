"""The model in which moods are compared: market and yesterday beside the mood, never what a mood itself may change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.inference import (
    Design,
    Effect,
    Undetermined,
    design,
    freedman_lane,
    p_value,
    permuted_rows,
    seed_of,
)

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

#: Sessions a market needs among those compared to be a market of its own.
FEWEST_OF_A_MARKET: Final = 3
PERMUTATIONS: Final = 1999
#: Numbers of moved residuals held at once.
_BLOCK: Final = 1_000_000
_UNRECORDED: Final = ""


def compared(
    rows: pd.DataFrame, treated: Bools, outcome: str, emotion: str, *, level: float = 0.95
) -> Effect | Undetermined:
    """The test of one emotion on rows of a session frame, by its own seed."""
    return freedman_lane(
        rows[outcome].to_numpy(), treated, covariates(rows), seed=seed_of("emotion", emotion), level=level
    )


def covariates(rows: pd.DataFrame) -> Floats:
    """Market columns, and the normal score of the session before."""
    return np.column_stack([market_columns(rows["market"]), rows["yesterday"].to_numpy()])


def market_columns(markets: pd.Series[str]) -> Floats:
    """A column for each market but the most frequent; unrecorded is one too.

    Those with fewer than 3 sessions are one market together, or count as the most frequent if still fewer.
    """
    names, codes = np.unique(markets.fillna(_UNRECORDED).to_numpy(dtype=np.str_), return_inverse=True)
    rare = np.bincount(codes, minlength=names.size) < FEWEST_OF_A_MARKET
    codes = np.where(rare[codes], names.size, codes)
    counts = np.bincount(codes, minlength=names.size + 1)
    ranked = np.argsort(-counts, kind="stable")
    shown = [code for code in ranked[1:] if counts[code] >= FEWEST_OF_A_MARKET]
    return np.equal.outer(codes, np.array(shown, dtype=np.int64)).astype(np.float64)


def coefficient(rows: pd.DataFrame, treated: Bools, outcome: str) -> float | None:
    """The adjusted difference alone; `None` where it cannot be judged."""
    if not treated.any() or treated.all():
        return None
    model = design(treated, covariates(rows))
    return float(model.studentised(rows[[outcome]].to_numpy().T)[0][0]) if isinstance(model, Design) else None


def shifted_p_value(rows: pd.DataFrame, treated: Bools, outcome: str) -> float | None:
    """The same test with the residuals moved along the calendar, not shuffled: days that hang together stay so."""
    model = design(treated, covariates(rows))
    if not isinstance(model, Design):
        return None
    left = model.reduced_residuals(_scaled(rows, outcome)[np.newaxis])[0]
    places = np.arange(left.size)
    turns = np.unique(np.linspace(1, left.size - 1, min(left.size - 1, PERMUTATIONS)).astype(np.int64))
    null = [model.statistics(left[(places + some[:, np.newaxis]) % left.size]) for some in _blocks(turns, left.size)]
    return p_value(float(model.statistics(left[np.newaxis])[0]), np.concatenate(null))


def largest(rows: pd.DataFrame, contrasts: Sequence[tuple[pd.DataFrame, Bools]], outcome: str) -> tuple[float, float]:
    """The largest |t| of several comparisons within `rows`, and its p-value: results of all of them shuffled at once.

    As Freedman and Lane: residuals of market and yesterday alone, added to that fit.
    """
    kept = np.flatnonzero(rows.index.isin(pd.concat([some for some, _ in contrasts]).index))
    rows = rows.iloc[kept]
    values = _scaled(rows, outcome)
    known = np.column_stack([np.ones(len(rows)), covariates(rows)])
    fit = known @ np.linalg.lstsq(known, values)[0]
    models = [
        (model, rows.index.get_indexer(some.index))
        for some, treated in contrasts
        if isinstance(model := design(treated, covariates(some)), Design)
    ]
    null = [
        _largest(models, fit + (values - fit)[order])
        for order in permuted_rows(len(rows), PERMUTATIONS, seed_of("emotion", "omnibus"))
    ]
    statistic = float(_largest(models, values[np.newaxis])[0])
    return statistic, p_value(statistic, np.concatenate(null))


def _largest(models: list[tuple[Design, npt.NDArray[np.intp]]], outcomes: Floats) -> Floats:
    sizes: Floats = np.max([np.abs(model.statistics(outcomes[:, places])) for model, places in models], axis=0)
    return sizes


def _scaled(rows: pd.DataFrame, outcome: str) -> Floats:
    """Centred and of the order of 1, as the rounding of the models asks."""
    values = rows[outcome].to_numpy(dtype=np.float64)
    centred = values - values.mean()
    return np.asarray(centred / (np.abs(centred).max() or 1.0))


def _blocks(turns: npt.NDArray[np.int64], width: int) -> list[npt.NDArray[np.int64]]:
    return np.array_split(turns, -(-turns.size * width // _BLOCK))
