"""What speaks against reading a difference as the mood's doing: yesterday, the impossible, and what nobody recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.inference import Effect, Undetermined
from mentor.analytics.mood_model import compared

_SUSPICIOUS: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseArrow:
    """How often the emotion follows a losing session and a winning one, and Fisher's exact test of the difference.

    `ratio` is share after a loss over share after a win, `None` where it never followed a win; `p_value` `None`
    where no session followed a loss or none a win.
    """

    after_loss: int
    sessions_after_loss: int
    after_win: int
    sessions_after_win: int
    ratio: float | None
    p_value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodChecks:
    """The checks of one emotion.

    `yesterday` is the emotion's test with the result of the session before as outcome, `bots` with what bots made on
    the same days (`None`: no bot traded beside the trader): today's mood can have changed neither.
    """

    reverse: ReverseArrow
    yesterday: Effect | Undetermined
    bots: Effect | Undetermined | None

    @property
    def suspicious(self) -> bool:
        """Whether the mood "explains" what it cannot have changed."""
        controls = (self.yesterday, self.bots)
        return any(isinstance(control, Effect) and control.p_value <= _SUSPICIOUS for control in controls)


def mood_checks(sessions: pd.DataFrame, rows: pd.DataFrame, treated: npt.NDArray[np.bool_], emotion: str) -> MoodChecks:
    """Checks of the comparison of `rows`, which are some of all `sessions` (in order)."""
    return MoodChecks(
        reverse=_reverse_arrow(sessions, rows, treated),
        yesterday=_of_yesterday(sessions, rows, treated, emotion),
        bots=_of_bots(rows, treated, emotion),
    )


def _reverse_arrow(sessions: pd.DataFrame, rows: pd.DataFrame, treated: npt.NDArray[np.bool_]) -> ReverseArrow:
    before = sessions["result"].shift().reindex(rows.index).to_numpy()
    lost, won = before < 0, before > 0
    hit, miss = int((lost & treated).sum()), int((won & treated).sum())
    after_loss, after_win = int(lost.sum()), int(won.sum())
    known = bool(after_loss and after_win)
    return ReverseArrow(
        after_loss=hit,
        sessions_after_loss=after_loss,
        after_win=miss,
        sessions_after_win=after_win,
        ratio=(hit / after_loss) / (miss / after_win) if known and miss else None,
        p_value=_fisher(hit, after_loss, miss, after_win) if known else None,
    )


def _fisher(hit: int, n: int, other_hit: int, other_n: int) -> float:
    from scipy.stats import fisher_exact

    return float(fisher_exact([[hit, n - hit], [other_hit, other_n - other_hit]]).pvalue)


def _of_yesterday(
    sessions: pd.DataFrame, rows: pd.DataFrame, treated: npt.NDArray[np.bool_], emotion: str
) -> Effect | Undetermined:
    """The same test moved back by one session: its result, its market, and what came before it."""
    moved = sessions[["result", "market", "yesterday"]].shift().loc[rows.index]
    known = moved["result"].notna().to_numpy()
    return compared(moved[known], treated[known], "result", emotion)


def _of_bots(rows: pd.DataFrame, treated: npt.NDArray[np.bool_], emotion: str) -> Effect | Undetermined | None:
    known = rows["bots"].notna().to_numpy()
    return compared(rows[known], treated[known], "bots", emotion) if known.any() else None
