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
ADDED = ("import_id", "trade_id", "closed_by", "part", *STATED)
CHANGED = ("trade_id", "closed_by", "quantity", "fees", "gross", "realized", "effect")

#: What is not in the file: how a fill came here, and what it belongs to.
OWN = ("id", "import_id", "trade_id", "closed_by")

_CHOSEN = f"SELECT {', '.join((*OWN, *STATED))} FROM fills WHERE user_id = ? AND "


def known(connection: Connection, user_id: int, symbols: Iterable[str]) -> pa.Table:
    """What identifies the fills of some symbols and which trade they belong to; oldest first."""
    return connection.table(
        "SELECT id, trade_id, closed_by, account, external_id, fingerprint, action, price, at, session_date "
        "FROM fills WHERE user_id = ? AND part = 1 AND symbol IN (SELECT value FROM json_each(?)) ORDER BY id",
        (user_id, json.dumps(sorted(symbols))),
    )


def spans(connection: Connection, user_id: int, symbols: Iterable[str]) -> pa.Table:
    """From when to when (UTC microseconds) the round trips of some symbols were open, and who closed each."""
    at = "coalesce(at, unixepoch(session_date) * 1000000)"
    return connection.table(
        f"SELECT account, symbol, leg, closed_by, min({at}) AS opened, max({at}) AS closed FROM fills "
        "WHERE user_id = ? AND trade_id IS NOT NULL AND symbol IN (SELECT value FROM json_each(?)) "
        "GROUP BY trade_id, closed_by, account, symbol, leg",
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


def add(connection: Connection, user_id: int, rows: pa.Table) -> None:
    """Store fills; `rows` has the columns `ADDED`."""
    marks = ", ".join("?" for _ in ADDED)
    connection.execute_many(
        f"INSERT INTO fills ({', '.join(ADDED)}, user_id) VALUES ({marks}, {int(user_id)})", rows.select(ADDED)
    )


def change(connection: Connection, user_id: int, rows: pa.Table) -> None:
    """What is left of fills of an open position and which round trip they came to belong to: columns `CHANGED`, id."""
    names = ", ".join(f"{name} = ?{at}" for at, name in enumerate(CHANGED, start=1))
    connection.execute_many(
        f"UPDATE fills SET {names} WHERE id = ?{len(CHANGED) + 1} AND user_id = {int(user_id)}",
        rows.select([*CHANGED, "id"]),
    )


def needed_by(connection: Connection, user_id: int, import_id: int) -> int | None:
    """A later import that closed, or went on with, a position this one opened."""
    found = connection.value(
        "SELECT max(later) FROM ("
        "SELECT max(closed_by) AS later FROM fills WHERE user_id = ?1 AND import_id = ?2 AND closed_by <> ?2 "
        "UNION ALL SELECT max(b.import_id) FROM fills AS a JOIN fills AS b "
        "ON b.user_id = a.user_id AND b.symbol = a.symbol AND b.import_id > a.import_id "
        "AND coalesce(b.account, a.account) IS coalesce(a.account, b.account) "
        "WHERE a.user_id = ?1 AND a.import_id = ?2 AND a.trade_id IS NULL AND b.trade_id IS NULL)",
        (user_id, import_id),
    )
    return None if found is None else int(found)


def remove_imported(connection: Connection, user_id: int, import_id: int) -> None:
    """Take back the fills of an import, and open again what it closed."""
    released = "UPDATE fills SET trade_id = NULL, closed_by = NULL WHERE user_id = ?2 AND"
    connection.execute(f"{released} closed_by = ?1", (import_id, user_id))
    # fills of another file that were taken for trades of this one
    of_import = "SELECT id FROM daily_trading_data WHERE import_id = ?1"
    connection.execute(f"{released} trade_id IN ({of_import}) AND closed_by <> ?1", (import_id, user_id))
    connection.execute("DELETE FROM fills WHERE user_id = ?2 AND import_id = ?1", (import_id, user_id))
