"""Moods told in the middle of a trading day: how the day stood then, and what followed until its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from mentor.analytics.habits.record import Record
from mentor.analytics.inference import (
    Cause,
    Effect,
    Evidence,
    Findings,
    Undetermined,
    freedman_lane,
    grade,
    holm,
    negligible,
    normal_scores,
    seed_of,
)
from mentor.analytics.mood_groups import enough

#: How the day stands beside the trader's usual day.
Standing = Literal["ahead", "even", "behind"]

STANDINGS: Final[tuple[Standing, ...]] = ("ahead", "even", "behind")
#: Sessions from which on it is known how far a day usually goes.
FEWEST_DAYS: Final = 10
#: A day that ends nearer to zero than this share of all days is even.
_EVEN: Final = 1 / 3
_LEVEL: Final = 0.90


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What followed when the trader told an emotion in the middle of a day that stood so, and traded on.

    One moment a session, the first such: `n` sessions went on, `stopped` did not. `n_baseline` are the sessions whose
    first moment at that standing had another emotion and that went on. `effect` is the difference of the result of
    all trades opened afterwards, in the unit of the record, with its 90 % interval; `p_value` is Holm's over the
    emotions told at that standing, times the number of standings. `trades` is the median number of trades opened
    afterwards, `size` their lots beside the usual ones (geometric mean over the sessions).
    """

    n: int
    n_baseline: int
    stopped: int
    effect: Effect | None
    reason: Cause | None
    p_value: float | None
    evidence: Evidence
    trades: float | None
    size: float | None


@dataclass(frozen=True, slots=True)
class _Contrast:
    """Sessions that went on, in order, which of them told the emotion, and how many of those stopped."""

    rows: pd.DataFrame
    treated: np.ndarray[tuple[int], np.dtype[np.bool_]]
    stopped: int
    effect: Effect | Undetermined | None

    @property
    def n(self) -> int:
        return int(self.treated.sum())

    @property
    def p_value(self) -> float | None:
        return self.effect.p_value if isinstance(self.effect, Effect) else None


def usual_distance(money: pd.Series[float]) -> float | None:
    """A third of these days ended nearer to zero than this; `None` with fewer than 10 of them."""
    return float(money.abs().quantile(_EVEN)) if len(money) >= FEWEST_DAYS else None


def standing(running: float, usual: float) -> Standing:
    """How a day stands with this much money made so far."""
    if abs(running) <= usual:
        return "even"
    return "ahead" if running > 0 else "behind"


def moments(record: Record, moods: pd.DataFrame, usual: float | None) -> pd.DataFrame:
    """Every mood told with a trade of the day already closed, in order of time.

    Columns: `session_id`, `session_date`, `emotion`, `standing`, `running` (money of the trades closed by then),
    `closed` (how many), `followed` (trades opened afterwards), `result` (theirs, NaN unknown), `size` (mean log
    of their lots over the usual ones). Trades open at that moment are in neither: what floats may have made the mood. A
    session with a trade that does not know its times has no moment.
    """
    rows = record.rows.assign(size=record.size)
    timed = pd.Series(record.timed, index=rows.index).groupby(rows["session_id"]).all()
    told = moods[moods["recorded_at"].notna() & moods["timing"].isin(("between", "after"))]
    told = told[told["session_id"].map(timed).eq(True)].reset_index(drop=True).rename_axis("moment").reset_index()
    columns = ["session_id", "entry_time", "exit_time", "profit_loss", "result", "size"]
    beside = told[["moment", "session_id", "recorded_at"]].merge(rows[columns], on="session_id")
    closed = beside[beside["exit_time"] <= beside["recorded_at"]].groupby("moment")
    open_later = (beside["entry_time"] >= beside["recorded_at"]) & (beside["exit_time"] > beside["recorded_at"])
    later = beside[open_later].groupby("moment")
    told = told.set_index("moment").assign(running=closed["profit_loss"].sum(), closed=closed.size())
    told["followed"] = later.size().reindex(told.index).fillna(0).astype("int64")
    told = told.assign(result=later["result"].sum(min_count=1), size=later["size"].mean())
    told = told[told["closed"].notna()]
    told["standing"] = [None if usual is None else standing(money, usual) for money in told["running"]]
    return told.sort_values(["session_date", "session_id", "recorded_at"], kind="stable").drop(
        columns=["recorded_at", "timing"]
    )


def aftermath(told: pd.DataFrame, emotion: str, at: Standing) -> Aftermath:
    """Of one emotion at one standing, from `moments`."""
    here = told[told["standing"] == at]
    contrasts = {word: _contrast(here, word, at) for word in sorted({emotion, *here["emotion"]})}
    asked, p_value = contrasts[emotion], _adjusted(contrasts).get(emotion)
    effect = asked.effect
    estimated = effect if isinstance(effect, Effect) else None
    went_on = asked.rows[asked.treated]
    return Aftermath(
        n=asked.n,
        n_baseline=len(asked.rows) - asked.n,
        stopped=asked.stopped,
        effect=estimated,
        reason=effect.reason if isinstance(effect, Undetermined) else None,
        p_value=p_value,
        evidence=grade(_findings(asked, estimated, p_value)),
        trades=float(went_on["followed"].median()) if len(went_on) else None,
        size=float(np.exp(went_on["size"].mean())) if went_on["size"].notna().any() else None,
    )


def _contrast(here: pd.DataFrame, emotion: str, at: Standing) -> _Contrast:
    such = here[here["emotion"] == emotion].drop_duplicates("session_id")
    others = here[~here["session_id"].isin(such["session_id"])].drop_duplicates("session_id")
    every = pd.concat([such, others]).sort_values(["session_date", "session_id"], kind="stable")
    rows = every[(every["followed"] > 0) & every["result"].notna()]
    treated = (rows["emotion"] == emotion).to_numpy(dtype=np.bool_)
    n = int(treated.sum())
    effect = _compared(rows, treated, emotion, at) if enough(len(rows), n, len(rows) - n) else None
    return _Contrast(rows, treated, int((such["followed"] == 0).sum()), effect)


def _compared(
    rows: pd.DataFrame, treated: np.ndarray[tuple[int], np.dtype[np.bool_]], emotion: str, at: Standing
) -> Effect | Undetermined:
    """The product's test, beside it how far the day stood and how far it had gone: both move the mood and the rest."""
    beside = np.column_stack([normal_scores(rows["running"]), np.log(rows["closed"].to_numpy(dtype=np.float64))])
    return freedman_lane(rows["result"], treated, beside, seed=seed_of("moment", at, emotion), level=_LEVEL)


def _adjusted(contrasts: dict[str, _Contrast]) -> dict[str, float]:
    """Holm's p-values of the emotions tested at one standing, times the standings: whoever asks may ask at each."""
    tested = {word: found.p_value for word, found in contrasts.items() if found.p_value is not None}
    return {word: min(1.0, len(STANDINGS) * p) for word, p in zip(tested, holm(list(tested.values())), strict=True)}


def _findings(asked: _Contrast, effect: Effect | None, p_value: float | None) -> Findings:
    """Told while trading: the grade stays at a hint, so what only the higher grades ask for is not looked at."""
    deviation = float(asked.rows["result"].std()) if len(asked.rows) > 1 else 0.0
    return Findings(
        sessions=len(asked.rows),
        n_treated=asked.n,
        n_baseline=len(asked.rows) - asked.n,
        p_value=p_value,
        scores_p_value=None,
        survives_extremes=False,
        same_sign_in_halves=False,
        robustness=0.0,
        equivalent=effect is not None and negligible(effect.low, effect.high, deviation),
        beforehand=False,
    )
