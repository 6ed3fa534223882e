"""Holds the trades of a whole journal against those that are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mentor.importing.duplicates import STATES, Ints, match, same_trades, twins
from mentor.importing.faults import Mask
from mentor.importing.reading import TRADE_COLUMNS
from mentor.importing.whole_journal import WholeJournal
from mentor.models import ImportOptions
from mentor.transfer.here import Here, Tables, content, ids_at, with_day

#: One made here and edited since is the same; so is, by chance, hardly another one.
_ROW = ("id", "created_at", "bot_id", "symbol")
#: Logged by the same bot in the same second: whether it is the same one is for the trader to say.
_MOMENT = ("created_at", "bot_id", "symbol", "session_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTrades:
    """`status` as in a plan; `ids` is the trade here that each one is, or is taken for; `twins` those of lookalikes.

    `differing` counts those that were changed on either side since; `adding` is a mask.
    """

    status: pd.Series
    ids: pd.Series
    twins: pd.Series
    adding: pd.Series
    differing: int


def held_against(theirs: Tables, here: Here, options: ImportOptions) -> HeldTrades:
    """Every trade of theirs as 'new', 'duplicate', 'lookalike' or 'deleted'."""
    rows, ours = with_day("trades", theirs), with_day("trades", here.tables)
    at = _certain(rows, ours)
    gone = _deleted(rows, at, here.tables["deleted"])
    likely = _likely(rows, ours, at, gone)
    adding = (at < 0) & ~gone & (options.add_lookalikes | (likely < 0))
    codes = np.select([at >= 0, gone, likely >= 0], [STATES.index(s) for s in ("duplicate", "deleted", "lookalike")])
    return HeldTrades(
        status=pd.Series(pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(list(STATES)))),
        ids=ids_at(ours, np.where(adding, -1, np.maximum(at, likely)), rows.index),
        twins=ids_at(ours, likely, rows.index),
        adding=pd.Series(adding, index=rows.index),
        differing=_differing(rows, ours, at),
    )


def _certain(rows: pd.DataFrame, ours: pd.DataFrame) -> Ints:
    """Where the trade here stands that each one is; −1: nowhere."""
    found, used = np.zeros(len(rows), dtype=bool), np.zeros(len(ours), dtype=bool)
    at = np.full(len(rows), -1, dtype=np.int64)
    for keys in (content("trades"), _ROW):
        mine, other = match(rows, ours, keys, found, used, ~found, ~used)
        at[mine] = other
    left, free = np.flatnonzero(~found), np.flatnonzero(~used)
    same, _ = same_trades(trade_frame(rows.iloc[left]), trade_frame(ours.iloc[free]))
    at[left[same >= 0]] = free[same[same >= 0]]
    return at


def _deleted(rows: pd.DataFrame, at: Ints, deleted: pd.DataFrame) -> Mask:
    """Which of those that are not here were deleted here by hand."""
    gone, left = np.zeros(len(rows), dtype=bool), np.flatnonzero(at < 0)
    same, _ = same_trades(trade_frame(rows.iloc[left]), deleted)
    gone[left[same >= 0]] = True
    return gone


def _likely(rows: pd.DataFrame, ours: pd.DataFrame, at: Ints, gone: Mask) -> Ints:
    """Where the trade stands that each of the others probably is; −1: nowhere."""
    likely = np.full(len(rows), -1, dtype=np.int64)
    left, free = np.flatnonzero((at < 0) & ~gone), np.setdiff1d(np.arange(len(ours)), at)
    mine, others = rows.iloc[left], ours.iloc[free]
    alike = twins(trade_frame(mine), trade_frame(others))
    found, used = alike >= 0, np.isin(np.arange(len(free)), alike)
    by_hand, by_hand_here = (frame["import_id"].isna().to_numpy(dtype=bool) for frame in (mine, others))
    of_mine, of_others = match(mine, others, _MOMENT, found, used, by_hand, by_hand_here)
    alike[of_mine] = of_others
    likely[left[alike >= 0]] = free[alike[alike >= 0]]
    return likely


def trades_of(whole: WholeJournal) -> pd.DataFrame:
    """The trades of a journal as a reading has them; those that name no currency are in the journal's."""
    named = trade_frame(with_day("trades", whole.tables)).drop(columns="import_id")
    base = whole.settings.get("currency")
    return named if base is None else named.assign(currency=named["currency"].replace("", np.nan).fillna(base))


def trade_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as text, with their session_date → the columns of a reading, import_id, and one line a row."""
    columns: dict[str, Any] = {}
    for name, kind in TRADE_COLUMNS.items():
        if name == "line":
            columns[name] = np.arange(1, len(rows) + 1)
        elif name == "emotion":
            columns[name] = pd.Series(np.nan, index=rows.index, dtype="str")
        elif name == "session_date":
            columns[name] = pd.to_datetime(rows[name].str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
        elif kind == "bool":
            columns[name] = pd.to_numeric(rows[name], errors="coerce").fillna(0).ne(0)
        elif kind == "float64":
            columns[name] = pd.to_numeric(rows[name], errors="coerce").replace([np.inf, -np.inf], np.nan)
        elif kind.startswith("datetime64"):
            columns[name] = pd.to_datetime(rows[name], format="%Y-%m-%d %H:%M:%S", errors="coerce", utc=True)
        else:
            columns[name] = rows[name]
    columns["side"] = rows["side"].where(rows["side"].isin(["long", "short"]))
    return pd.DataFrame(columns).astype(dict(TRADE_COLUMNS)).assign(import_id=rows["import_id"])


def _differing(rows: pd.DataFrame, ours: pd.DataFrame, at: Ints) -> int:
    """How many that are here say something else there: when it was stored, and what of its file, aside."""
    mine = np.flatnonzero(at >= 0)
    names = content("trades", "created_at", "fingerprint", "external_id")
    left = rows[names].iloc[mine].reset_index(drop=True)
    right = ours[names].iloc[at[mine]].reset_index(drop=True)
    same = (left == right) | (left.isna() & right.isna())
    return int((~same.all(axis=1)).sum())
