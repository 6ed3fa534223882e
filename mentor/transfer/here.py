"""What a journal has, to hold another one against; and what the ids of that one's rows are in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mentor.importing.duplicates import Ints, match
from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET
from mentor.transfer.tables import TABLES

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The journal's own tables and settings; `last_ids` is the highest id each stored table ever gave out."""

    tables: Tables
    settings: Mapping[str, str]
    last_ids: Mapping[str, int]

    @property
    def fresh(self) -> bool:
        """Whether nobody keeps anything in it: days that say nothing are made in passing."""
        days = self.tables["sessions"]
        untold = (
            days["personal_notes"].fillna("").eq("")
            & days["emotions"].eq(DEFAULT_EMOTION)
            & days["market_conditions"].eq(DEFAULT_MARKET)
            & days["total_trades"].eq("0")
            & days["risk_score_said"].fillna("0").eq("0")
        )
        return bool(untold.all()) and all(self.tables[name].empty for name in ("trades", "moods", "reports"))

    def last_id(self, table: str) -> int:
        return self.last_ids.get(TABLES[table].stored, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """`known` says which row here a row of theirs is; the others keep their id, moved up by `shift`."""

    known: pd.Series
    shift: int

    def here(self, ids: pd.Series) -> pd.Series:
        """Their ids (missing allowed) as ids here."""
        found = self.known.reindex(ids.fillna(-1).astype("int64")).array
        return pd.Series(found, index=ids.index, dtype="Int64").fillna(ids + self.shift)

    def one(self, row_id: int) -> int:
        found = self.known.get(row_id)
        return row_id + self.shift if found is None else int(found)


def ids_here(theirs: pd.Series, partners: pd.Series, last: int) -> Ids:
    """`partners` is the id here of each row of theirs, missing for one that is new.

    Moved up by every id ever given out here, none of theirs, also of a row long gone, comes to mean another row.
    """
    known = pd.Series(partners.to_numpy(), index=theirs.to_numpy(dtype="int64"), dtype="Int64").dropna()
    return Ids(known=known, shift=last)


def partners(theirs: pd.DataFrame, ours: pd.DataFrame, *passes: Sequence[str]) -> pd.Series:
    """The id here of each row of theirs, the n-th one of equal ones for the n-th: by the first pass that finds one."""
    found, used = np.zeros(len(theirs), dtype=bool), np.zeros(len(ours), dtype=bool)
    at = np.full(len(theirs), -1, dtype=np.int64)
    for keys in passes:
        one_side, other = match(theirs, ours, keys, found, used, ~found, ~used)
        at[one_side] = other
    return ids_at(ours, at, theirs.index)


def ids_at(ours: pd.DataFrame, at: Ints, index: pd.Index) -> pd.Series:
    """The ids of the rows at these places, missing for −1."""
    ids = ours["id"].reset_index(drop=True).reindex(at).array
    return pd.Series(ids, index=index, dtype="Int64")


def with_day(table: str, tables: Tables) -> pd.DataFrame:
    """Rows of a table with the date of their session, as stored."""
    days = tables["sessions"].set_index("id")["session_date"]
    rows = tables[table]
    return rows.assign(session_date=days.reindex(rows["session_id"]).to_numpy())


def content(table: str, *but: str) -> list[str]:
    """The columns that say what a row is, and on which day, not what number it has."""
    left_out = {"id", "session_id", "import_id", *but}
    day = ["session_date"] if "session_id" in TABLES[table].columns else []
    return [name for name in TABLES[table].columns if name not in left_out] + day
