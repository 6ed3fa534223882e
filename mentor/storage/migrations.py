"""Brings a file to today's schema: each step in one transaction with the record that it ran."""

from __future__ import annotations

import time as timer
from collections.abc import Iterator
from datetime import datetime, time
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from mentor import errors
from mentor.messages import message
from mentor.storage import preferences, users
from mentor.storage.connection import Connection
from mentor.storage.database import Database

#: Tables that make a file a journal of ours.
_OURS = {"schema_migrations", "settings", "trading_sessions", "daily_trading_data", "mood_checkins"}
#: Seconds to wait for other programs that open the same new file.
_PATIENCE = 10.0

#: "MNTR": marks the file as ours for `file(1)` and for other programs.
APPLICATION_ID = 0x4D4E5452


def migrate(database: Database, zone: ZoneInfo, now: datetime) -> None:
    """Apply what is missing, in one transaction; a journal without a day rule gets that of `zone`."""
    with database.plain() as connection:
        _use_write_ahead_log(connection)
    with database.snapshot() as connection:
        if not _missing(connection) and preferences.get(connection, users.FIRST, "timezone") is not None:
            return  # opening a journal need not wait for whoever writes to it
    with database.transaction() as connection:
        for version, name, script in _missing(connection):
            _apply(connection, version, name, script)
        if preferences.get(connection, users.FIRST, "timezone") is None:
            preferences.put_day_rule(connection, users.FIRST, zone, time(0), now)


def check_origin(connection: Connection, path: Path) -> None:
    """Refuses another program's database and a newer journal; an empty file may become a journal."""
    names = {row["name"] for row in connection.rows("SELECT name FROM sqlite_master")}
    if names and not names >= _OURS:
        raise errors.NotAJournal(
            message("This SQLite file belongs to another program; it was left as it is"),
            where=str(path),
            todo=message("Choose another file for the journal."),
        )
    if names and max(_applied(connection), default=0) > max(version for version, _, _ in scripts()):
        raise errors.NewerJournal(
            message("A newer version of Mentor wrote this journal; it was left as it is"),
            where=str(path),
            todo=message("Update Mentor."),
        )


def scripts() -> list[tuple[int, str, str]]:
    """(version, file name, SQL) of every migration, in order."""
    folder = resources.files("mentor.storage") / "schema"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return [(int(file.name[:4]), file.name, file.read_text(encoding="utf-8")) for file in files]


def statements(script: str) -> Iterator[str]:
    """The statements of a script: each ends with `;` at a line's end, a trigger with the line `END;`."""
    lines: list[str] = []
    for line in script.splitlines():
        if not line.strip() or line.lstrip().startswith("--"):
            continue
        lines.append(line)
        in_trigger = lines[0].startswith("CREATE TRIGGER")
        if line == "END;" if in_trigger else line.endswith(";"):
            yield "\n".join(lines)
            lines = []


def _use_write_ahead_log(connection: Connection) -> None:
    """Switching needs the file alone, and SQLite does not wait for that: so we do."""
    deadline = timer.monotonic() + _PATIENCE
    while connection.value("PRAGMA journal_mode") != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except errors.JournalBusy:
            if timer.monotonic() > deadline:
                raise
            timer.sleep(0.02)


def _missing(connection: Connection) -> list[tuple[int, str, str]]:
    applied = _applied(connection)
    return [script for script in scripts() if script[0] not in applied]


def _applied(connection: Connection) -> set[int]:
    if not connection.value("SELECT count(*) FROM sqlite_master WHERE name = 'schema_migrations'"):
        return set()
    return {row["version"] for row in connection.rows("SELECT version FROM schema_migrations")}


def _apply(connection: Connection, version: int, name: str, script: str) -> None:
    if version == 1:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(
            "CREATE TABLE schema_migrations ("
            "version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at DATETIME DEFAULT CURRENT_TIMESTAMP)"
        )
    for statement in statements(script):
        connection.execute(statement)
    connection.execute("INSERT INTO schema_migrations (version, name) VALUES (?, ?)", (version, name))
