"""What reading a file gives: the trades in one declared frame, and everything that was refused, ignored or asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa

from mentor.models import ChosenColumns, Question, Rejection

if TYPE_CHECKING:
    from mentor.importing.pairing import Pairing
    from mentor.importing.takeover import Takeover
    from mentor.importing.whole_journal import WholeJournal

#: The schema of `Reading.trades`, in order. Money is in the trade's own currency. Missing: NaN, NaT.
TRADE_COLUMNS = MappingProxyType(
    {
        "symbol": "str",
        "side": "str",  # 'long', 'short' or missing
        "lot_size": "float64",
        "entry_price": "float64",
        "exit_price": "float64",
        "stop_price": "float64",
        "target_price": "float64",
        "entry_time": "datetime64[us, UTC]",
        "exit_time": "datetime64[us, UTC]",
        "session_date": "datetime64[s]",  # the trader's local day
        "profit_loss": "float64",  # net
        "fees": "float64",  # gross − net: swap included, positive = paid
        "risk_percent": "float64",
        "stop_loss_used": "bool",
        "take_profit_used": "bool",
        "strategy_used": "str",
        "account": "str",
        "currency": "str",
        "external_id": "str",
        "notes": "str",
        "emotion": "str",  # as the file words it
        "fingerprint": "str",
        "line": "int64",  # 1-based line in the file as saved
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """How an instant becomes the trader's session date: the day in `zone`, before `day_start` still the day before."""

    zone: ZoneInfo
    day_start: time = time(0)

    def session_dates(self, instants: pd.Series) -> pd.Series:
        """UTC instants (NaT allowed) → naive local days, `datetime64[s]`."""
        local = instants.dt.tz_convert(self.zone).dt.tz_localize(None)
        started = pd.Timedelta(hours=self.day_start.hour, minutes=self.day_start.minute)
        days: pd.Series = (local - started).dt.normalize().astype("datetime64[s]")
        return days


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file, read; it knows nothing of any journal.

    `trades` follows `TRADE_COLUMNS` in file order. `source_timezone` is the IANA zone times without a zone
    were read in. `notices` are plain sentences about what was decided on the way. `takeover` is what another
    journal says beside its trades, `whole` all of one that was exported; `pairing` what a list of single fills was
    paired into.
    `chosen` are the columns a person named for it.
    """

    file_name: str
    format: str
    account: str | None
    currency: str | None
    source_timezone: str
    trades: pd.DataFrame
    rejected: tuple[Rejection, ...] = ()
    ignored_rows: int = 0
    open_positions: int = 0
    questions: tuple[Question, ...] = ()
    notices: tuple[str, ...] = ()
    takeover: Takeover | None = None
    whole: WholeJournal | None = None
    pairing: Pairing | None = None
    chosen: ChosenColumns | None = None


def strings(text: pa.Array) -> pd.Series:
    """Arrow text as pandas `str`, without a detour over Python objects."""
    kind: Any = pd.StringDtype(na_value=np.nan)
    return pd.Series(kind.__from_arrow__(pa.chunked_array([text.cast(pa.large_string())])), copy=False)


def empty_trades() -> pd.DataFrame:
    """The frame of `TRADE_COLUMNS` without rows."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TRADE_COLUMNS.items()})
