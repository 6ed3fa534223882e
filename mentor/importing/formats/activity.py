"""Account activity of US brokers: which rows are fills, which end an option, which change a position otherwise, and
which only moved money."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from mentor.importing.faults import Mask, mask_of
from mentor.importing.formats.cells import numbers
from mentor.importing.option_names import option_symbols
from mentor.importing.sides import read_actions
from mentor.importing.told import EVENT, NAMELESS_EVENT, in_column
from mentor.messages import message

#: Words that only options are traded with.
_OF_OPTIONS = r"\bto (?:open|close)\b|\b(?:opening|closing) transaction\b"
UNNAMED = message("does not describe an option in words that are known")


def sort_rows(rows: pd.DataFrame, *, removes: str) -> pd.DataFrame:
    """Give every row of `side` and `size` its meaning.

    Words that match `removes` take a position away at no price, as an expiration or an assignment does, unless the row
    has cash. Any other word that is neither buy nor sell only moved money where it has no size, and otherwise did
    something to the position that prices do not tell.
    """
    side = rows["side"]
    size = numbers(rows, "size")["size"].fillna(0).abs()
    trades = pd.Series(_trades(side), index=rows.index)
    removed = side.str.contains(removes, case=False).eq(True) & ~trades
    others = ~trades & ~removed
    rows.loc[others & (size == 0), "ignored"] = "moved no position"
    events = others & (size != 0)
    told = in_column(EVENT, side).fillna(NAMELESS_EVENT)
    notes = rows["notes"] if "notes" in rows else pd.Series(dtype="str", index=rows.index)
    rows["notes"] = notes.mask(events, told)
    if "asset" in rows:
        unnamed = trades & side.str.contains(_OF_OPTIONS, case=False).eq(True) & rows["asset"].ne("option")
        rows.loc[unnamed & rows["refused"].isna(), "refused"] = UNNAMED
    rows["side"] = side.mask(removed, "remove").mask(events, "break")
    rows["price"] = rows["price"].mask(removed, "0")
    return rows


def name_options(rows: pd.DataFrame, *texts: str) -> pd.DataFrame:
    """`symbol` and `asset` of rows whose texts, the first that does, describe an option; else it is a stock."""
    found = pd.Series(dtype="str", index=rows.index)
    for name in texts:
        found = found.fillna(option_symbols(rows[name])) if name in rows else found
    rows["symbol"] = found.fillna(rows["symbol"])
    rows["asset"] = pd.Series("stock", index=rows.index, dtype="str").mask(found.notna(), "option")
    return rows


def _trades(words: pd.Series) -> Mask:
    cells = pa.array(words.astype(object).where(words.notna(), None), pa.string())
    return mask_of(read_actions(cells).action.is_valid())
