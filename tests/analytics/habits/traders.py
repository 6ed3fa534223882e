"""Invented traders with known habits, drawn from named numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mentor.analytics.frames import SESSION_DTYPES, TRADE_DTYPES
from mentor.analytics.session_frame import SessionTable, previous_scores


@dataclass(frozen=True, kw_only=True)
class Trader:
    """Numbers a trader is drawn from; as it stands: no habit at all.

    `volatile` days (30 %) have twice the size, more losses and half the pauses: the confounder of pooled comparisons.
    `size_after_loss` and `pace_after_loss` multiply lots and pauses; `tilt` is what is taken off the chance to win
    after two losses, `extra` off that of trades beyond the fifth; `held_losers` multiplies how long losers are held;
    losses are `scattered` where no stop is set at 1 R;
    `stop_after_losses` ends the day after so many in a row, `stop_after_win` after the first win, `stop_at` once so
    much money is lost.
    """

    sessions: int = 150
    trades: float = 4.5
    wins: float = 0.45
    reward: float = 1.3
    day_spread: float = 0.05
    volatile: bool = False
    size_after_loss: float = 1.0
    size_after_two_wins: float = 1.0
    size_after_losing_day: float = 1.0
    pace_after_loss: float = 1.0
    doubles: float = 0.0
    tilt: float = 0.0
    extra: float = 0.0
    busy_days: float = 0.0
    hours: float = 0.0
    hot: float = 0.0
    held_losers: float = 1.0
    scattered: bool = False
    barriers: bool = False
    growth: float = 0.0
    bad_weekday: float = 0.0
    overrun: float = 0.0
    stop_after_losses: int | None = None
    stop_after_win: bool = False
    stop_at: float = np.inf


def draw(trader: Trader, seed: int) -> pd.DataFrame:
    """The trade frame of a trader; result in money is R × 100, and so is `frame.attrs` free."""
    random = np.random.default_rng(seed)
    rows: list[tuple[Any, ...]] = []
    before = 0.0
    days = pd.bdate_range("2024-01-01", periods=trader.sessions)
    for number, day in enumerate(days):
        made, today = 0.0, _day(trader, random, number, before, day.day_of_week == 4)
        for row in today:
            rows.append((number + 1, day, *row))
            made += row[3]
        before = made
    return _frame(rows)


def _day(t: Trader, random: np.random.Generator, number: int, before: float, friday: bool) -> list[tuple[Any, ...]]:
    wild = t.volatile and random.random() < 0.3
    chance = t.wins + random.normal(0, t.day_spread) - 0.12 * wild - t.bad_weekday * friday
    busy = random.random() < t.busy_days
    count = 1 + random.negative_binomial(3, 3 / (2 + t.trades)) + 5 * busy
    base = (
        (2.0 if wild else 1.0) * (t.size_after_losing_day if before < 0 else 1.0) * (1 + t.growth * number / t.sessions)
    )
    clock, rows, results, lots = random.uniform(0, 60), [], [], 1.0
    for place in range(count):
        last, two = (results[-1] if results else 0), results[-2:]
        p = chance - t.tilt * (sum(r < 0 for r in results) >= 2) - t.extra * (place >= 5) - t.hours * clock / 60
        p += t.hot * (last > 0)
        size = base * float(np.exp(random.normal(0, 0.3)))
        size *= t.size_after_loss if last < 0 else 1.0
        size *= t.size_after_two_wins if len(two) == 2 and min(two) > 0 else 1.0
        if last < 0 and random.random() < t.doubles:
            size = 2 * lots
        stop = float(random.uniform(0.6, 1.6)) if t.barriers and t.scattered else 1.0
        held, won = _held(t, random, p, stop)
        r = t.reward * random.gamma(4, 0.25) if won else -1.0 - (random.random() < t.overrun * (last < 0)) * 0.8
        if t.scattered and r == -1.0:
            r = -float(random.gamma(4, 0.25))
        if t.barriers:
            r = stop * (t.reward if won else -1.0)
        rows.append((clock, clock + held, round(size, 3), r * size * 100, 0.5 * size))
        results.append(r)
        lots = size
        pause = 10 * random.lognormal(0, 0.8) * (t.pace_after_loss if r < 0 else 1.0) * (0.5 if wild else 1.0)
        clock += held + pause
        if (t.stop_after_win and r > 0) or sum(row[3] for row in rows) <= -t.stop_at:
            break
        if t.stop_after_losses and results[-t.stop_after_losses :] == [-1.0] * t.stop_after_losses:
            break
    return rows


def _held(t: Trader, random: np.random.Generator, p: float, stop: float) -> tuple[float, bool]:
    """Minutes held and whether it won; with `barriers` the price decides: a target at `reward` times the stop."""
    if t.barriers:
        steps = np.cumsum(random.normal(0, 0.2, 600))
        hit = np.flatnonzero((steps >= t.reward * stop) | (steps <= -stop))
        end = int(hit[0]) if hit.size else steps.size - 1
        return (end + 1) * 0.6, bool(steps[end] > 0)
    won = bool(random.random() < p)
    return 15 * float(random.lognormal(0, 0.7)) * (1.0 if won else t.held_losers), won


def _frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    names = ["session_id", "session_date", "opened", "closed", "lot_size", "profit_loss", "risk_percent"]
    frame = pd.DataFrame(rows, columns=names)
    start = pd.to_datetime(frame["session_date"]).dt.tz_localize("UTC") + pd.Timedelta(hours=8)
    frame["entry_time"] = start + pd.to_timedelta((frame["opened"] * 60).round(), unit="s")
    frame["exit_time"] = start + pd.to_timedelta((frame["closed"] * 60).round(), unit="s")
    frame["closed_at"] = frame["exit_time"]
    frame["id"] = np.arange(1, len(frame) + 1)
    frame["symbol"], frame["origin"] = "EURUSD", "import"
    frame["stop_loss_used"] = frame["take_profit_used"] = False
    return frame.reindex(columns=list(TRADE_DTYPES)).astype(TRADE_DTYPES)


def multiples(frame: pd.DataFrame) -> pd.Series[float]:
    """R of a drawn frame: a trade of one lot risks 100."""
    return frame["profit_loss"] / (100 * frame["lot_size"])


def table(frame: pd.DataFrame, moods: pd.Series[str] | None = None, *, in_r: bool = True) -> SessionTable:
    """The session table of a drawn frame; `moods` told before the session, by session_id."""
    told = frame["session_date"].groupby(frame["session_id"]).first()
    days = pd.DataFrame(
        {
            "session_id": told.index,
            "session_date": told.to_numpy(),
            "trades": frame.groupby("session_id").size().to_numpy(),
            "money": frame.groupby("session_id")["profit_loss"].sum().to_numpy(),
        }
    )
    result = multiples(frame) if in_r else frame["profit_loss"]
    days["result"] = result.groupby(frame["session_id"]).sum().to_numpy()
    days["emotion"] = np.nan if moods is None else moods.reindex(told.index).to_numpy()
    days["basis"] = np.where(days["emotion"].notna(), "before", None)
    days["market"] = None
    days["yesterday"] = previous_scores(days["result"].to_numpy())
    days["bots"] = np.nan
    return SessionTable(
        sessions=days.astype(SESSION_DTYPES),
        trades=frame.assign(result=result, size=np.nan),
        unit="r" if in_r else "money",
        size_unit=None,
        risk_coverage=float(in_r),
    )
