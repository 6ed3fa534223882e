"""`import`: brokers' files into the journal, or only what they would add."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mentor.arguments import as_zone
from mentor.cli import import_outcomes, import_words
from mentor.cli.journals import for_planning, made_if_missing
from mentor.cli.output import clear_progress, say_json
from mentor.cli.values import a_multiplier, a_named_column, a_path
from mentor.i18n.language import _
from mentor.models import ImportOptions


def describe(commands: Any) -> None:
    parser = commands.add_parser("import", help=_("add the trades of brokers' files; the same file again adds nothing"))
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=_("a file, or a folder with files"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would be added, store nothing"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON array with an object for every file"))
    parser.add_argument("--trades", action="store_true", help=_("list every trade the files hold"))
    _describe_answers(parser)
    parser.add_argument(
        "--refused", metavar="FILE", type=a_path, help=_("write refused rows there, to mend and import")
    )
    parser.add_argument(
        "--add-lookalikes", action="store_true", help=_("add also what is probably there from another source")
    )
    parser.set_defaults(run=_import)


def _describe_answers(parser: argparse.ArgumentParser) -> None:
    """What a file does not say itself."""
    parser.add_argument("--timezone", metavar="ZONE", help=_("time zone of the file's clock, such as Europe/Athens"))
    parser.add_argument(
        "--date-order", choices=("dmy", "mdy", "ymd"), help=_("order of day, month and year in its dates")
    )
    parser.add_argument(
        "--multiplier",
        metavar="SYMBOL=NUMBER",
        action="append",
        default=[],
        type=a_multiplier,
        help=_("money per point and lot of a symbol, where the file gives no profit; may be repeated"),
    )
    parser.add_argument("--account", metavar="NAME", help=_("the account the file is of"))
    parser.add_argument("--symbol", metavar="NAME", help=_("what was traded, for a file that does not name it"))
    parser.add_argument(
        "--opening-sells",
        choices=("short", "leave out"),
        help=_("what a sell without a buy before it is: it opens a short, or is left out"),
    )
    parser.add_argument(
        "--map",
        metavar="FIELD=HEADER",
        action="append",
        default=[],
        type=a_named_column,
        help=_(
            "which column of the file is what, such as size=Qty, for all that is needed; kept for files of this kind"
        ),
    )


def _import(given: argparse.Namespace) -> int:
    options, files = _options(given), list(import_outcomes.files(given.files))
    kept = import_outcomes.targets(files, given.refused) if given.refused else {}
    with for_planning(given) if given.dry_run else made_if_missing(given) as journal:
        places = [f"{nth}/{len(files)}" for nth in range(1, len(files) + 1)]
        outcomes = [
            import_outcomes.planned(journal, file, options, place) for file, place in zip(files, places, strict=True)
        ]
        if not given.dry_run:
            outcomes = import_outcomes.stored(journal, outcomes)
        clear_progress()
        outcomes = [import_outcomes.with_refused_rows(outcome, kept.get(outcome.path)) for outcome in outcomes]
        if given.json:
            say_json([import_outcomes.as_json(outcome, given) for outcome in outcomes])
        else:
            for outcome in outcomes:
                import_words.report(outcome, given, journal.zone)
    return 0 if all(outcome.accepted for outcome in outcomes) else 1


def _options(given: argparse.Namespace) -> ImportOptions:
    return ImportOptions(
        source_timezone=None if given.timezone is None else as_zone(given.timezone).key,
        date_order=given.date_order,
        multipliers=dict(given.multiplier),
        account=given.account,
        symbol=given.symbol,
        opening_sells=given.opening_sells,
        mapping=_mapping(given.map),
        add_lookalikes=given.add_lookalikes,
    )


def _mapping(named: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Our fields → headers; a field named again stands for a further column."""
    mapping: dict[str, str] = {}
    for field, header in named:
        nth = 1 + sum(name == field for name in (known.rstrip("0123456789").rstrip() for known in mapping))
        mapping[field if nth == 1 else f"{field} {nth}"] = header
    return mapping
