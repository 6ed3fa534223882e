"""A process that answers one question in SQL and ends: run by its path, it knows nothing of Mentor but what it is sent.

On its input: a line of JSON (`sql`, `tables` as pairs of name and bytes, `limits`), then the tables as Arrow streams.
On its output: an empty line as soon as it can be asked, a line of JSON (`refused` and `said`, or `more`), then the rows
as an Arrow stream.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, Final

import duckdb
import pyarrow as pa

#: What a question can be; everything else would change something that nobody sees.
_ASKING: Final = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI)
_BATCH: Final = 2048
#: The types of DuckDB that are sent as they are. All others are sent as DuckDB writes them: Arrow and Python change
#: some without a word: a UHUGEINT becomes negative, 24:00 midnight, `infinity` some day, and an hour loses its zone.
_AS_THEY_ARE: Final = frozenset(
    {"tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint"}
    | {"float", "double", "decimal"}
)
#: What is text only on its way, where every value of the column can be read back.
_READ_BACK: Final[dict[str, Any]] = {
    "boolean": pa.bool_(),
    "hugeint": pa.int64(),
    "uhugeint": pa.int64(),
    "bignum": pa.int64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "timestamp_s": pa.timestamp("s"),
    "timestamp_ms": pa.timestamp("ms"),
    "timestamp_ns": pa.timestamp("ns"),
    "timestamp with time zone": pa.timestamp("us", "UTC"),
    "timestamptz_ns": pa.timestamp("ns", "UTC"),
}
#: The classes of DuckDB's refusals, the narrower first, and our codes for them.
_REFUSALS: Final = (
    (duckdb.PermissionException, "forbidden"),
    (duckdb.OutOfMemoryException, "memory"),
    (duckdb.Error, "wrong"),
)


class Refused(Exception):
    """The question is not answered: our code for the reason, and what DuckDB said."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code, said)
        self.code, self.said = code, said


def main() -> None:
    """Answer what stands on the input."""
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
    told = json.loads(sys.stdin.buffer.readline())
    _fence(told["limits"], sum(size for _, size in told["tables"]))
    try:
        tables = {name: _read(size) for name, size in told["tables"]}
        more, rows = _answer(told["sql"], tables, told["limits"])
    except Refused as refused:
        _write({"refused": refused.code, "said": refused.said}, None)
    except MemoryError:
        _write({"refused": "memory", "said": ""}, None)
    else:
        _write({"more": more}, rows)


def _fence(limits: dict[str, int], sent: int) -> None:
    """What the kernel holds against: DuckDB keeps neither its own limit of memory nor an interrupt inside one function.

    Windows knows none of them: there the process that asked ends this one in time.
    """
    if sys.platform == "win32":
        return
    import resource
    import signal

    memory = limits["memory_bytes"] + 3 * sent
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(limits["seconds"] + 2)  # also when whoever asked is gone


def _read(size: int) -> pa.Table:
    return pa.ipc.open_stream(pa.py_buffer(sys.stdin.buffer.read(size))).read_all()


def _answer(sql: str, tables: dict[str, pa.Table], limits: dict[str, int]) -> tuple[bool, pa.Table]:
    """Whether there are more rows than may be sent, and the rows."""
    try:
        with _opened(tables, limits) as connection:
            statements = connection.extract_statements(sql)
            if len(statements) != 1:
                raise Refused("several" if statements else "empty")
            if statements[0].type not in _ASKING:
                raise Refused("no_question")
            more, rows = _taken(connection.sql(statements[0]), limits)
        return more, _readable(rows, limits)
    except duckdb.Error as error:
        code = next(code for kind, code in _REFUSALS if isinstance(error, kind))
        raise Refused(code, str(error)) from error
    except pa.ArrowMemoryError as error:
        raise Refused("memory") from error
    except pa.ArrowException as error:
        raise Refused("wrong", str(error)) from error


def _opened(tables: dict[str, pa.Table], limits: dict[str, int]) -> duckdb.DuckDBPyConnection:
    """A database in memory with these tables, which reaches nothing else and whose settings nobody changes any more."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "python_enable_replacements": "false",
            "arrow_lossless_conversion": "true",  # so that `_readable` sees what was answered
            "temp_directory": "",
            "max_temp_directory_size": "0B",
            "memory_limit": f"{limits['memory_bytes'] // 2}B",
            "threads": str(limits["threads"]),
        },
    )
    for name, table in tables.items():
        connection.register(name, table)
    connection.execute("SET lock_configuration = true")
    return connection


def _taken(answer: duckdb.DuckDBPyRelation, limits: dict[str, int]) -> tuple[bool, pa.Table]:
    """Whether there are more rows than may be sent, and the first ones."""
    batches = answer.to_arrow_reader(_BATCH)
    taken, rows, size = [], 0, 0
    for batch in batches:
        taken.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if size > limits["answer_bytes"]:
            raise Refused("large")
        if rows > limits["rows"]:
            break
    table = pa.Table.from_batches(taken, batches.schema).slice(0, limits["rows"])
    return rows > limits["rows"], table.rename_columns(list(_told_apart(table.column_names)))


def _readable(rows: pa.Table, limits: dict[str, int]) -> pa.Table:
    """The rows in types every reader knows.

    In a step of its own: around the question itself, the casts would move the lines that DuckDB names in its refusals,
    and break a question that ends in `; -- a comment`.
    """
    numbered = rows.rename_columns([str(nth) for nth in range(rows.num_columns)])  # DuckDB takes `a` and `A` for one
    with _opened({"answer": numbered}, limits) as connection:
        answer = connection.view("answer")
        kinds = [kind.id for kind in answer.types]
        columns = (f"#{nth}" if kind in _AS_THEY_ARE else f"#{nth}::VARCHAR" for nth, kind in enumerate(kinds, start=1))
        _, table = _taken(answer.project(", ".join(columns)), limits)
    plain = [_plain(column, _READ_BACK.get(kind)) for column, kind in zip(table.columns, kinds, strict=True)]
    return pa.table(plain, names=rows.column_names)


def _told_apart(names: list[str]) -> Iterator[str]:
    """The names of columns, two of the same told apart."""
    used: set[str] = set()
    for name in names:
        free, nth = name, 1
        while free in used:
            nth += 1
            free = f"{name}_{nth}"
        used.add(free)
        yield free


def _plain(column: pa.ChunkedArray, meant: Any) -> pa.ChunkedArray:
    """A column as what it is meant to be; text it stays if that cannot hold each of its values."""
    kind: Any = column.type
    if pa.types.is_decimal(kind):
        if kind.scale:
            return column.cast(pa.float64())
        column, meant = column.cast(pa.string()), pa.int64()
    try:
        return column.cast(meant) if meant else column
    except pa.ArrowInvalid:
        return column


def _write(told: dict[str, Any], rows: pa.Table | None) -> None:
    output = sys.stdout.buffer
    output.write(json.dumps(told).encode() + b"\n")
    if rows is not None:
        with pa.ipc.new_stream(output, rows.schema) as stream:
            stream.write_table(rows)
    output.flush()


if __name__ == "__main__":
    main()
