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
    ours = here.tables["sessions"].set_index("id").loc[ids.here(there["id"])]
    traded = set(theirs["trades"]["session_id"]), set(here.tables["trades"]["session_id"])
    differ = _plain(there[list(SAID)]).ne(_plain(ours[list(SAID)]).set_axis(there.index)).any(axis=1)
    cells: dict[int, Cells] = {}
    otherwise = 0
    for (_, row), (session_id, own) in zip(_plain(there)[differ].iterrows(), _plain(ours)[differ.to_numpy()].iterrows(), strict=True):
        changed, conflict = _changes(dict(own), dict(row), traded=row["id"] in traded[0] or session_id in traded[1])
        if changed:
            cells[int(session_id)] = changed
        otherwise += conflict
    told = messages(
        "{n} day says something else here (notes, mood, market, risk score); that stays, and missing notes are put below.",
        "{n} days say something else here (notes, mood, market, risk score); that stays, and missing notes are put below.",
        n=otherwise,
    )
    return Days(cells=cells, notices=(told,) if otherwise else ())


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)


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
