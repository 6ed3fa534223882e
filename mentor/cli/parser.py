"""What can be asked: the options before a command, and the commands in the order of the help."""

from __future__ import annotations

import argparse

from mentor.cli import (
    analyses,
    copies,
    export,
    import_command,
    import_list,
    journaling,
    programs,
    report,
    starting,
    traders,
    usage,
)
from mentor.cli.values import a_path
from mentor.i18n.language import LANGUAGES, _

#: Each describes its commands, and sets `run` to the function that runs one.
_DESCRIBE = (
    *(starting.describe, import_command.describe, import_list.describe, journaling.describe),
    *(report.describe, analyses.describe, export.describe, copies.describe, traders.describe, programs.describe),
)


def command_parser() -> argparse.ArgumentParser:
    """The parser in the language spoken."""
    usage.speak()
    parser = argparse.ArgumentParser(
        prog="python -m mentor",
        description=_(
            "Mentor, the trading journal. A command makes a missing journal; `report`, `emotions`, "
            "`habits`, `risk`, `export`, `backup` and `doctor` say that there is none."
        ),
    )
    parser.add_argument(
        "--database",
        metavar="FILE",
        type=a_path,
        help=_("the journal (default: the environment variable MENTOR_DATABASE, else data/mentor.db)"),
    )
    parser.add_argument(
        "--language",
        dest="spoken",  # read by `reader` before anything is said; a command may have an option of this name
        choices=LANGUAGES,
        help=_("what to speak: Bahasa Indonesia or English (default: as chosen in the app, else the machine's)"),
    )
    parser.add_argument(
        "--user",
        metavar="ID",
        type=int,
        default=1,
        help=_("whose journal in the file, by the number `user list` says (default: 1)"),
    )
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    for describe in _DESCRIBE:
        describe(commands)
    return parser
