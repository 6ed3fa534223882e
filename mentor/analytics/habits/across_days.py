"""What the result of the day before does to a session: its size, its number of trades, and how losers are held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from mentor.analytics.habits.between_sessions import compared
from mentor.analytics.habits.habit import Finding, Missing, Unit, lacking
from mentor.analytics.habits.record import Record
from mentor.analytics.habits.within import Bools, Floats, sums
from mentor.analytics.mood_model import market_columns


def chasing_size(record: Record) -> Finding:
    """Mean lots beside the usual ones, on days after a losing day over other days."""
    known = np.isfinite(record.size)
    if not known.any():
        return lacking(Missing.LOTS, "ratio")
    return after_losing_day("chasing_size", record, session_means(record, record.size, known), "ratio")


def chasing_trades(record: Record) -> Finding:
    """Trades a session, on days after a losing day over other days."""
    return after_losing_day("chasing_trades", record, np.log(record.sessions["trades"].to_numpy(dtype=float)), "ratio")


def after_losing_day(code: str, record: Record, outcome: Floats, unit: Unit) -> Finding:
    """An outcome of the sessions (NaN: unknown) after a losing day against other days.

    Covariates are the market and the outcome of the day before: a volatile market lasts, and so does what it brings.
    """
    before = record.sessions["money"].shift().to_numpy()
    kept = np.isfinite(outcome) & np.isfinite(before)
    treated = before[kept] < 0
    answer = outcome[kept]
    lag = np.concatenate(([np.nan], outcome[:-1]))[kept]
    lag = np.where(np.isfinite(lag), lag, answer.mean() if answer.size else 0.0)
    covariates = np.column_stack([market_columns(record.sessions["market"][kept]), lag])
    found = compared(code, answer, treated, covariates, unit, permutations=record.permutations)
    if found.missing is not None:
        return found
    days = np.flatnonzero(kept)[treated]
    return replace(
        found, trades=trades_of(record, days), chart=_chart(record, np.flatnonzero(kept), treated, answer, unit)
    )


def session_means(record: Record, values: Floats, known: Bools) -> Floats:
    """Mean a session over the known rows, NaN where none is."""
    count = sums(record.session, known)
    means = np.full(count.size, np.nan)
    np.divide(sums(record.session, np.where(known, values, 0.0)), count, out=means, where=count > 0)
    return means


def trades_of(record: Record, sessions: np.ndarray) -> tuple[int, ...]:
    """Ids of the trades of these sessions."""
    return tuple(record.ids[np.isin(record.session, sessions)].tolist())


def _chart(record: Record, days: np.ndarray, treated: Bools, answer: Floats, unit: Unit) -> pd.DataFrame:
    """One row a session: its date, whether it followed a losing day, and the outcome."""
    return pd.DataFrame(
        {
            "session_date": record.sessions["session_date"].to_numpy()[days],
            "after": treated.astype(int),
            "value": np.exp(answer) if unit == "ratio" else answer,
        }
    )
