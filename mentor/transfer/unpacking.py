"""Reads the zip of a journal back: told by its manifest, and refused as a whole unless it is as it was written."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet

from mentor.errors import ImportRefused
from mentor.importing.archive import Archive
from mentor.importing.source import Source as File
from mentor.importing.whole_journal import WholeJournal
from mentor.messages import message
from mentor.transfer.checks import check
from mentor.transfer.packing import DEFUSED, MANIFEST, SIGNATURE
from mentor.transfer.tables import TABLES, Table, as_frame, one_array

#: Bytes of one file and of all of them, unpacked: several million trades.
LARGEST: Final = 1 << 30
LARGEST_MANIFEST: Final = 1 << 20
#: A Parquet file of a few bytes may say one value a million times: so many rows are unfolded before looking again.
_ROWS_AT_ONCE: Final = 1 << 14
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
    EOFError,
)

Source = Path | tuple[str, bytes]


def unpack(source: Source) -> WholeJournal | None:
    """What an export of ours holds; `None` for any other file. Raises `ImportRefused` when it is not whole."""
    name = source[0] if isinstance(source, tuple) else source.name
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(
                File(name=name, place=source[1] if isinstance(source, tuple) else source).open()
            )
            archive = stack.enter_context(Archive(stream))
        except _DAMAGED:  # no archive, or a damaged one: whoever reads it next says what it is
            return None
        manifest = _manifest(archive, name)
        if manifest is None:
            return None
        try:
            return _journal(archive, manifest, name)
        except (*_DAMAGED, TypeError, AttributeError, pa.ArrowException) as damage:
            raise _not_whole(name, message("one of its files cannot be read")) from damage


def _manifest(archive: zipfile.ZipFile, name: str) -> dict[str, Any] | None:
    """What the archive says of itself; `None` when it is none of ours."""
    entry = archive.NameToInfo.get(MANIFEST)
    if entry is None or entry.file_size > LARGEST_MANIFEST:
        return None
    try:
        told = json.loads(archive.read(entry))
    except (*_DAMAGED, RecursionError):
        return None
    if not isinstance(told, dict) or told.get("format") != SIGNATURE["format"]:
        return None
    if told.get("version") != SIGNATURE["version"]:
        what = message("It is a journal exported by another version of Mentor")
        raise ImportRefused(what, where=name, todo=message("Import it with that version, or a newer one."))
    return told


def _journal(archive: zipfile.ZipFile, manifest: Mapping[str, Any], name: str) -> WholeJournal:
    """Every table the manifest lists, checked."""
    listed = {str(entry["file"]).partition(".")[0]: entry for entry in manifest["tables"]}
    if listed.keys() != TABLES.keys():
        raise _not_whole(name, message("the list of its files is not ours"))
    if sum(archive.getinfo(entry["file"]).file_size for entry in listed.values()) > LARGEST:
        raise _not_whole(name, message("it is larger than any journal"))
    tables = {table: _table(archive, TABLES[table], listed[table], name) for table in TABLES}
    journal = WholeJournal(tables=tables, settings=dict(manifest["settings"]))
    fault = check(journal)
    if fault is not None:
        raise _not_whole(name, fault)
    return journal


def _table(archive: zipfile.ZipFile, table: Table, entry: Mapping[str, Any], name: str) -> pd.DataFrame:
    file = str(entry["file"])
    content = archive.read(file)
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise _not_whole(name, message("{file} was changed after the export", file=file))
    rows = (_csv if file.endswith(".csv") else _parquet)(content, table)
    if rows.column_names != list(table.headers) or len(rows) != entry["rows"]:
        raise _not_whole(name, message("{file} holds other rows or columns than it should", file=file))
    return as_frame(table, rows.rename_columns(table.columns))


def _csv(content: bytes, table: Table) -> pa.Table:
    rows = arrow_csv.read_csv(
        io.BytesIO(content),
        # one block, so that text of any length is in one
        read_options=arrow_csv.ReadOptions(block_size=min(len(content) + 1, 2**31 - 1)),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(table.headers, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
        ),
    )
    cells = [pc.replace_substring_regex(one_array(column), DEFUSED, r"\1") for column in rows.columns]
    return pa.table(cells, names=rows.column_names)


def _parquet(content: bytes, table: Table) -> pa.Table:
    # texts stay folded until it is known how long they unfold to
    file, read, size = parquet.ParquetFile(io.BytesIO(content), read_dictionary=table.headers), [], 0
    if file.schema_arrow.names != list(table.headers):
        raise ValueError("other columns")
    for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
        size += sum(map(_unfolded, batch.columns))
        if size > LARGEST:
            raise ValueError("larger than any journal")
        read.append(batch)
    rows = pa.Table.from_batches(read, schema=file.schema_arrow)
    return pa.table([_plain(one_array(column)) for column in rows.columns], names=rows.column_names)


def _unfolded(cells: pa.Array) -> int:
    """Bytes of a column with every text written out."""
    if not pa.types.is_dictionary(cells.type):
        return int(cells.nbytes)
    lengths = pc.binary_length(cells.dictionary).cast(pa.int64())
    return int(cells.indices.nbytes) + int(pc.sum(lengths.take(cells.indices)).as_py() or 0)


def _plain(cells: pa.Array) -> pa.Array:
    return cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells


def _not_whole(name: str, why: str) -> ImportRefused:
    what = message("It is an exported journal, and not as it was written: {why}", why=why)
    todo = message("Export it again; a table of trades that was edited can be imported alone, as CSV.")
    return ImportRefused(what, where=name, todo=todo)
