"""A day's trades held against the trader's own risk plan: what was used of it, and what nobody can know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDiscipline:
    """What a day did beside its plan; limits stay with the plan.

    `losses_in_a_row` is the run at the end of the day, `longest_run` its longest; a break-even trade neither ends
    nor lengthens one. `after_stop` counts trades entered once the run had reached the plan's limit,
    `perhaps_after_stop` those closed later whose entry nobody knows. `risk_known` of `trades` say their risk percent,
    `above_plan` of those risked more than planned (`None`: the plan names no risk). `unreadable` amounts are
    neither wins nor losses.
    """

    trades: int
    losses_in_a_row: int
    longest_run: int
    after_stop: int
    perhaps_after_stop: int
    risk_known: int
    above_plan: int | None
    unreadable: int


def discipline(
    trades: pd.DataFrame, risk: pd.Series[float], *, stop_after: int | None, risk_percent: float | None
) -> DayDiscipline:
    """Of one day's trade frame and the risk percent said for each of its trades (NaN: unknown)."""
    runs = _losing_runs(trades["profit_loss"].to_numpy())
    after, perhaps = (0, 0) if stop_after is None else (int(one.sum()) for one in entered_after(trades, stop_after))
    return DayDiscipline(
        trades=len(trades),
        losses_in_a_row=int(runs[-1]) if len(runs) else 0,
        longest_run=int(runs.max(initial=0)),
        after_stop=after,
        perhaps_after_stop=perhaps,
        risk_known=int(risk.notna().sum()),
        above_plan=None if risk_percent is None else int((risk > risk_percent).sum()),
        unreadable=int(trades["profit_loss"].isna().sum()),
    )


def _losing_runs(amounts: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """How many losses in a row stood after each trade."""
    runs = np.zeros(len(amounts), dtype=np.int64)
    run = 0
    for place, amount in enumerate(amounts):
        run = run + 1 if amount < 0 else 0 if amount > 0 else run
        runs[place] = run
    return runs


def entered_after(trades: pd.DataFrame, stop_after: int) -> tuple[Bools, Bools]:
    """Which of a day's trades were entered after that many losses in a row were closed, and which perhaps were."""
    after, perhaps = np.zeros((2, len(trades)), dtype=bool)
    reached = np.flatnonzero(_losing_runs(trades["profit_loss"].to_numpy()) >= stop_after)
    if len(reached):
        later = slice(reached[0] + 1, None)
        limit, entered = trades["closed_at"].iloc[reached[0]], trades["entry_time"].iloc[later]
        after[later] = (entered >= limit).to_numpy()
        perhaps[later] = (entered.isna() | pd.isna(limit)).to_numpy()
    return after, perhaps
