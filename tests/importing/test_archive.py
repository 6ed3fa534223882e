"""A zip archive with one export in it is that export."""

from __future__ import annotations

import io
import zipfile

import pytest

from mentor.errors import ImportRefused
from tests.importing.files import GOOD, HEADER, read


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_csv", ".csv"), text)
    return content.getvalue()


def test_the_only_file_is_read_under_its_own_name() -> None:
    reading = read(zipped(trades_csv=HEADER + GOOD), name="export.zip")

    assert (reading.file_name, len(reading.trades)) == ("trades.csv", 1)


def test_several_files_are_unpacked_by_hand() -> None:
    with pytest.raises(ImportRefused, match="zip archive"):
        read(zipped(a_csv=HEADER + GOOD, b_csv=HEADER + GOOD), name="export.zip")
