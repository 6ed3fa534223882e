"""Intervals over sessions, against statsmodels and against invented journals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import expit

from mentor.analytics.inference import wilson
from mentor.analytics.intervals import mean_interval, share_interval
from tests.analytics.frame_builders import trade_rows, trades


def clustered(seed: int, sessions: int = 40) -> pd.DataFrame:
    """One to nine trades a session that share half of their scatter; the mean is 0, the results have heavy tails."""
    random = np.random.default_rng(seed)
    counts = random.integers(1, 10, sessions)
    session = np.repeat(np.arange(sessions), counts)
    results = random.standard_t(4, sessions)[session] + random.standard_t(4, session.size)
    days = np.datetime64("2025-01-01") + session
    rows = zip(results, session, days, strict=True)
    return trade_rows(
        {"profit_loss": result, "session_id": int(number) + 1, "session_date": str(day)} for result, number, day in rows
    )


def test_share_as_statsmodels() -> None:
    """Log odds with the cluster-robust error of a logistic regression on a constant."""
    frame = clustered(1)
    won = frame["profit_loss"] > 0
    groups = frame["session_id"].to_numpy()
    fit = sm.Logit(won.to_numpy().astype(float), np.ones(len(won))).fit(
        disp=0, cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    assert share_interval(won, frame) == pytest.approx(tuple(expit(fit.conf_int()[0])), abs=1e-9)


def test_a_share_is_never_surer_than_of_independent_trades() -> None:
    frame = trade_rows(
        {
            "profit_loss": (-1.0) ** n,
            "session_id": n // 2 + 1,
            "session_date": str(np.datetime64("2025-01-01") + n // 2),
        }
        for n in range(40)
    )
    interval = share_interval(frame["profit_loss"] > 0, frame)
    assert interval is not None, "every session won one and lost one: no scatter of sessions, and yet no certainty"
    assert interval[1] - interval[0] > 0.28


def test_all_or_none_count_as_sessions() -> None:
    frame = trades(*[1.0] * 12)
    bounds = wilson(12, 12)
    assert bounds is not None
    assert share_interval(frame["profit_loss"] > 0, frame) == (bounds.low, bounds.high)
    assert share_interval(frame["profit_loss"] < 0, frame) == pytest.approx((1 - bounds.high, 1 - bounds.low))


def test_too_few_sessions_and_none_that_differ() -> None:
    few = trades(*range(9))
    assert mean_interval(few["profit_loss"], few, seed=1) is None
    assert share_interval(few["profit_loss"] > 4, few) is None
    same = trades(*[0.1] * 30)
    assert mean_interval(same["profit_loss"], same, seed=1) is None


def test_the_order_of_rows_changes_nothing() -> None:
    frame = clustered(3)
    mixed = frame.sample(frac=1, random_state=1)
    assert mean_interval(mixed["profit_loss"], mixed, seed=7) == pytest.approx(
        mean_interval(frame["profit_loss"], frame, seed=7)
    )


def test_intervals_hold_the_truth_where_those_of_single_trades_do_not() -> None:
    """300 journals whose mean is 0 and whose win rate is one half."""
    means = shares = naive = 0
    for seed in range(300):
        frame = clustered(seed)
        results = frame["profit_loss"]
        low, high = mean_interval(results, frame, seed) or (1.0, -1.0)
        means += low <= 0 <= high
        low, high = share_interval(results > 0, frame) or (1.0, -1.0)
        shares += low <= 0.5 <= high
        naive += abs(results.mean()) <= 1.96 * results.sem()
    assert 0.92 <= means / 300 <= 0.985
    assert 0.92 <= shares / 300 <= 0.985
    assert naive / 300 < 0.85, "the journals do have sessions that hang together"
