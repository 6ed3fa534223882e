"""The one file of a zip archive, as exchanges send their exports; a workbook is an archive of many."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import BinaryIO

#: A larger one is unpacked by hand.
LARGEST = 512 << 20
#: Endings of exports; `content.xml` is a spreadsheet's.
EXPORTS = (".csv", ".tsv", ".txt", ".htm", ".html", ".json", ".xml")


def only_file(opened: Callable[[], BinaryIO]) -> tuple[str, bytes] | None:
    """Name and bytes of the only file in an archive; `None` for a workbook, several files, or one too large."""
    try:
        with opened() as stream, zipfile.ZipFile(stream) as archive:
            files = (part for part in archive.infolist() if not part.is_dir())
            parts = [part for part in files if not part.filename.startswith("__MACOSX")]
            if len(parts) != 1 or not _is_export(parts[0]):
                return None
            return parts[0].filename.rpartition("/")[2], archive.read(parts[0])
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):  # damaged, or with a password
        return None


def _is_export(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower()
    return name.endswith(EXPORTS) and name != "content.xml" and part.file_size <= LARGEST
