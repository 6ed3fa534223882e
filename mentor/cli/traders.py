"""`user add` and `user list`: the traders who keep a journal in the file."""

from __future__ import annotations

import argparse
from typing import Any

from mentor.cli.journals import existing, made_if_missing, opened
from mentor.cli.output import say
from mentor.i18n.language import _


def describe(commands: Any) -> None:
    user = commands.add_parser(
        "user", help=_("let several traders keep a journal in one file, each seeing only theirs")
    )
    asked = user.add_subparsers(metavar="COMMAND", required=True)
    add = asked.add_parser("add", help=_("let another trader keep a journal in the file"))
    add.add_argument("name", metavar="NAME")
    add.add_argument(
        "--timezone",
        metavar="ZONE",
        help=_("where the trader's days begin and end; fixed for good (default: as user 1)"),
    )
    add.set_defaults(run=_add)
    listed = asked.add_parser("list", help=_("the traders of the file and their numbers"))
    listed.set_defaults(run=_list)


def _add(given: argparse.Namespace) -> int:
    with made_if_missing(given) as journal:
        added = journal.add_trader(given.name, timezone=given.timezone)
        zone = journal.for_user(added).zone.key
    say(
        _("User {id} is {name}, with days of {zone}: name them with --user {id}.", id=added, name=given.name, zone=zone)
    )
    return 0


def _list(given: argparse.Namespace) -> int:
    with opened(existing(given)) as journal:
        for trader in journal.traders():
            say(f"{trader.id}  {trader.name}")
    return 0
