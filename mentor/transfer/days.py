"""What a whole journal says of days that are here too: added where nothing is said here, never put in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mentor.messages import messages
from mentor.models import DEFAULT_EMOTION, DEFAULT_MARKET, DEFAULT_SCORE
from mentor.transfer.here import Here, Ids, Tables

#: What is said of a day, and may differ.
SAID = (
    *("emotions", "market_conditions", "personal_notes", "risk_score", "risk_score_said"),
    *("stated_trades", "stated_profit_loss", "total_trades", "total_profit_loss"),
)

Cells = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The cells to change, by the session's id here."""

    cells: Mapping[int, Cells]
    notices: tuple[str, ...]


def changes(theirs: Tables, here: Here, ids: Ids) -> Days:
    """Of every day that both journals have, what this one does not say yet."""
    there = theirs["sessions"][theirs["sessions"]["id"].isin(ids.known.index)]
    ours = here.tables["sessions"].set_index("id").loc[ids.here(there["id"])].reset_index()
    traded = set(theirs["trades"]["session_id"]), set(here.tables["trades"]["session_id"])
    cells: dict[int, Cells] = {}
    otherwise = 0
    for row, own in zip(_records(there), _records(ours), strict=True):
        changed, conflict = _changes(own, row, traded=row["id"] in traded[0] or own["id"] in traded[1])
        if changed:
            cells[own["id"]] = changed
        otherwise += conflict
    told = messages(
        "{n} day says something else here (notes, mood, market, risk score): that stays, notes are put below it.",
        "{n} days say something else here (notes, mood, market, risk score): that stays, notes are put below it.",
        n=otherwise,
    )
    return Days(cells=cells, notices=(told,) if otherwise else ())


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {name: frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in ("id", *SAID)}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _changes(ours: Mapping[str, Any], theirs: Mapping[str, Any], *, traded: bool) -> tuple[Cells, bool]:
    """The cells to change, and whether the two say different things."""
    changed: Cells = {}
    notes, added = _notes(ours["personal_notes"], theirs["personal_notes"])
    if added:
        changed["personal_notes"] = notes
    conflict = bool(added and ours["personal_notes"])
    groups = (
        (("emotions",), _word(DEFAULT_EMOTION)),
        (("market_conditions",), _word(DEFAULT_MARKET)),
        (("risk_score", "risk_score_said"), _no_score),
        (("stated_trades", "stated_profit_loss"), lambda cells: all(cell is None for cell in cells)),
        *([] if traded else [(("total_trades", "total_profit_loss"), lambda cells: not any(map(_amount, cells)))]),
    )
    for names, unsaid in groups:
        here, there = [ours[name] for name in names], [theirs[name] for name in names]
        if here == there or unsaid(there):
            continue
        if unsaid(here):
            changed |= dict(zip(names, there, strict=True))
        else:
            conflict = True
    return changed, conflict


def _notes(ours: str | None, theirs: str | None) -> tuple[str | None, bool]:
    """Ours with the lines below that only they have; whether there are any."""
    lines = (ours or "").splitlines()
    new = [line for line in (theirs or "").splitlines() if line not in lines]
    if not ours:
        return theirs, bool(theirs)
    return "\n".join([ours, *new]), bool(new)


def _word(default: str) -> Any:
    return lambda cells: cells[0] == default


def _no_score(cells: list[Any]) -> bool:
    score, said = cells
    return score in (None, "", DEFAULT_SCORE) and said in (None, "0")


def _amount(cell: Any) -> float:
    amount = pd.to_numeric(cell, errors="coerce") if cell is not None else 0.0
    return float(amount)
