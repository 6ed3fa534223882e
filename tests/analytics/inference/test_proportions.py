"""Shares against Odean's counts and statsmodels."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import proportion_confint

from mentor.analytics.inference import disposition, wilson


@pytest.mark.parametrize(
    ("counts", "gains", "losses", "t"),
    [
        ((13_883, 79_658, 11_930, 110_348), 0.148, 0.098, -35),
        ((866, 7_131, 1_555, 10_604), 0.108, 0.128, 4.3),
        ((13_017, 72_527, 10_375, 99_744), 0.152, 0.094, -38),
    ],
    ids=["year", "December", "January to November"],
)
def test_odeans_table(counts: tuple[int, int, int, int], gains: float, losses: float, t: float) -> None:
    """Oracle 1, Odean 1998, table I, as printed."""
    found = disposition(*counts)
    assert found is not None
    assert (found.gains, found.losses) == pytest.approx((gains, losses), abs=0.0005)
    assert found.difference == pytest.approx(found.losses - found.gains)
    assert found.statistic == pytest.approx(t, abs=0.5 if abs(t) > 10 else 0.05)


def test_odeans_statistic_to_the_digit() -> None:
    found = disposition(13_883, 79_658, 11_930, 110_348)
    assert found is not None
    assert found.statistic == pytest.approx(-35.33, abs=0.005)


def test_daymon_and_rosalie() -> None:
    """Oracle 1, Odean's worked example: 2 of 4 gains, 1 of 4 losses."""
    found = disposition(2, 2, 1, 3)
    assert found is not None
    assert (found.gains, found.losses) == (0.5, 0.25)


@pytest.mark.parametrize("counts", [(0, 0, 1, 3), (1, 3, 0, 0), (0, 4, 0, 4), (4, 0, 0, 4)])
def test_no_disposition_without_a_choice(counts: tuple[int, int, int, int]) -> None:
    assert disposition(*counts) is None


@pytest.mark.parametrize(("successes", "n"), [(0, 10), (10, 10), (3, 10), (41, 100), (1, 1), (2400, 5000)])
def test_wilson_as_statsmodels(successes: int, n: int) -> None:
    found = wilson(successes, n)
    assert found is not None
    expected = proportion_confint(successes, n, method="wilson")
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)
    assert 0 <= found.low <= found.value == successes / n <= found.high <= 1


def test_no_share_of_nothing() -> None:
    assert wilson(0, 0) is None
