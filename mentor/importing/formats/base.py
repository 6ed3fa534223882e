"""What a format is: an id, a name for people, a test that claims a file by its content, and a reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mentor.importing.delimited import Delimited
from mentor.importing.extract import Extract
from mentor.importing.html import HtmlPage
from mentor.importing.records import RecordDocument
from mentor.importing.workbook import Workbook

Document = HtmlPage | Workbook | Delimited | RecordDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file. `claims` may look at anything in the document but its name.

    `names` are column names of its tables, folded: they help to find the header row.
    """

    id: str
    title: str
    claims: Callable[[Document], bool]
    read: Callable[[Document], Extract]
    generic: bool = False
    names: frozenset[str] = frozenset()
