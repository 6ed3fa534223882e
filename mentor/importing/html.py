"""HTML tables as rows of cells, each with its line in the file and the tooltip of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from lxml import etree
from lxml import html as lxml_html

from mentor.errors import ImportRefused
from mentor.importing.source import Source

#: libxml2 keeps line numbers in 16 bits unless told otherwise.
LINE_LIMIT = 65535
_SPACES = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One table row: the text of its cells, their `title` attributes joined, and where it begins."""

    cells: tuple[str, ...]
    title: str
    line: int
    spans: tuple[int, ...]

    @property
    def text(self) -> str:
        """All cells as one text."""
        return " ".join(cell for cell in self.cells if cell)


@dataclass(frozen=True)
class HtmlPage:
    """An HTML document; parsed on first use."""

    source: Source

    @cached_property
    def head(self) -> str:
        """The first characters of the file."""
        return self.source.head()

    @cached_property
    def complete(self) -> bool:
        """Whether the document is closed."""
        with self.source.open() as stream:
            return b"</html" in stream.read()[-4096:].lower()

    @cached_property
    def last_line(self) -> int:
        """The number of lines of the file."""
        return sum(chunk.count(b"\n") for chunk in self.source.chunks()) + 1

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows of all tables in the order of the document."""
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
        with self.source.open() as stream:
            try:
                tree = etree.parse(stream, parser)
            except etree.LxmlError as error:
                raise ImportRefused("The HTML cannot be read", where=self.source.name, todo="Save it again.") from error
        if tree.getroot() is None:
            return ()
        elements = list(tree.iter("tr"))
        return tuple(_row(element, line) for element, line in zip(elements, self._lines(elements), strict=True))

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


def is_html(head: str) -> bool:
    """Whether a text begins as an HTML document."""
    start = head.lstrip("\ufeff \t\r\n").lower()
    return start.startswith("<") and any(mark in start for mark in ("<html", "<!doctype html", "<table", "<body"))


def _row(element: etree._Element, line: int) -> Row:
    cells = [cell for cell in element if cell.tag in ("td", "th")]
    return Row(
        cells=tuple(_SPACES.sub(" ", "".join(cell.itertext())).strip() for cell in cells),
        title=" ".join(title for cell in cells if (title := cell.get("title"))),
        line=line,
        spans=tuple(int(span) if (span := cell.get("colspan", "1")).isdigit() else 1 for cell in cells),
    )
