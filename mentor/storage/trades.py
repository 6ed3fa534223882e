"""SQL of `daily_trading_data`: one row a closed trade, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyarrow as pa

from mentor import progress
from mentor.messages import message
from mentor.models import Trade
from mentor.storage import preferences
from mentor.storage.connection import Connection
from mentor.storage.owner import OWN_SESSION, OWN_SESSIONS
from mentor.storage.timestamps import from_text, storable
from mentor.storage.trade_columns import columns, flag, moment, number, side

#: Bot 0 stands for trades made by hand or imported.
BY_HAND = 0

_TEXT = ("symbol", "strategy_used", "account", "currency", "external_id", "fingerprint", "notes")
_NUMBER = (
    "profit_loss",
    "lot_size",
    "entry_price",
    "exit_price",
    "stop_price",
    "target_price",
    "fees",
    "risk_percent",
)

#: What a person can know of a trade, in the order of `_by_hand`.
KNOWABLE = (
    "symbol",
    "side",
    "entry_time",
    "exit_time",
    "profit_loss",
    "lot_size",
    "stop_loss_used",
    "take_profit_used",
    "risk_percent",
    "strategy_used",
    "entry_price",
    "exit_price",
    "stop_price",
    "target_price",
    "fees",
    "account",
    "currency",
    "notes",
)

#: Imported rows between two looks whether somebody stopped the import.
_AT_ONCE = 20_000
#: The triggers a bulk insert or delete does without.
_TRIGGERS = ("trade_insert_check", "trade_update_check", "trade_inserted", "trade_updated", "trade_deleted")
#: Adds a session up from its trades.
_TOTALS = "session_totals"

#: Columns of a bulk insert, in order; the frame given must have all of them.
IMPORTED = (
    "session_id",
    "symbol",
    "side",
    "lot_size",
    "entry_price",
    "exit_price",
    "stop_price",
    "target_price",
    "entry_time",
    "exit_time",
    "profit_loss",
    "fees",
    "risk_percent",
    "stop_loss_used",
    "take_profit_used",
    "strategy_used",
    "account",
    "currency",
    "external_id",
    "fingerprint",
    "notes",
    "bot_id",
    "created_at",
)

#: Columns that hold something else than null when an insert leaves them out.
_DEFAULTED = ("stop_loss_used", "take_profit_used", "created_at")

#: A column in which every value is null has no type of its own.
_KNOWN = pa.schema(
    [
        ("id", pa.int64()),
        ("session_date", pa.string()),
        ("symbol", pa.string()),
        ("lot_size", pa.float64()),
        ("profit_loss", pa.float64()),
        ("account", pa.string()),
        ("external_id", pa.string()),
        ("fingerprint", pa.string()),
        ("import_id", pa.int64()),
    ]
)


_MODEL = f"""
SELECT t.id, t.session_id, CAST(t.bot_id AS INTEGER) AS bot_id, t.import_id, {side()} AS side,
       {", ".join(f"CAST(t.{column} AS TEXT) AS {column}" for column in _TEXT)},
       {", ".join(f"{number(f't.{column}')} AS {column}" for column in _NUMBER)},
       {flag("t.stop_loss_used")} AS stop_loss_used, {flag("t.take_profit_used")} AS take_profit_used,
       {moment("t.entry_time")} AS entry_time, {moment("t.exit_time")} AS exit_time,
       CAST(t.created_at AS TEXT) AS created_at,
       nullif(concat_ws('; ',
           CASE WHEN typeof(t.profit_loss) NOT IN ('real', 'integer') THEN 'P/L ' || CAST(t.profit_loss AS TEXT) END,
           CASE WHEN typeof(t.lot_size) NOT IN ('real', 'integer') THEN 'lots ' || CAST(t.lot_size AS TEXT) END
       ), '') AS as_written
