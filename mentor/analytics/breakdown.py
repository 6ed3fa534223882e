"""Results by one thing at a time: symbol, strategy, side, weekday, hour, holding time; and how they are spread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Final, Literal

import numpy as np
import pandas as pd

from mentor.analytics.countable import countable
from mentor.analytics.inference.seeds import seed_of
from mentor.analytics.intervals import mean_interval

#: The code of each row's group, missing where it has none.
Keys = Callable[[pd.DataFrame, tzinfo], pd.Series]
By = Literal["symbol", "strategy", "side", "weekday", "hour", "holding"]

#: What has an order of its own; the others come best mean first.
ORDERED: Final = ("weekday", "hour", "holding")
#: Seconds from which on each holding time is the next longer one; the first is shorter than the first of them.
HOLDING_STEPS: Final = (60, 300, 900, 3600, 4 * 3600, 24 * 3600)

#: One row a group: what `by` gives. `low` and `high` are the 95 % interval of `mean`, NaN below ten sessions.
GROUP_DTYPES: Final[dict[str, str]] = {
    "key": "str",
    "trades": "int64",
    "sessions": "int64",
    "wins": "int64",
    "net": "float64",
    "mean": "float64",
    "low": "float64",
    "high": "float64",
}
#: One row a bar: what `spread` gives. The outermost hold everything beyond them as well.
SPREAD_DTYPES: Final[dict[str, str]] = {"low": "float64", "high": "float64", "n": "int64"}
#: Bars of a spread that most results fall into, and the share left beyond on either side.
_BARS: Final = 24
_BEYOND: Final = 0.01


def by(trades: pd.DataFrame, of: By, zone: tzinfo) -> tuple[pd.DataFrame, int]:
    """Net a trade of each group of a trade frame (`GROUP_DTYPES`), and how many trades do not say it.

    Hours are those of `zone` at entry, weekdays those of the session, 0 is Monday.
    """
    rows = countable(trades).trades
    keys = _KEYS[of](rows, zone)
    known = rows[keys.notna()]
    groups = [_group(str(key), of, held) for key, held in known.groupby(keys[keys.notna()], observed=True)]
    found = pd.DataFrame(groups, columns=list(GROUP_DTYPES)).astype(GROUP_DTYPES)
    order = found["key"].astype("int64") if of in ORDERED else -found["mean"]
    return found.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True), len(rows) - len(known)


def spread(amounts: pd.Series[float]) -> pd.DataFrame:
    """How many results lie where (`SPREAD_DTYPES`), in equal steps of which one begins at zero."""
    known = amounts.dropna().to_numpy()
    if not known.size:
        return pd.DataFrame(columns=list(SPREAD_DTYPES), dtype="float64").astype(SPREAD_DTYPES)
    low, high = (float(end) for end in np.quantile(known, [_BEYOND, 1 - _BEYOND]))
    lost, won = bool(known.min() < 0), bool(known.max() >= 0)
    if lost and won:
        low, high = min(low, 0.0), max(high, 0.0)
    step = _round_step((high - low or abs(high) or 1.0) / _BARS)
    first, last = int(np.floor(low / step)), int(np.floor(high / step))
    if lost and won:  # however rare, a loss stays left of zero and a win right of it
        first, last = min(first, -1), max(last, 0)
    # Exactly zero is neither won nor lost and stands with the first step above.
    places = np.clip(np.floor(known / step).astype(np.int64), first, last)
    edges = np.arange(first, last + 1)
    return pd.DataFrame(
        {"low": edges * step, "high": (edges + 1) * step, "n": np.bincount(places - first, minlength=edges.size)}
    ).astype(SPREAD_DTYPES)


def _group(key: str, of: By, rows: pd.DataFrame) -> dict[str, object]:
    amounts = rows["profit_loss"]
    low, high = mean_interval(amounts, rows, seed_of("breakdown", of, key)) or (np.nan, np.nan)
    return {
        "key": key,
        "trades": len(rows),
        "sessions": rows["session_id"].nunique(),
        "wins": int((amounts > 0).sum()),
        "net": float(amounts.sum()),
        "mean": float(amounts.mean()),
        "low": low,
        "high": high,
    }


def _named(column: str) -> Keys:
    return lambda rows, _zone: rows[column].astype("str").replace("", None)


def _hour(rows: pd.DataFrame, zone: tzinfo) -> pd.Series:
    return pd.Series(rows["entry_time"].dt.tz_convert(zone).dt.hour, dtype="Int64")


def _weekday(rows: pd.DataFrame, _zone: tzinfo) -> pd.Series:
    return pd.Series(rows["session_date"].dt.day_of_week, dtype="Int64")


def _holding(rows: pd.DataFrame, _zone: tzinfo) -> pd.Series:
    seconds = (rows["exit_time"] - rows["entry_time"]).dt.total_seconds()
    places = pd.Series(np.searchsorted(HOLDING_STEPS, seconds.to_numpy(), side="right"), index=rows.index)
    return places.where(seconds >= 0).astype("Int64")


_KEYS: Final[dict[By, Keys]] = {
    "symbol": _named("symbol"),
    "strategy": _named("strategy"),
    "side": _named("side"),
    "weekday": _weekday,
    "hour": _hour,
    "holding": _holding,
}


def _round_step(least: float) -> float:
    """The smallest 1, 2 or 5 times a power of ten that is not below."""
    power: float = 10.0 ** np.floor(np.log10(least))
    return next((times * power for times in (1, 2, 5) if times * power >= least), 10 * power)
