"""JSON and XML exports: each list of records is a table, its header the names of all their values."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from mentor.errors import ImportRefused
from mentor.importing.source import CUT, Source
from mentor.importing.table_row import Row
from mentor.importing.tables import RowTable
from mentor.messages import message

JSON_START = re.compile(r"\s*(\{\s*[\"}]|\[\s*[\[\]{])")
#: The reports of Interactive Brokers; any other XML is none we could tell apart from a page.
XML_START = re.compile(r"\s*(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<FlexQueryResponse\b", re.DOTALL)
#: Lists may stand so deep.
DEEPEST = 5
#: Records may each have names of their own: as a table they would hold the product of both.
MOST_CELLS = 1 << 26
CUT_OFF = message("Export it again: its end may be missing.")
NO_RECORD = message("is no record")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """A file of records. The line of a row is the place of its record in its list, from 1, where lines say nothing."""

    source: Source
    tables: tuple[RowTable, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all tables."""
        return tuple(row for table in self.tables for row in table.body)


def is_json(head: str) -> bool:
    """Whether a text begins as a JSON document that may hold records."""
    return JSON_START.match(head) is not None


def is_flex(head: str) -> bool:
    """Whether a text begins as a flex query's report."""
    return XML_START.match(head) is not None


def open_json(source: Source) -> RecordDocument:
    """Every list of objects, numbers as they are written; raises `ImportRefused` for JSON that is broken."""
    with source.open() as stream:
        text = stream.read().decode("utf-8")
    try:
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        what = message(
            "The JSON is broken at line {line}, column {column}: {error}",
            line=error.lineno,
            column=error.colno,
            error=error.msg,
        )
        raise ImportRefused(what, where=source.name, todo=CUT_OFF) from error
    except (_Twice, RecursionError) as error:
        what = message("The JSON cannot be read: {error}", error=error.args[0])
        raise ImportRefused(what, where=source.name, todo=message("Export it again.")) from error
    tables = (_json_table(source, path, records) for path, records in _lists(value, ()))
    return RecordDocument(source=source, tables=tuple(tables))


def open_flex(source: Source) -> RecordDocument:
    """The elements that carry attributes, by their own name and that of the element around them."""
    # entities stay what they are, and none is fetched
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)
    with source.open() as stream:
        try:
            tree = etree.fromstring(stream.read(), parser)
        except etree.XMLSyntaxError as error:
            what = message("The XML is broken: {error}", error=error.msg)
            raise ImportRefused(what, where=source.name, todo=CUT_OFF) from error
    found: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    for element in tree.iter(etree.Element):
        parent = element.getparent()
        if parent is not None and element.attrib:
            records = found.setdefault(f"{parent.tag}.{element.tag}", [])
            records.append((element.sourceline, element.attrib))
    return RecordDocument(source=source, tables=tuple(_table(source, title, list_) for title, list_ in found.items()))


class _Twice(ValueError):
    """A name that stands twice in one object: nobody knows which value is right."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        name = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise _Twice(message("a record holds {name!r} twice", name=name))
    return found


def _lists(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, list[Any]]]:
    """Every list that holds an object, with its path; records are not searched for further lists."""
    if isinstance(value, list) and any(isinstance(record, dict) for record in value):
        yield ".".join(map(_text, path)), value
    elif isinstance(value, dict) and len(path) < DEEPEST:
        for name, inner in value.items():
            yield from _lists(inner, (*path, name))


def _json_table(source: Source, title: str, records: list[Any]) -> RowTable:
    scalars = (
        {_text(name): _text(value) for name, value in record.items() if not isinstance(value, dict | list)}
        if isinstance(record, dict)
        else None
        for record in records
    )
    return _table(source, title, enumerate(scalars, start=1))


def _table(source: Source, title: str, records: Iterable[tuple[int, Mapping[str, str] | None]]) -> RowTable:
    found = list(records)
    header = tuple(dict.fromkeys(name for _, record in found if record is not None for name in record))
    if len(header) * len(found) > MOST_CELLS:
        what = message("Its {rows} records have {names} different names", rows=len(found), names=len(header))
        raise ImportRefused(what, where=source.name, todo=message("Export the trades alone."))
    body = (
        Row(cells=(), line=line, fault=NO_RECORD)
        if record is None
        else Row(cells=tuple(record.get(name, "") for name in header), line=line)
        for line, record in found
    )
    return RowTable(source=source, title=title, header=header, body=tuple(body))


def _text(value: str | bool | None) -> str:
    """A value as text that can be stored: escapes may stand for what is no character."""
    if isinstance(value, str):
        return value.replace("\0", CUT).encode("utf-8", "replace").decode("utf-8")
    return "" if value is None else str(value).lower()
