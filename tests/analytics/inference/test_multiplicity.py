"""Adjusted p-values against a published example and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from mentor.analytics.inference import benjamini_hochberg, holm

#: Oracle 10, Benjamini & Hochberg 1995, table of 15 p-values.
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
PUBLISHED += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def test_the_published_example() -> None:
    assert sum(p <= 0.05 for p in holm(PUBLISHED)) == 3
    adjusted = benjamini_hochberg(PUBLISHED)
    assert sum(p <= 0.05 for p in adjusted) == 4
    assert adjusted[:6] == pytest.approx((0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714))


def test_as_statsmodels_in_any_order_and_with_ties() -> None:
    random = np.random.default_rng(3)
    for size in range(1, 9):
        given = random.choice([0.001, 0.01, 0.02, 0.2, 0.5, 1.0], size)
        assert holm(given) == pytest.approx(multipletests(given, method="holm")[1])
        assert benjamini_hochberg(given) == pytest.approx(multipletests(given, method="fdr_bh")[1])


def test_no_test_at_all() -> None:
    assert holm([]) == benjamini_hochberg([]) == ()
