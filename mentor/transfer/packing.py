"""Packs a journal into one zip: a manifest, and a file for every table, CSV or Parquet.

In the CSV files text is in quotes, also where it is empty, and NULL is nothing at all. Text that a spreadsheet would
take for a formula has an apostrophe before it, which reading takes away again.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet

from mentor.importing.formulas import BEGINS
from mentor.transfer.tables import TABLES, Table, numbers, one_array, typed

Form = Literal["csv", "parquet"]
FORMS: Final[tuple[Form, ...]] = ("csv", "parquet")
MANIFEST: Final = "manifest.json"
#: What the manifest says of itself; another version is another layout.
SIGNATURE: Final = {"format": "mentor journal", "version": 1}

#: What an apostrophe is put before: what it is already before, too, so that each is taken away once.
TO_DEFUSE: Final = f"^({BEGINS})"
DEFUSED: Final = f"^'({BEGINS})"
#: One journal, one file, byte for byte.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def pack(tables: Mapping[str, pa.Table], settings: Mapping[str, str], form: Form) -> bytes:
    """The zip; `tables` by the name of their file, every cell as text."""
    write = _csv if form == "csv" else _parquet
    contents = {f"{name}.{form}": write(TABLES[name], tables[name]) for name in TABLES}
    listed = [
        {"file": file, "rows": len(tables[name]), "sha256": hashlib.sha256(contents[file]).hexdigest()}
        for name, file in zip(TABLES, contents, strict=True)
    ]
    manifest: dict[str, Any] = {**SIGNATURE, "settings": dict(settings), "tables": listed}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in {MANIFEST: _json(manifest), **contents}.items():
            entry = zipfile.ZipInfo(file, _NO_TIME)
            entry.compress_type = zipfile.ZIP_STORED if form == "parquet" and file != MANIFEST else archive.compression
            archive.writestr(entry, content)
    return packed.getvalue()


def _json(manifest: Mapping[str, Any]) -> bytes:
    return json.dumps(manifest, ensure_ascii=False, indent=2).encode()


def _csv(table: Table, rows: pa.Table) -> bytes:
    cells = [_defused(one_array(rows[name]), kind == "text") for name, kind in table.kinds.items()]
    written = io.BytesIO()
    arrow_csv.write_csv(pa.table(cells, names=list(table.headers)), written)
    text = written.getvalue()
    # spreadsheets take other text without a mark for their own code page
    return (b"" if text.isascii() else codecs.BOM_UTF8) + text


def _defused(cells: pa.Array, text: bool) -> pa.Array:
    """Cells no spreadsheet takes for a formula; in columns of numbers a negative one is none."""
    safe = pc.replace_substring_regex(cells, TO_DEFUSE, r"'\1")
    return safe if text else pc.if_else(numbers(cells), cells, safe)


def _parquet(table: Table, rows: pa.Table) -> bytes:
    cells = [typed(one_array(rows[name]), kind) for name, kind in table.kinds.items()]
    written = io.BytesIO()
    parquet.write_table(pa.table(cells, names=list(table.headers)), written, compression="zstd")
    return written.getvalue()
