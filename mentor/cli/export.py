"""`export`: everything the trader has, as one file to take along."""

from __future__ import annotations

import argparse
from typing import Any

from mentor.cli.journals import existing, opened
from mentor.cli.output import say
from mentor.cli.saving import save_new
from mentor.cli.values import a_path
from mentor.i18n.language import _


def describe(commands: Any) -> None:
    export = commands.add_parser(
        "export", help=_("write the whole journal into a new zip file, which `import` takes back without loss")
    )
    export.add_argument("file", metavar="FILE", type=a_path)
    export.add_argument("--parquet", action="store_true", help=_("Parquet files in it instead of CSV"))
    export.set_defaults(run=_export)


def _export(given: argparse.Namespace) -> int:
    with opened(existing(given), user_id=given.user) as journal:
        content = journal.export_journal("parquet" if given.parquet else "csv")
    save_new(given.file, content)
    say(_("Wrote {file}.", file=given.file))
    return 0
