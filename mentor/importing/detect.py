"""The way in: opens a file, lets exactly one format claim it by its content, and reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from mentor.errors import ColumnsUnknown, ImportRefused, InvalidArgument
from mentor.importing import mapping
from mentor.importing.checks import LONGEST_SYMBOL, is_symbol
from mentor.importing.columns import fold, known_names
from mentor.importing.delimited import Delimited, open_delimited
from mentor.importing.extract import Extract
from mentor.importing.formats import FORMATS, Document, Format, closed_trades, generic_fills
from mentor.importing.formats.recognised import lists_fills
from mentor.importing.html import HtmlPage, is_html
from mentor.importing.normalise import normalise
from mentor.importing.pairing import read_fills
from mentor.importing.reading import DayRule, Reading
from mentor.importing.records import RecordDocument, is_flex, is_json, open_flex, open_json
from mentor.importing.refused_rows import without_reasons
from mentor.importing.source import Source, open_source
from mentor.importing.tables import Table
from mentor.importing.workbook import Workbook, open_workbook
from mentor.messages import message
from mentor.models import ChosenColumns, ImportOptions

NONE_SAVED: Mapping[str, ChosenColumns] = MappingProxyType({})
#: The column names that formats declare.
DECLARED = frozenset(name for form in FORMATS for name in form.names)
#: So many characters of its names show what a file holds.
NAMES_SHOWN = 360


def read_file(
    source: Path | tuple[str, bytes],
    *,
    day_rule: DayRule,
    options: ImportOptions,
    saved: Mapping[str, ChosenColumns] = NONE_SAVED,
    step: Callable[[str], None] = lambda _: None,
) -> Reading:
    """Read one file (a path, or a name with its bytes).

    `saved` are the columns people named before, by the fingerprint of the header row; `step` is told what is being
    done. Raises `ImportRefused` when the file as a whole cannot be read, `InvalidArgument` for an option that makes no
    sense; what is wrong with single rows is in the reading.
    """
    _check(options)
    step(message("reading the rows"))
    extract, chosen = _read(document_of(source), day_rule, options, saved)
    step(message("checking every row"))
    convert = read_fills if extract.shorts else normalise
    handed_over = [extract]
    del extract  # as large as the file: who converts it lets it go before the frame is built
    reading = convert(handed_over.pop(), day_rule=day_rule, options=options)
    pa.default_memory_pool().release_unused()
    return replace(reading, chosen=chosen)


def document_of(source: Path | tuple[str, bytes]) -> Document:
    """A file ready to be read; raises `ImportRefused` when it is none we can open."""
    return open_document(without_reasons(open_source(source)))


def _read(
    document: Document, day_rule: DayRule, options: ImportOptions, saved: Mapping[str, ChosenColumns]
) -> tuple[Extract, ChosenColumns | None]:
    """The text of a document by the columns a person named, else by the format that claims it."""
    found = mapping.find_chosen(document, options.mapping, saved)
    if found is None:
        return claimant(document).read(document), None
    table, chosen = found
    return _read_chosen(table, chosen, day_rule), chosen


def _read_chosen(table: Table, chosen: ChosenColumns, day_rule: DayRule) -> Extract:
    layout = mapping.layout(table, chosen.columns)
    read = generic_fills.read_columns if lists_fills(table, layout) else closed_trades.read_columns
    extract = read(table, layout)
    told = message("Read with the columns you chose.")
    if chosen.chosen_at is not None:
        day = chosen.chosen_at.astimezone(day_rule.zone).date()
        told = message("Read with the columns you chose on {day}.", day=day)
    return replace(extract, notices=(told, *extract.notices))


def open_document(source: Source) -> Document:
    """The file as a workbook, records, an HTML page or a table; raises `ImportRefused` when it is none of them."""
    if source.zipped or source.compound:
        return open_workbook(source, names_known)
    head = source.head()
    if is_json(head):
        return open_json(source)
    if is_flex(head):
        return open_flex(source)
    if is_html(head):
        return HtmlPage(source, names_known)
    table = open_delimited(source, names_known)
    if len(table.header) < 2:
        what = message("Only one column was found, so it is no table with a delimiter we know")
        todo = message("Known delimiters: comma, semicolon, tab, vertical bar.")
        raise ImportRefused(what, where=source.name, todo=todo)
    return table


def names_known(cells: Sequence[str]) -> int:
    """How many cells are column names that any of our formats knows: what makes a row a header row."""
    return max(known_names(cells), len({fold(cell) for cell in cells} & DECLARED))


def claimant(document: Document) -> Format:
    """The one format that claims a document; generic ones stand back. Raises `ImportRefused` for none or several."""
    specific = [form for form in FORMATS if not form.generic and form.claims(document)]
    claiming = specific or [form for form in FORMATS if form.generic and form.claims(document)]
    if len(claiming) == 1:
        return claiming[0]
    where = document.source.name
    if claiming:
        named = _listed(form.title for form in claiming)
        what = message("More than one format claims the file: {formats}", formats=named)
        raise ImportRefused(what, where=where, todo=message("Please report this."))
    what = message("The format is not known: {seen}", seen=_seen(document))
    if document.tables:
        todo = message("Say which column is what, or export it in a format we can read.")
        raise ColumnsUnknown(what, where=where, todo=todo)
    known = _listed(form.title for form in FORMATS)
    todo = message("We can read: {formats}.", formats=known)
    if isinstance(document, Workbook):
        todo = message("We can read: {formats}. Save any other sheet as CSV.", formats=known)
    raise ImportRefused(what, where=where, todo=todo)


def _listed(titles: Iterable[str]) -> str:
    return reduce(lambda before, title: message("{titles}; {title}", titles=before, title=title), titles)


def _seen(document: Document) -> str:
    if isinstance(document, Delimited):
        names = ", ".join(name for name in document.header if name)
        return message("a table with the columns {columns}", columns=names[:NAMES_SHOWN])
    if isinstance(document, RecordDocument):
        names = ", ".join(table.title or "[]" for table in document.tables)
        if not names:
            return message("a file without a list of records")
        return message("records in {lists}", lists=names[:NAMES_SHOWN])
    first, rows = next((row.text for row in document.rows if row.text), "")[:120], len(document.rows)
    if isinstance(document, Workbook):
        return message("an Excel workbook with {rows} table rows, the first is {first!r}", rows=rows, first=first)
    return message("an HTML page with {rows} table rows, the first is {first!r}", rows=rows, first=first)


def _check(options: ImportOptions) -> None:
    if options.date_order not in (None, "dmy", "mdy", "ymd"):
        what = message("The date order {order!r} is not known", order=options.date_order)
        raise InvalidArgument(what, todo=message("Use dmy, mdy or ymd."))
    if options.symbol is not None and not is_symbol(options.symbol):
        todo = message("Write it as one line of at most {most} characters.", most=LONGEST_SYMBOL)
        raise InvalidArgument(message("The symbol {symbol!r} is none", symbol=options.symbol), todo=todo)
    for symbol, value in options.multipliers.items():
        if not 0 < value < 1e9:
            what = message(
                "The multiplier of {symbol} must be a positive number, not {value}", symbol=symbol, value=str(value)
            )
            raise InvalidArgument(what)
