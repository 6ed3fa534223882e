"""Holds the fills of a file against those the journal has, and keeps which of them closed which round trip."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pyarrow as pa

from mentor.importing import ImportPlan, Reading, pairing
from mentor.importing.duplicates import same_fills, seen_elsewhere
from mentor.importing.fills import FILL_COLUMNS, empty_fills
from mentor.importing.pairing import Pairing
from mentor.importing.reading import TRADE_COLUMNS, empty_trades, strings
from mentor.importing.round_trips import pair
from mentor.messages import message, messages
from mentor.models import ImportOptions, Question
from mentor.storage import fills, trades
from mentor.storage.connection import Connection

#: Microseconds after any fill.
FOR_EVER = 2**62
#: Positions are apart by these.
_WHOSE = ["account", "symbol", "leg"]


def continued(
    connection: Connection, user_id: int, reading: Reading, options: ImportOptions
) -> tuple[Reading, list[tuple[int, str]]]:
    """The reading with its fills paired behind the journal's open ones, and the trades it repeats with their status.

    Those stand first in its trades: 'duplicate'; 'lookalike' where the fills were taken for a trade from another
    source; 'deleted' when the trade was deleted by hand since.
    """
    assert reading.pairing is not None, "asked for lists of fills only"
    listed = reading.pairing.listed
    symbols = set(listed.fills["symbol"].dropna())
    known = _known(fills.known(connection, user_id, symbols))
    found, used = same_fills(listed.fills, known)
    repeated = _repeated(connection, user_id, known[used])
    taken_for_another = repeated["status"].eq("lookalike") & options.add_lookalikes
    carried = _carried(connection, user_id, symbols, repeated[taken_for_another])
    added, carried = listed.fills[~found], _named(carried, carried, listed.fills)
    fresh = pairing.with_fills(reading, listed, _named(added, carried, added), carried, options)
    stored, again = _stored(connection, user_id, repeated[~taken_for_another])
    both = [frame for frame in (stored, fresh.trades) if len(frame)] or [empty_trades()]
    return replace(
        fresh,
        trades=pd.concat(both, ignore_index=True),
        questions=(*fresh.questions, *_asked(added, carried, options)),
        notices=(*fresh.notices, *_clocks_differ(listed.fills[found], known[used])),
    ), again


def store(connection: Connection, user_id: int, import_id: int, plan: ImportPlan) -> None:
    """Keep the fills of the trades that were added a moment ago, in their order, and of positions still open.

    Those of a lookalike that is not added belong to the trade it was taken for: they opened and closed a position.
    """
    found = plan.reading.pairing
    if found is None:
        return
    assert plan.twins is not None, "found for every list of fills"
    trips = found.paired.trips["trip"].to_numpy()
    adding, twins = (column.to_numpy()[len(column) - len(trips) :] for column in (plan.adding, plan.twins))
    ids = pd.Series(twins, index=trips, dtype="Int64")
    ids[trips[adding]] = trades.ids_of_import(connection, user_id, import_id)
    parts = found.paired.parts.assign(trade_id=found.paired.parts["trip"].map(ids).astype("Int64"))
    rows = _rows(found, parts, import_id)
    fills.change(connection, user_id, _table(rows[rows["id"].notna()]))
    fills.add(connection, user_id, _table(rows[rows["id"].isna()]))


def open_positions(connection: Connection, user_id: int) -> pd.DataFrame:
    """What the journal's imports left open: the columns of `round_trips.POSITION_COLUMNS`."""
    still_open = _frame(fills.still_open(connection, user_id))
    return pair(_named(still_open, still_open, still_open), opening_sells="short").positions


def _asked(fresh: pd.DataFrame, carried: pd.DataFrame, options: ImportOptions) -> tuple[Question, ...]:
    """Asks about open positions that would be doubled."""
    twice = carried[seen_elsewhere(fresh, carried)]
    if twice.empty:
        return ()
    symbols, imports = (", ".join(map(str, sorted(twice[name].unique()))) for name in ("symbol", "import_id"))
    about = message(
        "{symbols}: positions that import {imports} left open hold fills just like these, from another kind of file. "
        "Go on with files of that kind, or undo that import first. Add these fills only if they are others.",
        symbols=symbols,
        imports=imports,
    )
    return (Question(kind="same_trade", about=about, choices=(), blocking=not options.add_lookalikes),)


