"""Which trades may be added up: a readable amount, in the journal's base currency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

#: Beyond this a 64-bit float no longer holds cents, so an amount that large is no result of a trade.
LARGEST_AMOUNT: Final = 2**53 / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Countable:
    """The rows of a trade frame that can be summed, in order, and how many were left out and why.

    `undated` rows are among `trades`: they count in totals, and have no place in a calendar.
    """

    trades: pd.DataFrame
    unreadable: int
    other_currency: int
    undated: int


def countable(trades: pd.DataFrame) -> Countable:
    """Leave out trades in another currency, then those whose net P/L is no usable number."""
    foreign = trades["currency"].notna().to_numpy()
    readable = np.abs(trades["profit_loss"].to_numpy()) <= LARGEST_AMOUNT
    kept = readable & ~foreign
    rows = trades if kept.all() else trades[kept]
    return Countable(
        trades=rows,
        unreadable=int((~readable & ~foreign).sum()),
        other_currency=int(foreign.sum()),
        undated=int(rows["session_date"].isna().sum()),
    )
