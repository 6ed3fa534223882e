"""Invented journals of any size: four years of trades, four of five days with a check-in, a balance and a plan."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from benchmarks.importing import written
from mentor import demo
from mentor.journal import Journal
from mentor.models import RiskPlan
from mentor.storage import bulk
from mentor.storage.database import Database
from mentor.storage.migrations import check_origin

ZONE: Final = ZoneInfo("Asia/Jakarta")
#: The newest day has the same few trades in a journal of any size, so that the pages of a day show the same.
DAY: Final = date(2025, 1, 6)
TRADES_OF_DAY: Final = 8
#: A day that grows with the journal.
FULL_DAY: Final = date(2024, 6, 3)
#: From the dimmest feelings to the strongest, unevenly as people tell them.
_FEELINGS: Final = {"tenang": 0.35, "netral": 0.25, "serakah": 0.15, "takut": 0.15, "marah": 0.1}


class Journals:
    """The journals of one run, made when they are first asked for; `rows` are the trades of the largest."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.sizes = (max(rows // 1000, 100), max(rows // 10, 200), rows)
        self._folder = folder
        self._copies = 0

    def of(self, trades: int) -> Path:
        """A journal of so many trades, to be read only."""
        path = self._folder / f"journal-{trades}.db"
        if not path.exists():
            _make(path, trades, self._folder / "trades.csv")
        return path

    def demo(self) -> Path:
        """The journal of the demo, to be read only."""
        path = self._folder / "demo.db"
        if not path.exists():
            with Journal.open(path, timezone=ZONE.key) as journal:
                demo.fill(journal)
        return path

    def copy(self, journal: Path) -> Path:
        """The same journal to write to; nobody may have it open."""
        self._copies += 1
        target = self._folder / f"copy-{self._copies}.db"
        shutil.copyfile(journal, target)
        return target


def _make(path: Path, trades: int, file: Path) -> None:
    _with_newest_day(written(trades)).to_csv(file, index=False)
    with Journal.open(path, timezone=ZONE.key) as journal:
        journal.commit_import(journal.plan_import(file))
        wanted = journal.preferences()
        plan = RiskPlan(risk_percent=1.0, trades_a_day=5, stop_after_losses=3)
        journal.save_preferences(replace(wanted, currency="USD", starting_balance=1_000_000.0, risk_plan=plan))
        told = _check_ins([(row.id, row.date) for row in journal.sessions() if row.date is not None])
    database = Database(path, check_origin)
    try:
        with database.transaction() as connection:
            bulk.add(connection, "mood_checkins", told)
    finally:
        database.close()


def _with_newest_day(trades: pd.DataFrame) -> pd.DataFrame:
    opened = pd.date_range(datetime.combine(DAY, time(9)), periods=TRADES_OF_DAY, freq="20min")
    for name, moments in (("Open Time", opened), ("Close Time", opened + pd.Timedelta(minutes=15))):
        trades.loc[trades.index[-TRADES_OF_DAY:], name] = moments.strftime("%Y-%m-%d %H:%M:%S")
    return trades


def _check_ins(sessions: list[tuple[int, date]]) -> list[dict[str, Any]]:
    """Told in the first minute of the day: before its trades, but for those of that minute."""
    random = np.random.default_rng(20240102)
    felt = random.choice(list(_FEELINGS), len(sessions), p=list(_FEELINGS.values()))
    return [
        {
            "session_id": key,
            "recorded_at": datetime.combine(day, time(0, 1), tzinfo=ZONE),
            "emotion": str(emotion),
            "source": "app",
            "note": "",
        }
        for (key, day), emotion, told in zip(sessions, felt, random.random(len(sessions)) < 0.8, strict=True)
        if told or day == DAY
    ]