def _clocks_differ(found: pd.DataFrame, known: pd.DataFrame) -> tuple[str, ...]:
    """Says that fills the journal has were read in another zone: the same clock time, another moment."""
    here, there = (fills.drop_duplicates("fingerprint").set_index("fingerprint")["at"] for fills in (found, known))
    moved = int((here - there).dropna().ne(pd.Timedelta(0)).sum())
    if not moved:
        return ()
    told = messages(
        "{n} fill stands in the journal at another time: its file was read in another time zone. Read this one in the "
        "same, or undo that import first, else fills are paired in the wrong order.",
        "{n} fills stand in the journal at another time: their file was read in another time zone. Read this one in "
        "the same, or undo that import first, else fills are paired in the wrong order.",
        n=moved,
    )
    return (told,)


def _known(table: pa.Table) -> pd.DataFrame:
    """What identifies the journal's fills, with the types of `FILL_COLUMNS`."""
    known: pd.DataFrame = table.to_pandas().astype(
        dict.fromkeys(("account", "external_id", "fingerprint", "action"), "str")
    )
    days = pd.to_datetime(known["session_date"].astype("str")).astype("datetime64[s]")
    return known.assign(at=_instants(table["at"]), session_date=days).astype(
        {"price": "float64", "trade_id": "Int64", "closed_by": "Int64"}
    )


def _repeated(connection: Connection, user_id: int, known: pd.DataFrame) -> pd.DataFrame:
    """The round trips that fills belong to: trade_id, closed_by, and what the trade's status is."""
    trips = known[["trade_id", "closed_by"]].dropna().drop_duplicates()
    came_with = trades.sources(connection, user_id, trips["trade_id"].tolist())
    status = [
        "deleted" if trade_id not in came_with else "duplicate" if came_with[trade_id] == import_id else "lookalike"
        for trade_id, import_id in trips.itertuples(index=False)
    ]
    return trips.assign(status=pd.Series(status, index=trips.index, dtype="str"))


def _carried(connection: Connection, user_id: int, symbols: set[str], opened_again: pd.DataFrame) -> pd.DataFrame:
    """The fills of open positions, with those that go back to one."""
    still_open = _frame(fills.still_open(connection, user_id, symbols))
    if len(opened_again):
        still_open = pd.concat([still_open, _of_trades(connection, user_id, opened_again)]).sort_values("id")
    return still_open.assign(may_short=True).reset_index(drop=True)  # asked when it came


