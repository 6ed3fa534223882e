"""Whether one weekday differs: the largest |t| of all, against the largest |t| of the same permutations."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from mentor.analytics.habits.across_days import trades_of
from mentor.analytics.habits.between_sessions import FEWEST, compared
from mentor.analytics.habits.habit import Finding, Missing, Unit, lacking
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.within import Bools, Floats
from mentor.analytics.inference import Design, design, p_value, permuted_rows, seed_of
from mentor.analytics.mood_model import covariates

#: Sessions a weekday must have to be compared.
_FEWEST_OF_A_DAY: Final = 10


def weekday(record: Record) -> Finding:
    """Session result of the weekday that differs most, less that of the other days."""
    unit: Unit = record.unit
    sessions = record.sessions[record.sessions["result"].notna()]
    days = pd.DatetimeIndex(sessions["session_date"]).day_of_week.to_numpy()
    outcome = sessions["result"].to_numpy()
    numbers, counts = np.unique(days, return_counts=True)
    compared_days = numbers[counts >= _FEWEST_OF_A_DAY]
    if days.size < FEWEST or compared_days.size < 2:
        return lacking(Missing.SESSIONS, unit, opportunities=days.size)
    beside = covariates(sessions)
    models = {int(day): design(days == day, beside) for day in compared_days}
    usable = {day: model for day, model in models.items() if isinstance(model, Design)}
    spread = float(np.abs(outcome - outcome.mean()).max())
    if not usable or not spread:
        return lacking(Missing.SPREAD, unit, opportunities=days.size)
    scaled = (outcome - outcome.mean()) / spread
    seen = {day: float(model.statistics(scaled[np.newaxis])[0]) for day, model in usable.items()}
    chosen = max(seen, key=lambda day: abs(seen[day]))
    found = compared("weekday", outcome, days == chosen, beside, unit, permutations=record.permutations)
    if found.missing is not None:
        return found
    return replace(
        found,
        p_value=p_value(seen[chosen], _largest(list(usable.values()), scaled, record.permutations)),
        trades=trades_of(record, np.flatnonzero(record.sessions["result"].notna())[days == chosen]),
        chart=_chart(days, outcome, compared_days, chosen),
    )


def _largest(models: list[Design], outcome: Floats, permutations: int) -> Floats:
    """The largest |t| of the weekdays in each permutation; they share the reduced model, so its residuals too."""
    left = models[0].reduced_residuals(outcome)
    drawn = [
        np.max([np.abs(model.statistics(left[order])) for model in models], axis=0)
        for order in permuted_rows(outcome.size, permutations, seed_of("habit", "weekday", "max_t"))
    ]
    return np.concatenate(drawn)


def _chart(days: np.ndarray, outcome: Floats, shown: np.ndarray, chosen: int) -> pd.DataFrame:
    """Mean result by weekday (0 Monday): `weekday`, `value`, `sessions`, and whether it is the one spoken of."""
    marks: Bools = np.isin(days, shown)
    grouped = pd.DataFrame({"weekday": days[marks], "value": outcome[marks]}).groupby("weekday")["value"]
    frame = grouped.agg(value="mean", sessions="size").reset_index()
    return frame.assign(chosen=frame["weekday"] == chosen)
