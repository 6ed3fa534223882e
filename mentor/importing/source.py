"""From a file or uploaded bytes to UTF-8 text that can be opened again and again; what is no text is refused."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from mentor.errors import ImportRefused

CHUNK = 1 << 20
HEAD = 1 << 16

#: First bytes of files people mistake for a text export, and what to do with each.
MAGIC = (
    (b"PK\x03\x04", "It is an Excel workbook or a zip archive", "Save the sheet as CSV, or unpack it first."),
    (b"\xd0\xcf\x11\xe0", "It is an old Excel workbook", "Save the sheet as CSV."),
    (b"%PDF", "It is a PDF document", "Export the history as CSV or HTML instead."),
    (b"SQLite format 3", "It is a database", "Export the trades as CSV."),
    (b"\x1f\x8b", "It is a gzip archive", "Unpack it first."),
    (b"PAR1", "It is a Parquet file", "Export the trades as CSV."),
    (b"\x89PNG", "It is an image", "Export the history as CSV or HTML instead."),
    (b"\xff\xd8\xff", "It is an image", "Export the history as CSV or HTML instead."),
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1a\x1b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """UTF-8 text, read in place from `place` (a path or bytes) behind `start` bytes of byte order mark."""

    name: str
    place: Path | bytes
    start: int = 0

    def open(self, offset: int = 0) -> BinaryIO:
        """The bytes from `offset` on; the caller closes it."""
        stream: BinaryIO = self.place.open("rb") if isinstance(self.place, Path) else io.BytesIO(self.place)
        stream.seek(self.start + offset)
        return stream

    def head(self) -> str:
        """The first characters, without a character cut in two at the end."""
        with self.open() as stream:
            return stream.read(HEAD).decode("utf-8", errors="ignore")

    def chunks(self, offset: int = 0) -> Iterator[bytes]:
        """The bytes from `offset` on, in pieces."""
        with self.open(offset) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk


def open_source(source: Path | tuple[str, bytes]) -> Source:
    """Find the encoding and give UTF-8; raises `ImportRefused` for an empty, unreadable or binary file."""
    raw = _raw(source)
    try:
        with raw.open() as stream:
            head = stream.read(HEAD)
    except OSError as error:
        todo = "Check the name and that you may read it."
        raise ImportRefused("The file cannot be opened", where=raw.name, todo=todo) from error
    if not head.strip():
        raise ImportRefused("The file is empty", where=raw.name, todo="Export it again.")
    for magic, what, todo in MAGIC:
        if head.startswith(magic):
            raise ImportRefused(what, where=raw.name, todo=todo)
    return _as_utf8(raw, head)


def _raw(source: Path | tuple[str, bytes]) -> Source:
    if isinstance(source, tuple):
        return Source(name=source[0], place=source[1])
    return Source(name=source.name, place=source)


def _as_utf8(raw: Source, head: bytes) -> Source:
    encoding = _marked_encoding(head)
    if encoding is None and head.translate(None, CONTROLS) != head:
        raise _binary(raw.name)
    if encoding in (None, "utf-8") and _is_utf8(raw):
        start = len(codecs.BOM_UTF8) if encoding else 0
        return Source(name=raw.name, place=raw.place, start=start)
    return Source(name=raw.name, place=_decoded(raw, encoding or "cp1252"))


def _marked_encoding(head: bytes) -> str | None:
    """The encoding a byte order mark states, or UTF-16 seen by its zero bytes."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head[:2] and head[:2] != b"\0\0" and head[1:200:2].strip(b"\0") == b"":
        return "utf-16-le"
    return None


def _is_utf8(raw: Source) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in raw.chunks():
            if b"\0" in chunk:
                raise _binary(raw.name)
            if not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(raw: Source, encoding: str) -> bytes:
    decoder = codecs.getincrementaldecoder(encoding)()
    pieces = io.BytesIO()
    try:
        for chunk in raw.chunks():
            pieces.write(decoder.decode(chunk).encode("utf-8"))
        pieces.write(decoder.decode(b"", final=True).encode("utf-8"))
    except UnicodeError as error:
        raise _binary(raw.name) from error
    text = pieces.getvalue()
    if b"\0" in text:
        raise _binary(raw.name)
    return text


def _binary(name: str) -> ImportRefused:
    todo = "Export the history as CSV or HTML."
    return ImportRefused("It is no text file: it holds binary data", where=name, todo=todo)
