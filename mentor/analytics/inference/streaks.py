"""Runs of wins and losses: what chance alone brings."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mentor.analytics.inference.arrays import Bools


def run_probability(trades: int, length: int, loss_rate: float) -> float:
    """Chance of a run of at least `length` ≥ 1 losses in independent trades, by exact recursion over their number.

    The first such run ends at trade i when `length` losses follow a win at i − length and no run came before it.
    """
    none_yet = np.ones(trades + 1)
    for i in range(length, trades + 1):
        before = none_yet[i - length - 1] * (1 - loss_rate) if i > length else 1.0
        none_yet[i] = none_yet[i - 1] - before * loss_rate**length
    return float(1 - none_yet[trades])


def after_streaks(won: Bools, length: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each row of results (m × n): trades that follow `length` wins in a row, and how many of them won.

    Their ratio is biased downwards even in a fair coin (Miller & Sanjurjo 2018, Econometrica 86:2019–2047), so it
    is compared with the same ratio in permuted results, never with the share of wins.
    """
    if length >= won.shape[1]:
        nothing = np.zeros(len(won), dtype=np.int64)
        return nothing, nothing
    follows = won[:, :-length].copy()
    for later in range(1, length):
        follows &= won[:, later : later - length]
    return _counts(follows), _counts(follows & won[:, length:])


def _counts(marked: Bools) -> npt.NDArray[np.int64]:
    """How many are marked in each row; as a product many times faster than a sum, and as exact."""
    return (marked.astype(np.float32) @ np.ones(marked.shape[1], dtype=np.float32)).astype(np.int64)
