"""Small invented files and the reader with a fixed day rule, for the importing tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from mentor.importing import DayRule, ImportPlan, Reading, mark, read_file
from mentor.models import ImportOptions

JAKARTA = DayRule(zone=ZoneInfo("Asia/Jakarta"))
SHARED = Path(__file__).parents[3] / "shared" / "samples"

HEADER = "Symbol,Side,Lots,Open Time,Close Time,Open Price,Close Price,Profit\n"
GOOD = "EURUSD,buy,0.10,2024-01-02 10:00:00,2024-01-02 11:00:00,1.1000,1.1010,10.50\n"


def read(text: str | bytes, *, name: str = "trades.csv", rule: DayRule = JAKARTA, **options: Any) -> Reading:
    """Read a file given as text."""
    content = text.encode() if isinstance(text, str) else text
    return read_file((name, content), day_rule=rule, options=ImportOptions(**options))


def plan(reading: Reading) -> ImportPlan:
    """A plan against an empty journal."""
    return ImportPlan(reading=reading, status=mark(reading.trades, known(reading, rows=0), known(reading, rows=0)))


def known(*readings: Reading, rows: int | None = None, import_id: int | None = 1) -> pd.DataFrame:
    """The journal's trades after the readings were imported."""
    columns = ["session_date", "symbol", "lot_size", "profit_loss", "account", "external_id", "fingerprint"]
    trades = pd.concat([reading.trades[columns] for reading in readings], ignore_index=True)
    trades = trades if rows is None else trades.head(rows)
    return trades.assign(id=range(1, len(trades) + 1), import_id=pd.Series(import_id, trades.index, dtype="Int64"))


def only(reading: Reading) -> dict[str, Any]:
    """The single trade of a reading."""
    assert not reading.rejected
    assert len(reading.trades) == 1
    return dict(reading.trades.iloc[0])


def reasons(reading: Reading) -> list[tuple[int | None, str | None, str]]:
    """Line, column and value of each rejection."""
    return [(rejection.line, rejection.column, rejection.value) for rejection in reading.rejected]


def shared(folder: str, ending: str) -> Path:
    """A shared sample; skips when the samples are not there."""
    found = sorted((SHARED / folder).glob(f"*{ending}"))
    if not found:
        pytest.skip(f"the shared sample {folder}/*{ending} is not there")
    return found[0]
