"""Zips of strangers, unpacked piece by piece; and the one file of such a zip, as exchanges send their exports."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any, BinaryIO, Final

#: A larger one is unpacked by hand.
LARGEST: Final = 512 << 20
#: Endings of exports; `content.xml` is a spreadsheet's.
EXPORTS: Final = (".csv", ".tsv", ".txt", ".htm", ".html", ".json", ".xml")
#: The list of an archive's files: some ten thousand.
LARGEST_LIST: Final = 1 << 20
#: What `zipfile` unpacks in pieces; of the others a few bytes may become gigabytes at once.
PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PIECE: Final = 1 << 20
#: The end of a zip stands within so many bytes of the end of its file, behind it only a comment.
_END_WITHIN: Final = (1 << 16) + 22
_END: Final = re.compile(rb"PK\x05\x06.{8}(.{4})", re.DOTALL)
_LARGE_END: Final = b"PK\x06\x07"


class Archive(zipfile.ZipFile):
    """A zip that takes no more memory than its parts state, whatever is packed in them.

    Raises `zipfile.BadZipFile` where it is none, or packed as no program people export with does.
    """

    def __init__(self, file: BinaryIO) -> None:
        if _longest_list(file) > LARGEST_LIST:
            raise zipfile.BadZipFile("too many files")
        super().__init__(file)

    def open(self, name: Any, mode: Any = "r", *args: Any, **how: Any) -> IO[bytes]:
        part = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if part.compress_type not in PACKED:
            raise zipfile.BadZipFile("packed in an unusual way")
        return super().open(part, mode, *args, **how)

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        """All of a part. Asked for everything at once, `zipfile` would unpack first and cut to what is stated then."""
        content = io.BytesIO()
        with self.open(name, pwd=pwd) as part:
            while piece := part.read(PIECE):
                content.write(piece)
        return content.getvalue()


def _longest_list(file: BinaryIO) -> int:
    """How long the list of files is, by whatever may be taken for the end of the archive."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END_WITHIN))
    end = file.read()
    file.seek(0)
    stated = [int.from_bytes(found[1], "little") for found in _END.finditer(end)]
    return LARGEST_LIST + 1 if _LARGE_END in end and stated else max(stated, default=0)


def only_file(opened: Callable[[], BinaryIO]) -> tuple[str, bytes] | None:
    """Name and bytes of the only file in an archive; `None` for a workbook, several files, or one too large."""
    try:
        with opened() as stream, Archive(stream) as archive:
            files = (part for part in archive.infolist() if not part.is_dir())
            parts = [part for part in files if not part.filename.startswith("__MACOSX")]
            if len(parts) != 1 or not _is_export(parts[0]):
                return None
            return parts[0].filename.rpartition("/")[2], archive.read(parts[0])
    # damaged, or with a password
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        return None


def _is_export(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower()
    return name.endswith(EXPORTS) and name != "content.xml" and part.file_size <= LARGEST
