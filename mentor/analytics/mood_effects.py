"""What trading looks like in a mood: how many trades, how big, how fast, how long, with stops or not, and how good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from mentor.analytics.inference import Cause, Effect, Undetermined, benjamini_hochberg
from mentor.analytics.mood_groups import Told, baseline_rule, compared_emotions, enough, pair, told_sessions
from mentor.analytics.mood_model import compared
from mentor.analytics.session_frame import SessionTable

Behaviour = Literal["trades", "size", "pause", "holding", "stops", "result"]

#: Compared as ratios, on the log scale; the others as differences.
RATIOS: Final[frozenset[Behaviour]] = frozenset({"trades", "size", "pause", "holding"})
#: Seconds a pause or holding time counts at least.
_SHORTEST: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodEffect:
    """One way of trading in an emotion beside its baseline, session by session.

    `trades`: trades a session. `size`: mean size of a trade in the table's unit. `pause`: seconds from the last exit to
    the next entry, `holding`: seconds from entry to exit (both the session's median). `stops`: share of the trades
    with a stop price on record. `result`: mean result of a trade in the report's unit. `typical` and `baseline`
    are means over the sessions (geometric for ratios). `value` with its 95 % interval is after market and yesterday:
    a ratio, or a difference; `None` with the `reason`, or (no reason) too few sessions for a test.
    """

    told: Told
    emotion: str
    behaviour: Behaviour
    ratio: bool
    typical: float | None
    baseline: float | None
    value: float | None
    low: float | None
    high: float | None
    p_value: float | None
    adjusted_p_value: float | None
    n: int
    n_baseline: int
    reason: Cause | None


def mood_effects(table: SessionTable) -> tuple[MoodEffect, ...]:
    """Every emotion × every way of trading, those told before the first entry first."""
    ways = _behaviours(table)
    return (*_effects(table, ways, "before"), *_effects(table, ways, "hindsight"))


def _effects(table: SessionTable, ways: pd.DataFrame, told: Told) -> tuple[MoodEffect, ...]:
    """Of the emotions told then; the tests are one family (Benjamini–Hochberg)."""
    rows = told_sessions(table.sessions, told).join(ways, on="session_id")
    rule = baseline_rule(rows)
    names: tuple[Behaviour, ...] = ("trades", "size", "pause", "holding", "stops", "result")
    found = [
        (emotion, name, *_tested(*pair(rows, emotion, rule), name, emotion, len(rows)))
        for emotion in compared_emotions(rows, rule)
        for name in names
    ]
    p_values = [effect.p_value for *_, effect in found if isinstance(effect, Effect)]
    adjusted = iter(benjamini_hochberg(p_values))
    return tuple(
        _effect(told, emotion, name, typical, effect, next(adjusted) if isinstance(effect, Effect) else None)
        for emotion, name, typical, effect in found
    )


@dataclass(frozen=True, slots=True)
class _Typical:
    """Means of the emotion's and the baseline's sessions (on the log scale for ratios), and how many they are."""

    emotion: float | None
    baseline: float | None
    n: int
    n_baseline: int


def _tested(
    rows: pd.DataFrame, treated: np.ndarray, name: Behaviour, emotion: str, sessions: int
) -> tuple[_Typical, Effect | Undetermined | None]:
    column = f"mood_{name}"
    known = rows[column].notna().to_numpy()
    rows, treated = rows[known], treated[known]
    values = rows[column].to_numpy()
    typical = _Typical(_mean(values[treated]), _mean(values[~treated]), int(treated.sum()), int((~treated).sum()))
    if not enough(sessions, typical.n, typical.n_baseline):
        return typical, None
    return typical, compared(rows, treated, column, emotion)


def _effect(
    told: Told,
    emotion: str,
    name: Behaviour,
    typical: _Typical,
    effect: Effect | Undetermined | None,
    adjusted: float | None,
) -> MoodEffect:
    ratio = name in RATIOS
    tested = effect if isinstance(effect, Effect) else None
    return MoodEffect(
        told=told,
        emotion=emotion,
        behaviour=name,
        ratio=ratio,
        typical=_shown(typical.emotion, ratio=ratio),
        baseline=_shown(typical.baseline, ratio=ratio),
        value=_shown(tested.value if tested else None, ratio=ratio),
        low=_shown(tested.low if tested else None, ratio=ratio),
        high=_shown(tested.high if tested else None, ratio=ratio),
        p_value=tested.p_value if tested else None,
        adjusted_p_value=adjusted,
        n=typical.n,
        n_baseline=typical.n_baseline,
        reason=effect.reason if isinstance(effect, Undetermined) else None,
    )


def _mean(values: np.ndarray) -> float | None:
    return float(values.mean()) if values.size else None


def _shown(value: float | None, *, ratio: bool) -> float | None:
    """From the log scale to the ratio; one beyond what a number can hold is none."""
    if value is None or not ratio:
        return value
    with np.errstate(over="ignore"):
        shown = float(np.exp(value))
    return shown if np.isfinite(shown) else None


def _behaviours(table: SessionTable) -> pd.DataFrame:
    """One column a way of trading by session id, NaN where unknown; ratios as logs."""
    trades = table.trades.sort_values(["session_id", "entry_time", "id"], kind="stable")
    sessions = trades["session_id"]
    timed = (trades["exit_time"] >= trades["entry_time"]).to_numpy()
    held = (trades["exit_time"] - trades["entry_time"]).dt.total_seconds().where(timed)
    return pd.DataFrame(
        {
            "mood_trades": np.log(trades.groupby(sessions).size()),
            "mood_size": np.log(trades["size"]).groupby(sessions).mean(),
            "mood_pause": _log_median(_pauses(trades), sessions),
            "mood_holding": _log_median(held, sessions),
            "mood_stops": _stops(trades).groupby(sessions).mean(),
            "mood_result": trades["result"].groupby(sessions).mean(),
        }
    )


def _log_median(seconds: pd.Series[float], sessions: pd.Series[int]) -> pd.Series[float]:
    return seconds.clip(lower=_SHORTEST).groupby(sessions).median().pipe(np.log)


def _pauses(trades: pd.DataFrame) -> pd.Series[float]:
    """Seconds each trade was opened after every earlier one of its session was closed; NaN while one was open."""
    sessions = trades["session_id"]
    closed = trades["exit_time"].groupby(sessions).cummax().groupby(sessions).shift()
    seconds = (trades["entry_time"] - closed).dt.total_seconds()
    return seconds.where(seconds >= 0)


def _stops(trades: pd.DataFrame) -> pd.Series[float]:
    """1 with a stop price, else 0; unknown on all trades of a journal that never names one."""
    named = trades["stop_price"].notna()
    return named.astype("float64") if named.any() else pd.Series(np.nan, index=trades.index)
