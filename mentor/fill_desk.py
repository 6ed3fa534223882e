"""Holds the fills of a file against those the journal has, and keeps which of them closed which round trip."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pyarrow as pa

from mentor.importing import Reading, pairing
from mentor.importing.duplicates import same_fills
from mentor.importing.fills import FILL_COLUMNS, empty_fills
from mentor.importing.reading import TRADE_COLUMNS, empty_trades, strings
from mentor.importing.round_trips import pair
from mentor.models import ImportOptions
from mentor.storage import fills, trades
from mentor.storage.connection import Connection

_NUMBERS = [name for name, kind in FILL_COLUMNS.items() if kind == "float64"]


def continued(
    connection: Connection, user_id: int, reading: Reading, options: ImportOptions
) -> tuple[Reading, list[str]]:
    """The reading with its fills paired behind the journal's open ones, and the status of the trades it repeats.

    Those stand first in its trades: 'duplicate', or 'deleted' when the trade was deleted by hand since.
    """
    assert reading.pairing is not None, "asked for lists of fills only"
    listed = reading.pairing.listed
    symbols = set(listed.fills["symbol"].dropna())
    known = fills.known(connection, user_id, symbols).to_pandas()
    known = known.astype(dict.fromkeys(("account", "external_id", "fingerprint"), "str"))
    found, used = same_fills(listed.fills, known)
    repeated = known.loc[used, "trade_id"].dropna().astype("int64").unique().tolist()
    carried = _frame(fills.still_open(connection, user_id, symbols)).assign(may_short=True)  # asked when it came
    fresh = pairing.with_fills(reading, listed, listed.fills[~found], carried, options)
    stored, ids = _stored(connection, user_id, repeated)
    there = set(trades.existing(connection, ids))
    status = ["duplicate" if trade_id in there else "deleted" for trade_id in ids]
    both = [frame for frame in (stored, fresh.trades) if len(frame)] or [empty_trades()]
    return replace(fresh, trades=pd.concat(both, ignore_index=True)), status


def store(connection: Connection, user_id: int, import_id: int, reading: Reading, adding: pd.Series) -> None:
    """Keep the fills of the trades that were added a moment ago, in their order, and of positions still open."""
    if reading.pairing is None:
        return
    found, paired = reading.pairing, reading.pairing.paired
    added = paired.trips["trip"][adding.to_numpy()[len(adding) - len(paired.trips) :]]
    ids = pd.Series(trades.ids_of_import(connection, import_id), index=added.to_numpy(), dtype="int64")
    parts = paired.parts.assign(trade_id=paired.parts["trip"].map(ids).astype("Int64"))
    parts = parts[parts["trade_id"].notna() | (parts["trip"] < 0)]
    old = parts["row"] < len(found.carried)
    closed = parts[old & parts["trade_id"].notna()]
    if len(closed):
        carried = found.carried["id"].iloc[closed["row"].to_numpy()]
        rows = pa.table({"trade_id": closed["trade_id"].to_numpy("int64"), "id": carried.to_numpy("int64")})
        fills.close(connection, import_id, rows)
    if (~old).any():
        fills.add(connection, user_id, import_id, _rows(found.fills, parts[~old], import_id))


def open_positions(connection: Connection, user_id: int) -> pd.DataFrame:
    """What the journal's imports left open: the columns of `round_trips.POSITION_COLUMNS`."""
    return pair(_frame(fills.still_open(connection, user_id)), opening_sells="short").positions


def _stored(connection: Connection, user_id: int, trade_ids: list[int]) -> tuple[pd.DataFrame, list[int]]:
    """Round trips as they were imported, each paired from its own fills, and their ids in the same order."""
    if not trade_ids:
        return empty_trades(), []
    frame = _frame(fills.of_trades(connection, user_id, trade_ids))
    named = frame.drop_duplicates("trade_id").set_index(frame["trade_id"].drop_duplicates().astype("str"))["account"]
    nothing = pd.Series(dtype="str", index=frame.index)
    alone = frame.assign(account=frame["trade_id"].astype("str"), may_short=True, effect=nothing)
    trips = pair(alone, opening_sells="short").trips
    ids = trips["account"].astype("int64").tolist()
    trips = trips.assign(account=trips["account"].map(named).astype("str"))
    return trips[list(TRADE_COLUMNS)], ids


def _frame(table: pa.Table) -> pd.DataFrame:
    """Stored fills with the types of `FILL_COLUMNS`, their id and trade_id."""
    columns = {}
    for name, kind in FILL_COLUMNS.items():
        column = table[name].combine_chunks()
        if kind == "str":
            columns[name] = strings(column.cast(pa.string()))
        elif name == "at":
            columns[name] = pd.to_datetime(column.cast(pa.int64()).to_pandas(), unit="us", utc=True)
        elif name == "session_date":
            columns[name] = pd.to_datetime(strings(column.cast(pa.string())))
        else:
            columns[name] = column.cast(pa.float64()).to_pandas()
    frame = pd.DataFrame(columns).astype(dict(FILL_COLUMNS)) if len(table) else empty_fills()
    return frame.assign(id=table["id"].to_numpy(), trade_id=table["trade_id"].to_pandas())


def _rows(known: pd.DataFrame, parts: pd.DataFrame, import_id: int) -> pa.Table:
    """The parts of fresh fills as the rows storage inserts."""
    rows = known.iloc[parts["row"].to_numpy()].reset_index(drop=True)
    parts = parts.reset_index(drop=True)
    rows = rows.assign(**{name: parts[name] for name in ("quantity", "fees", "gross", "realized")})
    at = rows["at"].astype("int64").where(rows["at"].notna()).astype("Int64")
    rows = rows.assign(
        at=at,
        session_date=rows["session_date"].dt.strftime("%Y-%m-%d"),
        trade_id=parts["trade_id"],
        closed_by=pd.Series(import_id, index=parts.index, dtype="Int64").where(parts["trade_id"].notna()),
        part=parts.groupby("row").cumcount() + 1,
        **{name: rows[name].astype("int64") for name in ("may_short", "stop_loss_used", "take_profit_used")},
    )
    return pa.Table.from_pandas(rows, preserve_index=False)
