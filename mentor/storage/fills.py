"""SQL of `fills`: the executions that round trips were paired from, and those of positions still open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pyarrow as pa

from mentor.storage.connection import Connection

#: What a file says of a fill, in the order of the table; the frame given to `add` must have all of them.
STATED = (
    *("account", "symbol", "currency", "at", "session_date", "sequence", "action", "quantity", "price", "multiplier"),
    *(
        "fees",
        "gross",
        "realized",
        "effect",
        "leg",
        "may_short",
        "external_id",
        "fingerprint",
        "notes",
        "strategy_used",
    ),
    *("emotion", "stop_loss_used", "take_profit_used", "line"),
)
ADDED = ("trade_id", "closed_by", "part", *STATED)

_CHOSEN = f"SELECT id, trade_id, {', '.join(STATED)} FROM fills WHERE user_id = ? AND "


def known(connection: Connection, user_id: int, symbols: Iterable[str]) -> pa.Table:
    """What identifies the fills of some symbols: id, trade_id, account, external_id, fingerprint; oldest first."""
    return connection.table(
        "SELECT id, trade_id, account, external_id, fingerprint FROM fills "
        "WHERE user_id = ? AND part = 1 AND symbol IN (SELECT value FROM json_each(?)) ORDER BY id",
        (user_id, json.dumps(sorted(symbols))),
    )


def still_open(connection: Connection, user_id: int, symbols: Iterable[str] | None = None) -> pa.Table:
    """Every fill since a position was flat, of positions that are not flat again; of some symbols or of all."""
    wanted = "trade_id IS NULL"
    if symbols is None:
        return connection.table(f"{_CHOSEN}{wanted} ORDER BY id", (user_id,))
    listed = json.dumps(sorted(symbols))
    return connection.table(
        f"{_CHOSEN}{wanted} AND symbol IN (SELECT value FROM json_each(?)) ORDER BY id", (user_id, listed)
    )


def of_trades(connection: Connection, user_id: int, trade_ids: Sequence[int]) -> pa.Table:
    """The fills of some round trips, whether or not the trade was deleted since."""
    listed = json.dumps(list(trade_ids))
    return connection.table(f"{_CHOSEN}trade_id IN (SELECT value FROM json_each(?)) ORDER BY id", (user_id, listed))


def add(connection: Connection, user_id: int, import_id: int, rows: pa.Table) -> None:
    """Store fills; `rows` has the columns `ADDED`."""
    marks = ", ".join("?" for _ in ADDED)
    connection.execute_many(
        f"INSERT INTO fills ({', '.join(ADDED)}, user_id, import_id) VALUES ({marks}, {int(user_id)}, {int(import_id)})",
        rows.select(ADDED),
    )


def close(connection: Connection, import_id: int, rows: pa.Table) -> None:
    """Say which round trip the fills of an open position came to belong to: columns trade_id, id."""
    connection.execute_many(
        f"UPDATE fills SET trade_id = ?1, closed_by = {int(import_id)} WHERE id = ?2", rows.select(["trade_id", "id"])
    )


def needed_by(connection: Connection, user_id: int, import_id: int) -> int | None:
    """A later import that closed, or went on with, a position this one opened."""
    found = connection.value(
        "SELECT max(later) FROM ("
        "SELECT max(closed_by) AS later FROM fills WHERE user_id = ?1 AND import_id = ?2 AND closed_by <> ?2 "
        "UNION ALL SELECT max(b.import_id) FROM fills AS a JOIN fills AS b "
        "ON b.user_id = a.user_id AND b.symbol = a.symbol AND b.account IS a.account AND b.import_id > a.import_id "
        "WHERE a.user_id = ?1 AND a.import_id = ?2 AND a.trade_id IS NULL AND b.trade_id IS NULL)",
        (user_id, import_id),
    )
    return None if found is None else int(found)


def remove_imported(connection: Connection, import_id: int) -> None:
    """Take back the fills of an import, and open again what it closed."""
    connection.execute("UPDATE fills SET trade_id = NULL, closed_by = NULL WHERE closed_by = ?", (import_id,))
    connection.execute("DELETE FROM fills WHERE import_id = ?", (import_id,))