FROM daily_trading_data AS t
"""


def frame(connection: Connection, user_id: int, session_ids: Sequence[int] | None = None) -> pa.Table:
    """The columns every analysis needs, in order of their id: of some sessions, or of all the user's.

    `currency` is null for the base currency.
    """
    # The plus keeps SQLite from looking every row up through an index: nearly all of them are wanted.
    where = f"+t.session_id IN {OWN_SESSIONS}"
    if session_ids is not None:
        some = ", ".join(str(int(session_id)) for session_id in session_ids)
        where = f"t.session_id IN (SELECT id FROM trading_sessions WHERE user_id = ? AND id IN ({some}))"

    def values(sql: Sequence[str]) -> list[pa.Array]:
        listed = f"SELECT {', '.join(sql)} FROM daily_trading_data AS t WHERE {where} ORDER BY t.id"
        return [_whole(column) for column in connection.table(listed, (user_id,)).columns]

    wanted = columns(preferences.get(connection, user_id, "currency"))
    stored = values([column.stored for column in wanted])
    read = {column.name: column.read(found) for column, found in zip(wanted, stored, strict=True)}
    if odd := [column for column in wanted if read[column.name] is None]:
        careful = values([column.careful for column in odd])
        read |= {column.name: column.read(found) for column, found in zip(odd, careful, strict=True)}
    return pa.table(read)


def of_session(connection: Connection, user_id: int, session_id: int) -> list[Trade]:
    """Every column, in the order the trades were closed."""
    rows = connection.rows(
        f"{_MODEL} WHERE t.session_id = {OWN_SESSION} ORDER BY coalesce(t.exit_time, t.entry_time, t.created_at), t.id",
        (session_id, user_id),
    )
    return [_trade(row) for row in rows]


def next_id(connection: Connection) -> int:
    """What the next trade will be called, as long as nobody else can write."""
    return 1 + int(
        connection.value(
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'daily_trading_data'), 0), "
            "coalesce((SELECT max(id) FROM daily_trading_data), 0))"
        )
    )


def add_many(connection: Connection, user_id: int, trades: Sequence[Trade]) -> None:
    """Store trades that have ids and sessions: each session is added up once, not with each of its trades."""
    names = ("id", "bot_id", "external_id", *KNOWABLE)
    columns = {name: [storable(getattr(trade, name)) for trade in trades] for name in names}
    columns["bot_id"] = [BY_HAND if trade.bot_id is None else trade.bot_id for trade in trades]
    held = [trade.session_id for trade in trades]
    with without_triggers(connection, (_TOTALS,)):
        connection.execute_many(
            f"INSERT INTO daily_trading_data (session_id, {', '.join(names)}) "
            f"VALUES ((SELECT id FROM trading_sessions WHERE id = ? AND user_id = {int(user_id)}), "
            f"{', '.join('?' for _ in names)})",
            pa.table({"session_id": held, **columns}),
        )
    renew(connection, user_id, sorted({session_id for session_id in held if session_id is not None}))


def add(connection: Connection, user_id: int, session_id: int, trade: Trade) -> int:
    """Store one trade; the triggers do the totals."""
    names = ("bot_id", "external_id", *KNOWABLE)
    created = connection.value(
        f"INSERT INTO daily_trading_data (session_id, {', '.join(names)}) "
        f"VALUES ({OWN_SESSION}, {', '.join('?' for _ in names)}) RETURNING id",
        (
            *(session_id, user_id, BY_HAND if trade.bot_id is None else trade.bot_id, trade.external_id),
            *_by_hand(trade),
        ),
    )
    return int(created)


def change(connection: Connection, user_id: int, trade_id: int, session_id: int, trade: Trade) -> None:
    """Overwrite what a person can know of a trade; where it came from stays."""
    connection.execute(
        f"UPDATE daily_trading_data SET session_id = {OWN_SESSION}, {', '.join(f'{name} = ?' for name in KNOWABLE)} "
        f"WHERE id = ? AND session_id IN {OWN_SESSIONS}",
        (session_id, user_id, *_by_hand(trade), trade_id, user_id),
    )


def remove(connection: Connection, user_id: int, trade_ids: Sequence[int]) -> None:
    """Delete trades as the triggers would, at once: one by one many of one day would add the day up many times."""
    wanted = json.dumps(list(trade_ids)), user_id
    chosen = f"id IN (SELECT value FROM json_each(?)) AND session_id IN {OWN_SESSIONS}"
    rows = connection.rows(f"SELECT DISTINCT session_id FROM daily_trading_data WHERE {chosen}", wanted)
    connection.execute(
        "INSERT INTO deleted_trades (account, external_id, fingerprint, import_id, user_id) "
        f"SELECT account, external_id, fingerprint, import_id, {int(user_id)} FROM daily_trading_data "
        f"WHERE import_id IS NOT NULL AND {chosen}",
        wanted,
    )
    with without_triggers(connection):
        connection.execute(f"DELETE FROM daily_trading_data WHERE {chosen}", wanted)
    renew(connection, user_id, [row["session_id"] for row in rows])


def tag(connection: Connection, user_id: int, trade_ids: Sequence[int], word: str) -> None:
    """Put `word` behind the notes of trades whose notes do not hold it yet."""
    connection.execute_many(
        "UPDATE daily_trading_data SET notes = trim(coalesce(notes, '') || ' ' || ?1) "
        "WHERE id = ?2 AND instr(' ' || coalesce(notes, '') || ' ', ' ' || ?1 || ' ') = 0 "
        f"AND session_id IN (SELECT id FROM trading_sessions WHERE user_id = {int(user_id)})",
        pa.table({"word": [word] * len(trade_ids), "id": list(trade_ids)}),
    )


def by_id(connection: Connection, user_id: int, trade_ids: Sequence[int]) -> list[Trade]:
    """Those of the trades that are the user's, in the order asked."""
    if not trade_ids:
        return []
    wanted = ", ".join(str(int(trade_id)) for trade_id in trade_ids)
    rows = connection.rows(
        f"{_MODEL} JOIN trading_sessions AS s ON s.id = t.session_id WHERE s.user_id = ? AND t.id IN ({wanted})",
        (user_id,),
    )
    found = {row["id"]: _trade(row) for row in rows}
    return [found[trade_id] for trade_id in trade_ids if trade_id in found]


