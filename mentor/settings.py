"""Where the journal lives, from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from mentor.errors import InvalidArgument
from mentor.messages import message

#: As in `pyproject.toml`.
VERSION = "0.1.0"
DEFAULT_DATABASE = Path(__file__).resolve().parent.parent / "data" / "mentor.db"


def database_path() -> Path:
    """The journal's file: the environment variable MENTOR_DATABASE, else `data/mentor.db` beside the package."""
    stated = os.environ.get("MENTOR_DATABASE", "").strip()
    try:
        return Path(stated).expanduser() if stated else DEFAULT_DATABASE
    except RuntimeError as homeless:
        raise InvalidArgument(
            message("MENTOR_DATABASE {stated!r} names no folder: {why}", stated=stated, why=homeless)
        ) from homeless
