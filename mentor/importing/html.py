"""HTML tables as rows of cells, each with its line in the file and what it holds beside the cells one sees."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from lxml import etree
from lxml import html as lxml_html

from mentor.errors import ImportRefused
from mentor.importing.source import Source
from mentor.importing.table_row import Row
from mentor.importing.tables import KnownNames, RowTable, header_table
from mentor.messages import message
from mentor.models import Rejection

#: libxml2 keeps line numbers in 16 bits unless told otherwise.
LINE_LIMIT = 65535
#: Of all tables, those that wide cells cover counted too: one tag may cover a thousand.
MOST_CELLS = 1 << 25
#: A page behind the end of a page, which the parser passes over.
_FOLLOWED = re.compile(rb"(?i)</html\s*>.*?<tr[\s>]", re.DOTALL)
_SPACES = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True)
class HtmlPage:
    """An HTML document; parsed on first use."""

    source: Source
    known_names: KnownNames

    @cached_property
    def head(self) -> str:
        """The first characters of the file."""
        return self.source.head()

    @cached_property
    def complete(self) -> bool:
        """Whether the document is closed."""
        with self.source.open() as stream:
            return b"</html" in stream.read()[-4096:].lower()

    def cut_off(self) -> tuple[Rejection, ...]:
        """A rejection at the end of a document that is not closed."""
        if self.complete:
            return ()
        line = sum(chunk.count(b"\n") for chunk in self.source.chunks()) + 1
        reason = message("the file is cut off here: its end is missing, save it again")
        return (Rejection(line=line, column=None, value="", reason=reason),)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of all tables that have a cell, in the order of the document."""
        return tuple(row for _, row in self._placed)

    @cached_property
    def tables(self) -> tuple[RowTable, ...]:
        """Each table that has a header, but those in which a cell reaches down: the columns below it have moved."""
        groups: dict[etree._Element, list[tuple[etree._Element, Row]]] = {}
        for element, row in self._placed:
            groups.setdefault(next(element.iterancestors("table"), None), []).append((element, row))
        if sum(sum(row.spans) for _, row in self._placed) > MOST_CELLS:
            what, todo = message("The page holds more cells than any list of trades"), message("Export it again.")
            raise ImportRefused(what, where=self.source.name, todo=todo)
        regular = ([row.spread() for _, row in group] for group in groups.values() if not _reaches_down(group))
        found = (header_table(rows, source=self.source, title="", known_names=self.known_names) for rows in regular)
        return tuple(table for table in found if table)

    @cached_property
    def _placed(self) -> tuple[tuple[etree._Element, Row], ...]:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
        with self.source.open() as stream:
            text = stream.read()
            if _FOLLOWED.search(text):
                todo = message("Import each report as a file of its own.")
                what = message("It holds several reports, one behind another")
                raise ImportRefused(what, where=self.source.name, todo=todo)
            content = io.BytesIO(_whole_cells(text))  # no file: its name may be none the parser can read
            try:
                tree = etree.parse(content, parser)
            except etree.LxmlError as error:
                what, todo = message("The HTML cannot be read"), message("Save it again.")
                raise ImportRefused(what, where=self.source.name, todo=todo) from error
        if tree.getroot() is None:
            return ()
        elements = list(tree.iter("tr"))
        rows = ((element, _row(element, line)) for element, line in zip(elements, self._lines(elements), strict=True))
        return tuple((element, row) for element, row in rows if row.cells)

    def _lines(self, elements: list[etree._Element]) -> list[int]:
        """The line of every row; beyond the parser's limit by counting the tags in the text."""
        stated = [element.sourceline or 0 for element in elements]
        if not stated or stated[-1] < LINE_LIMIT:
            return stated
        with self.source.open() as stream:
            text = stream.read()
        starts = np.array([tag.start() for tag in re.finditer(rb"(?i)<tr[\s>]", text)])
        newlines = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n"))
        counted = np.searchsorted(newlines, starts) + 1
        return counted.tolist() if len(counted) == len(stated) else stated


def _whole_cells(text: bytes) -> bytes:
    """The text up to a last cell that a cut leaves open: half a number would look like a number."""
    folded = text.lower()
    opened, closed = folded.rfind(b"<td"), folded.rfind(b"</td")
    return text[:opened] if 0 <= closed < opened and b"</tr" not in folded[opened:] else text


def is_html(head: str) -> bool:
    """Whether a text begins as an HTML document."""
    start = head.lstrip("\ufeff \t\r\n").lower()
    return start.startswith("<") and any(mark in start for mark in ("<html", "<!doctype html", "<table", "<body"))


def _reaches_down(group: Iterable[tuple[etree._Element, Row]]) -> bool:
    return any(cell.get("rowspan", "1") not in ("", "0", "1") for element, _ in group for cell in element)


def _row(element: etree._Element, line: int) -> Row:
    cells = [cell for cell in element if cell.tag in ("td", "th")]
    hidden = [cell for cell in cells if "hidden" in cell.get("class", "").split()]
    shown = [cell for cell in cells if cell not in hidden] if hidden else cells
    aside = [*(cell.get("title") for cell in shown), *(_text(cell) for cell in hidden)]
    return Row(
        cells=tuple(_text(cell) for cell in shown),
        aside=" ".join(text for text in aside if text),
        line=line,
        spans=tuple(_span(cell.get("colspan", "1")) for cell in shown),
    )


def _span(stated: str) -> int:
    """How many columns a cell takes; as in browsers no more than 1,000."""
    return min(int(stated), 1000) if stated.isascii() and stated.isdigit() and len(stated) < 19 else 1


def _text(cell: etree._Element) -> str:
    return _SPACES.sub(" ", "".join(cell.itertext())).strip()
