"""What a format hands to `normalise`: columns of text under our field names, and the conventions of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mentor.models import Rejection

#: How a cost column counts: 'paid' positive = paid, 'flow' negative = paid, 'detect' decided from its signs.
CostSign = Literal["paid", "flow", "detect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column as the file has it: `cells` are strings, null where blank; `zone`, `currency` when the header says.

    `lines` says where its cells stand when a trade takes several lines.
    """

    header: str
    cells: pa.Array
    zone: str | None = None
    currency: str | None = None
    lines: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A column of costs, and which sign means paid."""

    column: Column
    sign: CostSign


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """The trades of one file as text, one row each.

    `columns` is keyed by symbol, side, size, unit, entry_time, exit_time, entry_price, exit_price, profit,
    net_profit, stop, target, risk_percent, strategy, notes, account, currency, external_id. `shared_ids` says
    that one id may stand on several trades (an order filled in parts). `decimal_unsure` says that a lone `1.234`
    may well be a thousand here. `symbol` is what the name of a file without a symbol column says was traded.
    """

    file_name: str
    format: str
    columns: Mapping[str, Column]
    lines: npt.NDArray[np.int64]
    costs: tuple[Cost, ...] = ()
    account: str | None = None
    symbol: str | None = None
    currency: str | None = None
    shared_ids: bool = False
    sizes_are_shares: bool = False
    decimal_unsure: bool = False
    rejected: tuple[Rejection, ...] = ()
    ignored_rows: int = 0
    open_positions: int = 0
    notices: tuple[str, ...] = field(default=())
