"""One row a traded session: what it brought, the mood and the market it had, and what the session before brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.emotions import labels
from mentor.analytics.frames import SESSION_DTYPES
from mentor.analytics.inference import normal_scores
from mentor.analytics.own_trades import bot_trades, own_trades
from mentor.analytics.risk import r_multiples, said_risk
from mentor.models import Session

#: R, money for each percent risked (R up to a factor that nobody knows without a balance), or net money.
Unit = Literal["r", "per_percent", "money"]
#: What the size of a trade is measured by.
SizeUnit = Literal["risk_percent", "usual_lots"]

#: Share of the trades that must know their risk for results to be counted in it.
RISK_COVERAGE: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTable:
    """`sessions` (`SESSION_DTYPES`) in order of (date, id), and the trades behind them.

    `trades` are the countable ones of the trader on dated sessions with two columns more: `result` in `unit` (NaN:
    risk unknown) and `size` in `size_unit` (NaN: unknown).
    """

    sessions: pd.DataFrame
    trades: pd.DataFrame
    unit: Unit
    size_unit: SizeUnit | None
    risk_coverage: float


def session_table(
    trades: pd.DataFrame,
    moods: pd.DataFrame,
    markets: pd.Series[str],
    *,
    journal: pd.DataFrame,
    starting_balance: float | None,
) -> SessionTable:
    """Join what is known of every traded session.

    `markets` is `recorded_markets`; `journal` the whole trade frame that `trades` is a selection of: risk and
    balance follow from all of it.
    """
    counted = countable(trades).trades
    dated = counted[counted["session_date"].notna()]
    rows = own_trades(dated).sort_values(["session_date", "session_id", "id"])
    unit, results, coverage = _results(rows, journal, starting_balance)
    size_unit, sizes = _sizes(rows, journal)
    rows = rows.assign(result=results, size=sizes)
    told = _sessions(rows).merge(labels(moods), on="session_id", how="left")
    told["market"] = told["session_id"].map(markets)
    told["yesterday"] = previous_scores(told["result"].to_numpy())
    told["bots"] = told["session_id"].map(bot_trades(dated).groupby("session_id")["profit_loss"].sum())
    sessions = told[list(SESSION_DTYPES)].astype(SESSION_DTYPES)
    return SessionTable(sessions=sessions, trades=rows, unit=unit, size_unit=size_unit, risk_coverage=coverage)


def recorded_markets(sessions: Sequence[Session]) -> pd.Series[str]:
    """The market condition by session id, of the sessions of which somebody named one."""
    told = {session.id: market for session in sessions if (market := session.own_market) is not None}
    return pd.Series(told, dtype="str")


def previous_scores(results: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Normal score of the session before among all that were before another; 0 for the first and after an unknown."""
    before = np.concatenate(([np.nan], results[:-1]))[: results.size]
    known = ~np.isnan(before)
    scores = np.zeros(results.size)
    scores[known] = normal_scores(before[known])
    return scores


def _sessions(rows: pd.DataFrame) -> pd.DataFrame:
    by_session = rows.groupby(["session_date", "session_id"], sort=True)
    sums = by_session.agg(trades=("id", "size"), money=("profit_loss", "sum"))
    sums["result"] = by_session["result"].sum(min_count=1)
    return sums.reset_index()


def _results(
    rows: pd.DataFrame, journal: pd.DataFrame, starting_balance: float | None
) -> tuple[Unit, pd.Series[float], float]:
    """The unit, the result of every trade in it, and the share of trades whose risk is known."""
    if starting_balance is None:
        unit: Unit = "per_percent"
        in_risk = rows["profit_loss"] / said_risk(journal).reindex(rows.index)
    else:
        unit, in_risk = "r", r_multiples(journal, starting_balance).reindex(rows.index)
    coverage = float(in_risk.notna().mean()) if len(rows) else 0.0
    return (unit, in_risk, coverage) if coverage >= RISK_COVERAGE else ("money", rows["profit_loss"], coverage)


def _sizes(rows: pd.DataFrame, journal: pd.DataFrame) -> tuple[SizeUnit | None, pd.Series[float]]:
    """Risk percent where said, else lots beside the usual ones of the symbol; each only if most trades know it."""
    lots = rows["lot_size"].where(rows["lot_size"] > 0)
    usual = lots.groupby(rows["symbol"], observed=True).transform("median")
    measured: tuple[tuple[SizeUnit, pd.Series[float]], ...] = (
        ("risk_percent", said_risk(journal).reindex(rows.index)),
        ("usual_lots", lots / usual),
    )
    for unit, sizes in measured:
        if len(rows) and sizes.notna().mean() >= RISK_COVERAGE:
            return unit, sizes
    return None, pd.Series(np.nan, index=rows.index, dtype="float64")
