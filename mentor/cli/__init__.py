"""The command line: what people and scripts do with the journal without the browser.

Results go to stdout, what went wrong in one sentence to stderr. Exit status: 0 done, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from mentor.cli import output
from mentor.cli.parser import command_parser
from mentor.cli.reader import language_of
from mentor.errors import MentorError
from mentor.i18n import language
from mentor.i18n.refusals import sentence

__all__ = ["command_parser", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command (default: the process's arguments) in the language its reader reads; its exit status."""
    output.write_utf8()
    with language.spoken(language_of(sys.argv[1:] if arguments is None else arguments)):
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    given = command_parser().parse_args(arguments)
    try:
        status = int(given.run(given))
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read the output has seen enough; what was stored stays stored
        os._exit(0)  # everything is closed; leaving politely would complain about the unread rest once more
    except MentorError as refused:
        output.complain(sentence(refused))
        return 1
    except KeyboardInterrupt:
        return 130
