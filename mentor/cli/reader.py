"""Which language whoever runs a command reads: stated before it, kept in the journal, or that of the machine."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from mentor.errors import MentorError
from mentor.i18n.language import ENGLISH, LANGUAGES, Language, matching
from mentor.journal import Journal
from mentor.settings import database_path


def language_of(arguments: Sequence[str]) -> Language:
    """Read before the arguments are: help and complaints about them are in it too."""
    stated = _before_the_command(arguments)
    chosen = matching(stated.language) if stated.language in LANGUAGES else None
    return chosen or _kept(stated.database, stated.user) or _of_machine() or ENGLISH


def _before_the_command(arguments: Sequence[str]) -> argparse.Namespace:
    """What stands before the command; a command's own options come after it. What is wrong is said later."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    parser.add_argument("--language")
    parser.add_argument("--database")
    parser.add_argument("--user", type=int, default=1)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    try:
        return parser.parse_known_args(arguments)[0]
    except argparse.ArgumentError:
        return argparse.Namespace(language=None, database=None, user=1)


def _kept(database: str | None, user_id: int) -> Language | None:
    """What the journal says, if there is one that can be read; else the command says what is wrong with it."""
    try:
        path = database_path() if database is None else Path(database).expanduser()
        return Journal.language_kept(path, user_id)
    except (MentorError, OSError, RuntimeError, ValueError):
        return None


def _of_machine() -> Language | None:
    stated = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return matching(next(filter(None, stated), None))
