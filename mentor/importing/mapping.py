"""Columns a person names in a table nobody recognises: what is proposed, what was said, and for which header row."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from mentor.errors import ImportRefused, InvalidArgument
from mentor.importing.columns import (
    MONEY_FIELDS,
    NAMED_COSTS,
    WORDS,
    Found,
    Layout,
    fold,
    known_names,
    named,
    recognise,
)
from mentor.importing.date_text import parse_dates
from mentor.importing.extract import CostSign
from mentor.importing.formats.base import Document
from mentor.importing.sides import is_side
from mentor.importing.tables import Table
from mentor.messages import message
from mentor.models import ChosenColumns

#: What a header can be said to be. Several columns of one kind of cost are `fees`, `fees 2`, `fees 3` …
FIELDS = (*WORDS, *NAMED_COSTS)
#: So many cells show what a column holds.
SAMPLES = 3
TIMES = ("time", "entry_time", "exit_time")
_SYMBOL = re.compile(r"[A-Z][A-Z0-9.:/_-]{1,14}")
_NTH = re.compile(r" \d+$")
#: A number or a date, which no column is called.
_VALUE = re.compile(r"[-+$€£(]*\d[\d.,:/T\s-]*[)%]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A table as the person naming its columns sees it: headers, no two alike, some cells of each, our proposal."""

    fingerprint: str
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    proposed: Mapping[str, str]


def likeliest(document: Document) -> Columns | None:
    """The columns of the table with most names we know; `None` where there is no table."""
    if not document.tables:
        return None
    tables: Sequence[Table] = document.tables
    table = max(tables, key=lambda table: known_names(table.header))
    return Columns(
        fingerprint=fingerprint(table.header),
        headers=tuple(_distinct(table.header)),
        samples=tuple(_samples(table, at) for at in range(len(table.header))),
        proposed=_proposed(table),
    )


def fingerprint(header: Sequence[str]) -> str:
    """What a header row is known by: its names in order, however they are written."""
    names = "\n".join(fold(name) for name in header)
    return hashlib.sha256(names.encode("utf-8")).hexdigest()[:32]


def find_chosen(
    document: Document, said: Mapping[str, str], saved: Mapping[str, ChosenColumns]
) -> tuple[Table, ChosenColumns] | None:
    """The table whose columns a person named, now (`said`) or before (`saved`, by fingerprint), and how."""
    if said:
        table = _table_with(document, said.values())
        return table, ChosenColumns(header=fingerprint(table.header), columns=dict(said))
    prints = ((table, fingerprint(table.header)) for table in (document.tables if saved else ()))
    return next(((table, saved[print_]) for table, print_ in prints if print_ in saved), None)


def layout(table: Table, columns: Mapping[str, str]) -> Layout:
    """Exactly the columns that were named; raises for a field we do not have or one column named twice."""
    places = _places(table.header)
    found: dict[str, Found] = {}
    for field, header in columns.items():
        kind = _kind(field)
        found[field] = named(_place(places, header), header, money=kind in MONEY_FIELDS or kind in NAMED_COSTS)
    _check_names(found, table.source.name)
    _check_once(found, table.source.name)
    taken = {one.at for one in found.values()}
    return Layout(
        fields={field: one for field, one in found.items() if field in WORDS},
        costs=tuple((one, _sign(field)) for field, one in found.items() if field not in WORDS),
        unused=tuple(header for at, header in enumerate(table.header) if header and at not in taken),
        twins=(),
    )


def _kind(field: str) -> str:
    """`fees 2` is one of the `fees`; raises `InvalidArgument` for what is no field of ours."""
    kind = _NTH.sub("", field)
    if field not in WORDS and kind not in NAMED_COSTS:
        todo = message("The fields are {fields}.", fields=", ".join(FIELDS))
        raise InvalidArgument(message("There is no field {field!r}", field=field), todo=todo)
    return kind


def _sign(field: str) -> CostSign:
    return NAMED_COSTS[_kind(field)]


def _check_names(found: Mapping[str, Found], where: str) -> None:
    """A file without a header row would lose its first trade unseen."""
    value = next((one.header for one in found.values() if _VALUE.fullmatch(one.header)), None)
    if value is not None:
        what = message(
            "The row of names holds values such as {value!r}, so the file seems to have no header row", value=value
        )
        raise ImportRefused(what, where=where, todo=message("Put a row with the names of its columns on top."))


