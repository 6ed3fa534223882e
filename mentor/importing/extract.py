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
DateOrder = Literal["dmy", "mdy", "ymd"]
#: What a sell without a buy before it is: 'usual' opens a short as a matter of course (futures, CFDs, currencies),
#: 'stated' is one only when its own row says so.
Shorts = Literal["usual", "stated"]
#: What was traded, as far as money per point depends on it.
Asset = Literal["stock", "option", "future", "future option", "forex", "crypto", "bond", "cfd", "warrant"]


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
    """The closed trades of one file as text, one row each; with `shorts` stated its single fills instead.

    `columns` is keyed by symbol, side, size, unit, asset, multiplier, strategy, notes, emotion, account, currency,
    external_id; for closed trades entry_time, exit_time, entry_price, exit_price, profit, net_profit, stop, target,
    risk_percent; for fills time, price, effect ('open', 'close', 'reverse' for both), leg ('long', 'short'
    where both may be held at once), gross (cash without costs), amount (cash with costs), realized (gross profit the
    fill realised). The side of a fill may also be 'remove' (expired, assigned) or 'break' (a split, a transfer; `notes`
    say what it does to the position).

    `shared_ids` says that one id may stand on several trades (an order filled in parts). `decimal_unsure` says that a
    lone `1.234` may well be a thousand here. `symbol` is what the name of a file without a symbol column says was
    traded. `zone` and `date_order` are the broker's own, for values that do not say it themselves. `asset` is what is
    traded where a row does not say it. `newest_first` is the broker's order of rows, where times do not tell it.
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
    shorts: Shorts | None = None
    asset: Asset | None = None
    zone: str | None = None
    date_order: DateOrder | None = None
    decimal_unsure: bool = False
    newest_first: bool = False
    rejected: tuple[Rejection, ...] = ()
    ignored_rows: int = 0
    open_positions: int = 0
    notices: tuple[str, ...] = field(default=())
