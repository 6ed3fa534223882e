"""Files of a few kilobytes that unfold to gigabytes; run as a program it reads each and says what came of it."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

HEADER: Final = b"symbol,side,lots,open time,close time,profit\n"
TRADE: Final = b"EURUSD,buy,0.1,2024-11-01 08:00:00,2024-11-01 09:00:00,5\n"
GOOD: Final = HEADER + TRADE
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
#: Entities of entities: three letters, ten to the ninth times.
_LAUGHS: Final = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS: Final = f'<!DOCTYPE l [<!ENTITY l0 "lol">{_LAUGHS}]>'


def zeros(megabytes: int, sign: bytes = b"\0") -> bytes:
    """One sign so many million times, deflated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(packer.compress(sign * (1 << 20)) for _ in range(megabytes)) + packer.flush()


def archive(*parts: tuple[str, int, bytes, int, int], flags: int = 0) -> bytes:
    """A zip of name, method, packed bytes, and the size and checksum it states, true or not."""
    out, entries = io.BytesIO(), list[bytes]()
    for name, method, packed, size, check in parts:
        at, called = out.tell(), name.encode()
        told = (flags, method, 0, 33, check, len(packed), size, len(called), 0)
        out.write(struct.pack("<4s5H3L2H", b"PK\3\4", 20, *told) + called + packed)
        entries.append(struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, *told, 0, 0, 0, 0, at) + called)
    at, listed, count = out.tell(), b"".join(entries), min(len(parts), 0xFFFF)
    out.write(listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listed), at, 0))
    return out.getvalue()


def stored(name: str, content: bytes, *, flags: int = 0) -> bytes:
    """A zip of one file, as it is."""
    return archive((name, 0, content, len(content), zlib.crc32(content)), flags=flags)


def nested(deep: int) -> bytes:
    """Zips of four zips."""
    content = b"0" * (1 << 20)
    for _ in range(deep):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(4):
                packed.writestr(f"{number}.zip", content)
        content = out.getvalue()
    return content


