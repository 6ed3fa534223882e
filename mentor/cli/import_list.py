"""`imports` and `undo`: what was imported, and taking it back."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mentor.cli.journals import made_if_missing
from mentor.cli.output import say
from mentor.i18n import numbers
from mentor.i18n.language import _, ngettext
from mentor.models import ImportRecord


def describe(commands: Any) -> None:
    imports = commands.add_parser("imports", help=_("list the imports made so far"))
    imports.set_defaults(run=_imports)
    undo = commands.add_parser("undo", help=_("take back everything an import added"))
    undo.add_argument("import_id", metavar="ID", type=int, help=_("its number in the list of imports"))
    undo.set_defaults(run=_undo)


def _imports(given: argparse.Namespace) -> int:
    with made_if_missing(given) as journal:
        records = journal.imports()
        for record in records:
            say(_line(record, journal.zone))
    if not records:
        say(_("Nothing imported yet."))
    return 0


def _undo(given: argparse.Namespace) -> int:
    with made_if_missing(given) as journal:
        record = journal.undo_import(given.import_id)
    say(
        _(
            "Import {id} of {file} is undone: the trades it added are gone from the journal.",
            id=record.id,
            file=record.file_name,
        )
    )
    return 0


def _line(record: ImportRecord, zone: ZoneInfo) -> str:
    line = _(
        "{id}  {when}  {file} ({format}): {trades}, net {net}; {duplicates} not added, {cells}",
        id=record.id,
        when=_when(record.imported_at, zone),
        file=record.file_name,
        format=record.format,
        trades=ngettext("{n} trade", "{n} trades", record.trades),
        net=numbers.money(record.net_profit_loss, record.currency, signed=True),
        duplicates=numbers.number(record.duplicates, 0),
        cells=ngettext("{n} cell refused", "{n} cells refused", record.rejected_rows),
    )
    if record.undone_at is None:
        return line
    return _("{line}; undone {when}", line=line, when=_when(record.undone_at, zone))


def _when(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")
