"""Texts of a whole journal that speak of rows by their id: traces of imports, findings, who brought a report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from mentor.transfer.here import Ids

#: An import that brought a report is told by the report's engine.
_BROUGHT_BY = re.compile(r"import (\d{1,15})")
_OURS = "mentor "
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)

Told = Any


def imports(rows: pd.DataFrame, ids: dict[str, Ids]) -> pd.DataFrame:
    """Imports whose traces speak of the rows here, so that they can be undone here."""
    return rows.assign(traces=rows["traces"].map(lambda text: _rewritten(text, lambda told: _traces(told, ids))))


def reports(rows: pd.DataFrame, import_ids: Ids, trade_ids: Ids) -> pd.DataFrame:
    """Reports whose findings speak of the trades here; their evidence is the same, and so is its digest."""
    ours = rows["engine_version"].fillna("").str.startswith(_OURS)
    texts = {
        name: rows[name].where(
            ~ours, rows[name].map(lambda text: _rewritten(text, lambda told: _findings(told, trade_ids)))
        )
        for name in ("trading_patterns_analysis", "emotional_analysis")
    }
    engines = rows["engine_version"].map(lambda engine: _engine(engine, import_ids))
    return rows.assign(**texts, engine_version=engines.astype("str"))


def _rewritten(text: str | float, change: Callable[[Told], Told]) -> str | float:
    """JSON changed; as it is where nothing changes, or it is none."""
    try:
        told = json.loads(str(text))
        changed = change(json.loads(str(text)))
    except _UNREADABLE:
        return text
    return text if told == changed else json.dumps(changed, ensure_ascii=False)


def _traces(told: Told, ids: dict[str, Ids]) -> Told:
    sessions = ids["sessions"]
    told["created"] = [sessions.one(session_id) for session_id in told.get("created", ())]
    for name in ("days", "said"):
        if name in told:
            told[name] = {str(sessions.one(int(session_id))): cells for session_id, cells in told[name].items()}
    if "positions" in told:
        told["positions"] = {str(ids["fills"].one(int(fill))): cells for fill, cells in told["positions"].items()}
    if "rows" in told:
        told["rows"] = {table: [edge + ids[table].shift for edge in edges] for table, edges in told["rows"].items()}
    return told


def _findings(told: Told, trade_ids: Ids) -> Told:
    for finding in told["findings"]:
        finding["trades"] = [trade_ids.one(trade_id) for trade_id in finding["trades"]]
    return told


def _engine(engine: str | float, import_ids: Ids) -> str | float:
    found = _BROUGHT_BY.fullmatch(str(engine))
    return engine if found is None else f"import {import_ids.one(int(found[1]))}"