def _named(some: pd.DataFrame, carried: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Fills that name no account in the one that is named for an open position of their symbol, or closes it."""
    names = pd.concat([carried, others[others["symbol"].isin(carried["symbol"])]])[["symbol", "account"]]
    only = names.dropna().drop_duplicates().drop_duplicates("symbol", keep=False).set_index("symbol")["account"]
    return some.assign(account=some["account"].fillna(some["symbol"].map(only).astype("str")))


def _of_trades(connection: Connection, user_id: int, trips: pd.DataFrame) -> pd.DataFrame:
    """The fills of round trips (trade_id, closed_by)."""
    frame = _frame(fills.of_trades(connection, user_id, trips["trade_id"].tolist()))
    return frame.merge(trips[["trade_id", "closed_by"]], on=["trade_id", "closed_by"])


def _stored(connection: Connection, user_id: int, repeated: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """Round trips as they were imported, each paired from its own fills; id and status of each in the same order."""
    if not len(repeated):
        return empty_trades(), []
    frame = _of_trades(connection, user_id, repeated)
    number = frame.groupby(["trade_id", "closed_by"], sort=False).ngroup()
    first = frame.drop_duplicates(["trade_id", "closed_by"]).merge(repeated, on=["trade_id", "closed_by"])
    nothing = pd.Series(dtype="str", index=frame.index)
    alone = frame.assign(account=number.astype("str"), may_short=True, effect=nothing)
    trips = pair(alone, opening_sells="short").trips
    first = first.iloc[trips["account"].astype("int64").to_numpy()].reset_index(drop=True)
    again = list(zip(first["trade_id"].tolist(), first["status"].tolist(), strict=True))
    return trips.assign(account=first["account"])[list(TRADE_COLUMNS)], again


def come_late(connection: Connection, user_id: int, found: Pairing, lookalike: pd.Series) -> tuple[str, ...]:
    """Says of which symbols fills came too late: the journal has round trips from after their position was opened.

    `lookalike` are the round trips found that are probably the same ones.
    """
    ours = _fresh_spans(found, set(found.paired.trips["trip"][lookalike.to_numpy()]))
    spans = _frame_of_spans(fills.spans(connection, user_id, set(ours["symbol"])))
    whose = pd.concat([ours[_WHOSE], spans[_WHOSE]]).groupby(_WHOSE, dropna=False).ngroup().to_numpy()
    ours, spans = ours.assign(whose=whose[: len(ours)]), spans.assign(whose=whose[len(ours) :])
    # round trips of one symbol follow each other: the last one opened before ours ends is the last one closed
    last = pd.merge_asof(
        ours.sort_values("ends"),
        spans[["whose", "opened", "closed", "closed_by"]].sort_values("opened"),
        left_on="ends",
        right_on="opened",
        by="whose",
        allow_exact_matches=False,
    )
    late = last[last["closed"] > last["begins"]]
    if late.empty:
        return ()
    symbols, import_id = ", ".join(sorted(late["symbol"].unique())), int(late["closed_by"].max())
    told = message(
        "{symbols}: fills from before round trips that are in the journal already; those stay as they were paired. "
        "To pair them all anew, undo import {import_id}, import this file, then that one again.",
        symbols=symbols,
        import_id=import_id,
    )
    return (told,)


def _fresh_spans(found: Pairing, lookalike: set[int]) -> pd.DataFrame:
    """From when to when positions with a fresh fill are open; for ever, where they stay so."""
    parts = found.paired.parts
    fill = found.fills.iloc[parts["row"].to_numpy()].reset_index(drop=True)
    at = fill["at"].dt.tz_localize(None).fillna(fill["session_date"].astype("datetime64[us]")).astype("int64")
    fresh = parts["row"] >= len(found.carried)
    position = fill[_WHOSE].assign(trip=parts["trip"], at=at, fresh=fresh).groupby([*_WHOSE, "trip"], dropna=False)
    spans = position.agg(begins=("at", "min"), ends=("at", "max"), fresh=("fresh", "any")).reset_index()
    spans["ends"] = spans["ends"].where(spans["trip"] >= 0, FOR_EVER)
    return spans[spans["fresh"] & ~spans["trip"].isin(lookalike)].astype(dict.fromkeys(_WHOSE, "str"))


def _frame_of_spans(table: pa.Table) -> pd.DataFrame:
    times = dict.fromkeys(("opened", "closed", "closed_by"), "int64")
    frame: pd.DataFrame = table.to_pandas()
    return frame.astype(dict.fromkeys(_WHOSE, "str") | times)


def _frame(table: pa.Table) -> pd.DataFrame:
    """Stored fills with the types of `FILL_COLUMNS`, their id and trade_id."""
    columns = {}
    for name, kind in FILL_COLUMNS.items():
        column = table[name].combine_chunks()
        if kind == "str":
            columns[name] = strings(column.cast(pa.string()))
        elif name == "at":
            columns[name] = _instants(column)
        elif name == "session_date":
            columns[name] = pd.to_datetime(strings(column.cast(pa.string())))
        else:
            columns[name] = column.cast(pa.float64()).to_pandas()
    frame = pd.DataFrame(columns).astype(dict(FILL_COLUMNS)) if len(table) else empty_fills()
    own = {name: pd.Series(table[name].to_pandas().to_numpy(), dtype="Int64") for name in fills.OWN}
    return frame.assign(**own)


def _instants(micros: pa.ChunkedArray | pa.Array) -> pd.Series:
    instants: pd.Series = pd.to_datetime(micros.cast(pa.int64()).to_pandas(), unit="us", utc=True)
    return instants.astype("datetime64[us, UTC]")


def _rows(found: Pairing, parts: pd.DataFrame, import_id: int) -> pd.DataFrame:
    """The parts of fills as storage keeps them: with an id those that are there and change, without one new ones.

    A further part of a fill that was carried is of the import that brought it.
    """
    fill = found.fills.assign(**found.carried.reindex(columns=["id", "import_id"], index=found.fills.index))
    split = parts.duplicated("row", keep=False)
    known = fill["id"].notna().to_numpy()[parts["row"].to_numpy()]
    parts = parts[~known | split | parts["trade_id"].notna()].reset_index(drop=True)
    rows = fill.iloc[parts["row"].to_numpy()].reset_index(drop=True)
    rows = rows.assign(**{name: parts[name] for name in ("quantity", "fees", "gross", "realized", "trade_id")})
    nth = parts.groupby("row").cumcount()
    of_part = parts["closing"].map({True: "close", False: "open"}).astype("str")
    return rows.assign(
        id=rows["id"].where(nth == 0),
        import_id=rows["import_id"].fillna(import_id),
        effect=rows["effect"].mask(rows["effect"] == "reverse", of_part),
        at=rows["at"].astype("int64").where(rows["at"].notna()).astype("Int64"),
        session_date=rows["session_date"].dt.strftime("%Y-%m-%d"),
        closed_by=pd.Series(import_id, index=rows.index, dtype="Int64").where(rows["trade_id"].notna()),
        part=nth + 1,
        **{name: rows[name].astype("int64") for name in ("may_short", "stop_loss_used", "take_profit_used")},
    )


def _table(rows: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(rows, preserve_index=False)
