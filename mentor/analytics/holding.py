"""How long trades were held."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from mentor.analytics.metrics import Measure, Reason, undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Seconds from entry to exit, over the trades that state both; `unknown` do not, or end before they begin.

    Half of the times lie between the quartiles.
    """

    median: Measure
    mean: Measure
    lower_quartile: Measure
    upper_quartile: Measure
    unknown: int


def holding(trades: pd.DataFrame) -> Holding:
    """Holding times of a trade frame, in whatever currency."""
    seconds = (trades["exit_time"] - trades["entry_time"]).dt.total_seconds()
    known = seconds[seconds >= 0]
    if known.empty:
        none = undefined(Reason.NO_TIMES if len(trades) else Reason.NO_TRADES, 0)
        return Holding(median=none, mean=none, lower_quartile=none, upper_quartile=none, unknown=len(trades))
    return Holding(
        median=Measure(float(known.median()), None, len(known)),
        mean=Measure(float(known.mean()), None, len(known)),
        lower_quartile=Measure(float(known.quantile(0.25)), None, len(known)),
        upper_quartile=Measure(float(known.quantile(0.75)), None, len(known)),
        unknown=len(trades) - len(known),
    )
