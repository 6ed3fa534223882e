"""Which trades of a frame a person asked for, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.models import Side

Result = Literal["win", "loss", "break_even"]
Order = Literal["date", "profit_loss", "symbol", "lot_size"]

RESULTS: Final[tuple[Result, ...]] = ("win", "loss", "break_even")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the trades must be; `None` or nothing means any. `ids` limits them to those a search found.

    An empty text among `strategies` or `accounts` stands for trades that state none.
    """

    side: Side | None = None
    result: Result | None = None
    strategies: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    ids: frozenset[int] | None = None


def select(trades: pd.DataFrame, wanted: Selection) -> pd.DataFrame:
    """The rows of a trade frame that fit, in its order."""
    kept = np.ones(len(trades), dtype=bool)
    if wanted.side is not None:
        kept &= (trades["side"] == wanted.side).to_numpy()
    if wanted.result is not None:
        kept &= _result(trades["profit_loss"].to_numpy(), wanted.result)
    for column, values in (
        ("strategy", wanted.strategies),
        ("account", wanted.accounts),
        ("origin", wanted.origins),
    ):
        if values:
            kept &= _one_of(trades[column], values)
    if wanted.ids is not None:
        kept &= np.isin(trades["id"].to_numpy(), np.fromiter(wanted.ids, dtype=np.int64, count=len(wanted.ids)))
    return trades if kept.all() else trades[kept]


def ordered(trades: pd.DataFrame, order: Order, *, descending: bool) -> npt.NDArray[np.int64]:
    """Row positions in the order asked; ties in the frame's own order, the unknown always last."""
    if order == "date":
        places = np.arange(len(trades))
        dated = int(trades["session_date"].notna().sum())  # the frame is in order, those without a day last
        return np.concatenate((places[:dated][::-1], places[dated:])) if descending else places
    keys = _rank(trades["symbol"]) if order == "symbol" else trades[order].to_numpy()
    return np.argsort(-keys if descending else keys, kind="stable")  # NaN comes last either way


def _result(amounts: npt.NDArray[np.float64], result: Result) -> npt.NDArray[np.bool_]:
    wanted: dict[Result, npt.NDArray[np.bool_]] = {"win": amounts > 0, "loss": amounts < 0, "break_even": amounts == 0}
    return wanted[result]


def _one_of(column: pd.Series[str], values: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    fits = column.isin([value for value in values if value])
    return np.asarray(fits | column.isna() if "" in values else fits)


def _rank(symbols: pd.Series[str]) -> npt.NDArray[np.float64]:
    """The alphabetical place of each symbol, NaN without one."""
    codes = symbols.cat.codes.to_numpy()
    places = np.argsort(np.argsort(symbols.cat.categories.to_numpy(dtype="str"))).astype("float64")
    return np.where(codes >= 0, np.append(places, np.nan)[codes], np.nan)
