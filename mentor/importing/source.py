"""From a file or uploaded bytes to UTF-8 text, or a workbook as it is, to be opened again and again; else refused."""

from __future__ import annotations

import codecs
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from mentor.errors import ImportRefused
from mentor.importing.archive import only_file
from mentor.messages import message

CHUNK = 1 << 20
HEAD = 1 << 16

#: First bytes of files people mistake for a text export, and what to do with each.
MAGIC = (
    (b"%PDF", message("It is a PDF document"), message("Export the history as CSV or HTML instead.")),
    (b"SQLite format 3", message("It is a database"), message("Export the trades as CSV.")),
    (b"\x1f\x8b", message("It is a gzip archive"), message("Unpack it first.")),
    (b"PAR1", message("It is a Parquet file"), message("Export the trades as CSV.")),
    (b"\x89PNG", message("It is an image"), message("Export the history as CSV or HTML instead.")),
    (b"\xff\xd8\xff", message("It is an image"), message("Export the history as CSV or HTML instead.")),
)
#: Workbooks are zip archives, those before 2007 are compound files.
ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHARSET = re.compile(rb"(?i)<meta[^>\x80-\xff]*charset\s*=\s*[\"']?\s*([a-z0-9_-]+)")
#: What stands for a character that is not all there.
CUT = "\ufffd"
#: In the name of a file: controls, what turns the reading direction round, and halves of characters.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: As long as most file systems take it.
LONGEST_NAME = 255
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1a\x1b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """UTF-8 text, read in place from `place` (a path or bytes) behind `start` bytes of a mark, or a workbook."""

    name: str
    place: Path | bytes
    start: int = 0
    zipped: bool = False
    compound: bool = False

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
    """Find the encoding and give UTF-8, a workbook as it is; raises `ImportRefused` for what is empty or no text."""
    raw = _raw(source)
    try:
        with raw.open() as stream:
            head = stream.read(HEAD)
    except OSError as error:
        todo = message("Check the name and that you may read it.")
        raise ImportRefused(message("The file cannot be opened"), where=raw.name, todo=todo) from error
    if not head.strip():
        raise ImportRefused(message("The file is empty"), where=raw.name, todo=message("Export it again."))
    if head.startswith(ZIP):
        inside = only_file(raw.open)
        return open_source(inside) if inside and not inside[1].startswith(ZIP) else replace(raw, zipped=True)
    if head.startswith(COMPOUND):
        return replace(raw, compound=True)
    for magic, what, todo in MAGIC:
        if head.startswith(magic):
            raise ImportRefused(what, where=raw.name, todo=todo)
    return _as_utf8(raw, head)


def _raw(source: Path | tuple[str, bytes]) -> Source:
    if isinstance(source, tuple):
        return Source(name=readable_name(source[0]), place=source[1])
    return Source(name=readable_name(os.fsencode(source.name).decode("utf-8", "replace")), place=source)


def readable_name(name: str) -> str:
    """The name of a file as it can be shown and stored: without its folders, on one line, read in one direction."""
    name = UNSEEN.sub(CUT, re.split(r"[/\\]", name)[-1])
    half = LONGEST_NAME // 2
    return name if len(name) <= LONGEST_NAME else f"{name[:half]}…{name[-half:]}"


def _as_utf8(raw: Source, head: bytes) -> Source:
    encoding = _marked_encoding(head)
    if encoding is None and head.translate(None, CONTROLS) != head:
        raise _binary(raw.name)
    if encoding in (None, "utf-8") and _is_utf8(raw):
        start = len(codecs.BOM_UTF8) if encoding else 0
        return Source(name=raw.name, place=raw.place, start=start)
    return Source(name=raw.name, place=_decoded(raw, encoding or _named_encoding(head) or "cp1252"))


def _marked_encoding(head: bytes) -> str | None:
    """The encoding a byte order mark states, or UTF-16 seen by its zero bytes."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head[:2] and head[:2] != b"\0\0" and head[1:200:2].strip(b"\0") == b"":
        return "utf-16-le"
    return None


def _named_encoding(head: bytes) -> str | None:
    """The encoding an HTML page says it is in, if it is one in which tags are written as in ASCII."""
    found = CHARSET.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        return name if name != "utf-8" and found[0].decode(name) == found[0].decode("ascii") else None
    except (LookupError, UnicodeError):
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
    """The text as UTF-8; a last character cut in two shows as U+FFFD, so that the cell it stands in is refused."""
    decoder = codecs.getincrementaldecoder(encoding)()
    pieces = io.BytesIO()
    try:
        for chunk in raw.chunks():
            pieces.write(decoder.decode(chunk).encode("utf-8"))
        pieces.write((CUT if decoder.getstate()[0] else "").encode("utf-8"))
    except UnicodeError as error:
        raise _binary(raw.name) from error
    text = pieces.getvalue()
    if b"\0" in text:
        raise _binary(raw.name)
    return text


def _binary(name: str) -> ImportRefused:
    todo = message("Export the history as CSV or HTML.")
    return ImportRefused(message("It is no text file: it holds binary data"), where=name, todo=todo)
