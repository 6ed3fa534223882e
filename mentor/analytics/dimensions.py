"""What trades are told apart by: every closed trade with the codes of its mood, market, hour and others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.emotions import labels

Dimension = Literal[
    "symbol",
    "strategy",
    "side",
    "account",
    "origin",
    "mood",
    "market",
    "weekday",
    "hour",
    "month",
    "result",
    "stop",
    "holding",
]

#: Seconds at which a longer holding time begins; the codes are the places between them.
HOLDING_BOUNDS: Final = (60, 300, 1_800, 7_200, 28_800, 86_400)
#: The codes of those that have an order of their own; `None`: whatever is found, in the order of the alphabet.
ORDERED: Final[dict[Dimension, tuple[str, ...] | None]] = {
    "weekday": tuple(map(str, range(7))),
    "hour": tuple(map(str, range(24))),
    "month": None,
    "result": ("win", "loss", "break_even"),
    "stop": ("yes", "no"),
    "holding": tuple(map(str, range(len(HOLDING_BOUNDS) + 1))),
}
#: Said of a whole session, so that its trades say one thing together.
OF_SESSIONS: Final[frozenset[Dimension]] = frozenset(("mood", "market"))


def in_currency(trades: pd.DataFrame, currency: str | None) -> pd.DataFrame:
    """The trades that can be added up: of the base currency, or of another one, whose amounts then stand alone."""
    if currency is None:
        return countable(trades).trades
    return countable(trades[trades["currency"] == currency].assign(currency=np.nan)).trades


def described(
    trades: pd.DataFrame,
    moods: pd.DataFrame,
    markets: pd.Series[str],
    multiples: pd.Series[float],
    zone: tzinfo,
) -> pd.DataFrame:
    """These trades with a column of codes a dimension, missing where nobody knows, and their `r`.

    `mood` is the one told before the first entry only: a later one may be the result's doing. `markets` is
    `recorded_markets`, `multiples` what `r_multiples` gave for the whole journal; hours are those of `zone` at entry,
    weekday and month those of the session.
    """
    told = labels(moods)
    before = told[told["basis"] == "before"].set_index("session_id")["emotion"]
    day, entered = trades["session_date"], trades["entry_time"].dt.tz_convert(zone)
    return trades.assign(
        strategy=_named(trades["strategy"]),
        account=_named(trades["account"]),
        mood=_of_session(trades["session_id"], before),
        market=_of_session(trades["session_id"], markets),
        weekday=_placed(day.dt.day_of_week.to_numpy(), "weekday"),
        hour=_placed(entered.dt.hour.to_numpy(), "hour"),
        month=_months(day),
        result=_coded(_result(trades["profit_loss"].to_numpy()), ("win", "loss", "break_even")),
        stop=_coded(_stop(trades), ("yes", "no")),
        holding=_holding(trades),
        r=multiples.reindex(trades.index),
    )


def _named(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.cat.remove_categories([""]) if "" in column.cat.categories else column


def _of_session(sessions: pd.Series[int], words: pd.Series[str]) -> pd.Series[Any]:
    """The word of each trade's session: a million trades ask for a few thousand words."""
    said = words.astype("str").astype("category")
    places = said.index.get_indexer(pd.Index(sessions))
    codes = np.append(said.cat.codes.to_numpy().astype(np.int64), -1)[places]
    return pd.Series(pd.Categorical.from_codes(codes, said.cat.categories), sessions.index)


def _coded(places: npt.NDArray[np.int64], codes: Sequence[str]) -> pd.Categorical[str]:
    """The code at each place; -1 is missing."""
    return pd.Categorical.from_codes(places, pd.Index(list(codes), dtype="str"))


def _placed(places: npt.NDArray[np.float64], dimension: Dimension) -> pd.Categorical[str]:
    codes = np.where(np.isnan(places), -1, np.nan_to_num(places)).astype("int64")
    return _coded(codes, ORDERED[dimension] or ())


def _months(days: pd.Series[pd.Timestamp]) -> pd.Categorical[str]:
    months = 12 * days.dt.year + days.dt.month - 1
    found = np.unique(months.dropna().to_numpy()).astype("int64")
    codes = np.where(months.isna(), -1, np.searchsorted(found, months.fillna(0).to_numpy()))
    return _coded(codes, [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in found])


def _result(amounts: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    return np.select([amounts > 0, amounts < 0], [0, 1], 2)


def _stop(trades: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A stop that is stated or was hit, or stated as none; nothing said is not known."""
    price = trades["stop_price"].to_numpy()
    return np.select([(price > 0) | trades["stop_loss_used"].to_numpy(), price <= 0], [0, 1], -1)


def _holding(trades: pd.DataFrame) -> pd.Categorical[str]:
    seconds = (trades["exit_time"] - trades["entry_time"]).dt.total_seconds().to_numpy()
    codes = np.where(seconds >= 0, np.searchsorted(HOLDING_BOUNDS, seconds, side="right"), -1)
    return _coded(codes, ORDERED["holding"] or ())
