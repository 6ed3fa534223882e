"""A new file for what a command made: one that is there may be somebody's work, or the journal itself."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from mentor.errors import InvalidArgument
from mentor.messages import message


def save_new(target: Path, content: str | bytes) -> None:
    """Write it, text as UTF-8; whatever has the target's name is whole.

    Raises `InvalidArgument` where a file is already, or none can be.
    """
    try:
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        _write(target, content.encode() if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InvalidArgument(
            message("The file cannot be written: {reason}", reason=reason),
            where=str(target),
            todo=message("Name a new file."),
        ) from error


def _write(target: Path, content: bytes) -> None:
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.rename(target)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
