"""The permutation test against statsmodels fitting every permutation, what must not change it, and no data."""

from __future__ import annotations

import dataclasses
import math
import subprocess
import sys

import numpy as np
import pytest
import statsmodels.api as sm

from mentor.analytics.inference import Cause, Effect, Undetermined, freedman_lane, permuted_rows, seed_of
from tests.analytics.inference.journals import Floats


def a_journal(sessions: int = 60, seed: int = 5) -> tuple[Floats, np.ndarray, Floats]:
    random = np.random.default_rng(seed)
    covariates = np.column_stack([random.random(sessions) < 0.4, random.normal(size=sessions)]).astype(np.float64)
    treated = random.random(sessions) < 0.25
    return random.standard_t(3, sessions) * 50 - 30 * treated + 20 * covariates[:, 0], treated, covariates


def effect(outcome: Floats, treated: np.ndarray, covariates: Floats, **given: float) -> Effect:
    found = freedman_lane(outcome, treated, covariates, seed=seed_of("serakah"), **given)  # type: ignore[arg-type]
    assert isinstance(found, Effect)
    return found


def test_says_what_statsmodels_says() -> None:
    """Oracle 12: coefficient, HC3 error and t of `OLS(...).fit(cov_type="HC3")`."""
    for seed in range(20):
        outcome, treated, covariates = a_journal(60, seed)
        found = effect(outcome, treated, covariates, permutations=1)
        theirs = sm.OLS(outcome, sm.add_constant(np.column_stack([covariates, treated]))).fit(cov_type="HC3")
        assert found.value == pytest.approx(theirs.params[-1], rel=1e-10)
        assert found.standard_error == pytest.approx(theirs.bse[-1], rel=1e-10)
        assert found.statistic == pytest.approx(theirs.tvalues[-1], abs=1e-10)
        assert found.degrees_of_freedom == theirs.df_resid


def test_does_what_freedman_and_lane_say() -> None:
    """Every permuted outcome built and refitted in full, with the same permutations."""
    outcome, treated, covariates = a_journal(40)
    found = effect(outcome, treated, covariates, permutations=199, level=0.9)
    small = sm.add_constant(covariates)
    full = np.column_stack([small, treated])
    reduced, whole = sm.OLS(outcome, small).fit(), sm.OLS(outcome, full).fit()
    orders = np.concatenate(list(permuted_rows(40, 199, seed_of("serakah"))))
    null = [_t(reduced.fittedvalues + reduced.resid[order], full) for order in orders]
    around = sorted(abs(_t(whole.resid[order], full)) for order in orders)
    more = sum(abs(t) >= abs(found.statistic) for t in null)
    assert found.p_value == (1 + more) / 200
    assert found.high - found.value == pytest.approx(around[math.ceil(0.9 * 200) - 1] * found.standard_error)
    assert found.value - found.low == pytest.approx(found.high - found.value)


def _t(outcome: Floats, full: Floats) -> float:
    return float(sm.OLS(outcome, full).fit(cov_type="HC3").tvalues[-1])


