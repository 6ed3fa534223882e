"""The raw difference an emotion comes with, split exactly: more trades, bigger, worse, then market and yesterday."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from mentor.analytics.inference import Pattern, shapley_frequency_size_edge
from mentor.analytics.session_frame import SizeUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSplit:
    """Money a session. frequency + size + edge = raw; raw + market_and_yesterday = adjusted.

    `size` is 0 and `size_unit` `None` where too few trades know their size; then `edge` is the result of a trade.
    `emotion` and `baseline` are the patterns compared: trades a session, mean size, money for each unit of size.
    """

    raw: float
    frequency: float
    size: float
    edge: float
    market_and_yesterday: float | None
    adjusted: float | None
    size_unit: SizeUnit | None
    emotion: Pattern
    baseline: Pattern


def cost_split(
    treated: pd.DataFrame, baseline: pd.DataFrame, adjusted: float | None, size_unit: SizeUnit | None
) -> CostSplit:
    """Split the difference between the trades of two groups of sessions, each with at least one."""
    sized = size_unit is not None and bool(treated["size"].notna().any() and baseline["size"].notna().any())
    here, there = _pattern(treated, sized=sized), _pattern(baseline, sized=sized)
    parts = shapley_frequency_size_edge(there, here)
    return CostSplit(
        raw=parts.total,
        frequency=parts.frequency,
        size=parts.size,
        edge=parts.edge,
        market_and_yesterday=None if adjusted is None else adjusted - parts.total,
        adjusted=adjusted,
        size_unit=size_unit if sized else None,
        emotion=here,
        baseline=there,
    )


def _pattern(trades: pd.DataFrame, *, sized: bool) -> Pattern:
    """Trades that do not know their size count as if they had the mean one."""
    size = float(trades["size"].mean()) if sized else 1.0
    return Pattern(
        frequency=len(trades) / trades["session_id"].nunique(),
        size=size,
        edge=float(trades["profit_loss"].mean()) / size,
    )
