"""Result beside its swings, day by day: Sharpe's and Sortino's ratio, by the days a year this trader trades."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.metrics import Amounts, Measure, Reason, spread, undefined

#: Days traded from which a ratio is shown.
FEWEST_DAYS: Final = 30
_DAYS_A_YEAR: Final = 365.25
_Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios:
    """A year's; `sharpe` with its interval, of the standard error beside it."""

    sharpe: Measure
    sharpe_error: Measure
    sortino: Measure
    days_a_year: Measure


def ratios(days: pd.DataFrame) -> Ratios:
    """Of a daily frame (`mentor.analytics.daily`)."""
    results, yearly = days["profit_loss"].to_numpy(), days_a_year(days["session_date"])
    reason = _missing(results)
    if reason or yearly is None:
        none = undefined(reason or Reason.TOO_FEW, len(days))
        return Ratios(sharpe=none, sharpe_error=none, sortino=none, days_a_year=_measure(yearly, none))
    ratio, error = sharpe(results, yearly), sharpe_error(results, yearly)
    n = results.size
    return Ratios(
        sharpe=Measure(ratio, None, n, ratio - _Z * error, ratio + _Z * error),
        sharpe_error=Measure(error, None, n),
        sortino=_measure(sortino(results, yearly), undefined(Reason.NO_LOSSES, n)),
        days_a_year=Measure(yearly, None, n),
    )


def days_a_year(dates: pd.Series[pd.Timestamp]) -> float | None:
    """How many days a year are traded on, of two days or more in order: not 252 for who trades three times a week."""
    if len(dates) < 2:
        return None
    return (len(dates) - 1) / (dates.iloc[-1] - dates.iloc[0]).days * _DAYS_A_YEAR


def sharpe(results: Amounts, yearly: float) -> float:
    """mean / deviation · √yearly, of results that differ."""
    return _ratio(results) * math.sqrt(yearly)


def sharpe_error(results: Amounts, yearly: float) -> float:
    """Standard error for results that are independent, whatever their skewness and tails (Mertens 2002)."""
    ratio = _ratio(results)
    unit = np.abs(results).max()
    scores = (results / unit - (results / unit).mean()) / (results / unit).std()
    skewness, kurtosis = float((scores**3).mean()), float((scores**4).mean())
    variance = 1 + ratio**2 / 2 - skewness * ratio + (kurtosis - 3) * ratio**2 / 4
    return math.sqrt(max(variance, 0.0) / results.size * yearly)


def sortino(results: Amounts, yearly: float) -> float | None:
    """mean / root mean square of the losses among all results · √yearly; `None` where nothing was lost."""
    unit = float(np.abs(results).max(initial=0.0)) or 1.0
    below = float(np.sqrt(np.mean(np.minimum(results / unit, 0) ** 2)))
    return float((results / unit).mean()) / below * math.sqrt(yearly) if below > 0 else None


def _ratio(results: Amounts) -> float:
    return float(results.mean()) / (spread(results) or math.nan)


def _missing(results: Amounts) -> Reason | None:
    if not results.size:
        return Reason.NO_TRADES
    if results.size < FEWEST_DAYS:
        return Reason.TOO_FEW
    return Reason.NO_SPREAD if spread(results) is None else None


def _measure(value: float | None, none: Measure) -> Measure:
    return none if value is None else Measure(value, None, none.n)
