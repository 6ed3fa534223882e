"""Every figure is catalogued, named, documented, and says nothing rather than something false."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor.analytics.catalogue import CATALOGUE, Figures, figures
from mentor.analytics.frames import empty_trades
from mentor.analytics.metrics import Measure, Reason
from mentor.analytics.risk import r_multiples
from mentor.i18n import labels
from mentor.ui.figures import SHOWN
from tests.analytics.frame_builders import trade_rows, trades
from tests.analytics.test_metrics import ORACLE

METHODS = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")


def of(frame: pd.DataFrame, balance: float | None = 10_000.0, *, some_symbols: bool = False) -> Figures:
    return figures(
        frame,
        journal=frame,
        multiples=r_multiples(frame, balance),
        starting_balance=balance,
        first=None,
        some_symbols=some_symbols,
    )


@pytest.mark.parametrize("metric", CATALOGUE)
def test_every_catalogued_figure_is_documented_and_named(metric: str) -> None:
    assert f"`{metric}`" in METHODS
    assert labels.FIGURES[metric][0]


def test_nothing_is_named_or_shown_that_is_not_catalogued() -> None:
    assert set(labels.FIGURES) == set(CATALOGUE)
    assert len({name for name, _ in labels.FIGURES.values()}) == len(CATALOGUE)
    assert {metric for _, metrics in SHOWN.values() for metric in metrics} <= set(CATALOGUE)


def test_every_measure_of_every_part_is_catalogued() -> None:
    shown = of(trades(*ORACLE))
    places = {metric.place for metric in CATALOGUE.values()}
    # These two are shown with their interval, which the edge adds.
    bare = {"performance.win_rate", "performance.expectancy"}
    for part in ("performance", "edge", "account", "consistency", "ratios", "outlook", "holding"):
        names = getattr(shown, part).__slots__
        measured = {f"{part}.{name}" for name in names if isinstance(getattr(getattr(shown, part), name), Measure)}
        assert measured - bare <= places, part


def test_the_excursions_are_never_guessed() -> None:
    assert of(trades(*ORACLE))["mae"] == of(trades(*ORACLE))["mfe"] == Measure(None, Reason.NO_PRICE_PATH, 20)


def test_some_symbols_have_no_account_of_their_own() -> None:
    shown = of(trades(*ORACLE * 2), some_symbols=True)
    for metric in ("return", "max_drawdown_share", "ulcer", "ruin", "ruin_bound"):
        assert shown[metric].reason == Reason.SOME_SYMBOLS, metric
    assert shown["bootstrap_drawdown"].value is not None, "money needs no account"


def whole(shown: Figures) -> None:
    """Every figure is a finite number or has a reason, and lies within its interval's bounds."""
    for metric in CATALOGUE:
        measure = shown[metric]
        assert (measure.value is None) == (measure.reason is not None), metric
        for number in (measure.value, measure.low, measure.high):
            assert number is None or math.isfinite(number), metric
        assert (measure.low is None) == (measure.high is None), metric
        if measure.low is not None and measure.high is not None:
            assert measure.low <= measure.high, metric


@pytest.mark.parametrize(
    "frame",
    [
        empty_trades(),
        trades(5.0),
        trades(5.0, -5.0),
        trades(*[7.0] * 40),
        trades(*[-7.0] * 40),
        trades(*[0.0] * 40),
        trades(*[0.1] * 40, *[0.1 + 1e-17] * 40),
        trades(*[1e12, -1e-9] * 20),
        trades(*[1e-9, -1e12] * 20),
        trades(*[1e-200, -2e-200] * 20),
        trade_rows({"profit_loss": (-1.0) ** n, "session_date": "2025-01-01", "session_id": 1} for n in range(5000)),
        trade_rows({"profit_loss": float(n % 7 - 3), "session_date": None} for n in range(50)),
        trade_rows({"profit_loss": float(n % 7 - 3), "risk_percent": 0.5 + n % 3} for n in range(150)),
    ],
    ids=lambda frame: f"{len(frame)} trades",
)
@pytest.mark.parametrize("balance", [None, 0.0, -5.0, 0.01, 1e4])
def test_bad_input_gives_reasons(frame: pd.DataFrame, balance: float | None) -> None:
    whole(of(frame, balance))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.decimals(-1000, 1000, places=2).map(float), max_size=80), st.sampled_from([1e-6, 1.0, 1e9]))
def test_any_results_in_any_unit_of_money(amounts: list[float], scale: float) -> None:
    whole(of(trades(*(amount * scale for amount in amounts)), 1000 * scale))


def test_another_unit_of_money_changes_money_only() -> None:
    risked = [{"profit_loss": float(amount), "risk_percent": 0.5 + n % 3} for n, amount in enumerate(ORACLE * 6)]
    once = of(trade_rows(risked))
    thousandfold = of(trade_rows({**row, "profit_loss": row["profit_loss"] * 1000} for row in risked), 1e7)
    for metric, known in CATALOGUE.items():
        factor = 1000 if known.unit == "money" else 1
        assert once[metric].reason == thousandfold[metric].reason, metric
        for number, other in zip(numbers(once[metric]), numbers(thousandfold[metric]), strict=True):
            assert other == pytest.approx(factor * number, rel=1e-9), metric


def numbers(measure: Measure) -> list[float]:
    return [number for number in (measure.value, measure.low, measure.high) if number is not None]
