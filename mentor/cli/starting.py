"""`init` and `demo`: a journal begins."""

from __future__ import annotations

import argparse
from typing import Any

from mentor.arguments import as_zone
from mentor.cli.journals import created, database, holds_something, opened
from mentor.cli.output import say
from mentor.errors import InvalidArgument
from mentor.i18n.language import _, ngettext
from mentor.messages import message
from mentor.settings import DEFAULT_DATABASE


def describe(commands: Any) -> None:
    init = commands.add_parser("init", help=_("create the journal, or say what it is"))
    init.add_argument(
        "--timezone",
        metavar="ZONE",
        help=_("where the trader's days begin and end, such as Asia/Jakarta; fixed for good"),
    )
    init.set_defaults(run=_init)
    demo = commands.add_parser("demo", help=_("fill an empty journal with 250 sessions of an invented trader"))
    demo.add_argument("--null", action="store_true", help=_("the same trader, in whom no emotion has any effect"))
    demo.set_defaults(run=_demo)


def _init(given: argparse.Namespace) -> int:
    path = database(given)
    existed = holds_something(path)
    with opened(path, timezone=given.timezone, user_id=given.user) as journal:
        if given.timezone is not None and as_zone(given.timezone) != journal.zone:
            raise InvalidArgument(
                message("The days of this journal are those of {zone} and stay so", zone=journal.zone.key),
                where=str(path),
                todo=message("Start another journal with --database FILE for another time zone."),
            )
        if not existed:
            say(created(path, journal))
            return 0
        say(
            _(
                "{path} is a journal already, with {sessions} and {trades}; its days are those of {zone}.",
                path=path,
                sessions=ngettext("{n} session", "{n} sessions", len(journal.sessions())),
                trades=ngettext("{n} trade", "{n} trades", len(journal.trades())),
                zone=journal.zone.key,
            )
        )
    return 0


def _demo(given: argparse.Namespace) -> int:
    from mentor import demo  # numpy's generator, and no other command needs it

    path = database(given)
    if given.database is None and path == DEFAULT_DATABASE:
        path = demo.beside(path)  # the trader's own journal is not the place for an invented one
    with opened(path, timezone=None if holds_something(path) else demo.ZONE, user_id=given.user) as journal:
        filled = demo.fill(journal, null=given.null)
    say(
        _(
            "Filled {path} with an invented trader: {sessions}, {trades}, {check_ins}.",
            path=path,
            sessions=ngettext("{n} session", "{n} sessions", filled.sessions),
            trades=ngettext("{n} trade", "{n} trades", filled.trades),
            check_ins=ngettext("{n} check-in", "{n} check-ins", filled.check_ins),
        )
    )
    say(_("No emotion has any effect in it.") if given.null else _("What is true in it stands in data/demo.md."))
    say(_("The app shows it when the environment variable MENTOR_DATABASE is {path}.", path=path))
    return 0
