"""`backup`, `restore` and `doctor`: the file itself."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mentor.cli.journals import content, database, existing
from mentor.cli.output import say
from mentor.cli.values import a_path
from mentor.i18n.language import _
from mentor.journal import Journal
from mentor.models import Check


def describe(commands: Any) -> None:
    backup = commands.add_parser("backup", help=_("copy the journal to a new file, also while programs write to it"))
    where = backup.add_mutually_exclusive_group(required=True)
    where.add_argument("file", metavar="FILE", type=a_path, nargs="?")
    where.add_argument(
        "--rotate",
        action="store_true",
        help=_("the day's copy in backups/ beside the journal, unless it is there; 7 days and 4 weeks are kept"),
    )
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore", help=_("make the journal what a backup holds; what it held is kept beside it")
    )
    restore.add_argument("file", metavar="FILE", type=a_path)
    restore.set_defaults(run=_restore)
    doctor = commands.add_parser(
        "doctor", help=_("check the journal file and where it lies; 1 when something is wrong")
    )
    doctor.set_defaults(run=_doctor)


def _backup(given: argparse.Namespace) -> int:
    if given.rotate:
        return _rotate(existing(given))
    copy = Journal.copy(existing(given), given.file)
    say(
        _(
            "Copied the journal to {path}: {content}; the copy was read and is sound.",
            path=copy.path,
            content=content(copy.sessions, copy.trades),
        )
    )
    return 0


def _rotate(path: Path) -> int:
    done = Journal.rotate(path)
    if done.made is None:
        say(_("Today's copy is there already, or another program is making it."))
    else:
        say(
            _(
                "Copied the journal to {path}: {content}; the copy was read and is sound.",
                path=done.made.path,
                content=content(done.made.sessions, done.made.trades),
            )
        )
    for removed in done.removed:
        say(_("Removed the old copy {path}.", path=removed))
    return 0


def _restore(given: argparse.Namespace) -> int:
    path = database(given)
    done = Journal.restore(path, given.file)
    say(
        _(
            "Restored {path} from {file}: {content}, days of {zone}.",
            path=path,
            file=given.file,
            content=content(done.sessions, done.trades),
            zone=done.timezone,
        )
    )
    if done.damaged:
        say(
            _(
                "The damaged file was moved to {kept}. Start the app and bots again: they still hold that one.",
                kept=done.kept,
            )
        )
    elif done.kept is not None:
        say(_("What it held before is kept in {kept}.", kept=done.kept))
    if done.timezone_before not in (None, done.timezone):
        say(
            _(
                "Start the app and bots again if they run: they still take its days for those of {zone}.",
                zone=done.timezone_before,
            )
        )
    for check in Journal.examine(path):
        if not check.ok:
            say(_line(check))
    return 0


def _doctor(given: argparse.Namespace) -> int:
    checks = Journal.examine(existing(given))
    for check in checks:
        say(_line(check))
    return 0 if all(check.ok for check in checks) else 1


def _line(check: Check) -> str:
    verdict = _("ok") if check.ok else _("FAILED")
    return f"{verdict:<6}  {_(check.name):<10}  {_(check.words)}"
