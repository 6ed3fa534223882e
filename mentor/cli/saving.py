"""A new file for what a command made: one that is there may be somebody's work, or the journal itself."""

from __future__ import annotations

from pathlib import Path

from mentor.errors import InvalidArgument
from mentor.messages import message


def save_new(target: Path, content: str | bytes) -> None:
    """Write it, text as UTF-8. Raises `InvalidArgument` where a file is already, or none can be."""
    try:
        with target.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InvalidArgument(
            message("The file cannot be written: {reason}", reason=reason),
            where=str(target),
            todo=message("Name a new file."),
        ) from error
