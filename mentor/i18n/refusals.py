"""Our errors as the sentence a person reads: what happened, where, what to do next."""

from __future__ import annotations

from mentor.errors import MentorError
from mentor.i18n.language import _


def sentence(error: MentorError) -> str:
    """The error in the language spoken."""
    return _(error.sentence)