def _check_once(found: Mapping[str, Found], where: str) -> None:
    times = Counter(one.at for one in found.values())
    twice = [field for field, one in found.items() if times[one.at] > 1]
    if twice:
        what = message(
            "One column was named for two fields: {column!r} for {one} and {other}",
            column=found[twice[0]].header,
            one=twice[0],
            other=twice[1],
        )
        raise ImportRefused(what, where=where, todo=message("Name each column once."))


def _table_with(document: Document, headers: Iterable[str]) -> Table:
    """The first table that has all these headers."""
    missing: list[list[str]] = []
    for table in document.tables:
        places = _places(table.header)
        missing.append([header for header in headers if not {header, fold(header)} & places.keys()])
        if not missing[-1]:
            return table
    where = document.source.name
    if not missing:
        raise ImportRefused(message("The file holds no table whose columns could be named"), where=where)
    what = message("The file has no column called {column!r}", column=min(missing, key=len)[0])
    raise ImportRefused(what, where=where, todo=message("Name columns as its header row does."))


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by its name as told apart, as written, and folded where no other folds to the same."""
    places = {name: at for at, name in enumerate(_distinct(header))}
    for spelled in (list(header), [fold(name) for name in header]):
        once = {name for name, times in Counter(spelled).items() if times == 1}
        places = {name: at for at, name in enumerate(spelled) if name in once} | places
    return places


def _place(places: Mapping[str, int], header: str) -> int:
    return places[header] if header in places else places[fold(header)]


def _distinct(header: Sequence[str]) -> list[str]:
    """The headers told apart: a second `Price` is `Price (2)`, one without a name `column 7`."""
    seen: Counter[str] = Counter()
    names = []
    for at, name in enumerate(header, start=1):
        seen[fold(name)] += 1
        nth = seen[fold(name)]
        names.append(f"column {at}" if not fold(name) else f"{name} ({nth})" if nth > 1 else name)
    return names


def _samples(table: Table, at: int) -> tuple[str, ...]:
    """The first different cells of a column."""
    cells = (row[at].strip() for row in table.sample if at < len(row))
    return tuple(dict.fromkeys(cell for cell in cells if cell))[:SAMPLES]


def _proposed(table: Table) -> dict[str, str]:
    """What the columns seem to be."""
    seen, names = recognise(table.header, table.sample), _distinct(table.header)
    proposed = {field: names[found.at] for field, found in seen.fields.items()}
    for kind, sign in NAMED_COSTS.items():
        costs = [names[found.at] for found, read_as in seen.costs if read_as == sign]
        proposed |= numbered(kind, costs)
    rest = {names[at]: _cells(table, at) for at in range(len(names)) if names[at] not in proposed.values()}
    return _by_cells(rest, {*proposed}) | proposed


def _by_cells(columns: Mapping[str, list[str]], known: set[str]) -> dict[str, str]:
    """What columns whose names say nothing seem to hold: only the person's word makes it so."""
    filled = {name: cells for name, cells in columns.items() if cells}
    sides = [name for name, cells in filled.items() if all(map(is_side, cells))]
    times = [name for name, cells in filled.items() if _are_times(cells)]
    symbols = [name for name, cells in filled.items() if name not in sides and all(map(_SYMBOL.fullmatch, cells))]
    legs = ("time",) if len(times) == 1 else ("entry_time", "exit_time")
    guessed = {
        "side": sides[:1],
        "symbol": symbols[:1],
        **{leg: [name] for leg, name in zip(legs, times, strict=False)},
    }
    timed = known & {"time", "date", "entry_time", "entry_date"}
    return {
        field: found[0]
        for field, found in guessed.items()
        if found and field not in known and not (timed and field in TIMES)
    }


def _cells(table: Table, at: int) -> list[str]:
    cells = (row[at].strip() for row in table.sample if at < len(row))
    return [cell for cell in cells if cell]


def _are_times(cells: list[str]) -> bool:
    if all(cell.isdigit() for cell in cells):
        return False
    read = parse_dates(pa.array(cells, pa.string()))
    return bool(read.written.all()) and not any(mask.any() for mask, _ in read.faults)


def numbered(kind: str, headers: Iterable[str]) -> dict[str, str]:
    """Several columns of one kind of cost as fields of their own."""
    return {kind if nth == 1 else f"{kind} {nth}": header for nth, header in enumerate(headers, start=1)}
