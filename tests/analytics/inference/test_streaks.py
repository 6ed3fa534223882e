"""Streaks against exact published chances and every sequence of coin tosses."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from mentor.analytics.inference import after_streaks, run_probability


def tosses(n: int) -> np.ndarray:
    return np.array(list(itertools.product([False, True], repeat=n)))


@pytest.mark.parametrize(
    ("trades", "length", "chance"),
    [(100, 5, 0.81011), (100, 6, 0.54609), (100, 7, 0.31752), (250, 8, 0.38402), (10, 3, 0.5078125)],
)
def test_published_chances_of_a_losing_streak(trades: int, length: int, chance: float) -> None:
    """Oracle 17."""
    assert run_probability(trades, length, 0.5) == pytest.approx(chance, abs=5e-6)


@pytest.mark.parametrize("length", [1, 2, 3, 8])
def test_chances_by_counting_every_sequence(length: int) -> None:
    lost = tosses(8)
    longest = [max(len(list(run)) if is_loss else 0 for is_loss, run in itertools.groupby(row)) for row in lost]
    weights = 0.3 ** lost.sum(axis=1) * 0.7 ** (~lost).sum(axis=1)
    assert run_probability(8, length, 0.3) == pytest.approx(weights[np.array(longest) >= length].sum())


def test_streaks_longer_than_the_record() -> None:
    assert run_probability(4, 5, 0.5) == 0
    assert run_probability(0, 1, 0.5) == 0
    assert run_probability(5, 5, 1.0) == 1
    assert run_probability(9, 2, 0.0) == 0


@pytest.mark.parametrize(
    ("n", "length", "expected"),
    [
        (3, 1, 5 / 12),
        (4, 1, 17 / 42),
        (5, 1, 49 / 120),
        (6, 1, 129 / 310),
        (10, 1, 4097 / 9198),
        (10, 2, 0.37505),
        (10, 3, 0.35261),
    ],
)
def test_miller_and_sanjurjo(n: int, length: int, expected: float) -> None:
    """Oracle 2: the mean share of heads after heads over all sequences of a fair coin that have one."""
    chances, won = after_streaks(tosses(n), length)
    some = chances > 0
    assert np.mean(won[some] / chances[some]) == pytest.approx(expected, abs=5e-6)


def test_after_streaks_of_one_row() -> None:
    won = np.array([[True, True, True, False, True, True]])
    assert [tuple(int(n[0]) for n in after_streaks(won, length)) for length in (1, 2, 3, 5, 6, 7)] == [
        (4, 3),
        (2, 1),
        (1, 0),
        (0, 0),
        (0, 0),
        (0, 0),
    ]