def with_external_ids(connection: Connection, user_id: int, external_ids: Sequence[str]) -> list[Trade]:
    """The user's trades that carry one of the ids, the oldest last."""
    rows = connection.rows(
        f"{_MODEL} JOIN trading_sessions AS s ON s.id = t.session_id "
        "WHERE s.user_id = ? AND t.external_id IN (SELECT value FROM json_each(?)) ORDER BY t.id DESC",
        (user_id, json.dumps(list(external_ids))),
    )
    return [_trade(row) for row in rows]


def with_text(connection: Connection, user_id: int, text: str) -> list[int]:
    """Ids of the user's trades whose notes hold the text, whatever its case (ASCII letters)."""
    rows = connection.rows(
        "SELECT t.id FROM daily_trading_data AS t JOIN trading_sessions AS s ON s.id = t.session_id "
        "WHERE s.user_id = ? AND t.notes IS NOT NULL AND instr(lower(CAST(t.notes AS TEXT)), lower(?)) > 0",
        (user_id, text),
    )
    return [row["id"] for row in rows]


def accounts(connection: Connection, user_id: int) -> list[str]:
    rows = connection.rows(
        "SELECT DISTINCT CAST(t.account AS TEXT) AS account FROM daily_trading_data AS t "
        "JOIN trading_sessions AS s ON s.id = t.session_id "
        "WHERE s.user_id = ? AND coalesce(t.account, '') <> '' ORDER BY 1",
        (user_id,),
    )
    return [row["account"] for row in rows]


def add_imported(connection: Connection, user_id: int, import_id: int, rows: pa.Table) -> None:
    """Bulk insert; `rows` has the columns `IMPORTED`. With the triggers on, 100,000 rows would take 7 s."""
    bots = pa.table({"id": rows["bot_id"].unique()})
    connection.execute_many(
        "INSERT INTO bots (id, name) SELECT ?1, iif(?1 = 0, 'by hand', 'bot ' || ?1) "
        "WHERE NOT EXISTS (SELECT 1 FROM bots WHERE id = ?1)",
        bots,
    )
    # Binding nothing a million times takes its time too.
    names = [name for name in IMPORTED if name in _DEFAULTED or rows[name].null_count < len(rows)]
    marks = ", ".join(
        f"(SELECT id FROM trading_sessions WHERE id = ? AND user_id = {int(user_id)})" if name == "session_id" else "?"
        for name in names
    )
    insert = f"INSERT INTO daily_trading_data ({', '.join(names)}, import_id) VALUES ({marks}, {int(import_id)})"
    with without_triggers(connection):
        for start in range(0, len(rows), _AT_ONCE):
            progress.step(message("storing the trades"), start, len(rows))
            connection.execute_many(insert, rows.select(names).slice(start, _AT_ONCE))
    renew(connection, user_id, of_import(connection, user_id, import_id))


def remove_imported(connection: Connection, user_id: int, import_id: int) -> list[int]:
    """Delete what an import added, and what was deleted of it by hand since; the sessions concerned."""
    session_ids = of_import(connection, user_id, import_id)
    with without_triggers(connection):
        connection.execute(
            f"DELETE FROM daily_trading_data WHERE import_id = ? AND session_id IN {OWN_SESSIONS}",
            (import_id, user_id),
        )
    connection.execute("DELETE FROM deleted_trades WHERE import_id = ? AND user_id = ?", (import_id, user_id))
    # A currency that only this import named is no longer the trader's.
    if preferences.get(connection, user_id, "currency_stated") is None and not name_a_currency(connection, user_id):
        preferences.remove(connection, user_id, "currency")
    renew(connection, user_id, session_ids)
    return session_ids


def set_base_currency(connection: Connection, user_id: int, code: str | None) -> None:
    """Name the trader's currency; totals of sessions whose trades name one follow."""
    if code is None:
        preferences.remove(connection, user_id, "currency")
    else:
        preferences.put(connection, user_id, "currency", code)
    rows = connection.rows(
        f"SELECT DISTINCT session_id FROM daily_trading_data WHERE currency <> '' AND session_id IN {OWN_SESSIONS}",
        (user_id,),
    )
    renew(connection, user_id, [row["session_id"] for row in rows])


