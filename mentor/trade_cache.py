"""The user's trades as one typed frame in memory; after a change only the sessions concerned are loaded again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mentor.analytics.frames import TRADE_DTYPES, empty_trades
from mentor.storage import preferences, sessions, trades
from mentor.storage.database import Database
from mentor.storage.timestamps import day_from_text

#: With more changed sessions than this share, loading everything anew is quicker than splicing.
_RELOAD_SHARE = 0.2


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
        with self._database.snapshot() as connection:
            # The base currency decides for every trade whether it is in another one.
            origin = connection.generation, preferences.get(connection, self._user_id, "currency")
            stored = sessions.revisions(connection, self._user_id)
            revisions = {row["id"]: row["revision"] for row in stored}
            changed = [key for key, revision in revisions.items() if self._revisions.get(key) != revision]
            gone = self._revisions.keys() - revisions.keys()
            everything = origin != self._origin or len(changed) > _RELOAD_SHARE * len(revisions)
            if everything or changed or gone:
                days = {row["id"]: day_from_text(row["date_text"]) for row in stored}
                fresh = trade_frame(trades.frame(connection, self._user_id, None if everything else changed), days)
                self._frame = fresh if everything else _splice(self._frame, fresh, {*changed, *gone})
        self._origin, self._revisions = origin, revisions
        return self._frame


def trade_frame(table: pa.Table, days: Mapping[int, date | None]) -> pd.DataFrame:
    """The typed, ordered trade frame of `mentor.analytics.frames` from what `storage.trades.frame` gives."""
    session_id = table["session_id"].to_numpy()
    columns: dict[str, object] = {
        "id": table["id"].to_numpy(),
        "session_id": session_id,
        "session_date": _days(session_id, days),
    }
    for name in _CATEGORIES:
        columns[name] = table[name].cast(pa.string()).dictionary_encode().to_pandas()
    for name in ("entry_time", "exit_time"):
        columns[name] = _instants(table[name])
    columns["closed_at"] = _instants(pc.coalesce(*_as_seconds(table["exit_time"], table["logged_at"])))
    for name in ("profit_loss", "fees", "lot_size", "risk_percent", "stop_price"):
        columns[name] = table[name].cast(pa.float64()).to_numpy()
    for name in ("stop_loss_used", "take_profit_used"):
        columns[name] = table[name].to_numpy() != 0
    frame = pd.DataFrame(columns)[list(TRADE_DTYPES)]
    return frame.take(_order(frame)).reset_index(drop=True)


def _days(session_id: np.ndarray, days: Mapping[int, date | None]) -> np.ndarray:
    """The session's day for every row, by one look-up in the sorted ids."""
    ids = np.array(sorted(days), dtype="int64")
    dates = np.array([days[int(key)] for key in ids], dtype="datetime64[s]")
    return dates[np.searchsorted(ids, session_id)] if len(ids) else dates[:0]


def _as_seconds(*columns: pa.ChunkedArray) -> list[pa.ChunkedArray]:
    return [column.cast(pa.int64()) for column in columns]


def _instants(seconds: pa.ChunkedArray) -> pd.Series[pd.Timestamp]:
    """What is no time between 1970 and 2100 is unknown."""
    seconds = seconds.cast(pa.int64())
    known = pc.and_(pc.greater_equal(seconds, 0), pc.less_equal(seconds, trades.LATEST))
    seconds = pc.if_else(known, seconds, None)
    return pd.Series(seconds.cast(pa.timestamp("s")).to_numpy()).astype("datetime64[us]").dt.tz_localize("UTC")


def _order(frame: pd.DataFrame) -> np.ndarray:
    """Positions that sort by (session_date, closed_at, id), the unknown last."""
    last = np.iinfo("int64").max
    keys = [frame["id"].to_numpy()]
    for name in ("closed_at", "session_date"):
        values = frame[name].to_numpy(dtype="datetime64[us]")
        keys.append(np.where(np.isnat(values), last, values.astype("int64")))
    return np.lexsort(keys)


def _splice(frame: pd.DataFrame, fresh: pd.DataFrame, replaced: set[int]) -> pd.DataFrame:
    """`frame` with the sessions in `replaced` taken out and `fresh` put in, in order."""
    kept = frame[~frame["session_id"].isin(list(replaced))]
    kept, fresh = _same_categories(kept, fresh)
    last = np.iinfo("int64").max
    where = [
        np.where(np.isnat(values), last, values.astype("int64"))
        for values in (part["session_date"].to_numpy() for part in (kept, fresh))
    ]
    positions = np.searchsorted(where[0], where[1], side="right")
    edges = np.flatnonzero(np.diff(positions)) + 1
    parts, start = [], 0
    for block in np.split(np.arange(len(fresh)), edges):
        stop = int(positions[block[0]]) if len(block) else start
        parts += [kept.iloc[start:stop], fresh.iloc[block]]
        start = stop
    spliced = pd.concat([*parts, kept.iloc[start:]], ignore_index=True)
    # Days nobody can read, or that two sessions share, are not kept apart by their day: order them anew.
    ordered = spliced["session_date"].notna().all() and not _share_a_day(fresh, kept)
    return spliced if ordered else spliced.take(_order(spliced)).reset_index(drop=True)


def _share_a_day(fresh: pd.DataFrame, kept: pd.DataFrame) -> bool:
    days = fresh["session_date"].unique()
    shares = kept[kept["session_date"].isin(days)]["session_id"].unique()
    return len(shares) > 0 or fresh["session_id"].nunique() > len(days)


def _same_categories(kept: pd.DataFrame, fresh: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    kept, fresh = kept.copy(deep=False), fresh.copy(deep=False)
    for name in _CATEGORIES:
        every = kept[name].cat.categories.union(fresh[name].cat.categories, sort=False)
        kept[name] = kept[name].cat.set_categories(every)
        fresh[name] = fresh[name].cat.set_categories(every)
    return kept, fresh
