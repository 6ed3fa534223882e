"""Brings a file to today's schema: each step in one transaction with the record that it ran."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from mentor import errors
from mentor.storage.connection import Connection
from mentor.storage.database import Database

#: "MNTR": marks the file as ours for `file(1)` and for other programs.
APPLICATION_ID = 0x4D4E5452


def migrate(database: Database) -> bool:
    """Apply what is missing; true when the file was new. Refuses other programs' files and newer journals."""
    with database.plain() as connection:
        _check_origin(connection, database.path)
        connection.execute("PRAGMA journal_mode = WAL")
    with database.transaction() as connection:
        applied = _applied(connection)
        for version, name, script in scripts():
            if version not in applied:
                _apply(connection, version, name, script)
    return not applied


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


def _check_origin(connection: Connection, path: Path) -> None:
    tables = {row["name"] for row in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "schema_migrations" not in tables:
        raise errors.NotAJournal(
            "This SQLite file belongs to another program; it was left as it is",
            where=str(path),
            todo="Choose another file for the journal.",
        )
    known = {version for version, _, _ in scripts()}
    if tables and max(_applied(connection), default=0) > max(known):
        raise errors.NewerJournal(
            "A newer version of Mentor wrote this journal; it was left as it is",
            where=str(path),
            todo="Update Mentor.",
        )


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
