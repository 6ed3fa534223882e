"""What `argparse` itself says, so that help and complaints about arguments are in one language."""

from __future__ import annotations

import argparse
from typing import Final

from mentor.i18n.language import _, ngettext
from mentor.messages import message, messages

#: Its sentences that our commands can bring about, listed to be gathered; others are said in English.
SENTENCES: Final = (
    message("usage: "),
    message("%(heading)s:"),
    message("positional arguments"),
    message("options"),
    message("show this help message and exit"),
    message("%(prog)s: error: %(message)s\n"),
    message("argument %(argument_name)s: %(message)s"),
    message("the following arguments are required: %s"),
    message("unrecognized arguments: %s"),
    message("not allowed with argument %s"),
    message("ignored explicit argument %r"),
    message("expected one argument"),
    message("expected at most one argument"),
    message("expected at least one argument"),
    messages("expected %s argument", "expected %s arguments", n=1),
    message("ambiguous option: %(option)s could match %(matches)s"),
    message("invalid %(type)s value: %(value)r"),
    message("invalid choice: %(value)r (choose from %(choices)s)"),
    message("unknown parser %(parser_name)r (choices: %(choices)s)"),
)


def speak() -> None:
    """Let it look its sentences up in our catalogue, as it would in one of gettext."""
    vars(argparse).update(_=_, ngettext=ngettext)
