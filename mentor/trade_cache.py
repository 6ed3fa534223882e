"""The user's trades as one typed frame in memory; after a change only the sessions concerned are loaded again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.analytics.frames import TRADE_DTYPES, empty_trades, ordered
from mentor.storage import preferences, sessions, trades
from mentor.storage.database import Database
from mentor.storage.timestamps import day_from_text

#: With more changed sessions than this share, loading everything anew is quicker than splicing.
_RELOAD_SHARE = 0.2


#: What sorts behind everything known.
_LAST = np.iinfo("int64").max

_CATEGORIES = ("symbol", "side", "strategy", "account", "currency", "origin")


class TradeCache:
    """Holds the frame of one user; `refresh` brings it up to date. Not locked: the journal does that."""

    def __init__(self, database: Database, user_id: int) -> None:
        self._database = database
        self._user_id = user_id
        self._origin: tuple[int, str | None] | None = None
        self._revisions: dict[int, int] = {}
        self._frame = empty_trades()

    def refresh(self) -> pd.DataFrame:
        """The trade frame as the file is now; treat it as read-only, it is shared."""
        frame = self._frame
        with self._database.snapshot() as connection:
            # The base currency decides for every trade whether it is in another one.
            origin = connection.generation, preferences.get(connection, self._user_id, "currency")
            stored = sessions.revisions(connection, self._user_id)
            revisions = {row["id"]: row["revision"] for row in stored}
            changed = [key for key, revision in revisions.items() if self._revisions.get(key) != revision]
            gone = self._revisions.keys() - revisions.keys()
            everything = origin != self._origin or len(changed) > _RELOAD_SHARE * len(revisions)
            if everything or changed or gone:
                wanted = revisions.keys() if everything else set(changed)
                days = {row["id"]: day_from_text(row["date_text"]) for row in stored if row["id"] in wanted}
                fresh = trade_frame(trades.frame(connection, self._user_id, None if everything else changed), days)
                frame = fresh if everything else _splice(frame, fresh, {*changed, *gone})
        self._frame, self._origin, self._revisions = frame, origin, revisions
        return frame


def trade_frame(table: pa.Table, days: Mapping[int, date | None]) -> pd.DataFrame:
    """The typed, ordered trade frame of `mentor.analytics.frames` from what `storage.trades.frame` gives."""
    session_id = table["session_id"].to_numpy()
    entry, exit_, logged = (table[name] for name in ("entry_time", "exit_time", "logged_at"))
    columns = {
        "session_date": _days(session_id, days),
        "entry_time": _instants(entry),
        "exit_time": _instants(exit_),
        "closed_at": _instants(pc.coalesce(exit_, logged)),
        **{name: table[name].to_pandas() for name in _CATEGORIES},
    }
    # Columns side by side as they came: nothing is copied once more to lie beside another.
    typed = {name: columns[name] if name in columns else table[name].to_numpy() for name in TRADE_DTYPES}
    return ordered(pd.DataFrame(typed, copy=False))


def _days(session_id: np.ndarray, days: Mapping[int, date | None]) -> np.ndarray:
    """The session's day for every row, by one look-up in the sorted ids."""
    ids = np.array(sorted(days), dtype="int64")
    dates = np.array([days[int(key)] for key in ids], dtype="datetime64[s]")
    return dates[np.searchsorted(ids, session_id)] if len(ids) else dates[:0]


def _instants(moments: pa.ChunkedArray) -> pd.Series[pd.Timestamp]:
    return pd.Series(moments.to_numpy()).dt.tz_localize("UTC")


def _splice(frame: pd.DataFrame, fresh: pd.DataFrame, replaced: set[int]) -> pd.DataFrame:
    """`frame` with the sessions in `replaced` taken out and `fresh` put in, in order; every row is copied once."""
    frame, fresh = _same_categories(frame, fresh)
    stays = ~np.isin(frame["session_id"].to_numpy(), list(replaced))
    old, new = _day_keys(frame), _day_keys(fresh)
    where = np.searchsorted(old, new, side="right")
    turns = np.flatnonzero(np.diff(stays, prepend=stays[:1]))
    cuts = np.unique(np.concatenate(([0], turns, where, [len(frame)])))
    parts = []
    for start, stop in pairwise([*cuts.tolist(), len(frame)]):
        parts.append(fresh.iloc[slice(*np.searchsorted(where, (start, start + 1)))])
        if start < stop and stays[start]:
            parts.append(frame.iloc[start:stop])
    spliced = pd.concat([part for part in parts if len(part)] or [fresh], ignore_index=True)
    # Days nobody can read, or that two sessions share, are not kept apart by their day: order them anew.
    days = np.unique(new)
    shared = np.isin(old[stays], days).any() or fresh["session_id"].nunique() > days.size
    return ordered(spliced) if shared or spliced["session_date"].isna().any() else spliced


def _day_keys(frame: pd.DataFrame) -> np.ndarray:
    """Numbers in the order of the days, the unknown last."""
    days = frame["session_date"].to_numpy()
    return np.where(np.isnat(days), _LAST, days.astype("int64"))


def _same_categories(frame: pd.DataFrame, fresh: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame, fresh = frame.copy(deep=False), fresh.copy(deep=False)
    for name in _CATEGORIES:
        every = frame[name].cat.categories.union(fresh[name].cat.categories, sort=False)
        if len(every) > len(frame[name].cat.categories):
            frame[name] = frame[name].cat.set_categories(every)
        fresh[name] = fresh[name].cat.set_categories(every)
    return frame, fresh
