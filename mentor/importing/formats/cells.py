"""Text columns of a broker's table as numbers and moments, for what `adapt` has to compare before anything is read."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from mentor.importing.date_text import parse_dates
from mentor.importing.dates import assemble, decide_order
from mentor.importing.extract import DateOrder
from mentor.importing.numbers import read_numbers


def numbers(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The named columns that the table has as floats, NaN where blank or unreadable; they share one decimal sign."""
    columns = {name: text(rows[name]) for name in names if name in rows}
    read = read_numbers(columns, decimal_unsure=False)
    return pd.DataFrame({name: column.values for name, column in read.items()}, index=rows.index, dtype="float64")


def moments(rows: pd.DataFrame, *names: str, date_order: DateOrder | None = None) -> pd.DataFrame:
    """The named columns on the clock of the file, only to be compared with each other; NaT where there is none."""
    dates = {name: parse_dates(text(rows[name])) for name in names}
    order = decide_order(dates.values(), fixed=date_order)
    local = {name: assemble(parts, order).local.view("datetime64[us]") for name, parts in dates.items()}
    return pd.DataFrame(local, index=rows.index)


def text(column: pd.Series) -> pa.Array:
    """A text column as the readers take it, null where it is blank."""
    return pa.array(column.astype(object).where(column.notna(), None), pa.string())


def told_apart(names: pd.Series, ids: pd.Series) -> pd.Series:
    """Each name, with its id behind it where one name stands for several, or the id alone where there is no name."""
    shared = ids.groupby(names).transform("nunique") > 1
    return names.mask(shared, names + " " + ids).fillna(ids)