def test_two_groups_without_covariates() -> None:
    """Oracle 3, R's `sleep`: HC3 divides by n − 1 where Welch divides by n, so t is Welch's times √(9/10)."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = effect(np.array(first + second), np.array([True] * 10 + [False] * 10), np.empty((20, 0)))
    assert found.value == pytest.approx(-1.58)
    assert found.statistic == pytest.approx(-1.8608134674868526 * math.sqrt(0.9), rel=1e-12)


@pytest.mark.parametrize("factor", [1e-9, 0.37, 15_900.0, 1e9])
def test_the_unit_of_money_changes_nothing(factor: float) -> None:
    outcome, treated, covariates = a_journal()
    outcome = np.round(outcome, -1)  # many ties
    one, other = effect(outcome, treated, covariates), effect(outcome * factor, treated, covariates)
    assert other.p_value == one.p_value
    assert [other.value, other.low, other.high] == pytest.approx(
        [factor * one.value, factor * one.low, factor * one.high], rel=1e-9
    )


def test_ties_do_not_depend_on_the_unit() -> None:
    """With results of −1 and +1 only nearly every permuted statistic ties with others."""
    random = np.random.default_rng(2)
    outcome, treated = random.choice([-0.1, 0.3], 24), np.arange(24) < 8
    found = {effect(outcome * factor, treated, np.empty((24, 0))).p_value for factor in (1, 3, 0.7, 1e7, 1 / 3)}
    assert len(found) == 1


def test_a_constant_changes_nothing() -> None:
    outcome, treated, covariates = a_journal()
    one, other = effect(outcome, treated, covariates), effect(outcome + 1e6, treated, covariates)
    assert other.p_value == one.p_value
    assert [other.value, other.low, other.high] == pytest.approx([one.value, one.low, one.high], rel=1e-6)


def test_baseline_and_treated_swapped_turn_the_sign() -> None:
    outcome, treated, covariates = a_journal()
    one, other = effect(outcome, treated, covariates), effect(outcome, ~treated, covariates)
    assert other.p_value == one.p_value
    assert (other.value, other.low, other.high) == pytest.approx((-one.value, -one.high, -one.low))
    assert (other.n_treated, other.n_baseline) == (one.n_baseline, one.n_treated)


def test_covariates_in_another_form_change_nothing() -> None:
    """Another reference market, a covariate twice, a covariate that never changes."""
    outcome, treated, covariates = a_journal()
    one = effect(outcome, treated, covariates)
    market, score = covariates.T
    for same in (
        [1 - market, score],
        [market, score, score],
        [market, 1e9 * score - 3],
        [market, score, 0 * score + 7],
    ):
        other = effect(outcome, treated, np.column_stack(same))
        assert other.p_value == one.p_value
        assert (other.value, other.low, other.high) == pytest.approx((one.value, one.low, one.high))
        assert other.degrees_of_freedom == one.degrees_of_freedom


def test_the_same_seed_gives_the_same_answer() -> None:
    outcome, treated, covariates = a_journal()
    one, other = (freedman_lane(outcome, treated, covariates, seed=seed) for seed in (1, 2))
    assert freedman_lane(outcome, treated, covariates, seed=1) == one != other


def test_a_higher_level_is_wider_and_the_test_the_same() -> None:
    outcome, treated, covariates = a_journal()
    narrow, wide = (effect(outcome, treated, covariates, level=level) for level in (0.90, 0.95))
    assert wide.low < narrow.low < narrow.value < narrow.high < wide.high
    assert wide.p_value == narrow.p_value


def test_blocks_of_any_size_draw_the_same_permutations(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = np.concatenate(list(permuted_rows(50, 300, 1)))
    monkeypatch.setattr("mentor.analytics.inference.permutation.BLOCK", 170)
    pieces = list(permuted_rows(50, 300, 1))
    assert len(pieces) == 100
    np.testing.assert_array_equal(np.concatenate(pieces), whole)
    np.testing.assert_array_equal(np.sort(whole, axis=1), np.tile(np.arange(50), (300, 1)))


@pytest.mark.parametrize(
    ("outcome", "treated", "covariates", "reason"),
    [
        ([], [], [], Cause.NO_TREATED),
        ([3.0], [False], [], Cause.NO_TREATED),
        ([3.0], [True], [], Cause.NO_BASELINE),
        ([3.0, 4.0], [True, False], [], Cause.ONE_DECIDES),
        ([1.0, 2.0, 3.0, 4.0], [True, False, False, False], [], Cause.ONE_DECIDES),
        ([5.0] * 6, [True, True, True, False, False, False], [], Cause.NO_SPREAD),
        ([0.1] * 6, [True, True, True, False, False, False], [], Cause.NO_SPREAD),
        ([0.0] * 6, [True, True, True, False, False, False], [], Cause.NO_SPREAD),
        ([1.0, 1.0, 1.0, 2.0, 2.0, 2.0], [True, True, True, False, False, False], [], Cause.NO_SPREAD),
        ([1.0, 5.0, 2.0, 7.0], [True, True, False, False], [[1], [1], [0], [0]], Cause.NOT_SEPARABLE),
        # Every session of the first two markets of three, and no other.
        ([1.0, 5.0, 2.0, 7.0], [True, True, False, False], [[1, 0], [0, 1], [0, 0], [0, 0]], Cause.NOT_SEPARABLE),
        # Only one session of the baseline has the emotion's market: it alone would be compared.
        ([1.0, 5.0, 2.0, 7.0, 1.0, 3.0], [1, 1, 0, 0, 0, 0], [[1], [1], [1], [0], [0], [0]], Cause.ONE_DECIDES),
    ],
)
def test_what_cannot_be_judged_says_why(
    outcome: list[float], treated: list[bool], covariates: list[list[float]], reason: Cause
) -> None:
    assert freedman_lane(outcome, treated, covariates, seed=1) == Undetermined(
        reason=reason, n_treated=sum(treated), n_baseline=len(treated) - sum(treated)
    )


def test_amounts_of_any_size_stay_finite() -> None:
    random = np.random.default_rng(1)
    outcome = random.choice([1e12, -1e12, 1e-9, -1e-9, 0.0], 40)
    found = effect(outcome, np.arange(40) % 3 == 0, random.normal(size=(40, 2)))
    assert all(math.isfinite(figure) for figure in dataclasses.asdict(found).values() if isinstance(figure, float))
    assert found.low < found.value < found.high


def test_mean_and_scatter_survive_a_large_level() -> None:
    """Oracle 14, NIST NumAcc4: deviations of 0.1 on a level of 10,000,000."""
    outcome = 10_000_000 + np.concatenate([[0.2], np.tile([0.1, 0.3], 500)])
    treated = np.arange(1001) % 2 == 0
    treated[:4] = [True, True, False, False]
    small, large = (effect(values, treated, np.empty((1001, 0))) for values in (outcome - 10_000_000, outcome))
    assert large.value == pytest.approx(small.value, rel=1e-6)
    assert large.standard_error == pytest.approx(small.standard_error, rel=1e-5)


def test_thousands_of_sessions() -> None:
    outcome, treated, covariates = a_journal(5000)
    assert effect(outcome, treated, covariates, permutations=199).p_value == 1 / 200


def test_seeds_are_the_same_everywhere() -> None:
    """SHA-256 of the codes; `hash` would differ from start to start."""
    assert seed_of("serakah") == 0xF05592F6B75BD352
    assert len({seed_of("a", "b"), seed_of("ab"), seed_of("b", "a"), seed_of("a")}) == 4


def test_nobody_waits_for_scipy_who_asks_for_no_analysis() -> None:
    program = "import mentor.analytics.inference, sys; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
