"""`report`: what the mentor says of a day, to read, to store, and to take along."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mentor.analytics.plain import plain
from mentor.arguments import as_day
from mentor.cli.journals import existing, opened
from mentor.cli.output import complain, say, say_json
from mentor.cli.saving import save_new
from mentor.cli.values import a_path
from mentor.i18n.language import LANGUAGES, _, spoken
from mentor.journal import Journal
from mentor.report.analysis import ENGINE, figures
from mentor.report.export.html import html
from mentor.report.export.markdown import markdown
from mentor.report.finding import MentorReport
from mentor.report.known import Known
from mentor.report.mentor import mentor_report
from mentor.report.render import Page, lines, page

Note = Callable[[str], None]


def describe(commands: Any) -> None:
    report = commands.add_parser("report", help=_("say what a day's session came to, and what is not known of it"))
    report.add_argument("date", metavar="DATE", nargs="?", help=_("such as 2025-01-15 (default: today)"))
    report.add_argument(
        "--language",
        choices=LANGUAGES,
        help=_("of the report (default: as stated before the command or chosen in the app, else Bahasa Indonesia)"),
    )
    report.add_argument("--save", action="store_true", help=_("store it in the journal, unless it says nothing new"))
    report.add_argument("--html", metavar="FILE", type=a_path, help=_("write it there as a page to print"))
    report.add_argument("--markdown", metavar="FILE", type=a_path, help=_("write it there as Markdown"))
    report.add_argument("--json", action="store_true", help=_("print ids and numbers as one JSON object"))
    report.set_defaults(run=_report)


def _report(given: argparse.Namespace) -> int:
    with opened(existing(given), user_id=given.user) as journal:
        known = journal.known_on(journal.today() if given.date is None else as_day(given.date, "DATE"))
        report, note = mentor_report(known), complain if given.json else say
        with spoken(given.language or given.spoken or journal.language or "id"):
            told = page(known, report)
            say_json(_as_json(known, report)) if given.json else say("\n".join(lines(told)))
            if given.save:
                _save(journal, known, note)
    _write(told, given.html, html, note)
    _write(told, given.markdown, markdown, note)
    return 0


def _as_json(known: Known, report: MentorReport) -> dict[str, Any]:
    said = plain(report)
    assert isinstance(said, dict), "a dataclass is an object"
    return {"engine": ENGINE, **said, **figures(known.trades)}


def _save(journal: Journal, known: Known, note: Note) -> None:
    written = journal.write_mentor_report(known.day)
    if written.new:
        note(_("Stored as report {id}.", id=written.id))
    else:
        note(_("Nothing new: report {id} rests on the same evidence.", id=written.id))


def _write(told: Page, target: Path | None, form: Callable[[Page], str], note: Note) -> None:
    if target is not None:
        save_new(target, form(told))
        note(_("Wrote {file}.", file=target))
