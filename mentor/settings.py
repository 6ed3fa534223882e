"""Where the journal lives, from the environment."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT_DATABASE = Path(__file__).resolve().parent.parent / "data" / "mentor.db"


def database_path() -> Path:
    """The journal's file: the environment variable MENTOR_DATABASE, else `data/mentor.db` beside the package."""
    stated = os.environ.get("MENTOR_DATABASE", "").strip()
    return Path(stated).expanduser() if stated else DEFAULT_DATABASE