def name_a_currency(connection: Connection, user_id: int) -> bool:
    return bool(
        connection.value(
            f"SELECT EXISTS (SELECT 1 FROM daily_trading_data WHERE currency <> '' AND session_id IN {OWN_SESSIONS})",
            (user_id,),
        )
    )


def without_currency(connection: Connection, user_id: int) -> int:
    """How many trades name no currency."""
    return int(
        connection.value(
            "SELECT count(*) FROM daily_trading_data AS t JOIN trading_sessions AS s ON s.id = t.session_id "
            "WHERE s.user_id = ? AND coalesce(t.currency, '') = ''",
            (user_id,),
        )
    )


def of_import(connection: Connection, user_id: int, import_id: int) -> list[int]:
    """The sessions that hold a trade of this import."""
    rows = connection.rows(
        f"SELECT DISTINCT session_id FROM daily_trading_data WHERE import_id = ? AND session_id IN {OWN_SESSIONS}",
        (import_id, user_id),
    )
    return [row["session_id"] for row in rows]


def ids_of_import(connection: Connection, user_id: int, import_id: int) -> list[int]:
    """The trades of an import in the order they were added."""
    rows = connection.rows(
        f"SELECT id FROM daily_trading_data WHERE import_id = ? AND session_id IN {OWN_SESSIONS} ORDER BY id",
        (import_id, user_id),
    )
    return [row["id"] for row in rows]


def sources(connection: Connection, user_id: int, trade_ids: Sequence[int]) -> dict[int, int | None]:
    """Those of the ids that are still a trade's, and the import each came with."""
    listed = json.dumps(list(trade_ids))
    rows = connection.rows(
        "SELECT id, import_id FROM daily_trading_data "
        f"WHERE id IN (SELECT value FROM json_each(?)) AND session_id IN {OWN_SESSIONS}",
        (listed, user_id),
    )
    return {row["id"]: row["import_id"] for row in rows}


def known(connection: Connection, user_id: int, first: date, last: date) -> pa.Table:
    """What an import must compare its rows with: the trades of the days from `first` to `last`."""
    return connection.table(
        f"SELECT t.id, CAST(s.session_date AS TEXT) AS session_date, CAST(t.symbol AS TEXT) AS symbol, "
        f"{number('t.lot_size')} AS lot_size, {number('t.profit_loss')} AS profit_loss, "
        "CAST(t.account AS TEXT) AS account, CAST(t.external_id AS TEXT) AS external_id, "
        "CAST(t.fingerprint AS TEXT) AS fingerprint, t.import_id "
        "FROM daily_trading_data AS t JOIN trading_sessions AS s ON s.id = t.session_id "
        "WHERE s.user_id = ? AND s.session_date BETWEEN ? AND ? || ' 23:59:59'",
        (user_id, first.isoformat(), last.isoformat()),
    ).cast(_KNOWN)


def deleted(connection: Connection, user_id: int) -> pa.Table:
    """What was removed by hand after an import."""
    return connection.table(
        "SELECT account, external_id, fingerprint FROM deleted_trades WHERE user_id = ?", (user_id,)
    ).cast(pa.schema([(name, pa.string()) for name in ("account", "external_id", "fingerprint")]))


@contextmanager
def without_triggers(connection: Connection, unwanted: Sequence[str] = _TRIGGERS) -> Iterator[None]:
    """Inside the caller's transaction: no other program can write while our triggers are gone."""
    names = ", ".join(f"'{name}'" for name in unwanted)
    triggers = connection.rows(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN ({names})")
    for trigger in triggers:
        connection.execute(f"DROP TRIGGER {trigger['name']}")
    yield
    for trigger in triggers:
        connection.execute(trigger["sql"])


def renew(connection: Connection, user_id: int, session_ids: Sequence[int]) -> None:
    """Give the sessions a new revision; their totals follow by trigger."""
    if session_ids:
        connection.execute_many(
            "UPDATE trading_sessions SET revision = random() & 9223372036854775807 "
            f"WHERE id = ? AND user_id = {int(user_id)}",
            pa.table({"id": list(session_ids)}),
        )


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """One piece as it came, or made one."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _by_hand(trade: Trade) -> tuple[str | int | float | None, ...]:
    return tuple(storable(getattr(trade, name)) for name in KNOWABLE)


def _trade(row: dict[str, Any]) -> Trade:
    times = {name: from_text(row[name]) for name in ("entry_time", "exit_time", "created_at")}
    flags = {name: bool(row[name]) for name in ("stop_loss_used", "take_profit_used")}
    return Trade(**row | times | flags)
