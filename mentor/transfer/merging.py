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
    converted, told = settings.in_our_currency(whole, here)
    theirs, dangling = _without_lost_imports(converted)
    ours = here.tables
    held = trades.held_against(theirs, here, options)
    ids = _ids(theirs, here, held.ids)
    theirs["imports"] = texts.imports(theirs["imports"], ids)
    theirs["reports"] = texts.reports(theirs["reports"], ids["imports"], ids["trades"])
    theirs["fills"] = _renumbered(
        theirs["fills"], import_id=ids["imports"], closed_by=ids["imports"], trade_id=ids["trades"]
    )
    positions = fills.held_against(theirs["fills"], ours["fills"])
    said = days.changes(theirs, here, ids["sessions"])
    moods, our_moods = with_day("moods", theirs), with_day("moods", ours)
    same_moods = partners(moods, our_moods, content("moods"))
    near_moods = partners(moods, our_moods, content("moods"), ["session_date", "recorded_at", "source"])
    same_reports = partners(with_day("reports", theirs), with_day("reports", ours), content("reports"))
    missing = {
        "sessions": ~theirs["sessions"]["id"].isin(ids["sessions"].known.index),
        "imports": ~theirs["imports"]["id"].isin(ids["imports"].known.index),
        "trades": held.adding,
        "moods": near_moods.isna(),
        "reports": same_reports.isna(),
        "fills": positions.adding,
        "deleted": partners(theirs["deleted"], ours["deleted"], content("deleted")).isna(),
        "mappings": ~theirs["mappings"]["header"].isin(ours["mappings"]["header"]),
        "bots": ~theirs["bots"]["id"].isin(ours["bots"]["id"]),
    }
    wanted = settings.to_take(whole.settings, here)
    differing = _otherwise(held.differing, int((same_moods.isna() & near_moods.notna()).sum()))
    return Merge(
        status=held.status,
        twins=held.twins,
        added={name: _with_ids(name, theirs[name][rows], ids) for name, rows in missing.items()},
        days=said.cells,
        positions=positions.changed,
        settings=wanted.values,
        last_trade=int(theirs["fills"]["trade_id"].max()) if theirs["fills"]["trade_id"].notna().any() else 0,
        notices=(*wanted.notices, *told, *dangling, *differing, *said.notices, *positions.notices),
    )


def _without_lost_imports(tables: Tables) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """Trades and moods of an import that is not there come from none; other programs may have written such."""
    there, lost, mended = tables["imports"]["id"], 0, dict(tables)
    for name in ("trades", "moods"):
        kept = tables[name]["import_id"].where(tables[name]["import_id"].isin(there))
        lost += int(tables[name]["import_id"].notna().sum() - kept.notna().sum())
        mended[name] = tables[name].assign(import_id=kept)
    told = messages(
        "{n} row names an import that the file does not hold: it comes as made by hand.",
        "{n} rows name an import that the file does not hold: they come as made by hand.",
        n=lost,
    )
    return mended, (told,) if lost else ()


def _ids(theirs: Tables, here: Here, trade_ids: pd.Series) -> dict[str, Ids]:
    """What the ids of every table of theirs are here."""
    known = {
        "sessions": partners(theirs["sessions"], here.tables["sessions"], ["session_date"]),
        "imports": _same_imports(theirs["imports"], here.tables["imports"]),
        "trades": trade_ids,
    }
    numbered = [name for name in theirs if "id" in TABLES[name].references]
    none = {name: pd.Series(pd.NA, index=theirs[name].index, dtype="Int64") for name in numbered}
    return {name: ids_here(theirs[name]["id"], known.get(name, none[name]), here.last_id(name)) for name in numbered}


def _same_imports(theirs: pd.DataFrame, ours: pd.DataFrame) -> pd.Series:
    """An import that was undone there is told by what it was; one that stands there, only by one that stands here."""
    what = content("imports", "traces", "undone_at")
    same = partners(theirs, ours, [*what, "undone_at"])
    undone = theirs["undone_at"].notna() & same.isna()
    others = ours[~ours["id"].isin(same.dropna())]
    return same.where(~undone, partners(theirs[undone], others, what).reindex(theirs.index))


def _with_ids(name: str, rows: pd.DataFrame, ids: dict[str, Ids]) -> pd.DataFrame:
    """Rows with the ids they get; those of fills speak of trades and imports here already."""
    if name == "fills":
        return _renumbered(rows, id=ids["fills"])
    own = {"id": ids[name]} if name in ids else {}
    return _renumbered(rows, **own, session_id=ids["sessions"], import_id=ids["imports"])


def _renumbered(rows: pd.DataFrame, **columns: Ids) -> pd.DataFrame:
    return rows.assign(**{name: ids.here(rows[name]) for name, ids in columns.items() if name in rows})


def _otherwise(trades: int, moods: int) -> tuple[str, ...]:
    """Says what is here in another version."""
    of_trades = messages(
        "{n} trade is here in another version, which stays.",
        "{n} trades are here in other versions, which stay.",
        n=trades,
    )
    of_moods = messages(
        "{n} check-in is here in another version, which stays.",
        "{n} check-ins are here in other versions, which stay.",
        n=moods,
    )
    return tuple(told for told, amount in ((of_trades, trades), (of_moods, moods)) if amount)
