"""The covariates of every comparison, and the checks that look at the same numbers in another way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from mentor.analytics.inference import Effect
from mentor.analytics.mood_model import coefficient, compared, largest, market_columns, shifted_p_value
from tests.analytics.mood_journals import heavy_tailed, mixed, session_table


def columns(*words: str | None) -> list[list[float]]:
    return market_columns(pd.Series(list(words), dtype="str")).T.tolist()


def test_each_market_but_the_most_frequent_has_a_column() -> None:
    assert columns("a", "b", "a", "b", "a", "b", "a") == [[0, 1, 0, 1, 0, 1, 0]]
    assert columns("b", "a", "b", "a", "b", "a") == [[1, 0, 1, 0, 1, 0]]  # of equal ones the first in the alphabet
    assert columns("a", "a") == columns() == []


def test_an_unrecorded_market_is_one_too() -> None:
    assert columns(None, "a", None, "a", None, "a", None) == [[0, 1, 0, 1, 0, 1, 0]]


def test_rare_markets_are_one_together_or_none() -> None:
    assert columns("a", "a", "a", "a", "b", "c", "b") == [[0, 0, 0, 0, 1, 1, 1]]
    assert columns("a", "a", "a", "a", "b", "c") == []


def test_the_model_is_market_yesterday_and_the_mood() -> None:
    """Oracle 12: coefficient and HC3 t of statsmodels, with the columns written out."""
    rows, treated = a_comparison()
    found = compared(rows, treated, "result", "takut")
    assert isinstance(found, Effect)
    words = rows["market"].to_numpy()
    whole = [np.ones(len(rows)), words == "b", words == "c", rows["yesterday"], treated]
    theirs = sm.OLS(rows["result"].to_numpy(), np.column_stack(whole).astype(float)).fit(cov_type="HC3")
    assert found.value == pytest.approx(theirs.params[-1], rel=1e-10)
    assert found.statistic == pytest.approx(theirs.tvalues[-1], rel=1e-10)
    assert coefficient(rows, treated, "result") == pytest.approx(found.value)


def test_one_comparison_is_the_largest_of_one() -> None:
    rows, treated = a_comparison()
    found = compared(rows, treated, "result", "takut")
    statistic, p = largest(rows, [(rows, treated)], "result")
    assert isinstance(found, Effect)
    assert statistic == pytest.approx(abs(found.statistic))
    assert p == pytest.approx(found.p_value, abs=0.03)


def test_the_largest_of_many_is_rarer_than_one_alone() -> None:
    rows = session_table(heavy_tailed(120, 3), mixed(120, 4, "takut", "marah", "fomo")).sessions
    pairs = []
    for emotion in ("takut", "marah", "fomo"):
        some = rows[rows["emotion"].isin((emotion, "tenang"))]
        pairs.append((some, (some["emotion"] == emotion).to_numpy()))
    every = [compared(some, treated, "result", "x") for some, treated in pairs]
    alone = min(one.p_value for one in every if isinstance(one, Effect))
    statistic, p = largest(rows, pairs, "result")
    assert statistic == pytest.approx(max(abs(one.statistic) for one in every if isinstance(one, Effect)))
    assert alone < p < 3 * alone + 0.05


def test_moved_along_the_calendar() -> None:
    rows, treated = a_comparison()
    shifted = shifted_p_value(rows, treated, "result")
    assert shifted is not None
    assert round(shifted * len(rows), 9) % 1 == 0  # one of as many turns as there are sessions
    planted = rows.assign(result=rows["result"] - 1000 * treated)
    assert shifted_p_value(planted, treated, "result") == pytest.approx(1 / len(rows))


def test_what_cannot_be_judged_has_no_coefficient() -> None:
    rows, treated = a_comparison()
    assert coefficient(rows, np.zeros_like(treated), "result") is None
    assert coefficient(rows, np.ones_like(treated), "result") is None
    always = rows.assign(market=np.where(treated, "b", "a"))
    assert coefficient(always, treated, "result") is None
    assert shifted_p_value(always, treated, "result") is None


def a_comparison() -> tuple[pd.DataFrame, np.ndarray]:
    random = np.random.default_rng(8)
    markets = [str(word) for word in random.choice(["a", "b", "c"], 60, p=[0.5, 0.3, 0.2])]
    rows = session_table(heavy_tailed(60, 1), mixed(60, 2, "takut"), markets).sessions
    return rows, (rows["emotion"] == "takut").to_numpy()
