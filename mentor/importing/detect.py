"""The way in: opens a file, lets exactly one format claim it by its content, and reads it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from mentor.errors import ImportRefused, InvalidArgument
from mentor.importing.checks import LONGEST_SYMBOL, is_symbol
from mentor.importing.columns import known_names
from mentor.importing.delimited import DELIMITERS, Delimited, open_delimited
from mentor.importing.formats import FORMATS, Document, Format
from mentor.importing.html import HtmlPage, is_html
from mentor.importing.normalise import normalise
from mentor.importing.reading import DayRule, Reading
from mentor.importing.source import Source, open_source
from mentor.importing.workbook import Workbook, open_workbook
from mentor.models import ImportOptions

DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


def read_file(source: Path | tuple[str, bytes], *, day_rule: DayRule, options: ImportOptions) -> Reading:
    """Read one file (a path, or a name with its bytes).

    Raises `ImportRefused` when the file as a whole cannot be read, `InvalidArgument` for an option that makes no
    sense; what is wrong with single rows is in the reading.
    """
    _check(options)
    document = open_document(open_source(source))
    reading = normalise(claimant(document).read(document), day_rule=day_rule, options=options)
    pa.default_memory_pool().release_unused()
    return reading


def open_document(source: Source) -> Document:
    """The file as a workbook, an HTML page or a table; raises `ImportRefused` when it is none of them."""
    if source.zipped:
        return open_workbook(source)
    if is_html(source.head()):
        return HtmlPage(source)
    table = open_delimited(source, known_names)
    if len(table.header) < 2:
        what = "Only one column was found, so it is no table with a delimiter we know"
        names = ", ".join(DELIMITER_NAMES[sign] for sign in DELIMITERS)
        raise ImportRefused(what, where=source.name, todo=f"Known delimiters: {names}.")
    return table


def claimant(document: Document) -> Format:
    """The one format that claims a document; generic ones stand back. Raises `ImportRefused` for none or several."""
    specific = [form for form in FORMATS if not form.generic and form.claims(document)]
    claiming = specific or [form for form in FORMATS if form.generic and form.claims(document)]
    if len(claiming) == 1:
        return claiming[0]
    where = document.source.name
    if claiming:
        names = " and ".join(form.title for form in claiming)
        raise ImportRefused(f"More than one format claims the file: {names}", where=where, todo="Please report this.")
    known = "; ".join(form.title for form in FORMATS)
    advice = " Save any other sheet as CSV." if isinstance(document, Workbook) else ""
    todo = f"We can read: {known}.{advice}"
    raise ImportRefused(f"The format is not known: {_seen(document)}", where=where, todo=todo)


def _seen(document: Document) -> str:
    if isinstance(document, Delimited):
        return f"a table with the columns {', '.join(name for name in document.header if name)}"[:400]
    first = next((row.text for row in document.rows if row.text), "")
    kind = "an Excel workbook" if isinstance(document, Workbook) else "an HTML page"
    return f"{kind} with {len(document.rows)} table rows, the first is {first[:120]!r}"


def _check(options: ImportOptions) -> None:
    if options.date_order not in (None, "dmy", "mdy", "ymd"):
        raise InvalidArgument(f"The date order {options.date_order!r} is not known", todo="Use dmy, mdy or ymd.")
    if options.symbol is not None and not is_symbol(options.symbol):
        todo = f"Write it as one line of at most {LONGEST_SYMBOL} characters."
        raise InvalidArgument(f"The symbol {options.symbol!r} is none", todo=todo)
    for symbol, value in options.multipliers.items():
        if not 0 < value < 1e9:
            raise InvalidArgument(f"The multiplier of {symbol} must be a positive number, not {value}")
