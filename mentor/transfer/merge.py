"""Holds a whole journal against the one that is there: what is missing is added, what differs stays as it is here.

A row is the same when all of it is, the n-th one of a day with that content being the n-th one here. A trade is further
the same by its id and the moment it was made, and as an importer's trades are: by the broker's id, by its fingerprint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mentor.importing.whole_journal import WholeJournal
from mentor.messages import messages
from mentor.models import ImportOptions
from mentor.transfer import days, fills, settings, texts, trades
from mentor.transfer.here import Here, Ids, Tables, content, ids_here, partners, with_day
from mentor.transfer.tables import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What a commit adds: `added` by table with the ids here, `days` and `positions` the cells to change by row id.

    `status` and `twins` are those of an `ImportPlan`. No later trade may get an id up to `last_trade`.
    """

    status: pd.Series
    twins: pd.Series
    added: Tables
    days: Mapping[int, Mapping[str, str | None]]
    positions: pd.DataFrame
    settings: Mapping[str, str]
    last_trade: int
    notices: tuple[str, ...]

    @property
    def words(self) -> int:
        """Days, moods and reports that are new, or say more now."""
        return len(self.days) + sum(len(self.added[name]) for name in ("sessions", "moods", "reports"))

    @property
    def beside(self) -> int:
        """Whatever else is new: settings, fills, what earlier imports left."""
        rows = sum(len(self.added[name]) for name in ("imports", "fills", "deleted", "mappings"))
        return rows + len(self.positions) + len(self.settings)


def merge(whole: WholeJournal, here: Here, options: ImportOptions) -> Merge:
    """What of a journal this one does not have."""
    theirs, ours = dict[str, pd.DataFrame](), here.tables
    converted, told = settings.in_our_currency(whole, here)
    theirs |= converted
    held = trades.held_against(theirs, here, options)
    ids = _ids(theirs, here, held.ids)
    theirs["reports"] = texts.reports(theirs, ids["imports"], ids["daily_trading_data"])
    theirs["fills"] = _renumbered("fills", theirs["fills"], ids, keep_id=True)
    positions = fills.held_against(theirs["fills"], ours["fills"])
    said = days.changes(theirs, here, ids["trading_sessions"])
    moods = partners(
        with_day("moods", theirs), with_day("moods", ours), content("moods"), ["session_date", "recorded_at", "source"]
    )
    missing = {
        "sessions": ~_is_here(theirs["sessions"], ids["trading_sessions"]),
        "imports": ~_is_here(theirs["imports"], ids["imports"]),
        "trades": held.adding,
        "moods": moods.isna(),
        "reports": partners(with_day("reports", theirs), with_day("reports", ours), content("reports")).isna(),
        "fills": theirs["fills"].index.isin(positions.added.index),
        "deleted": partners(theirs["deleted"], ours["deleted"], content("deleted")).isna(),
        "mappings": ~theirs["mappings"]["header"].isin(ours["mappings"]["header"]),
        "bots": ~theirs["bots"]["id"].isin(ours["bots"]["id"]),
    }
    theirs["imports"] = texts.imports(theirs["imports"], ids)
    wanted = settings.to_take(whole.settings, here)
    return Merge(
        status=held.status,
        twins=held.twins,
        added={name: _renumbered(name, theirs[name][rows], ids) for name, rows in missing.items()},
        days=said.cells,
        positions=positions.changed,
        settings=wanted.values,
        last_trade=int(theirs["fills"]["trade_id"].max()) if theirs["fills"]["trade_id"].notna().any() else 0,
        notices=(*wanted.notices, *told, *_otherwise(held.differing), *said.notices, *positions.notices),
    )
