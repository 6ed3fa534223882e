"""What the results mean beside the money the account began with: return and drawdown as shares of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.metrics import Measure, Reason, drawdowns, equity_path, undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFigures:
    """Shares of the account's money, 0.02 for two percent; deposits and withdrawals are not known.

    `max_drawdown` is the deepest fall below the highest balance so far, `ulcer` the root mean square of all falls.
    """

    return_share: Measure
    max_drawdown: Measure
    ulcer: Measure


def account_figures(trades: pd.DataFrame, opening_balance: float | None) -> AccountFigures:
    """Figures of a trade frame for an account that held `opening_balance` before its first trade.

    The balance is in base currency, `None` when it is not known.
    """
    amounts = countable(trades).trades["profit_loss"].to_numpy()
    reason = _missing(amounts.size, opening_balance)
    if reason or opening_balance is None:
        return no_account_figures(reason or Reason.NO_BALANCE, amounts.size)
    path = opening_balance + equity_path(amounts)
    depths = drawdowns(path) / np.maximum.accumulate(path)
    return AccountFigures(
        return_share=Measure(float(path[-1] / opening_balance - 1), None, amounts.size),
        max_drawdown=Measure(float(depths.max()), None, amounts.size),
        # Over the trades: the point before the first one is no result.
        ulcer=Measure(float(np.sqrt(np.mean(depths[1:] ** 2))), None, amounts.size),
    )


def no_account_figures(reason: Reason, n: int) -> AccountFigures:
    """Figures of which none is defined."""
    none = undefined(reason, n)
    return AccountFigures(return_share=none, max_drawdown=none, ulcer=none)


def opening_balance(trades: pd.DataFrame, starting_balance: float | None, first: date | None) -> float | None:
    """The balance before the day `first`: the starting balance and every result closed on an earlier day.

    `trades` is the whole journal's trade frame. Without `first` it is the starting balance.
    """
    if starting_balance is None or first is None:
        return starting_balance
    rows = countable(trades).trades
    return starting_balance + float(rows.loc[rows["session_date"] < pd.Timestamp(first), "profit_loss"].sum())


def _missing(trades: int, opening: float | None) -> Reason | None:
    if opening is None:
        return Reason.NO_BALANCE
    if opening <= 0:
        return Reason.BALANCE_GONE
    return None if trades else Reason.NO_TRADES
