"""How evenly the result came: days that won, what the best day carried, and the net beside the deepest fall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mentor.analytics.metrics import Measure, Performance, Reason, spread, undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """Shares from 0 to 1 over trading days; `best_day_share` may exceed 1: without that day the net was a loss.

    `straightness` is how much of the equity curve a straight line explains, whether it rises or falls.
    """

    winning_days: Measure
    best_day_share: Measure
    recovery_factor: Measure
    straightness: Measure


def consistency(days: pd.DataFrame, figures: Performance) -> Consistency:
    """Of a daily frame (`mentor.analytics.daily`) and the performance of the same trades."""
    return Consistency(
        winning_days=_winning_days(days),
        best_day_share=_best_day_share(days),
        recovery_factor=recovery_factor(figures),
        straightness=_straightness(days),
    )


def recovery_factor(figures: Performance) -> Measure:
    """Net over the deepest drawdown in money; it keeps the sign of the net."""
    if figures.max_drawdown.value is None:
        return undefined(Reason.NO_TRADES, 0)
    if figures.max_drawdown.value == 0 or figures.net.value is None:
        return undefined(Reason.NO_DRAWDOWN, figures.trades)
    return Measure(figures.net.value / figures.max_drawdown.value, None, figures.trades)


def _winning_days(days: pd.DataFrame) -> Measure:
    if days.empty:
        return undefined(Reason.NO_TRADES, 0)
    return Measure(float((days["profit_loss"] > 0).mean()), None, len(days))


def _best_day_share(days: pd.DataFrame) -> Measure:
    if days.empty:
        return undefined(Reason.NO_TRADES, 0)
    net = float(days["profit_loss"].sum())
    if net <= 0:
        return undefined(Reason.NO_PROFIT, len(days))
    return Measure(float(days["profit_loss"].max()) / net, None, len(days))


def _straightness(days: pd.DataFrame) -> Measure:
    """R² of the money made by the end of each day on the day's number."""
    if len(days) < 3:
        return undefined(Reason.TOO_FEW if len(days) else Reason.NO_TRADES, len(days))
    made = days["profit_loss"].cumsum().to_numpy()
    if spread(made) is None:
        return undefined(Reason.NO_SPREAD, len(days))
    # In units of its range: squares of tiny amounts would vanish.
    line = np.corrcoef(np.arange(len(days)), (made - made[0]) / np.ptp(made))[0, 1]
    return Measure(float(line) ** 2, None, len(days))