def workbook(
    rows: str, *, sheets: int = 1, shared: str = "", before: str = "", more: Mapping[str, str] | None = None
) -> bytes:
    """An XLSX of the same sheet several times, written by hand."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, sheets + 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>{shared}</t></si></sst>',
        **{
            f"xl/worksheets/sheet{n}.xml": f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}">'
            f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
            for n in range(1, sheets + 1)
        },
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def _rows(cell: str, *, columns: int, rows: int) -> str:
    return f"<row>{cell * columns}</row>" * rows


#: Name → the file's name, its content, and words of the answer.
BOMBS: Final[Mapping[str, tuple[str, Callable[[], bytes], str]]] = {
    "zips in zips": ("a.zip", lambda: nested(5), "zip archive"),
    "zeros": ("a.zip", lambda: archive(("a.csv", 8, zeros(64), 64 << 20, 0)), "zip archive"),
    "4 GB stated": ("a.zip", lambda: archive(("a.csv", 8, zeros(64), 0xFFFFFFF0, 0)), "zip archive"),
    "ten bytes stated": (
        "a.zip",
        lambda: archive(("a.csv", 8, zeros(500, b"1"), 10, zlib.crc32(b"1" * 10))),
        "Only one column",
    ),
    "bzip2": (
        "a.zip",
        lambda: archive(("a.csv", 12, bz2.compress(b"1" * (400 << 20)), 10, zlib.crc32(b"1" * 10))),
        "zip archive",
    ),
    "100,000 files": ("a.zip", lambda: archive(*[(f"{n}.csv", 0, b"", 0, 0) for n in range(100_000)]), "damaged"),
    "not deflated": ("a.zip", lambda: archive(("a.csv", 8, b"\xff" * 500, 1000, 0)), "zip archive"),
    "a password": ("a.zip", lambda: stored("a.csv", GOOD, flags=1), "zip archive"),
    "gzip": ("a.csv.gz", lambda: gzip.compress(bytes(64 << 20)), "gzip"),
    "one text in every cell": (
        "a.xlsx",
        lambda: workbook(_rows('<c t="s"><v>0</v></c>', columns=200, rows=999), shared="y" * 30_000),
        "holds too much",
    ),
    "one endless text": (
        "a.xlsx",
        lambda: workbook(_rows('<c t="s"><v>0</v></c>', columns=200, rows=999), shared="y" * (32 << 20)),
        "holds too much",
    ),
    "entities in a sheet": (
        "a.xlsx",
        lambda: workbook('<row><c t="str"><v>&l9;</v></c></row>', before=LAUGHS),
        "damaged",
    ),
    "a million empty rows a sheet": (
        "a.xlsx",
        lambda: workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', sheets=100),
        "holds too much",
    ),
    "wide gaps": (
        "a.xlsx",
        lambda: workbook("".join(f'<row r="{n}"><c r="IV{n}"><v>1</v></c></row>' for n in range(1, 6_000))),
        "holds too much",
    ),
    "a million styles": (
        "a.xlsx",
        lambda: workbook("<row/>", more={"xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{"<xf/>" * 2_000_000}'}),
        "holds too much",
    ),
    "entities in flex XML": (
        "a.xml",
        lambda: LAUGHS.encode() + b'<FlexQueryResponse><A x="&l9;"/></FlexQueryResponse>',
        "not known",
    ),
    "names of their own in XML": (
        "a.xml",
        lambda: b"<FlexQueryResponse>" + b"".join(b'<T a%d="1"/>' % n for n in range(20_000)) + b"</FlexQueryResponse>",
        "different names",
    ),
    "deep XML": ("a.xml", lambda: b"<FlexQueryResponse>" + b'<a b="1">' * 500_000, "broken"),
    "entities in HTML": (
        "a.html",
        lambda: LAUGHS.replace("DOCTYPE l", "DOCTYPE html").encode() + b"<html><table><tr><td>&l9;</table></html>",
        "not known",
    ),
    "tables in tables": (
        "a.html",
        lambda: b"<html>" + b"<table><tr><td>a<td>b" * 100_000 + b"x" * (4 << 20),
        "not known",
    ),
    "a cell over a billion columns": (
        "a.html",
        lambda: b"<html><table>" + b"<tr><td colspan=9999999999>a<td>b" * 50_000 + b"</table></html>",
        "more cells",
    ),
    "a span that is no number": (
        "a.html",
        lambda: "<html><table><tr><td colspan='²'>a<td>b</table></html>".encode(),
        "not known",
    ),
    "deep JSON": ("a.json", lambda: b'[{"a":' + b"[" * 1_000_000, "cannot be read"),
    "names of their own in JSON": (
        "a.json",
        lambda: json.dumps([{f"k{n}": 1} for n in range(20_000)]).encode(),
        "different names",
    ),
    "a name twice among many": (
        "a.json",
        lambda: b"{" + b",".join(b'"k%d":1' % n for n in range(200_000)) + b',"k199999":1}',
        "twice",
    ),
}


def _peak() -> int:
    """The most memory held since it was last reset, in MB."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in text.splitlines() if line.startswith("VmHWM")).split()[1]) >> 10


def main() -> None:
    """One line of JSON a bomb: what was said of it, and how many MB it took."""
    from mentor import Journal
    from mentor.errors import MentorError
    from mentor.importing import workbook as books

    books.MOST_CELLS = 1 << 20  # reached sooner, so that the test is
    with TemporaryDirectory() as folder, Journal.open(Path(folder) / "journal.db", timezone="UTC") as journal:
        journal.plan_import(("good.csv", GOOD))
        for title, (name, made, _) in BOMBS.items():
            content = made()
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
            before = _peak()
            try:
                said = f"{journal.plan_import((name, content)).trades} trades"
            except MentorError as refused:
                said = str(refused)
            print(json.dumps([title, said, _peak() - before]), flush=True)


if __name__ == "__main__":
    main()
