"""Every text that a run of the app sends to the browser for a person to read, taken from the messages themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

#: Fields of Streamlit's messages that nobody reads: names of things, formats, what is chosen or typed.
_UNREAD = re.compile(
    r"(.*_)?(id|ids|hash|key|icon|favicon|pathname|page|query_string|format|type|tag|language|autocomplete|min|max"
    r"|default|theme|column_order|raw_values|sections|value|values|set_value|sizes?|css|url|mime_type|element_type|name_filter)"
)
#: Where a chart keeps words; categories on an axis are words too.
_CHART_WORDS = {
    "text",
    "hovertext",
    "name",
    "hovertemplate",
    "texttemplate",
    "ticktext",
    "labels",
    "x",
    "y",
    "customdata",
}
_MARKUP = re.compile(
    r"<(style|script)>.*?</\1>|:material/\w+:|:[a-z]+(-[a-z]+)*\[|</?[a-z][^>]*>|%?\{[^}]*\}|&[a-z]+;|\]\([^)]*\)"
)
#: Dates as machines write them, and where a file lies.
_DATA = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+)?|(/[\w.-]+){2,}")


def texts(messages: list[Message]) -> Iterator[tuple[str, str]]:
    """(where, text) of everything readable in the messages of one run."""
    for message in messages:
        yield from _of_message(message)


def words(text: str) -> list[str]:
    """What of a text is written in plain letters, two or more in a row, without its markup."""
    bare = _DATA.sub(" ", _MARKUP.sub(" ", text.replace("\\", "")))
    return re.findall(r"[A-Za-z]{2,}", bare)


def _of_message(message: Message, where: str = "") -> Iterator[tuple[str, str]]:
    if message.DESCRIPTOR.name == "Dataframe":
        yield from ((where, text) for text in _of_table(message))
    for field, held in message.ListFields():
        place = f"{where}.{field.name}".removeprefix(".delta").removeprefix(".new_element")
        if _is_map(field) or field.type == FieldDescriptor.TYPE_BYTES or field.name in ("columns", "styler"):
            continue
        for item in held if field.is_repeated else [held]:
            if field.message_type:
                yield from _of_message(item, place)
            elif field.type == FieldDescriptor.TYPE_STRING and not _UNREAD.fullmatch(field.name):
                yield from ((place, text) for text in _of_text(place, item))


def _is_map(field: FieldDescriptor) -> bool:
    return bool(field.message_type and field.message_type.GetOptions().map_entry)


def _of_text(place: str, text: str) -> Iterator[str]:
    if place.endswith("plotly_chart.spec"):
        yield from _of_chart(json.loads(text))
    elif not place.endswith("plotly_chart.config"):
        yield text


def _of_chart(part: Any, name: str = "") -> Iterator[str]:
    if isinstance(part, dict):
        for inner, held in part.items():
            if inner not in ("template", "marker", "line"):
                yield from _of_chart(held, inner)
    elif isinstance(part, list):
        for held in part:
            yield from _of_chart(held, name)
    elif isinstance(part, str) and name in _CHART_WORDS:
        yield part


def _of_table(message: Any) -> Iterator[str]:
    """Headings, as they are labelled, and cells of a table; a styled one sends what it shows beside the values."""
    set_up, table = json.loads(message.columns or "{}"), pa.ipc.open_stream(message.arrow_data.data).read_all()
    index = json.loads(table.schema.metadata[b"pandas"])["index_columns"]
    for name, cells in zip(table.column_names, table.columns, strict=True):
        column = set_up.get("_index" if name in index else name) or {}
        if column.get("hidden") or (message.column_order and name not in message.column_order):
            continue
        yield column.get("label") or name.removeprefix("__index_level_0__")
        yield column.get("help") or ""
        if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
            yield from filter(None, cells.to_pylist())
