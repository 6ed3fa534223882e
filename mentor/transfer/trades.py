"""Holds the trades of a whole journal against those that are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mentor.importing.duplicates import STATES, match, same_trades, twins
from mentor.importing.faults import Mask
from mentor.importing.reading import TRADE_COLUMNS
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
    at, used = np.full(len(rows), -1, dtype=np.int64), np.zeros(len(ours), dtype=bool)
    found = np.zeros(len(rows), dtype=bool)
    for keys in (content("trades"), _ROW):
        every, all_ours = (np.ones(len(frame), dtype=bool) for frame in (rows, ours))
        one_side, other = match(rows, ours, keys, found, used, every, all_ours)
        at[one_side] = other
    frame, known = trade_frame(rows), trade_frame(ours)
    _fill(at, found, used, lambda a, b: same_trades(frame.iloc[a], known.iloc[b])[0])
    status = np.where(found, STATES.index("duplicate"), STATES.index("new"))
    gone, _ = same_trades(frame[~found], here.tables["deleted"])
    status[np.flatnonzero(~found)[gone >= 0]] = STATES.index("deleted")
    looked, alike = status != STATES.index("new"), at.copy()
    _fill(alike, looked, used, lambda a, b: twins(frame.iloc[a], known.iloc[b]))
    by_hand = rows["import_id"].isna().to_numpy() & ~looked
    one_side, other = match(rows, ours, _MOMENT, looked, used, by_hand, ours["import_id"].isna().to_numpy())
    alike[one_side] = other
    status[(alike >= 0) & (at < 0)] = STATES.index("lookalike")
    marked = pd.Series(pd.Categorical.from_codes(status, dtype=pd.CategoricalDtype(list(STATES))))
    likely = ids_at(ours, np.where(marked == "lookalike", alike, -1), rows.index)
    adding = marked.isin(["new", "lookalike"] if options.add_lookalikes else ["new"])
    return HeldTrades(
        status=marked,
        ids=ids_at(ours, np.where(adding, -1, alike), rows.index),
        twins=likely,
        adding=adding,
        differing=_differing(rows, ours, at),
    )


def trade_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as text, with their session_date → the columns of a reading, import_id, and one line a row."""
    columns: dict[str, pd.Series | Mask] = {}
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


def _fill(at, found, used, look) -> None:  # type: ignore[no-untyped-def]
    """Look for what has no partner yet among what is none yet."""
    a, b = np.flatnonzero(~found), np.flatnonzero(~used)
    partner = look(a, b)
    hit = partner >= 0
    at[a[hit]] = b[partner[hit]]
    found[a[hit]], used[b[partner[hit]]] = True, True


def _differing(rows: pd.DataFrame, ours: pd.DataFrame, at: np.ndarray) -> int:
    """How many that are here say something else there: when it was stored, and what of its file, aside."""
    mine = np.flatnonzero(at >= 0)
    names = content("trades", "created_at", "fingerprint", "external_id")
    left = rows[names].iloc[mine].reset_index(drop=True)
    right = ours[names].iloc[at[mine]].reset_index(drop=True)
    same = (left == right) | (left.isna() & right.isna())
    return int((~same.all(axis=1)).sum())
